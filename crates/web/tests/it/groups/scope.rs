//! What lies outside: groups of other organisations, and what is asked without a seat.

use app::live::NewGroup;
use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Place, form};

/// Every page of a group, and every form about one.
const PAGES: [&str; 9] = [
    "",
    "/feed",
    "/events",
    "/members",
    "/members.csv",
    "/flow",
    "/activity",
    "/questions",
    "/settings",
];
const FORMS: [&str; 13] = [
    "/card",
    "/title",
    "/announcement",
    "/rules",
    "/closure",
    "/reopening",
    "/links",
    "/entry",
    "/messages",
    "/recalls",
    "/pins",
    "/silences",
    "/removals",
];

#[tokio::test]
async fn a_group_of_another_organisation_is_not_there_and_nothing_of_it_changes() {
    let place = Place::open().await;
    let other = place.another_organisation().await;
    let new = NewGroup { name: "别家的群".into(), zone: "Asia/Shanghai".into() };
    for _ in 0..3 {
        place.live.open_group(other, new.clone()).await.unwrap();
    }
    let mut operator = place.operator().await;
    for group in [2, 3, 999, 0, -1] {
        for path in PAGES {
            let page = operator.get(&format!("/groups/{group}{path}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{group}{path}");
        }
        for path in FORMS {
            let key = place.mint();
            let fields = [("key", key.as_str()), ("text", "闯入"), ("via", "闯入"), ("owner", "1")];
            let page = operator.post(&format!("/groups/{group}{path}"), &form(&fields)).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{group}{path}");
        }
    }
    assert!(!operator.get("/groups").await.text.contains("别家"));
    for group in place.live.groups(other).await.unwrap() {
        assert_eq!(group.name, "别家的群");
        assert_eq!(group.members, 0);
        assert_eq!(place.live.links(other, group.group).await.unwrap().len(), 1);
    }
    assert_eq!(place.live.groups(OrgId(1)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn without_a_seat_nothing_is_shown_or_done() {
    let place = Place::open().await;
    let mut stranger = place.browser();
    let group = place.group.0;
    for path in PAGES {
        let page = stranger.get(&format!("/groups/{group}{path}")).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.header("location").starts_with("/login"), "{path}");
    }
    for path in FORMS {
        let body = form(&[("key", &place.mint()), ("text", "闯入")]);
        let page = stranger.post(&format!("/groups/{group}{path}"), &body).await;
        assert!(!page.status.is_success() && !page.header("location").contains("/g/"), "{path}");
    }
    for path in ["/groups", "/groups/changes", "/groups/changes/preview", "/groups/views"] {
        let page = stranger.post(path, &form(&[("name", "偷开的群")])).await;
        assert!(!page.status.is_success(), "{path}");
    }
    assert_eq!(place.live.groups(OrgId(1)).await.unwrap().len(), 1);
}
