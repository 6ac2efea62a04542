//! `/doctor`: what is found, for whom.

use axum::http::StatusCode;

use crate::browser::Place;
use crate::team::hired;

#[tokio::test]
async fn the_owner_sees_cause_and_remedy_and_where_to_go() {
    let place = Place::open().await;
    let mut desk = place.operator().await;
    let page = desk.get("/doctor").await;
    assert_eq!(page.status, StatusCode::OK);
    // The group of the scene has no owner, nothing was backed up, the key was never made.
    for words in [
        ">群的负责人<",
        "1 个群没有能登录的负责人",
        "href=\"/groups?owner=none\"",
        "huoqun backup 文件名",
    ] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    place.store.secret("cookies", vec![1; 32]).await.unwrap();
    place.store.backed_up(place.now()).await.unwrap();
    let page = desk.get("/doctor?lang=en").await;
    assert!(page.text.contains("The last one is 0 days old") && !page.text.contains(">Broken<"));
}

#[tokio::test]
async fn a_proxy_that_is_not_believed_is_told() {
    let place = Place::open().await;
    let desk = place.operator().await;
    let mut through =
        desk.clone().with("host", "chat.example").with("x-forwarded-for", "192.0.2.7");
    let page = through.get("/doctor").await;
    for words in ["--behind-proxy", "--public-url https://", "HTTPS"] {
        assert!(page.text.contains(words), "{words}");
    }
    let mut near = desk.with("host", "127.0.0.1:8080");
    assert!(!near.get("/doctor").await.text.contains("--behind-proxy"));
}

#[tokio::test]
async fn nobody_is_shown_what_that_role_cannot_mend() {
    let place = Place::open().await;
    let mut staff = hired(&place, "staff-1", "staff", &[place.group]).await;
    let page = staff.get("/doctor").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        !page.text.contains("huoqun backup 文件名") && !page.text.contains("/groups?owner=none")
    );
    let mut keeper = hired(&place, "keeper-1", "operator", &[place.group]).await;
    assert!(keeper.get("/doctor").await.text.contains("/groups?owner=none"));
}
