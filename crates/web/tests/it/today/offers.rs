//! Nobody is shown what they cannot close: every act that a row offers is done for every role.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::{Millis, OrgId};

use crate::browser::{Browser, Place};
use crate::team::{hired, invited, welcome};
use crate::today::{rows, tasks, today};

/// A row of every source: people who wait, a task by hand and one to check, failed work of three
/// kinds, new members, a group that fell silent, groups without owner.
async fn scene() -> Place {
    let place = Place::with(web::Limits::none()).await;
    let new = app::live::NewGroup { name: "夜读群".into(), zone: "Asia/Shanghai".into() };
    let silent = place.live.open_group(OrgId(1), new).await.unwrap();
    let mut one = crate::doors::enter(&place, silent, "Ann").await;
    let code = place.live.links(OrgId(1), silent).await.unwrap().remove(0).code;
    for text in ["第一天的话，大家好", "第二句话，今天聊什么"] {
        let body = crate::browser::form(&[("key", &place.mint()), ("text", text)]);
        assert_eq!(one.post(&format!("/g/{code}/messages"), &body).await.status, 303);
        place.pass_ms(Millis::HOUR);
    }
    place.pass_ms(20 * Millis::DAY);
    let mut bob = place.member("Bob").await;
    place.said(&mut bob, "我是新来的").await;
    place.member("Cai").await;
    place.pass_ms(3 * Millis::HOUR);
    tasks(&place, 1).await;
    let (group, now) = (place.group.0, place.now().0);
    place.database_run(&format!(
        "INSERT INTO tasks VALUES (1, {group}, 'carry_out:90:0', 'carry_out', NULL, 0, {now}, 0, {now});
         INSERT INTO tasks VALUES (1, {group}, 'check_outcome:91:0', 'check_outcome', NULL, 0, {now}, 0, {now});
         INSERT INTO outbox VALUES (1, {group}, 92, 0, 'web', 'post', '-', 3, 5, 0, {now}, 'down');
         INSERT INTO intake VALUES (900, 1, {group}, 77, 0, 'odd', {now}, 1, 3, 'unreadable');
         INSERT INTO import_jobs VALUES (1, 1, 1, {now}, 4, '', '', NULL, {now});"
    ));
    place.live.caught_up().await;
    place
}

/// The forms of a row: address, body with the button that has a value, and the word of its source.
fn offers(row: &str) -> Vec<(String, String)> {
    let forms = row.split("<form method=\"post\" action=\"").skip(1);
    let offer = |form: &str| {
        let form = form.split("</form>").next().unwrap();
        let action = form.split('"').next().unwrap().to_owned();
        let mint = super::field(form, "mint");
        let minted = [("mint", mint.as_str())];
        let mut body = super::fields(form, if mint.is_empty() { &[] } else { &minted });
        if form.contains("name=\"later\"") {
            body += "&later=hour";
        }
        if form.contains("<textarea") {
            body += "&text=welcome";
        }
        (action, body)
    };
    forms.map(offer).collect()
}

async fn seat(place: &Place, role: &str, scoped: bool) -> Browser {
    let login = format!("{role}.{scoped}");
    if scoped {
        return hired(place, &login, role, &[place.group]).await;
    }
    let link = invited(&mut place.operator().await, role, None).await;
    let mut browser = place.browser();
    welcome(&mut browser, &link, &login).await;
    browser
}

// catalogue: H10, O05, O07
#[tokio::test(flavor = "multi_thread")]
async fn every_act_that_a_row_offers_is_done_for_every_role_and_the_row_is_gone() {
    let mut sources = BTreeSet::new();
    for (role, scoped) in
        [("staff", true), ("staff", false), ("operator", true), ("lead", false), ("owner", false)]
    {
        let place = scene().await;
        let mut seat = seat(&place, role, scoped).await;
        let page = today(&mut seat).await;
        assert!(!rows(&page).is_empty(), "{role}");
        for row in rows(&page) {
            let name = (super::field(row, "row_source"), super::field(row, "row_key"));
            let offers = offers(row);
            assert!(!offers.is_empty(), "{role} is shown {name:?} and can do nothing");
            sources.insert(name.0.clone());
            for (action, body) in &offers {
                let done = seat.post(action, body).await;
                let went = done.status == StatusCode::SEE_OTHER;
                // Whatever closed the row before, a later act finds it gone and says so calmly.
                let late = action == "/today/answers" && done.status == StatusCode::CONFLICT;
                assert!(went || late, "{role}: {name:?}: {action}: {} {}", done.status, done.text);
            }
            let after = today(&mut seat).await;
            let left = rows(&after)
                .iter()
                .any(|row| (super::field(row, "row_source"), super::field(row, "row_key")) == name);
            assert!(!left, "{role}: {name:?} stays");
        }
    }
    let all = ["answers", "failures", "newcomers", "ownerless", "tasks", "troubles"];
    assert_eq!(sources, BTreeSet::from(all.map(str::to_owned)));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_is_offered_nothing_and_told_so() {
    let place = scene().await;
    let mut reader = seat(&place, "read_only", false).await;
    let page = today(&mut reader).await;
    assert!(!rows(&page).is_empty() && page.contains("只读账号只能查看"));
    assert!(rows(&page).iter().all(|row| offers(row).is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_about_many_groups_leads_to_just_these() {
    let place = scene().await;
    let mut owner = place.operator().await;
    hired(&place, "colleague", "staff", &[]).await;
    let page = today(&mut owner).await;
    let row = rows(&page).into_iter().find(|row| row.contains("缺负责人")).unwrap();
    assert!(row.contains("2 个群还没有负责人") && row.contains("href=\"/groups?owner=none\""));
    let list = owner.get("/groups?owner=none").await.text;
    assert!(list.contains("夜读群") && list.contains("早起打卡群"));
    let card = "kind=interest&owner=1";
    let path = format!("/groups/{}/card", place.group.0);
    assert_eq!(owner.post(&path, card).await.status, StatusCode::SEE_OTHER);
    let list = owner.get("/groups?owner=none").await.text;
    assert!(list.contains("夜读群") && !list.contains(">早起打卡群<"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_saw_to_is_gone_for_all_others_with_the_next_look() {
    let place = scene().await;
    let (mut one, mut other) = (place.operator().await, seat(&place, "staff", false).await);
    let page = today(&mut one).await;
    let row = rows(&page)[0];
    let name = super::field(row, "row_key");
    assert!(other.get("/today/rows").await.text.contains(&name));
    let put = one.post("/today/put-offs", &super::fields(row, &[("later", "hour")])).await;
    assert_eq!(put.status, StatusCode::SEE_OTHER);
    assert!(!other.get("/today/rows").await.text.contains(&name));
    let late = other.post("/today/closures", &super::fields(row, &[])).await;
    assert!(other.get(late.header("location")).await.text.contains("已经有人处理"));
}
