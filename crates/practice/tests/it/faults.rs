//! Faults do what they say, and only that.

use std::time::Duration;

use practice::wecom::{Fault, LetterFaults};
use serde_json::json;

use crate::house::House;

const LIST: &str = "externalcontact/groupchat/list";

#[tokio::test]
async fn planned_faults_come_in_order_and_end() {
    let house = House::new();
    house.practice.faults(|faults| {
        faults.plan(LIST, 2, Fault::Code(-1));
        faults.plan(LIST, 1, Fault::Status(502));
    });
    let ask = || house.code(LIST, json!({"limit": 1}));
    assert_eq!((ask().await, ask().await), (-1, -1));
    let token = house.token().await;
    let to = house.client.post(house.at(LIST)).query(&[("access_token", &token)]);
    assert_eq!(to.send().await.unwrap().status(), 502);
    assert_eq!(ask().await, 0);
    assert_eq!(house.practice.faults(|faults| faults.left()), 0);
    let codes: Vec<_> = house.practice.calls().iter().map(|called| called.code).collect();
    assert_eq!(codes, [Some(0), Some(-1), Some(0), Some(-1), Some(0), None, Some(0), Some(0)]);
}

#[tokio::test]
async fn a_cut_answer_breaks_the_connection_and_a_hanging_one_never_comes() {
    let house = House::new();
    let token = house.token().await;
    house.practice.faults(|faults| {
        faults.plan(LIST, 1, Fault::Cut);
        faults.plan(LIST, 1, Fault::Hang);
    });
    let ask = || {
        let to = house.client.post(house.at(LIST)).query(&[("access_token", &token)]);
        to.json(&json!({"limit": 1})).timeout(Duration::from_millis(300)).send()
    };
    let cut = ask().await.unwrap();
    assert!(cut.bytes().await.is_err());
    assert!(ask().await.unwrap_err().is_timeout());
    assert_eq!(ask().await.unwrap().status(), 200);
}

#[tokio::test]
async fn what_was_cut_off_is_done_and_what_was_refused_is_not() {
    let house = House::new();
    let token = house.token().await;
    let add = "externalcontact/add_corp_tag";
    house.practice.faults(|faults| {
        faults.plan(add, 1, Fault::Code(-1));
        faults.plan(add, 1, Fault::Cut);
    });
    let mut counts = Vec::new();
    for name in ["一", "二"] {
        let body = json!({"group_name": name, "tag": [{"name": "新客"}]});
        let to = house.client.post(house.at(add)).query(&[("access_token", &token)]);
        let _ = to.json(&body).send().await.unwrap().bytes().await;
        counts.push(house.practice.read(|books| books.tags.len()));
    }
    assert_eq!(counts, [0, 1]);
}

#[tokio::test]
async fn callbacks_are_lost_doubled_and_late_as_set() {
    let house = House::new();
    let ear = house.ear().await;
    let set = |letters| house.practice.faults(|faults| faults.letters = letters);
    set(LetterFaults { lost: 1_000, ..LetterFaults::default() });
    house.group("一");
    set(LetterFaults { doubled: 1_000, ..LetterFaults::default() });
    let second = house.group("二");
    set(LetterFaults { late: 1_000, late_ms: 60_000, ..LetterFaults::default() });
    let third = house.group("三");
    set(LetterFaults::default());
    let fourth = house.group("四");
    assert!(house.practice.settled().await);
    let heard = || -> Vec<String> {
        let fields = ear.fields();
        fields.iter().filter_map(|one| one.get("ChatId").map(str::to_owned)).collect()
    };
    assert_eq!(heard(), [second.clone(), second.clone(), fourth.clone()]);
    assert_eq!(house.practice.waiting(), 1);
    house.practice.advance(60_000);
    assert!(house.practice.settled().await);
    assert_eq!(heard(), [second.clone(), second, fourth, third]);
    let lost = house.practice.sent().into_iter().filter(|sent| sent.tries.is_empty()).count();
    assert_eq!(lost, 1);
}

#[tokio::test]
async fn reordered_callbacks_all_come_in_another_order() {
    let house = House::new();
    let ear = house.ear().await;
    let letters = LetterFaults { reordered: 400, ..LetterFaults::default() };
    house.practice.faults(|faults| faults.letters = letters);
    let made: Vec<String> = (0..30).map(|at| house.group(&format!("群{at}"))).collect();
    house.practice.advance(2_000);
    assert!(house.practice.settled().await);
    let fields = ear.fields();
    let mut heard: Vec<_> =
        fields.iter().filter_map(|one| one.get("ChatId").map(str::to_owned)).collect();
    assert_ne!(heard, made);
    heard.sort();
    let mut made = made;
    made.sort();
    assert_eq!(heard, made);
}

#[tokio::test]
async fn more_at_once_than_allowed_is_refused() {
    let house = House::new();
    let token = house.token().await;
    house.practice.limits(|limits| limits.at_once = 1);
    house.practice.faults(|faults| faults.slow = Duration::from_millis(200));
    let ask = || async {
        let to = house.client.post(house.at(LIST)).query(&[("access_token", &token)]);
        let sent = to.json(&json!({"limit": 1})).send().await.unwrap();
        sent.json::<serde_json::Value>().await.unwrap()["errcode"].as_i64().unwrap()
    };
    let (first, second) = tokio::join!(ask(), ask());
    assert_eq!(first.max(second), 45_033);
    assert_eq!(ask().await, 0);
}

#[tokio::test]
async fn a_caller_who_goes_away_makes_room() {
    let house = House::new();
    let token = house.token().await;
    house.practice.limits(|limits| limits.at_once = 1);
    house.practice.faults(|faults| faults.slow = Duration::from_mins(10));
    let ask = || {
        let to = house.client.post(house.at(LIST)).query(&[("access_token", &token)]);
        to.json(&json!({"limit": 1}))
    };
    assert!(ask().timeout(Duration::from_millis(50)).send().await.unwrap_err().is_timeout());
    house.practice.faults(|faults| faults.slow = Duration::ZERO);
    let room = async {
        loop {
            let answer: serde_json::Value = ask().send().await.unwrap().json().await.unwrap();
            if answer["errcode"] == 0 {
                return;
            }
            assert_eq!(answer["errcode"], 45_033);
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(10), room).await.is_ok());
}
