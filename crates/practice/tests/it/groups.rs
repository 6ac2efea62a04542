//! Groups: lists in pages, details, versions that chain.

use chat::wecom::GroupChange;
use practice::wecom::books::Joining;
use serde_json::json;

use crate::house::House;

const LIST: &str = "externalcontact/groupchat/list";
const GET: &str = "externalcontact/groupchat/get";

#[tokio::test]
async fn every_group_comes_once_over_the_pages() {
    let house = House::new();
    let mut made: Vec<String> = (0..7).map(|at| house.group(&format!("群{at}"))).collect();
    made.sort();
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = house.done(LIST, json!({"limit": 3, "cursor": cursor})).await;
        let rows = page["group_chat_list"].as_array().unwrap();
        found.extend(rows.iter().map(|row| row["chat_id"].as_str().unwrap().to_owned()));
        cursor = page["next_cursor"].as_str().unwrap().to_owned();
        if cursor.is_empty() {
            break;
        }
        assert_eq!(rows.len(), 3);
    }
    assert_eq!(found, made);
}

#[tokio::test]
async fn limits_of_the_list_are_the_platforms() {
    let house = House::new();
    let many: Vec<String> = (0..101).map(|at| format!("u{at}")).collect();
    for (body, code) in [
        (json!({}), 40_063),
        (json!({"limit": 0}), 40_058),
        (json!({"limit": 1001}), 40_058),
        (json!({"limit": "10"}), 40_058),
        (json!({"limit": 10, "cursor": "mine"}), 40_058),
        (json!({"limit": 10, "status_filter": 4}), 40_058),
        (json!({"limit": 10, "owner_filter": {"userid_list": many}}), 81_017),
        (json!({"limit": 1000}), 0),
    ] {
        assert_eq!(house.code(LIST, body.clone()).await, code, "{body}");
    }
}

#[tokio::test]
async fn details_tell_how_each_came() {
    let house = House::new();
    let chat = house.group("护肤交流群 1");
    let [first, second, ..] = house.customers.as_slice() else { panic!("customers") };
    house
        .practice
        .act(|books, now| {
            books.join(&chat, &[first], &Joining::Scanned(Some("poster".into())), now)
        })
        .unwrap();
    let by = Joining::Link(Some("zhangsan".into()));
    house.practice.act(|books, now| books.join(&chat, &[second], &by, now)).unwrap();
    let answer = house.done(GET, json!({"chat_id": chat, "need_name": 1})).await;
    let group = &answer["group_chat"];
    assert_eq!(group["owner"], "zhangsan");
    let members = group["member_list"].as_array().unwrap();
    let told: Vec<_> = members
        .iter()
        .map(|one| (one["type"].clone(), one["join_scene"].clone(), one["name"].clone()))
        .collect();
    let name = |id: &str| house.practice.read(|books| json!(books.name_of(id)));
    assert_eq!(told[0], (json!(1), json!(1), json!("张三")));
    assert_eq!(told[1], (json!(2), json!(3), name(first)));
    assert_eq!(told[2], (json!(2), json!(2), name(second)));
    assert_eq!(members[1]["state"], "poster");
    assert_eq!(members[2]["invitor"]["userid"], "zhangsan");
    let plain = house.done(GET, json!({"chat_id": chat})).await;
    assert!(plain["group_chat"]["member_list"][0].get("name").is_none());
    assert_eq!(house.code(GET, json!({"chat_id": "wrnobody"})).await, 40_050);
}

#[tokio::test]
async fn versions_of_a_group_form_a_chain_through_a_rejoin() {
    let house = House::new();
    let chat = house.group("群");
    let ear = house.ear().await;
    let answer = house.done(GET, json!({"chat_id": chat})).await;
    let mut version = answer["group_chat"]["member_version"].as_str().unwrap().to_owned();
    let [first, second, ..] = house.customers.as_slice() else { panic!("customers") };
    let act = &house.practice;
    let scanned = Joining::Scanned(None);
    act.act(|books, now| books.join(&chat, &[first, second], &scanned, now)).unwrap();
    act.act(|books, now| books.leave(&chat, &[first], now)).unwrap();
    act.act(|books, now| books.rename(&chat, "新名", now)).unwrap();
    act.act(|books, now| books.join(&chat, &[first], &Joining::Invited(None), now)).unwrap();
    act.act(|books, now| books.remove(&chat, &[second], now)).unwrap();
    assert!(act.settled().await);
    let changes = ear.changes();
    assert_eq!(changes.len(), 5);
    let mut scenes = Vec::new();
    for change in changes {
        let (GroupChange::Joined(moved) | GroupChange::Gone(moved)) = change else { continue };
        assert_eq!(moved.before.as_ref(), Some(&version));
        assert_eq!(moved.count, i64::try_from(moved.people.len()).ok());
        scenes.push(moved.scene);
        version = moved.after.unwrap();
    }
    assert_eq!(scenes, [Some(3), Some(0), Some(0), Some(1)]);
    let answer = house.done(GET, json!({"chat_id": chat})).await;
    assert_eq!(answer["group_chat"]["member_version"], json!(version));
    let stays = house.practice.read(|books| books.groups[&chat].gone.len());
    assert_eq!(stays, 2);
}

#[tokio::test]
async fn details_may_follow_events_late() {
    let house = House::new();
    let chat = house.group("群");
    house.practice.faults(|faults| faults.details_late_ms = 2_000);
    house.practice.advance(5_000);
    let details = async || {
        let answer = house.done(GET, json!({"chat_id": chat})).await;
        let group = &answer["group_chat"];
        (group["member_list"].as_array().unwrap().len(), group["member_version"].clone())
    };
    let before = details().await;
    let [first, second, ..] = house.customers.as_slice() else { panic!("customers") };
    let by = Joining::Scanned(None);
    house.practice.act(|books, now| books.join(&chat, &[first, second], &by, now)).unwrap();
    house.practice.act(|books, now| books.leave(&chat, &[first], now)).unwrap();
    assert_eq!(details().await, before);
    house.practice.advance(2_000);
    let after = details().await;
    assert_eq!(after.0, 2);
    let version = house.practice.read(|books| books.groups[&chat].version.clone());
    assert_eq!(after.1, json!(version));
}
