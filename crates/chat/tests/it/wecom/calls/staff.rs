//! Staff, and what the app tells them.

use chat::wecom::calls::Unit;
use chat::wecom::calls::staff::cards::{
    Answer, Button, ButtonCard, Card, Choice, Goal, Jump, NoticeCard, Quote, Row, Title,
};
use chat::wecom::calls::staff::{
    Agent, CardChange, CardUpdate, Colleague, Content, Department, Message, Receivers, Sent,
    TextCard,
};
use serde_json::json;

use super::{malformed, names, too_little, too_much};
use crate::wecom::client::stub::{Stub, TOKEN};

const SEND: &str = "message/send";

#[tokio::test]
async fn people_and_departments_in_the_range_are_read() {
    let stub = Stub::new().await;
    stub.says("externalcontact/get_follow_user_list", &json!({ "follow_user": ["a", "b"] }));
    assert_eq!(stub.client.staff().await.unwrap(), ["a", "b"]);
    let rows = json!({ "department": [{
        "id": 2, "name": "广州研发中心", "name_en": "RDGZ", "parentid": 1, "order": 4_294_967_295_u32,
    }] });
    stub.says("department/list", &rows);
    let department = Department { id: 2, name: "广州研发中心".into(), parent: 1 };
    assert_eq!(stub.client.departments().await.unwrap(), [department]);
    let row = json!({ "userid": "zhangsan", "name": "张三", "department": [1, 2] });
    stub.says("user/simplelist", &json!({ "userlist": [row] }));
    let mut zhangsan = Colleague {
        userid: "zhangsan".into(),
        name: "张三".into(),
        department: vec![1, 2],
        status: 0,
    };
    assert_eq!(stub.client.colleagues(2).await.unwrap(), [zhangsan.clone()]);
    assert_eq!(stub.last().query, format!("access_token={TOKEN}&department_id=2"));
    stub.says(
        "user/get",
        &json!({ "userid": "zhangsan", "name": "张三", "department": [1, 2], "status": 1 }),
    );
    zhangsan.status = 1;
    assert_eq!(stub.client.colleague("a b&c").await.unwrap(), zhangsan);
    assert_eq!(stub.last().query, format!("access_token={TOKEN}&userid=a+b%26c"));
    stub.says("getcallbackip", &json!({ "ip_list": ["101.226.103.*"] }));
    assert_eq!(stub.client.callback_addresses().await.unwrap(), ["101.226.103.*"]);
    stub.says("get_api_domain_ip", &json!({ "ip_list": ["182.254.11.176"] }));
    assert_eq!(stub.client.api_addresses().await.unwrap(), ["182.254.11.176"]);
}

fn text(words: &str) -> Message {
    Message {
        agent: 1_000_002,
        to: Receivers::Staff(vec!["zhangsan".into(), "lisi".into()]),
        content: Content::Text(words.into()),
        same_within_s: 1_800,
    }
}

#[tokio::test]
async fn a_text_goes_out_and_those_who_did_not_get_it_are_told() {
    let stub = Stub::new().await;
    stub.says(
        SEND,
        &json!({ "invaliduser": "userid1|userid2", "invalidparty": "", "unlicenseduser": "",
            "msgid": "MSGID" }),
    );
    let sent = stub.client.send(&text("3 条待审")).await.unwrap();
    let expected = Sent {
        msgid: "MSGID".into(),
        invalid: vec!["userid1".into(), "userid2".into()],
        ..Sent::default()
    };
    assert_eq!(sent, expected);
    assert_eq!(
        stub.body(SEND),
        json!({
            "touser": "zhangsan|lisi", "msgtype": "text", "agentid": 1_000_002,
            "text": { "content": "3 条待审" },
            "enable_duplicate_check": 1, "duplicate_check_interval": 1_800,
        })
    );
    let card = TextCard {
        title: "群发待确认".into(),
        description: "请在群发助手中确认".into(),
        url: "https://example.com/t/1".into(),
        button: "去处理".into(),
    };
    let everybody = Message {
        to: Receivers::All,
        content: Content::TextCard(card.clone()),
        same_within_s: 0,
        ..text("")
    };
    stub.client.send(&everybody).await.unwrap();
    let body = stub.body(SEND);
    assert_eq!((&body["touser"], &body["msgtype"]), (&json!("@all"), &json!("textcard")));
    assert_eq!(body["textcard"]["btntxt"], "去处理");
    assert_eq!(body["enable_duplicate_check"], 0);
    for (change, what) in [
        (TextCard { title: String::new(), ..card.clone() }, "title"),
        (TextCard { description: String::new(), ..card.clone() }, "description"),
    ] {
        let message = Message { content: Content::TextCard(change), ..text("") };
        too_little(stub.client.send(&message).await, what);
    }
    let message = |card: TextCard| Message { content: Content::TextCard(card), ..text("") };
    let long = TextCard { title: "群".repeat(43), ..card.clone() };
    too_much(stub.client.send(&message(long)).await, ("title", 129, 128, Unit::Bytes));
    let long = TextCard { button: "去处理一下".into(), ..card.clone() };
    too_much(stub.client.send(&message(long)).await, ("btntxt", 5, 4, Unit::Chars));
    malformed(stub.client.send(&message(TextCard { url: "/t/1".into(), ..card })).await, "url");
}

