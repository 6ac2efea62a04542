//! Calls within the platform's limits.

use chat::wecom::calls::groups::GroupFilter;
use chat::wecom::{CallError, Next};
use domain::Millis;

use super::house::House;

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
