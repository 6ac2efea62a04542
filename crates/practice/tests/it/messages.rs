//! Messages to staff, cards, files, templates, figures.

use chat::wecom::News;
use domain::Millis;
use practice::wecom::books::{Joining, Press, Talk};
use serde_json::{Value, json};

use crate::house::House;

fn text(house: &House, to: &str) -> Value {
    let agent = house.practice.agent();
    json!({"touser": to, "msgtype": "text", "agentid": agent, "text": {"content": "你好"}})
}

#[tokio::test]
async fn texts_reach_staff_in_range_and_name_the_others() {
    let house = House::new();
    let sent = house.done("message/send", text(&house, "ZhangSan|Nobody|lisi")).await;
    assert_eq!(sent["invaliduser"], "nobody");
    let to = house.practice.read(|books| books.messages[0].to.clone());
    assert_eq!(to, ["lisi", "zhangsan"]);
    let change = |name: &str, value: Value| {
        let mut body = text(&house, "lisi");
        body[name] = value;
        body
    };
    let many = (0..1_001).map(|at| format!("u{at}")).collect::<Vec<_>>().join("|");
    for (body, code) in [
        (change("touser", json!("nobody")), 81_013),
        (change("touser", json!(many)), 40_032),
        (change("agentid", json!(5)), 301_002),
        (change("msgtype", json!("song")), 40_008),
        (change("text", json!({"content": ""})), 44_004),
    ] {
        assert_eq!(house.code("message/send", body).await, code);
    }
    house.done("message/send", change("text", json!({"content": "长".repeat(1_000)}))).await;
    let kept = house.practice.read(|books| books.messages[1].content["content"].clone());
    assert_eq!(kept.as_str().unwrap().len(), 2_046, "cut between letters");
}

#[tokio::test]
async fn what_is_too_much_for_one_person_is_dropped_in_silence() {
    let house = House::new();
    house.practice.limits(|limits| limits.messages_minute = 2);
    for _ in 0..3 {
        house.done("message/send", text(&house, "lisi")).await;
    }
    assert_eq!(house.practice.read(|books| books.inbox("lisi").count()), 2);
    house.practice.advance(Millis::MINUTE);
    let mut once = text(&house, "lisi");
    once["enable_duplicate_check"] = json!(1);
    house.done("message/send", once).await;
    assert_eq!(house.practice.read(|books| books.inbox("lisi").count()), 2, "said already");
}

#[tokio::test]
async fn a_pressed_card_can_be_changed_once() {
    let house = House::new();
    let ear = house.ear().await;
    let card = json!({
        "card_type": "button_interaction", "main_title": {"title": "请移出成员"},
        "task_id": "kick-1", "button_list": [{"text": "已处理", "key": "done"}],
    });
    let agent = house.practice.agent();
    let body = |card: &Value| {
        json!({
            "touser": "lisi", "msgtype": "template_card", "agentid": agent,
            "template_card": card,
        })
    };
    for (name, value) in
        [("task_id", json!("不行")), ("button_list", json!([])), ("card_type", json!("x"))]
    {
        let mut wrong = card.clone();
        wrong[name] = value;
        assert_eq!(house.code("message/send", body(&wrong)).await, 40_058, "{name}");
    }
    let sent = house.done("message/send", body(&card)).await;
    let id = sent["msgid"].as_str().unwrap();
    let chosen = vec![("reason".into(), vec!["ad".into()])];
    let press = Press { key: "done".into(), chosen };
    house.practice.act(|books, now| books.press(id, "lisi", press.clone(), now)).unwrap();
    assert!(house.practice.settled().await);
    let news = ear.news();
    let [News::Card { staff, task, button, response: Some(code), chosen }] = &news[..] else {
        panic!("{news:?}")
    };
    assert_eq!((staff.as_str(), task.as_str(), button.as_str()), ("lisi", "kick-1", "done"));
    assert_eq!(chosen, &[("reason".to_owned(), "ad".to_owned())]);
    let change = json!({
        "userids": ["lisi"], "agentid": agent, "response_code": code,
        "button": {"replace_name": "已处理"},
    });
    house.done("message/update_template_card", change.clone()).await;
    assert_eq!(house.code("message/update_template_card", change).await, 40_058);
    assert!(house.practice.act(|books, now| books.press(id, "lisi", press, now)).is_err());
}

