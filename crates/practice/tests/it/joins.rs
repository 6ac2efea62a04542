//! Live codes of groups: groups fill one after the other, and a new one is made.

use practice::wecom::books::Hindrance;
use serde_json::{Value, json};

use crate::house::House;

const ADD: &str = "externalcontact/groupchat/add_join_way";
const GET: &str = "externalcontact/groupchat/get_join_way";

/// Two groups for two people each, the owner counted, behind one code.
async fn full_soon(house: &House, auto: u8) -> (String, Vec<String>) {
    let chats: Vec<String> = (9..=10).map(|at| house.group(&format!("销售客服群{at}"))).collect();
    house.practice.write(|books| books.groups.values_mut().for_each(|group| group.room = 2));
    let form = json!({
        "scene": 2, "auto_create_room": auto, "room_base_name": "销售客服群", "room_base_id": 11,
        "chat_id_list": chats, "state": "door",
    });
    let made = house.done(ADD, form).await;
    (made["config_id"].as_str().unwrap().to_owned(), chats)
}

fn scan(house: &House, config: &str, who: &str) -> Result<(), Hindrance> {
    house.practice.act(|books, now| books.scan_join(config, who, now)).map(drop)
}

#[tokio::test]
async fn a_new_group_with_the_next_name_is_made_when_all_are_full() {
    let house = House::new();
    let (config, chats) = full_soon(&house, 1).await;
    let ear = house.ear().await;
    for who in &house.customers[..4] {
        scan(&house, &config, who).unwrap();
    }
    assert_eq!(scan(&house, &config, &house.customers[0]), Err(Hindrance::Inside));
    assert!(house.practice.settled().await);
    let told: Vec<String> = ear
        .fields()
        .iter()
        .map(|fields| fields.get("UpdateDetail").or(fields.get("ChangeType")).unwrap().to_owned())
        .collect();
    assert_eq!(told, ["add_member", "add_member", "create", "add_member", "create", "add_member"]);
    let list = house.done("externalcontact/groupchat/list", json!({"limit": 10})).await;
    let mut names = Vec::new();
    for row in list["group_chat_list"].as_array().unwrap() {
        let body = json!({"chat_id": row["chat_id"]});
        let one = house.done("externalcontact/groupchat/get", body).await;
        let group = &one["group_chat"];
        assert_eq!(group["member_list"][1]["state"], "door");
        assert_eq!(group["owner"], "zhangsan");
        names.push(group["name"].as_str().unwrap().to_owned());
    }
    names.sort();
    assert_eq!(names, ["销售客服群10", "销售客服群11", "销售客服群12", "销售客服群9"]);
    let way = house.done(GET, json!({"config_id": config})).await;
    assert_eq!(way["join_way"]["chat_id_list"], json!(chats), "what the app set stays");
}

#[tokio::test]
async fn without_that_a_full_code_takes_nobody() {
    let house = House::new();
    let (config, _) = full_soon(&house, 0).await;
    scan(&house, &config, &house.customers[0]).unwrap();
    scan(&house, &config, &house.customers[1]).unwrap();
    assert_eq!(scan(&house, &config, &house.customers[2]), Err(Hindrance::Full));
}

#[tokio::test]
async fn an_update_overwrites_everything() {
    let house = House::new();
    let (config, chats) = full_soon(&house, 0).await;
    let update = json!({"config_id": config, "scene": 2, "chat_id_list": [chats[0]]});
    house.done("externalcontact/groupchat/update_join_way", update).await;
    let way = house.done(GET, json!({"config_id": config})).await;
    let way = &way["join_way"];
    assert_eq!((&way["auto_create_room"], &way["state"]), (&json!(1), &json!("")));
    house.done("externalcontact/groupchat/del_join_way", json!({"config_id": config})).await;
    assert_eq!(house.code(GET, json!({"config_id": config})).await, 41_044);
}

#[tokio::test]
async fn forms_beyond_the_limits_are_refused() {
    let house = House::new();
    let chat = house.group("群");
    let form = |name: &str, value: Value| {
        let mut form = json!({"scene": 2, "chat_id_list": [chat]});
        form[name] = value;
        form
    };
    for (form, code) in [
        (form("chat_id_list", json!([chat, chat, chat, chat, chat, chat])), 41_091),
        (form("chat_id_list", json!([])), 40_058),
        (form("chat_id_list", json!(["wrnobody"])), 40_050),
        (form("state", json!("字".repeat(31))), 40_058),
        (form("room_base_name", json!("字".repeat(41))), 40_058),
        (form("scene", json!(3)), 40_058),
        (json!({"chat_id_list": [chat]}), 40_063),
        (form("remark", json!("字".repeat(31))), 0),
    ] {
        assert_eq!(house.code(ADD, form.clone()).await, code, "{form}");
    }
    let cut = house.practice.read(|books| {
        books.join_ways.values().map(|way| way.form.remark.chars().count()).collect::<Vec<_>>()
    });
    assert_eq!(cut, [30]);
}
