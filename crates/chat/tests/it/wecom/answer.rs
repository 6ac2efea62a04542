//! Answers of the platform, and what comes of refusals.

use chat::wecom::{Asked, Lack, Next, Refusal, answer};
use serde::Deserialize;

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Token {
    access_token: String,
    expires_in: i64,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Ids {
    ids: Vec<String>,
}

#[test]
fn an_answer_is_read_and_a_refusal_told_with_its_words() {
    let body = br#"{"errcode":0,"errmsg":"ok","access_token":"t1","expires_in":7200,"new":[1]}"#;
    let token = Token { access_token: "t1".into(), expires_in: 7200 };
    assert_eq!(answer::<Token>(200, body), Ok(token));
    let body =
        br#"{"errcode":60020,"errmsg":"not allow to access from your ip, from ip: 9.9.9.9"}"#;
    let refusal = answer::<Token>(200, body).unwrap_err();
    assert_eq!(refusal.next(Asked::Business), Next::Tell(Lack::Address));
    assert!(refusal.to_string().contains("from ip: 9.9.9.9"));
    for body in [&b"<html>gateway</html>"[..], b"", br#"{"errcode":0,"errmsg":"ok"}"#] {
        assert!(matches!(answer::<Token>(200, body), Err(Refusal::Shape(_))));
    }
    // Nothing else that speaks JSON is taken for a platform that knows of nothing.
    for body in [&b"{}"[..], b"[]", b"null", br#"{"message":"no route"}"#] {
        assert!(matches!(answer::<Ids>(200, body), Err(Refusal::Shape(_))));
    }
    let body = br#"{"errcode":0,"errmsg":null,"ids":null}"#;
    assert_eq!(answer(200, body), Ok(Ids::default()), "null is missing");
    let body = br#"{"errcode":0,"ids":["a",null]}"#;
    assert_eq!(answer(200, body), Ok(Ids { ids: vec!["a".into()] }));
    assert_eq!(answer::<Token>(502, b"x").unwrap_err().next(Asked::Token), Next::Soon);
}

#[test]
fn each_code_has_what_is_to_be_done() {
    use Next::{Drop, Later, Less, Refresh, Soon, Tell};
    let table = [
        (42_001, Refresh, Refresh),
        (40_014, Refresh, Refresh),
        (40_001, Tell(Lack::Secret), Refresh),
        (40_091, Tell(Lack::Secret), Tell(Lack::Secret)),
        (40_013, Tell(Lack::Company), Tell(Lack::Company)),
        (-1, Soon, Soon),
        (45_033, Soon, Soon),
        (45_009, Later, Later),
        (45_029, Less, Less),
        (81_017, Less, Less),
        (48_002, Tell(Lack::Permission), Tell(Lack::Permission)),
        (48_004, Tell(Lack::Withdrawn), Tell(Lack::Withdrawn)),
        (50_003, Tell(Lack::Disabled), Tell(Lack::Disabled)),
        (60_020, Tell(Lack::Address), Tell(Lack::Address)),
        (84_061, Drop, Drop),
    ];
    for (code, token, business) in table {
        let refusal = Refusal::Code { code, words: String::new() };
        assert_eq!(refusal.next(Asked::Token), token, "{code}");
        assert_eq!(refusal.next(Asked::Business), business, "{code}");
    }
}
