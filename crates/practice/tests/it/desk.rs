//! The desk: every page in both languages, and what a person does there is told.

use serde_json::{Value, json};

use crate::house::House;

async fn html(house: &House, path: &str) -> (u16, String) {
    let url = format!("{}{path}", house.practice.url());
    let sent = house.client.get(url).send().await.unwrap();
    (sent.status().as_u16(), sent.text().await.unwrap())
}

async fn form(house: &House, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let url = format!("{}{path}", house.practice.url());
    let sent = posted(house, url, fields).await;
    (sent.status().as_u16(), sent.text().await.unwrap())
}

async fn posted(house: &House, url: String, fields: &[(&str, &str)]) -> reqwest::Response {
    let body = serde_urlencoded::to_string(fields).unwrap();
    let kind = ("content-type", "application/x-www-form-urlencoded");
    house.client.post(url).header(kind.0, kind.1).body(body).send().await.unwrap()
}

/// A code of staff and a code of one group.
async fn codes(house: &House) -> (String, String, String) {
    let chat = house.group("护肤 <b>交流</b> 群");
    let way = json!({"type": 1, "scene": 2, "user": ["zhangsan"], "remark": "海报"});
    let way = house.done("externalcontact/add_contact_way", way).await;
    let join = json!({"scene": 2, "chat_id_list": [chat]});
    let join = house.done("externalcontact/groupchat/add_join_way", join).await;
    let id = |made: Value| made["config_id"].as_str().unwrap().to_owned();
    (chat, id(way), id(join))
}

#[tokio::test]
async fn every_page_opens_in_both_languages_and_nothing_runs_in_it() {
    let house = House::new();
    let (chat, way, join) = codes(&house).await;
    let who = house.customers[0].clone();
    for path in [
        String::new(),
        "/staff".into(),
        "/staff/zhangsan".into(),
        "/groups".into(),
        format!("/groups/{chat}"),
        "/codes".into(),
        format!("/scan/{way}"),
        format!("/scan/{join}"),
        "/customers".into(),
        format!("/customers/{who}"),
        "/troubles".into(),
        "/calls".into(),
        "/letters".into(),
    ] {
        let (status, zh) = html(&house, &format!("/practice{path}")).await;
        let (_, en) = html(&house, &format!("/practice{path}?lang=en")).await;
        assert_eq!(status, 200, "{path}");
        assert!(zh.contains("lang=\"zh-CN\"") && zh.contains("客户群"), "{path}");
        assert!(en.contains("lang=\"en\"") && en.contains("Groups"), "{path}");
        for word in ["<script", "style=", "<b>"] {
            assert!(!zh.contains(word), "{path}: {word}");
        }
        assert!(en.matches("href=\"/practice/staff").all(|_| en.contains("?lang=en")));
    }
    let (_, groups) = html(&house, "/practice/groups").await;
    assert!(groups.contains("护肤 &#60;b&#62;交流"), "names are escaped");
    assert_eq!(html(&house, "/practice/groups/wrnobody").await.0, 404);
    let (_, qr) = html(&house, &format!("/practice/qr/{way}")).await;
    assert!(qr.starts_with("<svg"), "{qr}");
    assert_eq!(html(&house, "/practice/qr/nothing").await.0, 404);
}

#[tokio::test]
async fn the_picture_of_a_code_is_where_the_call_says() {
    let house = House::new();
    let (_, way, _) = codes(&house).await;
    let body = json!({"config_id": way});
    let one = house.done("externalcontact/get_contact_way", body).await;
    let url = one["contact_way"]["qr_code"].as_str().unwrap();
    let sent = house.client.get(url).send().await.unwrap();
    assert_eq!(sent.headers()["content-type"], "image/svg+xml");
}

#[tokio::test]
async fn what_a_person_does_is_told_and_what_cannot_be_is_said() {
    let house = House::new();
    let (chat, way, join) = codes(&house).await;
    let ear = house.ear().await;
    let (status, page) =
        form(&house, &format!("/practice/scan/{way}"), &[("name", "新朋友")]).await;
    assert_eq!(status, 200);
    assert!(page.contains("新朋友") && page.contains("张三"));
    let who = house.practice.read(|books| {
        books.customers.iter().find(|(_, one)| one.name == "新朋友").unwrap().0.clone()
    });
    let scan = format!("/practice/scan/{join}");
    assert_eq!(form(&house, &scan, &[("customer", &who)]).await.0, 200);
    let (status, page) = form(&house, &format!("{scan}?lang=en"), &[("customer", &who)]).await;
    assert_eq!(status, 409);
    assert!(page.contains("is in the group already"));
    let gone = format!("/practice/groups/{chat}/departures");
    assert_eq!(form(&house, &gone, &[("who", &who), ("how", "removed")]).await.0, 200);
    assert_eq!(form(&house, "/practice/staff/zhangsan/departure", &[]).await.0, 200);
    assert!(house.practice.settled().await);
    let told: Vec<String> = ear
        .fields()
        .iter()
        .map(|fields| fields.get("UpdateDetail").or(fields.get("ChangeType")).unwrap().to_owned())
        .collect();
    assert_eq!(told, ["add_external_contact", "add_member", "del_member"]);
    let (_, truth) = html(&house, "/practice/books").await;
    let truth: Value = serde_json::from_str(&truth).unwrap();
    assert_eq!(truth["groups"][&chat]["gone"][0]["removed"], true);
    assert_eq!(truth["groups"][&chat]["status"], 1);
}

