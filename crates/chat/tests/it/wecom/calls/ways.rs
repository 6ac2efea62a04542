//! Codes that lead to staff and into groups.

use chat::wecom::calls::contacts::{
    Behind, ContactWay, ContactWayChange, MadeContactWay, NewContactWay, Scene,
};
use chat::wecom::calls::groups::{JoinWay, MadeJoinWay, WhenFull};
use chat::wecom::calls::{Page, Unit};
use domain::Millis;
use serde_json::json;

use super::{names, too_little, too_much};
use crate::wecom::client::stub::Stub;

const ADD: &str = "externalcontact/add_contact_way";

fn new_way() -> NewContactWay {
    NewContactWay {
        behind: Behind::Several { user: vec!["zhangsan".into(), "lisi".into()], party: vec![2] },
        scene: Scene::Code,
        remark: "渠道客户".into(),
        state: "poster_a".into(),
        skip_verify: true,
        is_exclusive: true,
    }
}

#[tokio::test]
async fn a_contact_way_is_made_for_one_or_several() {
    let stub = Stub::new().await;
    stub.says(ADD, &json!({ "config_id": "42b3", "qr_code": "https://p.qpic.cn/0" }));
    let made = stub.client.add_contact_way(&new_way()).await.unwrap();
    let expected =
        MadeContactWay { config_id: "42b3".into(), qr_code: "https://p.qpic.cn/0".into() };
    assert_eq!(made, expected);
    assert_eq!(
        stub.body(ADD),
        json!({
            "type": 2, "scene": 2, "style": 1, "remark": "渠道客户", "skip_verify": true,
            "state": "poster_a", "user": ["zhangsan", "lisi"], "party": [2], "is_exclusive": true,
        })
    );
    let one = NewContactWay {
        behind: Behind::One("zhangsan".into()),
        scene: Scene::MiniProgram,
        ..new_way()
    };
    stub.client.add_contact_way(&one).await.unwrap();
    let body = stub.body(ADD);
    assert_eq!((&body["type"], &body["scene"]), (&json!(1), &json!(1)));
    assert_eq!((&body["user"], &body["party"]), (&json!(["zhangsan"]), &json!([])));
}

#[tokio::test]
async fn contact_ways_that_the_platform_would_refuse_are_not_made() {
    let stub = Stub::new().await;
    let add = |way: NewContactWay| {
        let client = stub.client.clone();
        async move { client.add_contact_way(&way).await }
    };
    let several =
        |user, party| NewContactWay { behind: Behind::Several { user, party }, ..new_way() };
    too_much(add(several(names(101), Vec::new())).await, ("user", 101, 100, Unit::Entries));
    too_little(add(several(Vec::new(), Vec::new())).await, "user");
    too_little(
        add(NewContactWay { behind: Behind::One(String::new()), ..new_way() }).await,
        "user",
    );
    let long = NewContactWay { state: "群".repeat(31), ..new_way() };
    too_much(add(long).await, ("state", 31, 30, Unit::Chars));
    let long = NewContactWay { remark: "x".repeat(31), ..new_way() };
    too_much(add(long).await, ("remark", 31, 30, Unit::Chars));
    assert_eq!(stub.heard(), 0, "not even a token was asked for");
}