#[tokio::test]
async fn texts_are_counted_in_bytes_and_receivers_in_people() {
    let stub = Stub::new().await;
    stub.says(SEND, &json!({ "msgid": "m" }));
    stub.client.send(&text(&"群".repeat(682))).await.unwrap();
    let long = stub.client.send(&text(&"群".repeat(683))).await;
    too_much(long, ("text.content", 2_049, 2_048, Unit::Bytes));
    too_little(stub.client.send(&text("")).await, "text.content");
    let crowd = |many| Message { to: Receivers::Staff(names(many)), ..text("x") };
    stub.client.send(&crowd(1_000)).await.unwrap();
    too_much(stub.client.send(&crowd(1_001)).await, ("touser", 1_001, 1_000, Unit::Entries));
    too_little(stub.client.send(&crowd(0)).await, "touser");
    let late = Message { same_within_s: 14_401, ..text("x") };
    let expected = ("duplicate_check_interval", 14_401, 14_400, Unit::Seconds);
    too_much(stub.client.send(&late).await, expected);
    assert_eq!(stub.heard(), 3, "a token and two messages");
}

fn todo() -> ButtonCard {
    ButtonCard {
        main_title: Title {
            title: "请移出成员".into(), desc: "新手群 · 疑似广告".into()
        },
        sub_title_text: "在群内移出后点“已处理”".into(),
        quote_area: Some(Quote { title: "原文".into(), quote_text: "加V领红包".into() }),
        rows: vec![Row { keyname: "成员".into(), value: "顾客老王".into() }],
        task_id: "kick-wrOgQhDg-20251009-001".into(),
        choice: Some(Choice {
            question_key: "reason".into(),
            title: "原因".into(),
            answers: vec![Answer { id: "ad".into(), text: "广告".into() }],
        }),
        buttons: vec![Button { text: "已处理".into(), style: 1, key: "done".into(), to: None }],
        card_action: None,
    }
}

fn card(card: Card) -> Message {
    Message { content: Content::Card(Box::new(card)), ..text("") }
}

