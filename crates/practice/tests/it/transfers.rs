//! Hand-overs: a day to refuse, twice in a life, 90 days of rest; groups by the owner's state.

use chat::wecom::{ContactChange, News};
use domain::Millis;
use practice::wecom::books::Meeting;
use serde_json::{Value, json};

use crate::house::House;

const TRANSFER: &str = "externalcontact/transfer_customer";
const LEFT: &str = "externalcontact/resigned/transfer_customer";

fn met(house: &House, staff: &str, who: &str) {
    house.practice.act(|books, now| books.meet(staff, who, Meeting::default(), now)).unwrap();
}

async fn ask(house: &House, path: &str, from: &str, to: &str) -> Value {
    let who = &house.customers[0];
    let body = json!({
        "handover_userid": from, "takeover_userid": to, "external_userid": [who],
    });
    let answer = house.ask(path, body).await;
    if answer["errcode"] == 0 {
        answer["customer"][0]["errcode"].clone()
    } else {
        answer["errcode"].clone()
    }
}

async fn status(house: &House, from: &str, to: &str) -> Value {
    let body = json!({"handover_userid": from, "takeover_userid": to});
    let answer = house.done("externalcontact/transfer_result", body).await;
    answer["customer"].as_array().unwrap().last().unwrap()["status"].clone()
}

