//! Customers: codes of staff, welcomes, notes, tags.

use chat::wecom::{ContactChange, News};
use practice::wecom::books::{Contact, Customer, Hindrance};
use serde_json::{Value, json};

use crate::house::{Ear, House};

const LIST: &str = "externalcontact/list";
const BATCH: &str = "externalcontact/batch/get_by_user";
const WELCOME: &str = "externalcontact/send_welcome_msg";

async fn way(house: &House, more: Value) -> String {
    let mut form = json!({"type": 1, "scene": 2, "user": ["zhangsan"], "state": "poster_a"});
    form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let made = house.done("externalcontact/add_contact_way", form).await;
    made["config_id"].as_str().unwrap().to_owned()
}

fn scan(house: &House, config: &str, customer: &str) -> Result<(), Hindrance> {
    house.practice.act(|books, now| books.scan_way(config, customer, now)).map(drop)
}

/// The codes for welcomes that were told, in order.
async fn codes(house: &House, ear: &Ear) -> Vec<Option<String>> {
    assert!(house.practice.settled().await);
    let code = |news| match news {
        News::Contact { change: ContactChange::Added { welcome, .. }, .. } => Some(welcome),
        _ => None,
    };
    ear.news().into_iter().filter_map(code).collect()
}

#[tokio::test]
async fn a_scanned_code_makes_a_customer_with_its_channel() {
    let house = House::new();
    let ear = house.ear().await;
    let config = way(&house, json!({})).await;
    let who = &house.customers[0];
    assert_eq!(house.look(LIST, &[("userid", "zhangsan")]).await["errcode"], 84_061);
    scan(&house, &config, who).unwrap();
    assert_eq!(scan(&house, &config, who), Err(Hindrance::Known));
    assert!(house.practice.settled().await);
    let news = ear.news();
    let [News::Contact { staff, customer, change }] = news.as_slice() else { panic!("{news:?}") };
    assert_eq!((staff.as_str(), customer), ("zhangsan", who));
    let ContactChange::Added { half: false, state, welcome: Some(_) } = change else {
        panic!("{change:?}")
    };
    assert_eq!(state.as_deref(), Some("poster_a"));
    let list = house.look(LIST, &[("userid", "ZhangSan")]).await;
    assert_eq!(list["external_userid"], json!([who]));
    let one = house.look("externalcontact/get", &[("external_userid", who)]).await;
    assert_eq!(one["follow_user"][0]["state"], "poster_a");
    assert_eq!(one["follow_user"][0]["add_way"], 1);
    let nobody = house.look("externalcontact/get", &[("external_userid", "wmnobody")]).await;
    assert_eq!(nobody["errcode"], 40_096);
}

#[tokio::test]
async fn codes_of_several_take_turns_and_wrong_ones_are_refused() {
    let house = House::new();
    let config = way(&house, json!({"type": 2, "user": ["zhangsan", "lisi"]})).await;
    for who in &house.customers {
        scan(&house, &config, who).unwrap();
    }
    let counts =
        house.practice.read(|books| (books.bonds["zhangsan"].len(), books.bonds["lisi"].len()));
    assert_eq!(counts, (5, 5));
    for (form, code) in [
        (json!({"type": 1, "scene": 2, "user": ["zhangsan", "lisi"]}), 40_058),
        (json!({"type": 2, "scene": 2}), 40_058),
        (json!({"type": 1, "scene": 3, "user": ["lisi"]}), 40_058),
        (json!({"type": 1, "scene": 1, "style": 4, "user": ["lisi"]}), 41_042),
        (json!({"type": 1, "scene": 2, "user": ["wangwu"]}), 84_074),
        (json!({"type": 1, "scene": 2, "user": ["nobody"]}), 60_111),
        (json!({"type": 1, "scene": 2, "user": ["lisi"], "state": "字".repeat(31)}), 40_058),
    ] {
        let got = house.code("externalcontact/add_contact_way", form.clone()).await;
        assert_eq!(got, code, "{form}");
    }
    let update = json!({"config_id": config, "user": ["lisi"], "type": 1});
    house.done("externalcontact/update_contact_way", update).await;
    let one = house.done("externalcontact/get_contact_way", json!({"config_id": config})).await;
    assert_eq!(one["contact_way"]["type"], 2, "the kind stays");
    assert_eq!(one["contact_way"]["user"], json!(["lisi"]));
    assert_eq!(one["contact_way"]["state"], "poster_a");
    let list = house.done("externalcontact/list_contact_way", json!({})).await;
    assert_eq!(list["contact_way"], json!([{"config_id": config}]));
    house.done("externalcontact/del_contact_way", json!({"config_id": config})).await;
    assert_eq!(
        house.code("externalcontact/get_contact_way", json!({"config_id": config})).await,
        41_044
    );
    assert_eq!(house.code("externalcontact/get_contact_way", json!({})).await, 41_043);
}

