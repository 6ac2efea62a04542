//! Customers.

use chat::wecom::calls::contacts::{Behaviour, Follow, FollowTag, Followed, Person, Remark};
use chat::wecom::calls::{Page, Unit};
use domain::Millis;
use serde_json::json;

use super::{names, too_little, too_much};
use crate::wecom::client::stub::{Stub, TOKEN};

#[tokio::test]
async fn a_member_without_customers_has_an_empty_list() {
    let stub = Stub::new().await;
    let path = "externalcontact/list";
    stub.says(path, &json!({ "external_userid": ["wo1", "wm2"] }));
    assert_eq!(stub.client.contacts_of("zhangsan").await.unwrap(), ["wo1", "wm2"]);
    stub.says_bytes(path, 200, r#"{"errcode":84061,"errmsg":"not external contact"}"#);
    assert!(stub.client.contacts_of("zhangsan").await.unwrap().is_empty());
    stub.says_bytes(path, 200, r#"{"errcode":84074,"errmsg":"no right"}"#);
    assert_eq!(stub.client.contacts_of("zhangsan").await.unwrap_err().code(), Some(84_074));
}

fn person() -> Person {
    Person {
        external_userid: "wo1".into(),
        name: "李四".into(),
        avatar: "https://wx.qlogo.cn/0".into(),
        class: 1,
        gender: 1,
        unionid: Some("ozy".into()),
        corp_name: String::new(),
    }
}

#[tokio::test]
async fn a_customer_is_read_with_the_notes_of_staff() {
    let stub = Stub::new().await;
    stub.says(
        "externalcontact/get",
        &json!({
            "external_contact": { "external_userid": "wo1", "name": "李四", "type": 1, "gender": 1,
                "avatar": "https://wx.qlogo.cn/0", "unionid": "ozy", "external_profile": {} },
            "follow_user": [
                { "userid": "rocky", "remark": "李部长", "description": "对接采购事务",
                    "createtime": 1_525_779_812, "add_way": 10, "oper_userid": "rocky",
                    "tags": [
                        { "group_name": "客户等级", "tag_name": "重要", "tag_id": "et1", "type": 1 },
                        { "group_name": "个人标签", "tag_name": "球友", "type": 2 },
                    ],
                    "wechat_channels": { "nickname": "视频号名称", "source": 1 } },
                { "userid": "tommy", "createtime": 1_525_881_637, "state": "poster_a",
                    "oper_userid": "wo1", "add_way": 1 },
            ],
            "next_cursor": "n",
        }),
    );
    let (who, follows) = stub.client.contact("wo1", None).await.unwrap();
    assert_eq!(who, person());
    let tag = |group: &str, name: &str, id: Option<&str>, class| FollowTag {
        group_name: group.into(),
        tag_name: name.into(),
        tag_id: id.map(str::to_owned),
        class,
    };
    let rocky = Follow {
        userid: "rocky".into(),
        remark: "李部长".into(),
        description: "对接采购事务".into(),
        created: Millis(1_525_779_812_000),
        tags: vec![tag("客户等级", "重要", Some("et1"), 1), tag("个人标签", "球友", None, 2)],
        oper_userid: "rocky".into(),
        add_way: 10,
        ..Follow::default()
    };
    assert_eq!(rocky.tag_ids().collect::<Vec<_>>(), ["et1"]);
    let tommy = Follow {
        userid: "tommy".into(),
        created: Millis(1_525_881_637_000),
        state: Some("poster_a".into()),
        oper_userid: "wo1".into(),
        add_way: 1,
        ..Follow::default()
    };
    assert_eq!(follows, Page { items: vec![rocky, tommy], next: Some("n".into()) });
    assert_eq!(stub.last().query, format!("access_token={TOKEN}&external_userid=wo1"));
    stub.client.contact("wo1", Some("c/+1")).await.unwrap();
    assert!(stub.last().query.ends_with("&cursor=c%2F%2B1"), "{}", stub.last().query);
}

#[tokio::test]
async fn customers_of_many_come_with_one_note_each() {
    let stub = Stub::new().await;
    let path = "externalcontact/batch/get_by_user";
    stub.says(
        path,
        &json!({
            "external_contact_list": [{
                "external_contact": { "external_userid": "wo1", "name": "李四", "type": 1,
                    "gender": 1, "avatar": "https://wx.qlogo.cn/0", "unionid": "ozy" },
                "follow_info": { "userid": "zhangsan", "remark": "李部长", "tag_id": ["et1"],
                    "createtime": 1_525_779_812, "add_way": 1, "state": "poster_a" },
            }],
            "next_cursor": "",
        }),
    );
    let page = stub.client.contacts_of_many(&names(100), None).await.unwrap();
    let follow = Follow {
        userid: "zhangsan".into(),
        remark: "李部长".into(),
        created: Millis(1_525_779_812_000),
        tag_id: vec!["et1".into()],
        add_way: 1,
        state: Some("poster_a".into()),
        ..Follow::default()
    };
    assert_eq!(follow.tag_ids().collect::<Vec<_>>(), ["et1"]);
    assert_eq!(page, Page { items: vec![Followed { person: person(), follow }], next: None });
    let body = json!({ "userid_list": names(100), "cursor": "", "limit": 100 });
    assert_eq!(stub.body(path), body);
    let crowd = stub.client.contacts_of_many(&names(101), None).await;
    too_much(crowd, ("userid_list", 101, 100, Unit::Entries));
    too_little(stub.client.contacts_of_many(&[], None).await, "userid_list");
}

#[tokio::test]
async fn notes_are_changed_one_by_one_and_counted_in_characters() {
    let stub = Stub::new().await;
    let path = "externalcontact/remark";
    stub.says(path, &json!({}));
    let pair =
        Remark { userid: "zhangsan".into(), external_userid: "wo1".into(), ..Remark::default() };
    let remark = Remark { remark: Some("群".repeat(20)), ..pair.clone() };
    stub.client.set_remark(&remark).await.unwrap();
    let body = json!({
        "userid": "zhangsan", "external_userid": "wo1", "remark": "群".repeat(20),
    });
    assert_eq!(stub.body(path), body);
    let none = Remark { remark_mobiles: Some(Vec::new()), ..pair.clone() };
    stub.client.set_remark(&none).await.unwrap();
    assert_eq!(stub.body(path)["remark_mobiles"], json!([""]), "takes all numbers away");
    let long = Remark { remark: Some("群".repeat(21)), ..pair.clone() };
    too_much(stub.client.set_remark(&long).await, ("remark", 21, 20, Unit::Chars));
    let long = Remark { description: Some("群".repeat(151)), ..pair.clone() };
    too_much(stub.client.set_remark(&long).await, ("description", 151, 150, Unit::Chars));
    too_little(stub.client.set_remark(&pair).await, "remark");
}

#[tokio::test]
async fn what_staff_did_is_read_day_by_day_and_zero_is_not_unknown() {
    let stub = Stub::new().await;
    let path = "externalcontact/get_user_behavior_data";
    let rows = json!([
        {
            "stat_time": 1_772_208_000, "chat_cnt": 100, "message_cnt": 80,
            "reply_percentage": 60.25, "avg_reply_time": 1, "negative_feedback_cnt": 2,
            "new_apply_cnt": 6, "new_contact_cnt": 5,
        },
        { "stat_time": 1_772_294_400, "chat_cnt": 0, "message_cnt": 0, "new_contact_cnt": 0 },
    ]);
    stub.says(path, &json!({ "behavior_data": rows }));
    let now = Millis(1_772_416_800_000);
    let back = |days: i64| Millis(now.0 - days * Millis::DAY);
    let told = stub.client.behaviour("zhangsan", (back(2), back(1))).await.unwrap();
    let day = Behaviour {
        day: Millis(1_772_208_000_000),
        chats: 100,
        messages: 80,
        replied: Some(60.25),
        reply_min: Some(1),
        dropped: 2,
        applied: 6,
        added: 5,
    };
    let quiet = Behaviour { day: Millis(1_772_294_400_000), ..Behaviour::default() };
    assert_eq!(told, [day, quiet]);
    let asked = json!({
        "userid": ["zhangsan"], "start_time": back(2).0 / 1_000, "end_time": back(1).0 / 1_000,
    });
    assert_eq!(stub.body(path), asked);
    let long = stub.client.behaviour("zhangsan", (back(31), back(1))).await;
    too_much(long, ("end_time", 31, 30, Unit::Days));
    let old = stub.client.behaviour("zhangsan", (back(181), back(181))).await;
    too_much(old, ("start_time", 181, 180, Unit::Days));
}
