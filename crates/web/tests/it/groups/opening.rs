//! Opening a group.

use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Place, form};
use crate::groups::done;

#[tokio::test]
async fn a_name_is_enough_and_a_double_submit_makes_one_group() {
    let place = Place::open().await;
    let mut operator = place.operator().await.with("host", "chat.test");
    let page = operator.get("/groups/new").await;
    let key = page.field("key").unwrap();
    let fields = [("key", key.as_str()), ("name", "读书会 <1>")];
    let first = done(&mut operator, "/groups", &fields).await;
    let again = done(&mut operator, "/groups", &fields).await;
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!(place.live.groups(OrgId(1)).await.unwrap().len(), 2);
    let path = first.header("location").split('?').next().unwrap().to_owned();
    let feed = operator.get(first.header("location")).await;
    assert_eq!(feed.status, StatusCode::OK);
    assert!(feed.text.contains("读书会 &#60;1&#62;") && feed.text.contains("群开好了"));
    let settings = operator.get(&format!("{path}/settings")).await.text;
    let code = settings.split("http://chat.test/g/").nth(1).unwrap();
    let code = code.split('"').next().unwrap();
    assert!(settings.contains("<svg") && !settings.contains("<1>"));
    assert!(place.browser().get(&format!("/g/{code}")).await.text.contains("读书会"));
    assert!(operator.get("/groups").await.text.contains("读书会"));
}

#[tokio::test]
async fn a_wrong_form_keeps_what_was_typed_and_names_the_field() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let key = place.mint();
    let empty = form(&[("key", &key), ("name", " "), ("kind", "benefit")]);
    let page = operator.post("/groups", &empty).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("请写一个名字") && page.text.contains("value=\"benefit\" selected"));
    let zone = form(&[("key", &key), ("name", "旅行群"), ("zone", "火星/奥林帕斯")]);
    let page = operator.post("/groups", &zone).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("value=\"旅行群\"") && page.text.contains("没有这个时区"));
    assert_eq!(place.live.groups(OrgId(1)).await.unwrap().len(), 1);
}
