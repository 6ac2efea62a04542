//! `/settings/effective`: tried out on real messages before it is saved, whatever is typed (P02).

use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Place, form};
use crate::team::hired;

// catalogue: P02
#[tokio::test]
async fn a_try_out_shows_what_would_change_and_writes_nothing() {
    let place = Place::open().await;
    let mut ann = place.member("Ann").await;
    for text in ["早上好呀大家", "今天<script>alert('x')</script>跑了五公里", "好"] {
        place.say(&mut ann, text).await;
    }
    let mut desk = place.operator().await;
    let query = format!("/settings/effective?group={}&han_min=50&words_min=50", place.group.0);
    let page = desk.get(&query).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("最近 3 条消息里") && page.text.contains("五公里"), "{}", page.text);
    assert!(!page.text.contains("<script>alert"));
    assert!(place.store.settings(OrgId(1)).await.unwrap().is_empty());
}

#[tokio::test]
async fn numbers_out_of_range_or_none_at_all_are_named_and_kept() {
    let place = Place::open().await;
    let mut desk = place.operator().await;
    let group = place.group.0;
    for typed in [
        "han_min=0",
        "han_min=300",
        "window=9223372036854775807",
        "talk_gap=-5",
        "answer_within=99999999999999999999",
        "open_item=abc",
        "words_min=1e3",
    ] {
        let tried = desk.get(&format!("/settings/effective?group={group}&{typed}")).await;
        assert_eq!(tried.status, StatusCode::OK, "{typed}");
        assert!(tried.text.contains("超出了允许的范围"), "{typed}: {}", tried.text);
        let saved = desk.post("/settings/effective", &format!("seen=0&{typed}")).await;
        assert_eq!(saved.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(saved.text.contains("超出了允许的范围"), "{typed}");
    }
    let kept = desk.post("/settings/effective", "seen=0&han_min=300&window=7").await;
    assert!(kept.text.contains("value=\"300\"") && kept.text.contains("value=\"7\""));
    assert!(place.store.settings(OrgId(1)).await.unwrap().is_empty());
    // A field that was emptied stays as it is in force.
    let emptied = desk.post("/settings/effective", "seen=0&han_min=&window=7").await;
    assert_eq!(emptied.status, StatusCode::SEE_OTHER, "{}", emptied.text);
}

#[tokio::test]
async fn a_group_outside_the_scope_is_as_if_it_did_not_exist() {
    let place = Place::open().await;
    place.operator().await;
    let mut staff = hired(&place, "staff-1", "staff", &[]).await;
    for group in [place.group.0.to_string(), "999".to_owned(), "-1".to_owned(), "x".to_owned()] {
        let path = format!("/settings/effective?group={group}");
        assert_eq!(staff.get(&path).await.status, StatusCode::NOT_FOUND, "{group}");
    }
    assert_eq!(staff.get("/settings/effective").await.status, StatusCode::OK);
    let saved = staff.post("/settings/effective", &form(&[("han_min", "3"), ("seen", "0")])).await;
    assert_eq!(saved.status, StatusCode::FORBIDDEN);
}
