//! Writing, answering, calling, taking back.

use axum::http::StatusCode;
use domain::{Millis, OrgId, Seq};

use crate::browser::{Place, form};

#[tokio::test]
async fn a_message_is_written_by_a_plain_form_and_read_by_all() {
    let place = Place::open().await;
    let (mut ann, mut bob) = place.two().await;
    let page = ann.get(&place.link()).await;
    let body = form(&[
        ("key", &page.field("key").unwrap()),
        ("text", "大家早\n新的一天"),
        ("reply_to", ""),
    ]);
    let sent = ann.post(&place.at("/messages"), &body).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, &*place.link()));
    let own = ann.get(&place.link()).await.text;
    assert!(own.contains("大家早\n新的一天") && own.contains("said own"));
    let other = bob.get(&place.link()).await.text;
    assert!(other.contains("大家早\n新的一天") && !other.contains("said own"));
    assert!(other.contains("20:05") && other.contains("今天 · 11月22日 周日"));
}

#[tokio::test]
async fn the_same_key_is_the_same_message() {
    let place = Place::open().await;
    let (ann, mut bob) = place.two().await;
    let mut script = ann.with("accept", "application/json");
    let key = place.mint();
    let body = form(&[("key", &key), ("text", "只有一条")]);
    let first = script.post(&place.at("/messages"), &body).await.json();
    let second = script.post(&place.at("/messages"), &body).await.json();
    assert_eq!((&first["again"], &second["again"]), (&false.into(), &true.into()));
    assert_eq!(first["seq"], second["seq"]);
    assert_eq!(bob.get(&place.link()).await.text.matches("只有一条").count(), 1);
    // Somebody else cannot use the key.
    let mut other = bob.with("accept", "application/json");
    let taken = other.post(&place.at("/messages"), &body).await;
    assert_eq!(taken.json()["error"], "key_taken");
}

#[tokio::test]
async fn hostile_texts_stay_texts() {
    let place = Place::open().await;
    let (mut ann, mut bob) = place.two().await;
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</textarea></li><b>",
        "javascript:alert(1)",
    ] {
        place.say(&mut ann, text).await;
    }
    place.say(&mut ann, "cba\u{202E}xcod.exe\u{0}\u{200B}").await;
    let page = bob.get(&place.link()).await.text;
    assert!(!page.contains("<script>") && !page.contains("<img") && !page.contains("<b>"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("cbaxcod.exe"));
    assert!(!page.contains("href=\"javascript"));
}

#[tokio::test]
async fn a_refused_message_stands_in_the_form_again() {
    let place = Place::open().await;
    let (mut ann, _) = place.two().await;
    let long = "长".repeat(4_001);
    let refused = place.say(&mut ann, &long).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("最多 4000 个") && refused.text.contains(&long));
    let empty = place.say(&mut ann, " \u{200B}\n").await;
    assert!(empty.text.contains("内容是空的"));
    for key in ["1", "-7", "9223372036854775807"] {
        let body = form(&[("key", key), ("text", "还在吗")]);
        let stale = ann.post(&place.at("/messages"), &body).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.text.contains("请刷新页面") && stale.text.contains("还在吗</textarea>"));
    }
    for body in ["", "key=abc&text=x", "text=x", "key=1&text=%FF%FE"] {
        assert!(ann.post(&place.at("/messages"), body).await.status.is_client_error(), "{body}");
    }
}

#[tokio::test]
async fn an_answer_quotes_and_a_call_is_marked() {
    let place = Place::open().await;
    let (mut ann, mut bob) = place.two().await;
    let key = place.said(&mut ann, "周末谁去爬山？").await;
    let form_page = bob.get(&format!("{}?reply={key}", place.link())).await;
    assert_eq!(form_page.field("reply_to").unwrap(), key);
    let body = form(&[("key", &place.mint()), ("text", "@Ann 我去"), ("reply_to", &key)]);
    bob.post(&place.at("/messages"), &body).await;
    let page = ann.get(&place.link()).await.text;
    assert!(page.contains(&format!("href=\"?at={key}#m{key}\"><bdi>Ann</bdi>：周末谁去爬山？")));
    assert!(page.contains("said called") && page.contains("<span class=\"call\">@Ann</span>"));
    let lines = place.live.lines_after(OrgId(1), place.group, Seq(0), 100).await.unwrap();
    let answer = lines.iter().find(|line| line.words.as_deref() == Some("@Ann 我去")).unwrap();
    assert_ne!(answer.fact.other.0, 0);
    assert_eq!(answer.fact.reply_to.unwrap().to_string(), key);
}

#[tokio::test]
async fn a_message_taken_back_shows_nowhere_any_more() {
    let place = Place::open().await;
    let (mut ann, mut bob) = place.two().await;
    let mut keeper = place.keeper().await;
    let key = place.said(&mut ann, "发错的话").await;
    let answer = form(&[("key", &place.mint()), ("text", "收到"), ("reply_to", &key)]);
    bob.post(&place.at("/messages"), &answer).await;
    place.act(&mut keeper, "/pins", &[("of", &key), ("on", "1")]).await;
    let sheet = ann.get(&format!("{}?line={key}&part=sheet", place.link())).await;
    assert!(sheet.text.contains("撤回") && sheet.text.contains("发错的话"));
    // Not the message of somebody else.
    let foreign = place.act(&mut bob, "/recalls", &[("of", &key)]).await;
    assert!(foreign.status.is_client_error());
    assert_eq!(
        place.act(&mut ann, "/recalls", &[("of", &key)]).await.status,
        StatusCode::SEE_OTHER
    );
    for path in ["", "?part=lines", "?part=frame", &format!("?at={key}"), "?before=99"] {
        let page = bob.get(&(place.link() + path)).await;
        assert!(!page.text.contains("发错的话"), "{path}");
    }
    assert!(bob.get(&place.link()).await.text.contains("Ann 撤回了一条消息"));
    // Lines between it and the end: it is still gone on a page that does not show the recall.
    for number in 0..60 {
        place.pass_ms(2_000);
        place.say(&mut bob, &format!("第 {number} 句")).await;
    }
    let earlier = bob.get(&format!("{}?before=8", place.link())).await.text;
    assert!(!earlier.contains("发错的话") && earlier.contains("收到"));
}

#[tokio::test]
async fn after_ten_minutes_it_is_too_late_to_take_a_message_back() {
    let place = Place::open().await;
    let (mut ann, _) = place.two().await;
    let key = place.said(&mut ann, "老消息").await;
    place.pass_ms(11 * Millis::MINUTE);
    let refused = place.act(&mut ann, "/recalls", &[("of", &key)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("超过 10 分钟"));
    let sheet = ann.get(&format!("{}?line={key}", place.link())).await;
    assert!(!sheet.text.contains("/recalls"));
}
