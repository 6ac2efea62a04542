//! A leaver's groups, tasks and notes go to others.

use app::live::NewGroup;
use axum::http::StatusCode;
use domain::{GroupId, OrgId};

use super::{acts, hired, number};
use crate::browser::{Place, form};

/// Makes somebody owner and back-up of a group, past the pages of groups.
fn keep(place: &Place, group: GroupId, [owner, backup]: [i64; 2]) {
    let sql = format!(
        "INSERT INTO group_cards (org, grp, kind, owner, backup, about, changed_at) \
         VALUES (1, {}, '', {owner}, {backup}, '{{}}', 1) \
         ON CONFLICT (org, grp) DO UPDATE SET owner = {owner}, backup = {backup}",
        group.0
    );
    place.database_run(&sql);
}

// catalogue: R01
#[tokio::test]
async fn a_leaver_leaves_no_group_without_owner_and_what_fails_is_told() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let mut groups = vec![place.group];
    for name in ["读书会", "跑步群"] {
        let new = NewGroup { name: name.into(), zone: "Asia/Shanghai".into() };
        groups.push(place.live.open_group(OrgId(1), new).await.unwrap());
    }
    let mut lin = hired(&place, "xiaolin", "operator", &[]).await;
    hired(&place, "ajie", "operator", &[]).await;
    hired(&place, "reader", "read_only", &[]).await;
    let [lin_id, jie, reader] = [
        number(&place.store, "xiaolin").await,
        number(&place.store, "ajie").await,
        number(&place.store, "reader").await,
    ];
    keep(&place, groups[0], [lin_id, jie]);
    keep(&place, groups[1], [jie, lin_id]);
    keep(&place, groups[2], [lin_id, 0]);

    let enter = form(&[("key", &place.mint())]);
    let entered = lin.post(&format!("/groups/{}/entry", groups[0].0), &enter).await;
    let chat = entered.header("location").to_owned();
    assert!(lin.get(&chat).await.text.contains("/keeping"));
    let locked = owner.post(&format!("/staff/{lin_id}/lockout"), "").await;
    assert!(!lin.get(&chat).await.text.contains("/keeping"), "no keeper in the chat any more");
    assert_eq!(lin.get("/me").await.status, StatusCode::SEE_OTHER);
    assert!(owner.get("/staff").await.text.contains("3 个群"));
    let choose = owner.get(locked.header("location")).await.text;
    assert!(choose.contains("退出了 1 个群的群聊"));
    for name in ["早起打卡群", "读书会", "跑步群", "备岗"] {
        assert!(choose.contains(name), "{name}");
    }
    assert!(!choose.contains("reader"), "who only reads takes nothing over");
    let path = format!("/staff/{lin_id}/handover");
    let missing = owner.get(&format!("{path}?look=1&g{}={jie}", groups[0].0)).await.text;
    assert!(missing.contains("还有没选接手人的"));
    let look = owner.get(&format!("{path}?look=1&to={jie}")).await.text;
    assert!(look.contains("确认一下") && look.contains("ajie"));

    let fields = [
        (format!("g{}", groups[0].0), jie.to_string()),
        (format!("g{}", groups[1].0), jie.to_string()),
        (format!("g{}", groups[2].0), reader.to_string()),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, to)| (name.as_str(), to.as_str())).collect();
    let done = owner.post(&path, &form(&fields)).await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(done.text.matches("已交接").count() == 2 && done.text.contains("接手的人不能接"));
    assert!(done.text.contains("没成的再试一次"));
    let left = place.store.holdings(OrgId(1), domain::StaffId(lin_id)).await.unwrap();
    assert_eq!(left.groups.iter().map(|kept| kept.group).collect::<Vec<_>>(), [groups[2]]);

    let again = owner.post(&path, &form(&[(fields[2].0, &jie.to_string()), fields[0]])).await.text;
    assert!(again.contains("已经不在 TA 名下") && again.contains("名下没有要交接的了"));
    let kept = place.store.holdings(OrgId(1), domain::StaffId(jie)).await.unwrap();
    assert!(kept.groups.len() == 3 && kept.groups.iter().all(|one| one.as_owner));
    let handed = acts(&place.store).await.iter().filter(|act| *act == "group.handed_over").count();
    assert_eq!(handed, 3, "one line for each group");
    let log = owner.get(&format!("/audit?group={}", groups[0].0)).await.text;
    assert!(log.contains("交接群</td>") && log.contains("→ ajie"));
    assert!(!owner.get("/staff").await.text.contains("去交接"));
}
