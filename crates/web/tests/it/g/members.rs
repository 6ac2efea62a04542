//! Joining, the list of people, names, leaving.

use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Place, form};

// catalogue: D17
#[tokio::test]
async fn nobody_comes_in_without_accepting_the_rules_in_force() {
    let place = Place::open().await;
    let mut keeper = place.keeper().await;
    place.act(&mut keeper, "/rules", &[("text", "一、不发广告\n二、互相尊重")]).await;
    let mut ann = place.browser();
    let landing = ann.get(&place.link()).await;
    assert!(landing.text.contains("一、不发广告\n二、互相尊重"), "the rules stand there in full");
    let key = landing.field("key").unwrap();
    let path = place.at("/members");
    let without = ann.post(&path, &form(&[("key", &key), ("name", "Ann")])).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("勾选同意") && without.text.contains("value=\"Ann\""));
    // The rules change while the page lies open: accepting the old version is not enough.
    place.act(&mut keeper, "/rules", &[("text", "一、不发广告")]).await;
    let old = ann.post(&path, &form(&[("key", &key), ("name", "Ann"), ("rules", "1")])).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(old.text.contains("刚刚更新"));
    assert_eq!(place.live.members(OrgId(1), place.group).await.unwrap().len(), 1);
    let new = ann.post(&path, &form(&[("key", &key), ("name", "Ann"), ("rules", "2")])).await;
    assert_eq!(new.status, StatusCode::SEE_OTHER);
    let members = place.live.members(OrgId(1), place.group).await.unwrap();
    let ann = members.iter().find(|one| &*one.name == "Ann").unwrap();
    assert_eq!(ann.rules, 2);
}

#[tokio::test]
async fn the_stay_keeps_the_placement_of_the_link() {
    let place = Place::open().await;
    let code = place.live.add_link(OrgId(1), place.group, "店门口海报").await.unwrap();
    let mut browser = place.browser();
    let landing = browser.get(&format!("/g/{code}")).await;
    let body = form(&[("key", &landing.field("key").unwrap()), ("name", "小林")]);
    browser.post(&format!("/g/{code}/members"), &body).await;
    let members = place.live.members(OrgId(1), place.group).await.unwrap();
    assert_eq!(&*members[0].via, "店门口海报");
    // By another link the same guest is the same member.
    assert_eq!(place.join(&mut browser, "又一个名字").await.status, StatusCode::SEE_OTHER);
    assert_eq!(place.live.members(OrgId(1), place.group).await.unwrap().len(), 1);
}

#[tokio::test]
async fn joining_twice_with_one_form_is_joining_once() {
    let place = Place::open().await;
    let mut ann = place.browser();
    let landing = ann.get(&place.link()).await;
    let body = form(&[("key", &landing.field("key").unwrap()), ("name", "Ann")]);
    for _ in 0..3 {
        let answer = ann.post(&place.at("/members"), &body).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    let members = place.live.members(OrgId(1), place.group).await.unwrap();
    assert_eq!((members.len(), members[0].stay), (1, 1));
}

#[tokio::test]
async fn names_are_cleaned_bounded_and_never_pass_for_the_house() {
    let place = Place::open().await;
    let mut browser = place.browser();
    for (name, says) in [
        ("", "请写一个名字"),
        ("\u{200B}\u{202E}", "请写一个名字"),
        ("官方号", "官方身份"),
        (&"长".repeat(40), "最多 20 个字"),
    ] {
        let answer = place.join(&mut browser, name).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.text.contains(says), "{name}");
    }
    place.join(&mut browser, "<b>\u{202E}小林</b>\n\"x\"").await;
    let page = browser.get(&place.link()).await;
    assert!(page.text.contains("&#60;b&#62;小林") || page.text.contains("&lt;b&gt;小林"));
    assert!(!page.text.contains("<b>小林"));
    let taken = place.join(&mut place.browser(), "<b>小林</b> \"X\"").await;
    assert!(taken.text.contains("已经有人用这个名字"));
}

#[tokio::test]
async fn who_keeps_no_cookies_is_told_so() {
    let place = Place::open().await;
    let mut browser = place.browser();
    let key = browser.get(&place.link()).await.field("key").unwrap();
    browser.forget();
    let body = form(&[("key", &key), ("name", "Ann")]);
    let answer = browser.post(&place.at("/members"), &body).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text.contains("Cookie"));
}

#[tokio::test]
async fn a_cookie_of_somebody_else_or_a_changed_one_opens_nothing() {
    let place = Place::open().await;
    let (ann, _) = place.two().await;
    let mut thief = ann.clone().with("x", "y");
    thief.tamper();
    let page = thief.get(&place.link()).await;
    assert!(page.text.contains("加入群聊") && !page.text.contains("id=\"write\""));
}

#[tokio::test]
async fn the_list_shows_badges_and_a_name_can_be_changed() {
    let place = Place::open().await;
    let mut keeper = place.keeper().await;
    let (mut ann, _) = place.two().await;
    let list = ann.get(&place.at("/members")).await;
    assert!(list.text.contains("badge staff\">管理") && list.text.contains("小林"));
    let refused = place.act(&mut ann, "/name", &[("name", "小林")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("已经有人用这个名字"));
    let changed = place.act(&mut ann, "/name", &[("name", "Ann Lee")]).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    assert!(keeper.get(&place.at("/members")).await.text.contains("Ann Lee"));
    let names = ann.get(&place.at("/names")).await.json();
    assert_eq!(names, serde_json::json!(["负责人小林", "小林"]));
}

#[tokio::test]
async fn who_left_sees_the_landing_page_and_can_come_again() {
    let place = Place::open().await;
    let (mut ann, mut bob) = place.two().await;
    place.say(&mut ann, "再见大家").await;
    assert_eq!(place.act(&mut ann, "/departure", &[]).await.status, StatusCode::SEE_OTHER);
    let page = ann.get(&place.link()).await;
    assert!(page.text.contains("加入群聊") && !page.text.contains("再见大家"));
    assert!(bob.get(&place.link()).await.text.contains("Ann 退出了群聊"));
    assert_eq!(place.join(&mut ann, "Ann").await.status, StatusCode::SEE_OTHER);
    assert!(ann.get(&place.at("/members")).await.text.contains("第 2 次"));
}
