//! What keepers do, and that nobody else can.

use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Browser, Place};

async fn number_of(place: &Place, name: &str) -> String {
    let members = place.live.members(OrgId(1), place.group).await.unwrap();
    members.iter().find(|one| &*one.name == name).unwrap().who.0.to_string()
}

#[tokio::test]
async fn members_can_do_nothing_of_a_keeper() {
    let place = Place::open().await;
    let (mut ann, mut bob) = place.two().await;
    let key = place.said(&mut bob, "一句话").await;
    let who = number_of(&place, "小林").await;
    let acts: [(&str, &[(&str, &str)]); 8] = [
        ("/announcement", &[("text", "假公告")]),
        ("/title", &[("name", "假群名")]),
        ("/rules", &[("text", "假群规")]),
        ("/closure", &[("text", "")]),
        ("/reopening", &[]),
        ("/pins", &[("of", &key), ("on", "1")]),
        ("/silences", &[("who", &who), ("minutes", "10")]),
        ("/removals", &[("who", &who)]),
    ];
    for (path, fields) in acts {
        assert_eq!(place.act(&mut ann, path, fields).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(ann.get(&place.at("/keeping")).await.status, StatusCode::FORBIDDEN);
    let page = bob.get(&place.link()).await.text;
    assert!(!page.contains("假") && !page.contains("/keeping"));
    let sheet = ann.get(&format!("{}?line={key}", place.link())).await.text;
    assert!(
        !sheet.contains("/silences") && !sheet.contains("/pins") && !sheet.contains("/recalls")
    );
}

// catalogue: T01
#[tokio::test]
async fn a_keeper_speaks_as_a_declared_host_and_the_badge_is_always_there() {
    let place = Place::open().await;
    let mut keeper = place.keeper().await;
    let (mut ann, _) = place.two().await;
    place.act(&mut keeper, "/messages", &[("text", "官方通知一"), ("as", "host")]).await;
    place.act(&mut keeper, "/messages", &[("text", "我个人觉得")]).await;
    // A member who asks for it gets no badge.
    place.act(&mut ann, "/messages", &[("text", "我也想要"), ("as", "host")]).await;
    let page = ann.get(&place.link()).await.text;
    let line = |words: &str| {
        let at = page.find(words).unwrap();
        let from = page[..at].rfind("<li class=\"said").unwrap();
        page[from..at].to_owned()
    };
    assert!(line("官方通知一").contains("badge host\">官方号"));
    assert!(line("我个人觉得").contains("badge staff\">管理"));
    assert!(!line("我也想要").contains("badge"));
}

#[tokio::test]
async fn a_muted_member_cannot_write_until_the_time_is_over() {
    let place = Place::open().await;
    let mut keeper = place.keeper().await;
    let (mut ann, _) = place.two().await;
    let who = number_of(&place, "Ann").await;
    place.act(&mut keeper, "/silences", &[("who", &who), ("minutes", "10")]).await;
    let refused = place.say(&mut ann, "我要说话").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("禁言到 20:15") && !refused.text.contains("id=\"write\""));
    place.act(&mut keeper, "/silences", &[("who", &who), ("minutes", "0")]).await;
    assert_eq!(place.say(&mut ann, "谢谢").await.status, StatusCode::SEE_OTHER);
    let wrong =
        place.act(&mut keeper, "/silences", &[("who", &who), ("minutes", "99999999")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn who_was_removed_reads_nothing_and_cannot_come_back_at_once() {
    let place = Place::open().await;
    let mut keeper = place.keeper().await;
    let (mut ann, mut bob) = place.two().await;
    place.say(&mut bob, "群里的话").await;
    let who = number_of(&place, "Ann").await;
    place.act(&mut keeper, "/removals", &[("who", &who)]).await;
    assert!(!ann.get(&place.link()).await.text.contains("群里的话"));
    let back = place.join(&mut ann, "Ann").await;
    assert_eq!(back.status, StatusCode::FORBIDDEN);
    assert!(back.text.contains("联系群管理"));
}

#[tokio::test]
async fn a_closed_group_is_read_and_opened_again() {
    let place = Place::open().await;
    let mut keeper = place.keeper().await;
    let (mut ann, _) = place.two().await;
    place.say(&mut ann, "留下的话").await;
    place.act(&mut keeper, "/closure", &[("text", "山高水长，后会有期")]).await;
    let page = ann.get(&place.link()).await.text;
    assert!(page.contains("留下的话") && page.contains("山高水长，后会有期"));
    assert!(page.contains("只能阅读") && !page.contains("id=\"write\""));
    assert_eq!(place.say(&mut ann, "还能说吗").await.status, StatusCode::CONFLICT);
    let mut late = place.browser();
    assert!(place.join(&mut late, "晚来的人").await.text.contains("已经关闭"));
    place.act(&mut keeper, "/reopening", &[]).await;
    assert_eq!(place.say(&mut ann, "又能说了").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_a_keeper_typed_stands_in_the_form_again_when_it_is_refused() {
    let place = Place::open().await;
    let mut keeper = place.keeper().await;
    let long = "告".repeat(3_000);
    let refused = place.act(&mut keeper, "/announcement", &[("text", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains(&long) && refused.text.contains("太长了"));
    let renamed = place.act(&mut keeper, "/title", &[("name", "夜跑群")]).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER);
    let mut reader: Browser = place.member("Ann").await;
    assert!(reader.get(&place.link()).await.text.contains("<bdi>夜跑群</bdi>"));
}
