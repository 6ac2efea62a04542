//! Going into the chat of a group as its keeper, and links of the earlier desk that lead on.

use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Place, form};
use crate::groups::{at, done};

#[tokio::test]
async fn the_landing_page_lets_who_keeps_the_group_in_with_one_click() {
    let place = Place::open().await;
    let mut ann = place.member("Ann").await;
    let key = place.said(&mut ann, "大家好").await;
    let mut operator = place.operator().await;
    let landing = operator.get(&format!("{}?at={key}", place.link())).await;
    let path = at(&place, "/entry");
    assert!(landing.text.contains("以管理身份进群") && landing.text.contains(&path));
    assert!(!place.browser().get(&place.link()).await.text.contains(&path), "for nobody else");
    let fields = [("key", landing.field("key").unwrap()), ("at", landing.field("at").unwrap())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let entered = done(&mut operator, &path, &fields).await;
    assert_eq!(entered.header("location"), format!("{}?at={key}#m{key}", place.link()));
    assert!(operator.get(&place.link()).await.text.contains("/keeping"));
    let members = place.live.members(OrgId(1), place.group).await.unwrap();
    assert!(members.iter().any(|one| one.class.is_keeper() && &*one.name == "负责人小林"));
}

// catalogue: T01
#[tokio::test]
async fn who_comes_in_by_the_console_may_be_called_what_members_may_not() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    done(&mut operator, "/me/name", &[("name", "群主")]).await;
    done(&mut operator, &at(&place, "/entry"), &[("key", &place.mint())]).await;
    let members = operator.get(&place.at("/members")).await.text;
    assert!(members.contains("<bdi>群主</bdi> <span class=\"badge staff\">管理</span>"));
    let renamed = place.act(&mut operator, "/name", &[("name", "管理员老周")]).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER);
    let as_host = [("text", "官方消息：周四照旧。"), ("as", "host")];
    place.act(&mut operator, "/messages", &as_host).await;
    let members = operator.get(&place.at("/members")).await.text;
    assert!(members.contains("badge staff\">管理") && !members.contains("官方号"));
    assert!(operator.get(&place.link()).await.text.contains("badge host\">官方号"));

    let mut ann = place.browser();
    let refused = place.join(&mut ann, "群主").await;
    assert!(refused.text.contains("容易和官方身份混淆"));
    let mut ann = place.member("Ann").await;
    let refused = place.act(&mut ann, "/name", &[("name", "管理员")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn addresses_of_the_earlier_desk_lead_on_for_good() {
    let place = Place::open().await;
    let mut stranger = place.browser();
    for (old, new) in [
        ("/desk", "/today"),
        ("/desk/tasks?kind=answer_call&page=2", "/today"),
        ("/desk/set-aside", "/today"),
        ("/desk/groups/7", "/groups/7"),
        ("/desk/groups/abc", "/today"),
        ("/desk//evil.example", "/today"),
    ] {
        let answer = stranger.get(old).await;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{old}");
        assert_eq!(answer.header("location"), new, "{old}");
    }
    let posted = stranger.post("/desk/groups", &form(&[("name", "偷开的群")])).await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
}