#[tokio::test]
async fn a_welcome_code_serves_once_and_for_twenty_seconds() {
    let house = House::new();
    let ear = house.ear().await;
    let config = way(&house, json!({})).await;
    for who in &house.customers[..3] {
        scan(&house, &config, who).unwrap();
    }
    let told = codes(&house, &ear).await;
    let [Some(first), Some(second), Some(third)] = told.as_slice() else { panic!("{told:?}") };
    let say = |code: &str| json!({"welcome_code": code, "text": {"content": "您好"}});
    assert_eq!(house.code(WELCOME, say("")).await, 41_049);
    assert_eq!(house.code(WELCOME, say("wrong")).await, 41_050);
    let long = json!({"welcome_code": first, "text": {"content": "长".repeat(1_334)}});
    assert_eq!(house.code(WELCOME, long).await, 45_002);
    let link = json!({"msgtype": "link", "link": {"title": "守则", "url": "https://example.com"}});
    let many = json!({"welcome_code": first, "attachments": vec![link.clone(); 10]});
    assert_eq!(house.code(WELCOME, many).await, 41_064);
    let odd = json!({"welcome_code": first, "attachments": [{"msgtype": "text"}]});
    assert_eq!(house.code(WELCOME, odd).await, 41_065);
    let picture = json!({"msgtype": "image", "image": {"media_id": "gone"}});
    let gone = json!({"welcome_code": first, "attachments": [picture]});
    assert_eq!(house.code(WELCOME, gone).await, 40_007);
    assert_eq!(house.code(WELCOME, say(first)).await, 0, "what was refused did not use it");
    assert_eq!(house.code(WELCOME, say(first)).await, 41_050);
    house.practice.act(|books, _| books.chat("zhangsan", &house.customers[1])).unwrap();
    assert_eq!(house.code(WELCOME, say(second)).await, 41_051);
    house.practice.advance(20_000);
    assert_eq!(house.code(WELCOME, say(third)).await, 41_050);
}

