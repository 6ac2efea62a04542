//! What must never be shown.

use chat::wecom::{Proxy, Settings};
use serde_json::json;

use super::house::{House, stopped};
use super::stub::{SECRET, Stub, TOKEN};

const LIST: &str = "externalcontact/get_follow_user_list";

#[tokio::test]
async fn token_and_secret_are_in_no_line_no_error_and_no_debug() {
    let stub = Stub::new().await;
    let mut shown = vec![format!("{:?}", stub.client)];
    let told = format!("invalid {TOKEN} of {SECRET}, from ip: 9.9.9.9, more");
    let refused = json!({ "errcode": 40_066, "errmsg": told }).to_string();
    for (status, body) in [(200, refused.clone()), (200, told.clone()), (404, told), (502, refused)]
    {
        stub.says_bytes(LIST, status, body);
        let error = stub.client.staff().await.unwrap_err();
        shown.extend([format!("{error:?}"), error.to_string()]);
    }
    assert!(shown.iter().any(|words| words.contains("from ip: 9.9.9.9")), "{shown:?}");
    stub.says_bytes("gettoken", 200, json!({ "access_token": [TOKEN] }).to_string());
    let other = Stub::new().await;
    other.says_bytes("gettoken", 200, json!({ "access_token": [TOKEN] }).to_string());
    let error = other.client.greet().await.unwrap_err();
    shown.extend([format!("{error:?}"), error.to_string()]);
    for stub in [&stub, &other] {
        shown.extend(stub.lines.lock().unwrap().iter().map(|line| format!("{line:?}")));
    }
    assert!(shown.len() > 15);
    for words in shown {
        assert!(!words.contains(TOKEN) && !words.contains(SECRET), "{words}");
    }
}

#[tokio::test]
async fn errors_of_the_network_do_not_show_the_query() {
    let house = House::new();
    let client = house.client_that_waits("a-wrong-secret", stopped(), 300);
    let lines = house.lines.clone();
    drop(house);
    let error = client.greet().await.unwrap_err();
    let mut shown = vec![format!("{error:?}"), error.to_string()];
    shown.extend(lines.lock().unwrap().iter().map(|line| format!("{line:?}")));
    for words in shown {
        assert!(!words.contains("a-wrong-secret") && !words.contains("corpsecret"), "{words}");
    }
    assert!(lines.lock().unwrap().iter().all(|line| line.call == "/cgi-bin/gettoken"));
}

#[test]
fn a_proxy_does_not_show_its_password() {
    let proxy = Proxy::parse("http://user:its-password@10.0.0.1:3128").unwrap();
    let settings = Settings { proxy: Some(proxy), ..Settings::default() };
    assert!(!format!("{settings:?}").contains("its-password"));
}
