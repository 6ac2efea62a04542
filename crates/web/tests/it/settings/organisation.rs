//! Name, zone, language and what new groups begin with: who may, what is wrong, what it does.

use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Browser, OWNER, Page, Place, form};
use crate::team::hired;

async fn save(by: &mut Browser, what: &str, fields: &[(&str, &str)]) -> Page {
    by.post(&format!("/settings/{what}"), &form(fields)).await
}

#[tokio::test]
async fn everybody_reads_and_owners_alone_change() {
    let place = Place::open().await;
    place.operator().await;
    let mut lead = hired(&place, "lead-1", "lead", &[place.group]).await;
    let page = lead.get("/settings").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("action=\"/settings/"), "no forms that would be refused");
    for (what, fields) in [
        ("name", vec![("name", "茶馆")]),
        ("zone", vec![("zone", "UTC"), ("seen", "0")]),
        ("language", vec![("lang", "en"), ("seen", "0")]),
        ("new-groups", vec![("kind", "benefit"), ("seen", "0")]),
        ("effective", vec![("han_min", "3"), ("seen", "0")]),
    ] {
        assert_eq!(save(&mut lead, what, &fields).await.status, StatusCode::FORBIDDEN, "{what}");
        let nobody = save(&mut place.browser(), what, &fields).await;
        assert_eq!(nobody.status, StatusCode::SEE_OTHER, "{what}: to the log-in");
    }
    assert!(place.store.settings(OrgId(1)).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_wrong_is_named_and_what_was_typed_stays() {
    let place = Place::open().await;
    let mut desk = place.operator().await;
    let long = "长".repeat(70);
    for (what, fields, words) in [
        ("name", vec![("name", "  ")], "请填上名字"),
        ("name", vec![("name", long.as_str())], "太长了"),
        ("zone", vec![("zone", "Mars/<b>Base"), ("seen", "0")], "没有这个时区"),
        ("new-groups", vec![("kind", "x"), ("welcome", "你好<b>")], "没有这种群类型"),
        ("new-groups", vec![("owner", "999"), ("welcome", "你好<b>")], "负责人不在员工名单里"),
        ("new-groups", vec![("owner", "abc"), ("welcome", "你好<b>")], "负责人不在员工名单里"),
        ("new-groups", vec![("tags", long.as_str())], "一个标签最多 20 个字"),
        ("new-groups", vec![("owner", "1"), ("backup", "1")], "后备不能和负责人是同一个人"),
    ] {
        let page = save(&mut desk, what, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{what} {fields:?}");
        assert!(page.text.contains(words), "{what} {words}: {}", page.text);
        assert!(page.text.contains("is-invalid"), "the field is marked: {what} {fields:?}");
        assert!(!page.text.contains("<b>Base") && !page.text.contains("你好<b>"));
        let typed = fields.iter().rev().find(|(name, _)| !["seen", "backup"].contains(name));
        let kept = typed.unwrap().1.trim().replace('<', "&#60;").replace('>', "&#62;");
        assert!(page.text.contains(&kept), "{kept} stays: {}", page.text);
    }
    assert!(place.store.settings(OrgId(1)).await.unwrap().is_empty());
}

#[tokio::test]
async fn who_saves_over_what_was_not_seen_is_told() {
    let place = Place::open().await;
    let (mut one, mut other) = (place.operator().await, place.operator().await);
    let fields = [("zone", "Europe/London"), ("seen", "0")];
    assert_eq!(save(&mut one, "zone", &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(save(&mut other, "zone", &fields).await.status, StatusCode::CONFLICT);
    let page = one.get("/settings").await;
    assert!(
        page.text.contains("value=\"Europe/London\"")
            && page.text.contains("name=\"seen\" value=\"1\"")
    );
}

#[tokio::test]
async fn the_language_in_force_is_for_those_who_chose_none() {
    let place = Place::open().await;
    let mut desk = place.operator().await;
    let mut chinese = place.browser().with("accept-language", "zh-CN,zh;q=0.9");
    let mut english = place.browser().with("accept-language", "en-GB,en;q=0.9");
    assert!(chinese.get("/login").await.text.contains("登录"));
    assert!(
        english.get("/login").await.text.contains("lang=\"en\""),
        "nothing is set: as the browser asks"
    );
    let saved = save(&mut desk, "language", &[("lang", "en"), ("seen", "0")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    for path in ["/login".to_owned(), place.link(), "/nowhere".to_owned()] {
        assert!(chinese.get(&path).await.text.contains("lang=\"en\""), "{path}");
    }
    // Who chose keeps it, for good.
    assert!(chinese.get("/login?lang=zh").await.text.contains("lang=\"zh-CN\""));
    assert!(chinese.get(&place.link()).await.text.contains("lang=\"zh-CN\""));
    let wrong = save(&mut desk, "language", &[("lang", "xx"), ("seen", "1")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Another organisation speaks as it did.
    let far = place.another_organisation().await;
    let mut elsewhere = place.elsewhere(far).with("accept-language", "zh-CN");
    assert!(elsewhere.get("/login").await.text.contains("lang=\"zh-CN\""));
}

#[tokio::test]
async fn a_new_group_begins_with_what_was_set() {
    let place = Place::open().await;
    let mut desk = place.operator().await;
    let mut keeper = hired(&place, "keeper-1", "operator", &[place.group]).await;
    let owner = place.store.staff_by_login(OrgId(1), OWNER.0).await.unwrap().unwrap().0.id;
    let keeping = place.store.staff_by_login(OrgId(1), "keeper-1").await.unwrap().unwrap().0.id;
    let fields = [
        ("kind", "benefit"),
        ("owner", &keeping.0.to_string()),
        ("backup", &owner.0.to_string()),
        ("tags", "华东 VIP"),
        ("welcome", "欢迎，先看群规"),
        ("seen", "0"),
    ];
    let saved = save(&mut desk, "new-groups", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = desk.get("/groups/new").await;
    assert!(page.text.contains("value=\"benefit\" selected"), "{}", page.text);
    for (browser, keeps, stands_in) in [(&mut desk, keeping, owner), (&mut keeper, keeping, owner)]
    {
        let (key, name) = (place.mint(), format!("新群 {}", place.mint()));
        let opened = [("key", key.as_str()), ("name", &name), ("kind", "benefit")];
        let to = browser.post("/groups", &form(&opened)).await;
        let path = to.header("location").to_owned();
        assert!(path.starts_with("/groups/"), "{}", to.text);
        assert_eq!(browser.get(&path).await.status, StatusCode::OK, "its maker sees it");
        let id = path.split(['/', '?']).nth(2).unwrap().parse().unwrap();
        let card = place.store.card(OrgId(1), domain::GroupId(id)).await.unwrap();
        assert_eq!((card.owner, card.backup), (keeps, stands_in));
        assert_eq!(
            (card.kind.as_str(), card.tags.as_slice()),
            ("benefit", ["VIP".to_owned(), "华东".to_owned()].as_slice())
        );
        assert!(card.about.contains("欢迎，先看群规"));
    }
}