#[tokio::test]
async fn files_live_for_three_days() {
    let house = House::new();
    let upload = |kind: &'static str, bytes: Vec<u8>| {
        let house = &house;
        async move {
            let token = house.token().await;
            let part = reqwest::multipart::Part::bytes(bytes).file_name("海报.png");
            let form = reqwest::multipart::Form::new().part("media", part);
            let path = if kind == "img" { "media/uploadimg" } else { "media/upload" };
            let query = [("access_token", token.as_str()), ("type", kind)];
            let to = house.client.post(house.at(path)).query(&query).multipart(form);
            to.send().await.unwrap().json::<Value>().await.unwrap()
        }
    };
    let png = b"\x89PNG\r\n\x1a\n picture".to_vec();
    let made = upload("image", png.clone()).await;
    let id = made["media_id"].as_str().unwrap();
    let at: i64 = made["created_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(at, house.practice.now().0 / 1_000);
    for (kind, bytes, code) in [
        ("song", png.clone(), 40_005),
        ("image", b"no picture at all".to_vec(), 40_123),
        ("image", b"tiny".to_vec(), 40_006),
        ("img", vec![0x89; 2 * 1024 * 1024 + 1], 45_001),
        ("video", png.clone(), 41_090),
    ] {
        assert_eq!(upload(kind, bytes).await["errcode"], code, "{kind}");
    }
    let url = upload("img", png.clone()).await["url"].as_str().unwrap().to_owned();
    let shown = house.client.get(url).send().await.unwrap();
    assert_eq!(shown.bytes().await.unwrap(), png);
    let token = house.token().await;
    let query = [("access_token", token.as_str()), ("media_id", id)];
    let to = house.client.get(house.at("media/get")).query(&query);
    assert_eq!(to.send().await.unwrap().bytes().await.unwrap(), png);
    house.practice.advance(3 * Millis::DAY);
    assert_eq!(house.look("media/get", &[("media_id", id)]).await["errcode"], 40_007);
}

#[tokio::test]
async fn the_library_of_welcomes_keeps_a_hundred() {
    let house = House::new();
    let call = |path: &str| format!("externalcontact/group_welcome_template/{path}");
    let say = json!({"text": {"content": "亲爱的%NICKNAME%，欢迎"}, "notify": 0});
    let made = house.done(&call("add"), say.clone()).await;
    let id = made["template_id"].clone();
    let link = json!({"title": "守则", "url": "https://example.com"});
    let edit = json!({"template_id": id, "text": {"content": "欢迎"}, "link": link});
    house.done(&call("edit"), edit).await;
    let one = house.done(&call("get"), json!({"template_id": id})).await;
    assert_eq!((&one["text"]["content"], &one["link"]["title"]), (&json!("欢迎"), &json!("守则")));
    let long = json!({"text": {"content": "长".repeat(1_001)}});
    assert_eq!(house.code(&call("add"), long).await, 45_002);
    for _ in 1..100 {
        house.done(&call("add"), say.clone()).await;
    }
    assert_eq!(house.code(&call("add"), say).await, 41_055);
    house.done(&call("del"), json!({"template_id": id})).await;
    assert_eq!(house.code(&call("get"), json!({"template_id": id})).await, 40_058);
}

#[tokio::test]
async fn figures_are_of_whole_days_before_today() {
    let house = House::new();
    let chat = house.group("群");
    let three: Vec<&str> = house.customers[..3].iter().map(String::as_str).collect();
    let by = Joining::Scanned(None);
    house.practice.act(|books, now| books.join(&chat, &three, &by, now)).unwrap();
    let talk = Talk { messages: 40, speakers: 2 };
    house.practice.act(|books, now| books.say(&chat, talk, now)).unwrap();
    let began = house.practice.now().0 / 1_000;
    let call = "externalcontact/groupchat/statistic";
    let ask = |from: i64, to: i64| {
        json!({
            "day_begin_time": from, "day_end_time": to,
            "owner_filter": {"userid_list": ["zhangsan", "lisi"]},
        })
    };
    assert_eq!(house.code(call, ask(began, began)).await, 40_058, "today is not there yet");
    house.practice.advance(Millis::DAY);
    house.practice.act(|books, now| books.leave(&chat, &three[..1], now)).unwrap();
    let answer = house.done(call, ask(began, began)).await;
    assert_eq!((&answer["total"], &answer["next_offset"]), (&json!(1), &json!(1)));
    let data = &answer["items"][0]["data"];
    let count = |name: &str| data[name].as_i64().unwrap();
    assert_eq!((count("new_chat_cnt"), count("chat_total")), (1, 1));
    assert_eq!((count("new_member_cnt"), count("member_total")), (4, 4));
    assert_eq!((count("member_has_msg"), count("msg_total")), (2, 40));
    house.practice.advance(Millis::DAY);
    let two = ask(began, began + 86_400);
    let days = house.done("externalcontact/groupchat/statistic_group_by_day", two).await;
    let totals: Vec<_> = days["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| day["data"]["member_total"].clone())
        .collect();
    assert_eq!(totals, [json!(4), json!(3)]);
    assert_eq!(house.code(call, ask(began - 200 * 86_400, began)).await, 40_058);
    assert_eq!(house.code(call, ask(began - 30 * 86_400, began)).await, 40_058);
}