#[tokio::test]
async fn cards_are_pressed_on_the_desk() {
    let house = House::new();
    let ear = house.ear().await;
    let card = json!({
        "card_type": "button_interaction", "main_title": {"title": "请移出成员"},
        "task_id": "kick-1", "button_list": [{"text": "已处理", "key": "done"}],
        "button_selection": {"question_key": "reason", "title": "原因",
            "option_list": [{"id": "ad", "text": "广告"}, {"id": "abuse", "text": "辱骂"}]},
    });
    let body = json!({
        "touser": "zhangsan", "msgtype": "template_card", "agentid": house.practice.agent(),
        "template_card": card,
    });
    let sent = house.done("message/send", body).await;
    let (_, page) = html(&house, "/practice/staff/zhangsan").await;
    for word in ["请移出成员", "已处理", "choice.reason", "辱骂"] {
        assert!(page.contains(word), "{word}");
    }
    let id = sent["msgid"].as_str().unwrap();
    let fields = [("message", id), ("choice.reason", "abuse"), ("key", "done")];
    assert_eq!(form(&house, "/practice/staff/zhangsan/answers", &fields).await.0, 200);
    assert!(house.practice.settled().await);
    let fields = &ear.fields()[0];
    assert_eq!(fields.get("EventKey"), Some("done"));
    assert_eq!(fields.get("SelectedItems/SelectedItem/OptionIds/OptionId"), Some("abuse"));
}

#[tokio::test]
async fn the_callback_is_set_on_the_desk() {
    let house = House::new();
    let ear = house.ear().await;
    house.practice.call_nobody();
    let to = ear.callback();
    let url = format!("{}/practice/callback", house.practice.url());
    let post = async |key: &str| {
        let fields = [("url", to.url.as_str()), ("token", &to.token), ("key", key)];
        posted(&house, url.clone(), &fields).await
    };
    assert_eq!(post("short").await.status(), 409);
    let page = post(crate::house::KEY).await;
    assert!(page.text().await.unwrap().contains(&to.url));
    house.group("一");
    assert!(house.practice.settled().await);
    assert_eq!(ear.fields().len(), 1);
}

#[tokio::test]
async fn many_come_at_once_and_callbacks_go_wrong_as_it_is_set() {
    let house = House::new();
    let chat = house.group("直播间");
    let ear = house.ear().await;
    let came = |house: &House| {
        house.practice.read(|books| {
            let group = &books.groups[&chat];
            (group.members.len(), group.gone.len())
        })
    };
    let before = came(&house);
    assert_eq!(form(&house, "/practice/rushes", &[("people", "20")]).await.0, 200);
    // Every fifth goes again at once, and of every seven one who was there long; the first finds
    // nobody.
    assert_eq!(came(&house), (before.0 + 20 - 4 - 2, 4 + 2));
    assert!(house.practice.settled().await);
    let told = ear.fields().len();
    assert_eq!(told, 20 + 4 + 2);
    let wrong = [("lost", "1000"), ("late_ms", "x"), ("revoked", "groups"), ("untrusted", "on")];
    assert_eq!(form(&house, "/practice/troubles", &wrong).await.0, 200);
    let (_, page) = html(&house, "/practice/troubles").await;
    assert!(page.contains("name=\"lost\" type=\"number\" min=\"0\" value=\"1000\""), "{page}");
    assert_eq!(page.matches(" checked>").count(), 2, "{page}");
    form(&house, "/practice/rushes", &[("people", "5")]).await;
    assert!(house.practice.settled().await);
    assert_eq!(ear.fields().len(), told, "all were lost");
    let refused = |house: &House| house.practice.faults(|faults| faults.untrusted);
    assert!(refused(&house));
    form(&house, "/practice/troubles", &[]).await;
    assert!(!refused(&house));
    form(&house, "/practice/rushes", &[("people", "1")]).await;
    assert!(house.practice.settled().await);
    assert!(ear.fields().len() > told, "all is well again");
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let house = House::new();
    for (site, status) in [("cross-site", 403), ("same-origin", 200), ("none", 200)] {
        let url = format!("{}/practice/time", house.practice.url());
        let kind = "application/x-www-form-urlencoded";
        let to = house.client.post(url).header("content-type", kind).body("minutes=1");
        let sent = to.header("sec-fetch-site", site).send().await.unwrap();
        assert_eq!(sent.status(), status, "{site}");
    }
}
