//! What is made again, and what is not.

use std::sync::Arc;

use chat::wecom::calls::contacts::Scene;
use chat::wecom::calls::groups::{GroupFilter, JoinWay, WhenFull};
use chat::wecom::{Address, CallError, Client, Lack, Next, Proxy, Refusal, Settings};
use practice::wecom::{Family, Fault};
use serde_json::json;

use super::house::House;
use super::stub::{Stub, client_of};

const LIST: &str = "externalcontact/get_follow_user_list";
const MAKE: &str = "externalcontact/groupchat/add_join_way";

/// A call that makes something.
async fn make(client: &Client) -> Result<String, CallError> {
    let way = JoinWay {
        scene: Scene::Code,
        remark: String::new(),
        full: WhenFull::Stop,
        chat_id_list: vec!["wr1".into()],
        state: "poster_a".into(),
    };
    client.add_join_way(&way).await
}

#[tokio::test]
async fn a_busy_platform_is_asked_four_times_at_most() {
    for fault in [Fault::Code(-1), Fault::Code(45_033), Fault::Status(502), Fault::Cut] {
        let house = House::new();
        let client = house.client();
        house.practice.faults(|faults| faults.plan(LIST, 3, fault));
        client.staff().await.unwrap();
        assert_eq!(house.asked(LIST), 4, "{fault:?}");
        house.practice.faults(|faults| faults.plan(LIST, 4, fault));
        let error = client.staff().await.unwrap_err();
        assert_eq!((house.asked(LIST), error.next()), (8, Next::Soon), "{fault:?}");
    }
}

#[tokio::test]
async fn what_makes_something_is_not_made_again_when_nobody_knows() {
    for fault in [Fault::Code(-1), Fault::Status(502), Fault::Cut, Fault::Hang] {
        let house = House::new();
        let client = house.hasty();
        client.greet().await.unwrap();
        house.practice.faults(|faults| faults.plan(MAKE, 1, fault));
        let error = make(&client).await.unwrap_err();
        assert!(error.may_be_done(), "{fault:?}: {error}");
        assert_eq!(house.asked(MAKE), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn what_makes_something_is_made_again_when_it_was_certainly_not_made() {
    for code in [45_033, 42_001] {
        let house = House::new();
        let client = house.client();
        house.practice.faults(|faults| faults.plan(MAKE, 1, Fault::Code(code)));
        let answer = make(&client).await;
        assert!(!answer.is_err_and(|error| error.may_be_done()), "{code}");
        assert_eq!(house.asked(MAKE), 2, "{code}");
    }
}

#[tokio::test]
async fn a_call_that_hangs_is_given_up_and_made_again() {
    let house = House::new();
    let client = house.hasty();
    client.greet().await.unwrap();
    house.practice.faults(|faults| faults.plan(LIST, 2, Fault::Hang));
    assert_eq!(client.staff().await.unwrap(), ["zhangsan"]);
    assert_eq!(house.codes(LIST), [None, None, Some(0)]);
    let lines = house.lines.lock().unwrap();
    let silent = lines.iter().filter(|line| matches!(line.refused, Some(Refusal::Silence(_))));
    assert_eq!((lines.len(), silent.count()), (4, 2));
}

#[tokio::test]
async fn a_machine_that_is_not_there_was_certainly_not_asked() {
    let house = House::new();
    let client = house.client_that_waits(house.practice.secret(), super::house::stopped(), 500);
    client.greet().await.unwrap();
    let lines = house.lines.clone();
    drop(house);
    let error = make(&client).await.unwrap_err();
    // A connection kept from before may end in the middle; a new one does not come about.
    let error = if matches!(error, CallError::Unreached(_)) {
        error
    } else {
        make(&client).await.unwrap_err()
    };
    assert!(matches!(error, CallError::Unreached(_)) && !error.may_be_done(), "{error:?}");
    assert_eq!(error.next(), Next::Soon);
    assert!(matches!(lines.lock().unwrap().last().unwrap().refused, Some(Refusal::Silence(_))));
}

#[tokio::test]
async fn what_somebody_has_to_set_right_is_told_with_the_address_seen() {
    let house = House::new();
    let client = house.client();
    house.practice.faults(|faults| faults.untrusted = true);
    let error = client.staff().await.unwrap_err();
    assert_eq!(error.lack(), Some(Lack::Address));
    assert_eq!(error.address_seen(), Some("127.0.0.1".parse().unwrap()));
    let seen = house.lines.lock().unwrap().last().unwrap().refused.clone().unwrap();
    assert_eq!(seen.address_seen(), error.address_seen(), "the log shows it as well");
    house.practice.faults(|faults| {
        faults.clear();
        faults.revoked.insert(Family::Groups);
    });
    let error = client.groups(&GroupFilter::default(), None).await.unwrap_err();
    assert_eq!(error.lack(), Some(Lack::Permission));
    house.practice.faults(|faults| faults.disabled = true);
    assert_eq!(client.staff().await.unwrap_err().lack(), Some(Lack::Disabled));
    assert_eq!(house.asked(LIST), 2, "nothing of it is tried again");
}

#[tokio::test]
async fn redirects_are_not_followed_and_strange_answers_told_with_their_beginning() {
    let stub = Stub::new().await;
    for (status, body, start) in [
        (302, "", "HTTP 302 "),
        (404, "<html>no</html>", "HTTP 404 <html>no</html>"),
        (200, "<html>log in</html>", "<html>log in</html>"),
        (200, r#"{"errcode":0,"follow_user":7}"#, r#"{"errcode":0,"follow_user":7}"#),
    ] {
        stub.says_bytes(LIST, status, body);
        let error = stub.client.staff().await.unwrap_err();
        assert_eq!(error, CallError::Refused(Refusal::Shape(start.into())));
        assert_eq!(error.next(), Next::Drop);
    }
    assert_eq!(stub.heard(), 5);
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_the_end() {
    let stub = Stub::new().await;
    stub.says_bytes(LIST, 200, vec![b' '; 16_000_001]);
    let error = stub.client.staff().await.unwrap_err();
    assert!(error.to_string().contains("more than 16000000 bytes"), "{error}");
}

#[tokio::test]
async fn calls_go_through_the_proxy_that_was_set() {
    let stub = Stub::new().await;
    stub.says(LIST, &json!({ "follow_user": ["a"] }));
    let settings = Settings {
        // Nobody listens there.
        api: Address::parse("http://127.0.0.1:1").unwrap(),
        proxy: Some(Proxy::parse(&stub.url).unwrap()),
        ..Settings::default()
    };
    let client = client_of(settings, Arc::default());
    assert_eq!(client.staff().await.unwrap(), ["a"]);
    assert_eq!(stub.heard(), 2);
}