#[tokio::test]
async fn a_customer_changes_hands_after_a_day_and_then_rests() {
    let house = House::new();
    let who = house.customers[0].clone();
    met(&house, "zhangsan", &who);
    let ear = house.ear().await;
    assert_eq!(ask(&house, TRANSFER, "lisi", "zhangsan").await, 40_096);
    assert_eq!(ask(&house, TRANSFER, "zhangsan", "wangwu").await, 84_074);
    assert_eq!(ask(&house, LEFT, "zhangsan", "lisi").await, 40_097);
    assert_eq!(ask(&house, TRANSFER, "zhangsan", "lisi").await, 0);
    assert_eq!(ask(&house, TRANSFER, "zhangsan", "lisi").await, 40_129);
    house.practice.advance(Millis::DAY - 1);
    assert_eq!(status(&house, "zhangsan", "lisi").await, 2);
    house.practice.advance(1);
    assert_eq!(status(&house, "zhangsan", "lisi").await, 1);
    assert!(house.practice.settled().await);
    let told: Vec<(String, ContactChange)> = ear
        .news()
        .into_iter()
        .map(|news| match news {
            News::Contact { staff, change, .. } => (staff, change),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told[0], ("zhangsan".into(), ContactChange::Dropped { handed_over: true }));
    assert!(matches!(&told[1], (staff, ContactChange::Added { .. }) if staff == "lisi"));
    assert_eq!(ask(&house, TRANSFER, "lisi", "zhangsan").await, 40_128, "rests");
    house.practice.advance(90 * Millis::DAY);
    assert_eq!(ask(&house, TRANSFER, "lisi", "zhangsan").await, 0);
    house.practice.advance(Millis::DAY);
    house.practice.advance(90 * Millis::DAY);
    assert_eq!(ask(&house, TRANSFER, "zhangsan", "lisi").await, 40_128, "twice is all");
}

#[tokio::test]
async fn a_customer_may_refuse_and_stays() {
    let house = House::new();
    let who = house.customers[0].clone();
    met(&house, "zhangsan", &who);
    let ear = house.ear().await;
    assert_eq!(ask(&house, TRANSFER, "zhangsan", "lisi").await, 0);
    house.practice.act(|books, now| books.answer_transfer(&who, false, now)).unwrap();
    house.practice.advance(Millis::DAY);
    assert_eq!(status(&house, "zhangsan", "lisi").await, 3);
    assert!(house.practice.read(|books| books.bond("zhangsan", &who).is_some()));
    assert!(house.practice.settled().await);
    let refused = ContactChange::HandOverFailed("customer_refused".into());
    let news = ear.news();
    let [News::Contact { staff, change, .. }] = &news[..] else { panic!("{news:?}") };
    assert_eq!((staff.as_str(), change), ("lisi", &refused));
}

#[tokio::test]
async fn customers_of_who_left_are_listed_until_they_are_under_way() {
    let house = House::new();
    met(&house, "zhangsan", &house.customers[0]);
    house.practice.act(|books, now| books.resign("zhangsan", now)).unwrap();
    let unassigned = || house.done("externalcontact/get_unassigned_list", json!({}));
    let list = unassigned().await;
    assert_eq!(list["info"][0]["external_userid"], json!(house.customers[0]));
    assert_eq!(list["is_last"], true);
    assert_eq!(ask(&house, TRANSFER, "zhangsan", "lisi").await, 40_003);
    assert_eq!(ask(&house, LEFT, "zhangsan", "lisi").await, 0);
    assert_eq!(unassigned().await["info"], json!([]));
    house.practice.advance(Millis::DAY);
    assert!(house.practice.read(|books| books.bond("lisi", &house.customers[0]).is_some()));
}

#[tokio::test]
async fn groups_change_owners_by_the_call_that_fits() {
    let house = House::new();
    let chat = house.group("群");
    let ear = house.ear().await;
    let give = |path: &str, owner: &str| {
        let body = json!({"chat_id_list": [chat], "new_owner": owner});
        let path = format!("externalcontact/groupchat/{path}");
        let house = &house;
        async move {
            let answer = house.done(&path, body).await;
            answer["failed_chat_list"][0]["errcode"].clone()
        }
    };
    assert_eq!(give("transfer", "lisi").await, 90_500);
    assert_eq!(give("onjob_transfer", "zhangsan").await, 90_504);
    assert_eq!(give("onjob_transfer", "lisi").await, Value::Null);
    let list = json!({"limit": 10, "owner_filter": {"userid_list": ["lisi"]}});
    let listed = house.done("externalcontact/groupchat/list", list).await;
    assert_eq!(listed["group_chat_list"][0], json!({"chat_id": chat, "status": 0}));
    house.practice.act(|books, now| books.resign("lisi", now)).unwrap();
    let left = json!({"limit": 10, "status_filter": 1});
    let listed = house.done("externalcontact/groupchat/list", left).await;
    assert_eq!(listed["group_chat_list"][0]["status"], 1);
    assert_eq!(give("onjob_transfer", "zhangsan").await, 90_502);
    assert_eq!(give("transfer", "zhangsan").await, Value::Null);
    assert_eq!(house.practice.read(|books| books.groups[&chat].status), 3);
    assert_eq!(give("transfer", "zhangsan").await, 90_504);
    assert!(house.practice.settled().await);
    assert!(ear.news().is_empty(), "calls are not told");
    let bad = json!({"chat_id_list": [], "new_owner": "zhangsan"});
    assert_eq!(house.code("externalcontact/groupchat/transfer", bad).await, 40_058);
}

#[tokio::test]
async fn a_group_changes_hands_twice_in_ninety_days() {
    let house = House::new();
    let chat = house.group("群");
    let mut codes = Vec::new();
    for owner in ["lisi", "zhangsan", "lisi"] {
        let body = json!({"chat_id_list": [chat], "new_owner": owner});
        let answer = house.done("externalcontact/groupchat/onjob_transfer", body).await;
        codes.push(answer["failed_chat_list"][0]["errcode"].clone());
    }
    assert_eq!(codes, [Value::Null, Value::Null, json!(45_009)]);
    house.practice.advance(90 * Millis::DAY);
    let body = json!({"chat_id_list": [chat], "new_owner": "lisi"});
    let answer = house.done("externalcontact/groupchat/onjob_transfer", body).await;
    assert_eq!(answer["failed_chat_list"], json!([]));
}

#[tokio::test]
async fn an_owner_gives_three_hundred_groups_away_on_a_day() {
    let house = House::new();
    let chats: Vec<String> = (0..301).map(|at| house.group(&format!("群{at}"))).collect();
    let give = async |chats: &[String]| {
        let body = json!({"chat_id_list": chats, "new_owner": "lisi"});
        let answer = house.done("externalcontact/groupchat/onjob_transfer", body).await;
        answer["failed_chat_list"].clone()
    };
    for hundred in chats[..300].chunks(100) {
        assert_eq!(give(hundred).await, json!([]));
    }
    assert_eq!(give(&chats[300..]).await[0]["errcode"], 45_009);
    house.practice.advance(Millis::DAY);
    assert_eq!(give(&chats[300..]).await, json!([]));
    let many = json!({"chat_id_list": chats[..101], "new_owner": "lisi"});
    assert_eq!(house.code("externalcontact/groupchat/onjob_transfer", many).await, 40_058);
}
