//! Calls within the platform's limits.

use chat::wecom::calls::groups::GroupFilter;
use chat::wecom::{CallError, Next, Refusal};
use domain::Millis;
use practice::wecom::Fault;
use serde_json::json;

use super::house::House;
use super::stub::Stub;

const LIST: &str = "externalcontact/get_follow_user_list";
const CALL: &str = "/cgi-bin/externalcontact/get_follow_user_list";

#[tokio::test]
async fn a_call_made_too_often_is_shut_for_its_window_and_others_go_on() {
    let house = House::new();
    let client = house.client();
    house.practice.limits(|limits| limits.call_minute = 3);
    for _ in 0..3 {
        client.staff().await.unwrap();
    }
    let error = client.staff().await.unwrap_err();
    assert_eq!((error.code(), error.next()), (Some(45_009), Next::Later));
    let until = Millis(house.practice.now().0 + Millis::MINUTE);
    let error = client.staff().await.unwrap_err();
    assert_eq!(error, CallError::Shut { call: CALL, until });
    assert_eq!((error.next(), house.asked(LIST)), (Next::Later, 4), "it is not sent");
    client.groups(&GroupFilter::default(), None).await.unwrap();
    house.practice.advance(Millis::MINUTE);
    client.staff().await.unwrap();
    assert_eq!(house.asked(LIST), 5);
}

#[tokio::test]
async fn a_window_that_is_longer_than_a_minute_is_waited_for_longer() {
    let house = House::new();
    let client = house.client();
    client.greet().await.unwrap();
    house.practice.limits(|limits| limits.call_hour = 0);
    client.staff().await.unwrap_err();
    house.practice.advance(Millis::MINUTE);
    client.staff().await.unwrap_err();
    house.practice.advance(59 * Millis::MINUTE);
    client.staff().await.unwrap_err();
    assert_eq!(house.asked(LIST), 2, "shut for an hour at the second refusal");
    house.practice.limits(|limits| limits.call_hour = 10);
    house.practice.advance(Millis::MINUTE);
    client.staff().await.unwrap();
}

#[tokio::test]
async fn a_budget_that_is_used_up_for_long_is_told_and_not_waited_for() {
    let stub = Stub::new().await;
    stub.says("media/uploadimg", &json!({ "url": "https://p.qpic.cn/0" }));
    // Eight tenths of the thousand of a day: other programs of the company call, too.
    for _ in 0..800 {
        stub.client.upload_image("a.png", &[7; 6]).await.unwrap();
    }
    let error = stub.client.upload_image("a.png", &[7; 6]).await.unwrap_err();
    assert!(matches!(error, CallError::Shut { call: "/cgi-bin/media/uploadimg", .. }), "{error}");
    assert_eq!(stub.heard(), 801);
}

#[tokio::test]
async fn each_request_leaves_its_line() {
    let house = House::new();
    let client = house.client();
    house.practice.faults(|faults| faults.plan(LIST, 1, Fault::Code(60_011)));
    client.staff().await.unwrap_err();
    client.staff().await.unwrap();
    let lines = house.lines.lock().unwrap();
    let calls: Vec<&str> = lines.iter().map(|line| line.call).collect();
    assert_eq!(calls, ["/cgi-bin/gettoken", CALL, CALL]);
    let codes: Vec<Option<Refusal>> = lines.iter().map(|line| line.refused.clone()).collect();
    assert!(matches!(
        codes.as_slice(),
        [None, Some(Refusal::Code { code: 60_011, words }), None] if words.contains("from ip")
    ));
    assert!(lines.iter().all(|line| line.at == house.practice.now() && line.size > 20));
}
