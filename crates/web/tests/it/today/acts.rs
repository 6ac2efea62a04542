//! Done, later, and back again.

use axum::http::StatusCode;
use domain::Millis;

use crate::browser::Place;
use crate::today::{field, fields, rows, tasks, today};

/// Somebody new who wrote and got no answer.
async fn waiting(place: &Place) {
    let mut bob = place.member("Bob").await;
    place.said(&mut bob, "我是新来的").await;
    place.pass_ms(16 * Millis::MINUTE);
    tasks(place, 1).await;
}

// catalogue: H10
#[tokio::test(flavor = "multi_thread")]
async fn done_stays_done_and_can_be_taken_back() {
    let place = Place::open().await;
    waiting(&place).await;
    let mut operator = place.operator().await;
    let page = today(&mut operator).await;
    let body = fields(rows(&page)[0], &[]);
    let done = operator.post("/today/closures", &body).await;
    let page = operator.get(done.header("location")).await.text;
    assert!(rows(&page).is_empty() && page.contains("不会再提醒") && page.contains("都处理完了"));
    place.pass_ms(30 * Millis::MINUTE);
    assert!(rows(&today(&mut operator).await).is_empty());
    let undo = page.split("action=\"/today/returns\"").nth(1).unwrap();
    let back = operator.post("/today/returns", &fields(undo, &[])).await;
    assert_eq!(back.header("location"), "/today?said=back");
    assert_eq!(rows(&today(&mut operator).await).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_off_comes_back_when_its_time_is_over() {
    let place = Place::open().await;
    waiting(&place).await;
    let mut operator = place.operator().await;
    let page = today(&mut operator).await;
    let row = rows(&page)[0];
    let wrong = operator.post("/today/put-offs", &fields(row, &[("later", "never")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let put = operator.post("/today/put-offs", &fields(row, &[("later", "hour")])).await;
    assert!(put.header("location").starts_with("/today?said=put_off&row=answers+"));
    assert!(rows(&today(&mut operator).await).is_empty());
    place.pass_ms(59 * Millis::MINUTE);
    assert!(rows(&today(&mut operator).await).is_empty());
    place.pass_ms(2 * Millis::MINUTE);
    assert_eq!(rows(&today(&mut operator).await).len(), 1);
}

// catalogue: D18
#[tokio::test(flavor = "multi_thread")]
async fn new_members_whom_nobody_greets_are_welcomed_with_one_click() {
    let place = Place::open().await;
    place.two().await;
    place.pass_ms(3 * Millis::HOUR);
    let mut operator = place.operator().await;
    let page = today(&mut operator).await;
    let row = rows(&page)[0];
    assert!(row.contains("来了 2 位新人") && row.contains("@Ann @小林"), "{row}");
    let text = "欢迎 @Ann @小林 加入！";
    let sent = fields(row, &[("mint", &field(row, "mint")), ("text", text)]);
    let sent = operator.post("/today/answers", &sent).await;
    assert_eq!(sent.header("location"), "/today?said=welcomed", "{}", sent.text);
    assert!(rows(&today(&mut operator).await).is_empty());
    place.member("阿杰").await;
    place.pass_ms(3 * Millis::HOUR);
    let page = today(&mut operator).await;
    let row = rows(&page)[0];
    assert!(row.contains("阿杰") && !row.contains("Ann"), "only who came since: {row}");
    operator.post("/today/closures", &fields(row, &[])).await;
    assert!(rows(&today(&mut operator).await).is_empty());
}

// catalogue: D18
#[tokio::test(flavor = "multi_thread")]
async fn a_welcome_by_members_counts_as_one() {
    let place = Place::open().await;
    let mut ann = place.member("Ann").await;
    place.say(&mut ann, "大家好").await;
    place.member("小林").await;
    place.pass_ms(Millis::MINUTE);
    place.say(&mut ann, "@小林 欢迎欢迎").await;
    place.pass_ms(3 * Millis::HOUR);
    let mut operator = place.operator().await;
    let page = today(&mut operator).await;
    assert!(!page.contains("打声招呼"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_do_says_so_and_forms_lead_nowhere_else() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let page = today(&mut operator).await;
    assert!(page.contains("都处理完了") && rows(&page).is_empty());
    let body = "row_source=answers&row_key=1%3Aanswer%3A5&here=https%3A%2F%2Fevil.example%2F";
    let gone = operator.post("/today/closures", body).await;
    assert_eq!(gone.header("location"), "/today?said=gone");
    let body = "row_source=answers&row_key=99%3Aanswer%3A5&mint=1&text=a";
    let refused = operator.post("/today/answers", body).await;
    assert!(refused.status.is_client_error());
    assert_ne!(place.browser().get("/today").await.status, StatusCode::OK);
}