#[tokio::test]
async fn a_card_with_buttons_goes_out_and_is_changed_later() {
    let stub = Stub::new().await;
    stub.says(SEND, &json!({ "msgid": "m", "response_code": "RESPONSE_CODE" }));
    let sent = stub.client.send(&card(Card::ButtonInteraction(todo()))).await.unwrap();
    assert_eq!(sent.response_code.as_deref(), Some("RESPONSE_CODE"));
    assert_eq!(
        stub.body(SEND)["template_card"],
        json!({
            "card_type": "button_interaction",
            "main_title": { "title": "请移出成员", "desc": "新手群 · 疑似广告" },
            "sub_title_text": "在群内移出后点“已处理”",
            "quote_area": { "title": "原文", "quote_text": "加V领红包" },
            "horizontal_content_list": [{ "keyname": "成员", "value": "顾客老王" }],
            "task_id": "kick-wrOgQhDg-20251009-001",
            "button_selection": { "question_key": "reason", "title": "原因",
                "option_list": [{ "id": "ad", "text": "广告" }] },
            "button_list": [{ "text": "已处理", "style": 1, "key": "done" }],
        })
    );
    stub.says("message/update_template_card", &json!({ "invaliduser": ["userid1"] }));
    let update = CardUpdate {
        agent: 1_000_002,
        response_code: "RESPONSE_CODE".into(),
        staff: vec!["zhangsan".into()],
        change: CardChange::Button("已处理".into()),
    };
    assert_eq!(stub.client.update_card(&update).await.unwrap(), ["userid1"]);
    assert_eq!(
        stub.body("message/update_template_card"),
        json!({
            "userids": ["zhangsan"], "agentid": 1_000_002, "response_code": "RESPONSE_CODE",
            "button": { "replace_name": "已处理" },
        })
    );
    let nobody = CardUpdate { staff: Vec::new(), ..update };
    too_little(stub.client.update_card(&nobody).await, "userids");
}

#[tokio::test]
async fn cards_that_the_platform_would_refuse_are_not_sent() {
    let stub = Stub::new().await;
    let send = |todo: ButtonCard| {
        let client = stub.client.clone();
        async move { client.send(&card(Card::ButtonInteraction(todo))).await }
    };
    let button = todo().buttons.remove(0);
    let many = ButtonCard { buttons: vec![button.clone(); 7], ..todo() };
    too_much(send(many).await, ("button_list", 7, 6, Unit::Entries));
    too_little(send(ButtonCard { buttons: Vec::new(), ..todo() }).await, "button_list");
    malformed(send(ButtonCard { task_id: "踢 1".into(), ..todo() }).await, "task_id");
    let long = ButtonCard { task_id: "x".repeat(129), ..todo() };
    too_much(send(long).await, ("task_id", 129, 128, Unit::Bytes));
    let key = Button { key: "x".repeat(1_025), ..button };
    let long = ButtonCard { buttons: vec![key], ..todo() };
    too_much(send(long).await, ("button.key", 1_025, 1_024, Unit::Bytes));
    let notice =
        NoticeCard { card_action: Goal("https://example.com".into()), ..Default::default() };
    let send = |notice: NoticeCard| {
        let client = stub.client.clone();
        async move { client.send(&card(Card::TextNotice(notice))).await }
    };
    too_little(send(notice.clone()).await, "main_title");
    let words = NoticeCard { sub_title_text: "今天 3 人离开".into(), ..notice };
    malformed(
        send(NoticeCard { card_action: Goal::default(), ..words.clone() }).await,
        "card_action.url",
    );
    stub.says(SEND, &json!({ "msgid": "m" }));
    let jump = Jump { title: "看报告".into(), to: Goal("https://example.com/r".into()) };
    send(NoticeCard { jumps: vec![jump], ..words }).await.unwrap();
    assert_eq!(
        stub.body(SEND)["template_card"],
        json!({
            "card_type": "text_notice", "main_title": { "title": "" },
            "sub_title_text": "今天 3 人离开",
            "jump_list": [{ "title": "看报告", "type": 1, "url": "https://example.com/r" }],
            "card_action": { "type": 1, "url": "https://example.com" },
        })
    );
}

#[tokio::test]
async fn the_app_is_known_by_its_number() {
    let stub = Stub::new().await;
    stub.says("agent/get", &json!({ "agentid": 1_000_005, "name": "HR助手", "close": 1 }));
    let agent = Agent { name: "HR助手".into(), close: 1 };
    assert_eq!(stub.client.agent(1_000_005).await.unwrap(), agent);
    assert_eq!(stub.last().query, format!("access_token={TOKEN}&agentid=1000005"));
}

#[tokio::test]
async fn whether_files_may_be_used_is_told_by_one_that_is_not_there() {
    let stub = Stub::new().await;
    for (code, may) in [(40_007, true), (48_002, false), (60_020, false)] {
        let told = json!({ "errcode": code, "errmsg": "x" }).to_string();
        stub.says_bytes("media/get", 200, told);
        assert_eq!(stub.client.may_use_media().await.is_ok(), may, "{code}");
    }
}
