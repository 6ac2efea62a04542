//! What holds for every page: headers, languages, errors, limits, health.

use axum::http::StatusCode;
use web::{Limits, Rate};

use crate::browser::{Place, form};

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let place = Place::open().await;
    for path in ["/healthz", "/today", "/nowhere", &place.link(), "/assets/page.css"] {
        let page = place.browser().get(path).await;
        let header = |name| page.header(name);
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
    }
}

#[tokio::test]
async fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    let place = Place::open().await;
    let (mut ann, _) = place.two().await;
    let keeper = place.keeper().await;
    for (mut browser, path) in [
        (ann.clone(), String::new()),
        (keeper.clone(), "/keeping".into()),
        (keeper, "/members".into()),
    ] {
        let page = browser.get(&(place.link() + &path)).await;
        assert_eq!(page.status, StatusCode::OK);
        for banned in ["<style", " style=", " onclick", "javascript:", "<script>", "src=\"http"] {
            assert!(!page.text.contains(banned), "{banned} on {path}");
        }
    }
    assert!(ann.get(&place.link()).await.text.len() < 60_000);
}

#[tokio::test]
async fn the_language_is_asked_for_remembered_or_read_from_the_browser() {
    let place = Place::open().await;
    let mut browser = place.browser();
    assert!(browser.get(&place.link()).await.text.contains("加入群聊"));
    assert!(browser.get(&(place.link() + "?lang=en")).await.text.contains("Join the group"));
    assert!(browser.get(&place.link()).await.text.contains("Join the group"));
    let mut english = place.browser().with("accept-language", "en-GB,en;q=0.9");
    assert!(english.get("/nowhere").await.text.contains("There is no such page"));
}

#[tokio::test]
async fn errors_are_pages_for_people_and_json_for_scripts() {
    let place = Place::open().await;
    let page = place.browser().get("/g/nosuchcode").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("没有这个页面"));
    let mut script = place.browser().with("accept", "application/json");
    let answer = script.get("/g/nosuchcode").await;
    assert_eq!(answer.json()["error"], "not_found");
    let wrong_way = place.browser().post("/healthz", "").await;
    assert_eq!(wrong_way.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong_way.text.contains("返回上一页"));
    for path in ["/g/..%2f..", "/g/%00", "/g/x?at=abc", "/groups/abc", "/groups/-1"] {
        let status = place.operator().await.get(path).await.status;
        assert!(status.is_client_error(), "{path}: {status}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_big_is_refused_with_a_remedy() {
    let place = Place::open().await;
    let (mut ann, _) = place.two().await;
    let text = "长".repeat(200_000);
    let answer = ann.post(&place.at("/messages"), &form(&[("key", "1"), ("text", &text)])).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text.contains("分成几条"));
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let place = Place::open().await;
    let (ann, _) = place.two().await;
    let body = form(&[("key", &place.mint()), ("text", "被冒充的话")]);
    let mut foreign = ann.clone().with("origin", "https://evil.example");
    assert_eq!(foreign.post(&place.at("/messages"), &body).await.status, StatusCode::FORBIDDEN);
    let mut framed = ann.clone().with("sec-fetch-site", "cross-site");
    let refused = framed.post(&place.at("/messages"), &body).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("不是从本站页面发出的"));
    assert!(!ann.clone().get(&place.link()).await.text.contains("被冒充的话"));
    let mut own = ann.with("origin", "http://here.test").with("host", "here.test");
    assert_eq!(own.post(&place.at("/messages"), &body).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn too_fast_is_told_with_the_seconds_and_keeps_what_was_typed() {
    let guest_acts = Rate { burst: 3, every_ms: 5_000 };
    let place = Place::with(Limits { guest_acts, ..Limits::default() }).await;
    let (mut ann, mut bob) = place.two().await;
    // Joining was the first act.
    assert_eq!(place.say(&mut ann, "一").await.status, StatusCode::SEE_OTHER);
    assert_eq!(place.say(&mut ann, "二").await.status, StatusCode::SEE_OTHER);
    let refused = place.say(&mut ann, "三号话").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.text.contains("5 秒后再试") && refused.text.contains("三号话</textarea>"));
    assert_eq!(place.say(&mut bob, "我还能说").await.status, StatusCode::SEE_OTHER);
    place.pass_ms(5_000);
    assert_eq!(place.say(&mut ann, "三").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_service_says_that_it_is_well() {
    let place = Place::open().await;
    let page = place.browser().get("/healthz").await;
    assert_eq!((page.status, page.text.as_str()), (StatusCode::OK, "ok\n"));
}
