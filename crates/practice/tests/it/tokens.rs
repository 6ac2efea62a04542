//! Tokens: the same while valid, refused in the platform's ways.

use domain::Millis;
use practice::wecom::Family;
use serde_json::json;

use crate::house::House;

const LIST: &str = "externalcontact/groupchat/list";
const STAFF: &str = "externalcontact/get_follow_user_list";

#[tokio::test]
async fn a_token_stays_the_same_until_it_expires() {
    let house = House::new();
    let first = house.token().await;
    house.practice.advance(7_199_000);
    assert_eq!(house.token().await, first);
    house.practice.advance(1_000);
    let late = house.get(LIST, &[("access_token", &first)]).await;
    assert_eq!(late["errcode"], 42_001);
    let second = house.token().await;
    assert_ne!(second, first);
    let old = house.get(LIST, &[("access_token", &first)]).await;
    assert_eq!(old["errcode"], 42_001);
}

#[tokio::test]
async fn each_way_to_ask_wrongly_has_its_code() {
    let house = House::new();
    let corp = house.practice.corp().to_owned();
    let secret = house.practice.secret().to_owned();
    for (corp, secret, code) in [
        ("wwsomebody", secret.as_str(), 40_013),
        (&corp, "", 41_004),
        (&corp, "another", 40_001),
        (&corp, &secret, 0),
    ] {
        let answer = house.get("gettoken", &[("corpid", corp), ("corpsecret", secret)]).await;
        assert_eq!(answer["errcode"], code);
    }
    assert_eq!(house.get(LIST, &[]).await["errcode"], 41_001);
    assert_eq!(house.get(LIST, &[("access_token", "broken")]).await["errcode"], 40_014);
    let token = house.token().await;
    house.practice.revoke_token();
    assert_eq!(house.get(LIST, &[("access_token", &token)]).await["errcode"], 40_014);
    assert_eq!(house.code("externalcontact/nothing", json!({})).await, 40_066);
    assert_eq!(house.look(LIST, &[]).await["errcode"], 40_058, "asked by GET");
}

#[tokio::test]
async fn what_the_admin_did_not_permit_is_refused() {
    let house = House::new();
    house.practice.faults(|faults| faults.untrusted = true);
    let answer = house.ask(LIST, json!({"limit": 1})).await;
    assert_eq!(answer["errcode"], 60_020);
    assert!(answer["errmsg"].as_str().unwrap().contains("from ip: 127.0.0.1,"));
    house.practice.faults(|faults| {
        faults.clear();
        faults.revoked.insert(Family::Groups);
    });
    assert_eq!(house.code(LIST, json!({"limit": 1})).await, 48_002);
    let staff = house.look("externalcontact/get_follow_user_list", &[]).await;
    assert_eq!(staff["follow_user"], json!(["lisi", "zhangsan"]));
}

#[tokio::test]
async fn calls_are_refused_until_the_window_ends() {
    let house = House::new();
    house.practice.limits(|limits| limits.call_minute = 2);
    let token = house.token().await;
    let ask = async || house.get(STAFF, &[("access_token", &token)]).await["errcode"].clone();
    assert_eq!((ask().await, ask().await, ask().await), (json!(0), json!(0), json!(45_009)));
    house.practice.advance(Millis::MINUTE);
    assert_eq!(ask().await, 0);
}