#[tokio::test]
async fn contact_ways_are_read_listed_changed_and_deleted() {
    let stub = Stub::new().await;
    stub.says(
        "externalcontact/get_contact_way",
        &json!({ "contact_way": {
            "config_id": "42b3", "type": 2, "scene": 2, "style": 1, "remark": "渠道客户",
            "skip_verify": true, "state": "poster_a", "qr_code": "https://p.qpic.cn/0",
            "user": ["zhangsan"], "party": [2, 3], "is_temp": false, "expires_in": 0,
        } }),
    );
    let way = ContactWay {
        config_id: "42b3".into(),
        class: 2,
        scene: 2,
        remark: "渠道客户".into(),
        skip_verify: true,
        state: "poster_a".into(),
        qr_code: "https://p.qpic.cn/0".into(),
        user: vec!["zhangsan".into()],
        party: vec![2, 3],
        is_temp: false,
    };
    assert_eq!(stub.client.contact_way("42b3").await.unwrap(), way);
    let path = "externalcontact/list_contact_way";
    stub.says(path, &json!({ "contact_way": [{ "config_id": "534b" }], "next_cursor": "n" }));
    let made = Some((Millis(1_622_476_800_000), Millis(1_625_068_800_999)));
    let page = stub.client.contact_ways(made, None).await.unwrap();
    assert_eq!(page, Page { items: vec!["534b".into()], next: Some("n".into()) });
    let times = json!({ "start_time": 1_622_476_800, "end_time": 1_625_068_800, "cursor": "", "limit": 1_000 });
    assert_eq!(stub.body(path), times);
    stub.says("externalcontact/update_contact_way", &json!({}));
    let change = ContactWayChange { user: Some(vec!["lisi".into()]), ..Default::default() };
    stub.client.change_contact_way("42b3", &change).await.unwrap();
    let body = json!({ "config_id": "42b3", "user": ["lisi"] });
    assert_eq!(stub.body("externalcontact/update_contact_way"), body);
    stub.says("externalcontact/del_contact_way", &json!({}));
    stub.client.delete_contact_way("42b3").await.unwrap();
    too_little(stub.client.delete_contact_way("").await, "config_id");
}

fn join_way() -> JoinWay {
    JoinWay {
        scene: Scene::Code,
        remark: "aa_remark".into(),
        full: WhenFull::Another { name: "销售客服群".into(), number: 10 },
        chat_id_list: vec!["wr1".into(), "wr2".into()],
        state: "klsdup3kj3s1".into(),
    }
}

#[tokio::test]
async fn a_join_way_is_overwritten_whole() {
    let stub = Stub::new().await;
    let whole = json!({
        "config_id": "9ad7", "scene": 2, "remark": "aa_remark", "auto_create_room": 1,
        "room_base_name": "销售客服群", "room_base_id": 10, "chat_id_list": ["wr1", "wr2"],
        "state": "klsdup3kj3s1",
    });
    stub.says("externalcontact/groupchat/add_join_way", &json!({ "config_id": "9ad7" }));
    assert_eq!(stub.client.add_join_way(&join_way()).await.unwrap(), "9ad7");
    let mut new = whole.clone();
    new.as_object_mut().unwrap().remove("config_id");
    assert_eq!(stub.body("externalcontact/groupchat/add_join_way"), new);
    let mut read = whole.clone();
    read["qr_code"] = json!("https://p.qpic.cn/0");
    read["mark_source"] = json!(true);
    stub.says("externalcontact/groupchat/get_join_way", &json!({ "join_way": read }));
    let made = stub.client.join_way("9ad7").await.unwrap();
    let expected = MadeJoinWay {
        config_id: "9ad7".into(),
        qr_code: "https://p.qpic.cn/0".into(),
        way: join_way(),
    };
    assert_eq!(made, expected);
    let path = "externalcontact/groupchat/update_join_way";
    stub.says(path, &json!({}));
    stub.client.overwrite_join_way("9ad7", &made.way).await.unwrap();
    assert_eq!(stub.body(path), whole, "what was read goes out again, all of it");
    let closed = JoinWay { full: WhenFull::Stop, ..join_way() };
    stub.client.overwrite_join_way("9ad7", &closed).await.unwrap();
    assert_eq!(stub.body(path)["auto_create_room"], 0);
    stub.says("externalcontact/groupchat/del_join_way", &json!({}));
    stub.client.delete_join_way("9ad7").await.unwrap();
}

#[tokio::test]
async fn join_ways_that_the_platform_would_refuse_are_not_made() {
    let stub = Stub::new().await;
    let add = |way: JoinWay| {
        let client = stub.client.clone();
        async move { client.add_join_way(&way).await }
    };
    let groups = |many| JoinWay { chat_id_list: names(many), ..join_way() };
    too_much(add(groups(6)).await, ("chat_id_list", 6, 5, Unit::Entries));
    too_little(add(groups(0)).await, "chat_id_list");
    let full = WhenFull::Another { name: "群".repeat(41), number: 1 };
    let long = JoinWay { full, ..join_way() };
    too_much(add(long).await, ("room_base_name", 41, 40, Unit::Chars));
    let long = JoinWay { state: "x".repeat(31), ..join_way() };
    too_much(add(long).await, ("state", 31, 30, Unit::Chars));
}
