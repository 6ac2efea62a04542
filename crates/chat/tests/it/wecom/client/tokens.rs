//! One token for all, in time.

use chat::wecom::{CallError, Client, Lack, Next};
use domain::Millis;
use practice::wecom::Fault;

use super::house::{House, stopped};

const LIST: &str = "externalcontact/get_follow_user_list";

/// So many calls at the same time; what came of each.
async fn at_once(client: &Client, many: usize) -> Vec<Result<Vec<String>, CallError>> {
    let calls: Vec<_> = (0..many)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.staff().await })
        })
        .collect();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap());
    }
    answers
}

#[tokio::test]
async fn fifty_calls_at_once_ask_for_one_token() {
    let house = House::new();
    let answers = at_once(&house.client(), 50).await;
    assert!(answers.iter().all(|answer| answer.as_ref().unwrap() == &["zhangsan"]));
    assert_eq!(house.asked("gettoken"), 1);
    assert_eq!(house.asked(LIST), 50);
    assert_eq!(house.lines.lock().unwrap().len(), 51);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends_and_not_at_every_call() {
    let house = House::new();
    let client = house.client();
    client.staff().await.unwrap();
    house.practice.advance(2 * Millis::HOUR - 3 * Millis::MINUTE);
    for _ in 0..60 {
        client.staff().await.unwrap();
        house.practice.advance(5_000);
    }
    assert!(house.codes(LIST).iter().all(|code| *code == Some(0)), "never with a stale token");
    let asked = house.asked("gettoken");
    assert!((2..=10).contains(&asked), "{asked} tokens in five minutes");
}

#[tokio::test]
async fn an_expired_token_is_replaced_once_and_the_call_replayed() {
    let house = House::new();
    let client = house.client_with(house.practice.secret(), stopped());
    client.staff().await.unwrap();
    house.practice.advance(3 * Millis::HOUR);
    client.staff().await.unwrap();
    assert_eq!(house.codes(LIST), [Some(0), Some(42_001), Some(0)]);
    assert_eq!(house.asked("gettoken"), 2);
}

#[tokio::test]
async fn a_revoked_token_is_replaced_once_for_all_who_used_it() {
    let house = House::new();
    let client = house.client();
    client.staff().await.unwrap();
    house.practice.revoke_token();
    assert!(at_once(&client, 20).await.iter().all(Result::is_ok));
    assert_eq!(house.asked("gettoken"), 2);
}

#[tokio::test]
async fn a_new_token_that_is_refused_as_well_is_not_replaced_again() {
    for code in [40_014, 42_001, 40_001] {
        let house = House::new();
        let client = house.client();
        house.practice.faults(|faults| faults.plan(LIST, 9, Fault::Code(code)));
        let error = client.staff().await.unwrap_err();
        assert_eq!((error.code(), error.next()), (Some(code), Next::Refresh));
        assert_eq!(error.lack(), Some(Lack::Secret));
        assert_eq!((house.asked(LIST), house.asked("gettoken")), (2, 2), "{code}");
    }
}

#[tokio::test]
async fn a_wrong_secret_is_tried_once_until_a_pause_is_over_or_somebody_says_so() {
    let house = House::new();
    let practice = house.practice.clone();
    let client = house.client_with("wrong", std::sync::Arc::new(move || practice.now()));
    for answer in at_once(&client, 30).await {
        let error = answer.unwrap_err();
        assert_eq!(error.lack(), Some(Lack::Secret));
        assert!(matches!(error, CallError::NoToken(_)) && !error.may_be_done());
    }
    client.staff().await.unwrap_err();
    assert_eq!((house.asked("gettoken"), house.asked(LIST)), (1, 0));
    house.practice.advance(11 * Millis::MINUTE);
    client.staff().await.unwrap_err();
    client.staff().await.unwrap_err();
    assert_eq!(house.asked("gettoken"), 2);
    client.forget_refusal().await;
    client.greet().await.unwrap_err();
    assert_eq!(house.asked("gettoken"), 3);
    house.client().greet().await.unwrap();
}

#[tokio::test]
async fn who_waited_for_a_token_shares_its_failure() {
    let house = House::new();
    let client = house.hasty();
    house.practice.faults(|faults| faults.plan("gettoken", 4, Fault::Hang));
    assert!(at_once(&client, 20).await.iter().all(Result::is_err));
    assert_eq!(house.asked("gettoken"), 4, "one caller's tries, not twenty's");
    assert!(at_once(&client, 20).await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn tokens_are_not_asked_for_without_end() {
    let house = House::new();
    let client = house.client();
    house.practice.faults(|faults| faults.plan(LIST, 500, Fault::Code(40_001)));
    let mut last = None;
    for _ in 0..100 {
        last = client.staff().await.err();
    }
    assert!(matches!(last, Some(CallError::Shut { call: "/cgi-bin/gettoken", .. })), "{last:?}");
    assert!(house.asked("gettoken") <= 20);
}