#[tokio::test]
async fn half_bonds_are_not_seen_by_calls_until_staff_agrees() {
    let house = House::new();
    house.practice.write(|books| {
        books.staff.get_mut("lisi").unwrap().contact = Contact::Open;
    });
    let ear = house.ear().await;
    let config = way(&house, json!({"user": ["lisi"], "skip_verify": false})).await;
    let who = &house.customers[0];
    scan(&house, &config, who).unwrap();
    let pair = json!({"userid": "lisi", "external_userid": who, "remark": "老王"});
    assert_eq!(house.code("externalcontact/remark", pair.clone()).await, 84_061);
    assert_eq!(house.look(LIST, &[("userid", "lisi")]).await["errcode"], 84_061);
    house.practice.act(|books, now| books.agree("lisi", who, now)).unwrap();
    assert_eq!(house.code("externalcontact/remark", pair).await, 0);
    assert!(house.practice.settled().await);
    let halves: Vec<bool> = ear
        .news()
        .into_iter()
        .map(|news| match news {
            News::Contact { change: ContactChange::Added { half, .. }, .. } => half,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(halves, [true, false]);
    let checked = way(&house, json!({"skip_verify": false})).await;
    scan(&house, &checked, who).unwrap();
    assert!(house.practice.settled().await);
    assert_eq!(ear.news().len(), 2, "who waits for approval is not told");
}

#[tokio::test]
async fn pages_of_customers_hold_each_bond_once() {
    let house = House::new();
    let config = way(&house, json!({"type": 2, "user": ["zhangsan", "lisi"]})).await;
    for who in &house.customers {
        scan(&house, &config, who).unwrap();
    }
    house.practice.act(|books, now| books.drop_staff(&house.customers[0], "zhangsan", now)).ok();
    let mut found = Vec::new();
    let mut cursor = String::new();
    for _ in 0..4 {
        let body = json!({"userid_list": ["lisi", "zhangsan"], "limit": 3, "cursor": cursor});
        let page = house.done(BATCH, body).await;
        for row in page["external_contact_list"].as_array().unwrap() {
            assert!(row["follow_info"].is_object());
            found.push(row["external_contact"]["external_userid"].as_str().unwrap().to_owned());
        }
        cursor = page["next_cursor"].as_str().unwrap().to_owned();
    }
    assert_eq!(cursor, "");
    found.sort();
    assert_eq!(found, house.customers, "who deleted staff is still in the list");
    let many: Vec<String> = vec!["lisi".into(); 101];
    assert_eq!(house.code(BATCH, json!({"userid_list": many})).await, 40_032);
    assert_eq!(house.code(BATCH, json!({"userid_list": ["lisi"], "limit": 101})).await, 40_058);
    assert_eq!(house.code(BATCH, json!({"userid_list": ["wangwu"]})).await, 84_074);
}

#[tokio::test]
async fn everybody_served_is_listed_and_strangers_are_masked() {
    let house = House::new();
    let config = way(&house, json!({})).await;
    scan(&house, &config, &house.customers[0]).unwrap();
    let chat = house.group("群");
    let both = [house.customers[0].as_str(), house.customers[1].as_str()];
    let by = practice::wecom::books::Joining::Scanned(None);
    house.practice.act(|books, now| books.join(&chat, &both, &by, now)).unwrap();
    let answer = house.done("externalcontact/contact_list", json!({"limit": 1000})).await;
    let rows = answer["info_list"].as_array().unwrap();
    let known = rows.iter().filter(|row| row["external_userid"] == json!(both[0])).count();
    let strangers: Vec<&Value> = rows.iter().filter(|row| row["is_customer"] == false).collect();
    assert_eq!((rows.len(), known, strangers.len()), (3, 2, 1));
    assert!(strangers[0].get("external_userid").is_none());
    assert!(strangers[0]["name"].as_str().unwrap().starts_with("***"));
}

#[tokio::test]
async fn tags_are_the_apps_own_or_left_alone() {
    let house = House::new();
    let ear = house.ear().await;
    let call = |path: &str| format!("externalcontact/{path}");
    let add = json!({"group_name": "等级", "tag": [{"name": "重要"}, {"name": "一般"}, {"name": "重要"}]});
    let made = house.done(&call("add_corp_tag"), add.clone()).await;
    let tags = made["tag_group"]["tag"].as_array().unwrap().clone();
    assert_eq!(tags.len(), 2, "one name makes one tag");
    assert_eq!(house.code(&call("add_corp_tag"), add).await, 40_071);
    assert_eq!(
        house
            .code(&call("add_corp_tag"), json!({"group_id": "etno", "tag": [{"name": "a"}]}))
            .await,
        40_068
    );
    house.practice.act(|books, now| books.make_tag("后台", "手工", now)).unwrap();
    let theirs = house.practice.read(|books| books.tag_group_named("后台").cloned().unwrap());
    for path in ["edit_corp_tag", "del_corp_tag"] {
        let body = json!({"id": theirs, "name": "新", "group_id": [theirs]});
        assert_eq!(house.code(&call(path), body).await, 81_011, "{path}");
    }
    let config = way(&house, json!({})).await;
    let who = &house.customers[0];
    let tag = tags[0]["id"].as_str().unwrap();
    let mark = json!({"userid": "zhangsan", "external_userid": who, "add_tag": [tag]});
    assert_eq!(house.code(&call("mark_tag"), mark.clone()).await, 84_061);
    scan(&house, &config, who).unwrap();
    house.done(&call("mark_tag"), mark).await;
    let one = house.look(&call("get"), &[("external_userid", who)]).await;
    assert_eq!(one["follow_user"][0]["tags"][0]["tag_id"], tag);
    let both: Vec<&Value> = tags.iter().map(|tag| &tag["id"]).collect();
    house.done(&call("del_corp_tag"), json!({"tag_id": both})).await;
    let all = house.done(&call("get_corp_tag_list"), json!({})).await;
    let groups = all["tag_group"].as_array().unwrap();
    assert_eq!(groups.len(), 1, "a group goes with its last tag");
    let old = house.done(&call("get_corp_tag_list"), json!({"tag_id": [tag]})).await;
    assert_eq!(old["tag_group"][0]["tag"][0]["deleted"], true);
    let one = house.look(&call("get"), &[("external_userid", who)]).await;
    assert_eq!(one["follow_user"][0]["tags"], json!([]));
    assert!(house.practice.settled().await);
    let told: Vec<String> = ear
        .fields()
        .iter()
        .filter(|fields| fields.get("Event") == Some("change_external_tag"))
        .map(|fields| fields.get("TagType").unwrap().to_owned())
        .collect();
    assert_eq!(told, ["tag_group", "tag"], "only what people did");
}

#[tokio::test]
async fn users_of_wecom_get_no_welcome_code() {
    let house = House::new();
    let ear = house.ear().await;
    let config = way(&house, json!({})).await;
    let partner =
        Customer { wecom: true, company: Some("合作公司".into()), ..Customer::default() };
    let partner = house.practice.write(|books| books.add_customer(partner));
    assert!(partner.starts_with("wo"));
    scan(&house, &config, &partner).unwrap();
    assert_eq!(codes(&house, &ear).await, [None]);
    let one = house.look("externalcontact/get", &[("external_userid", &partner)]).await;
    assert_eq!(one["external_contact"]["corp_name"], "合作公司");
    assert_eq!(one["external_contact"]["type"], 2);
}
