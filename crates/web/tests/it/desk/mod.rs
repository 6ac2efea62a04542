//! The operator's desk.

mod waiting;

use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Place, form};

#[tokio::test]
async fn only_who_is_logged_in_sees_the_desk() {
    let place = Place::open().await;
    let mut stranger = place.browser();
    for path in ["/desk", "/desk/set-aside", "/desk/groups/1"] {
        let page = stranger.get(path).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(page.header("location"), format!("/login?next={path}"));
    }
    let posted = stranger.post("/desk/groups", &form(&[("name", "偷开的群")])).await;
    assert_eq!((posted.status, posted.header("location")), (StatusCode::SEE_OTHER, "/login"));
    let mut operator = place.operator().await;
    let page = operator.get("/desk").await.text;
    assert!(page.contains("早起打卡群") && !page.contains("偷开的群"));
}

#[tokio::test]
async fn a_new_group_has_a_link_with_a_code_to_scan() {
    let place = Place::open().await;
    let mut operator = place.operator().await.with("host", "chat.test");
    let wrong = operator.post("/desk/groups", &form(&[("name", " ")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let opened = operator.post("/desk/groups", &form(&[("name", "读书会 <1>")])).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    let path = opened.header("location").to_owned();
    let page = operator.get(&path).await.text;
    assert!(page.contains("<svg") && page.contains("http://chat.test/g/") && !page.contains("<1>"));
    operator.post(&format!("{path}/links"), &form(&[("via", "店门口海报")])).await;
    let page = operator.get(&path).await.text;
    assert!(page.contains("店门口海报") && page.matches("<svg").count() == 2);
    let code = page.split("http://chat.test/g/").nth(1).unwrap().split('"').next().unwrap();
    assert!(place.browser().get(&format!("/g/{code}")).await.text.contains("读书会"));
}

#[tokio::test]
async fn the_operator_enters_as_keeper() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    assert!(operator.get(&place.link()).await.text.contains("以管理身份进群"));
    let mut keeper = place.keeper().await;
    assert!(keeper.get(&place.link()).await.text.contains("/keeping"));
    let members = place.live.members(OrgId(1), place.group).await.unwrap();
    assert!(members[0].class.is_keeper());
}

#[tokio::test]
async fn groups_of_another_organisation_are_not_there() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    for path in ["/desk/groups/999", "/desk/groups/0"] {
        assert_eq!(operator.get(path).await.status, StatusCode::NOT_FOUND);
    }
    for path in ["/desk/set-aside/1/retry", "/desk/set-aside/1/dismissal"] {
        assert_eq!(operator.post(path, "").await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(operator.get("/desk/set-aside").await.status, StatusCode::OK);
}
