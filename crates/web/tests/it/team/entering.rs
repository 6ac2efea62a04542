//! Log-in and log-out, links, passwords, sessions.

use app::console::{Denied, first_link, reset_link};
use axum::http::StatusCode;
use domain::{Millis, OrgId};
use web::Limits;

use super::{PASSWORD, hired, invited, link, number, welcome};
use crate::browser::{OWNER, Place, form};

#[tokio::test]
async fn who_comes_in_is_led_on_to_where_they_wanted() {
    let place = Place::open().await;
    place.operator().await;
    let mut browser = place.browser();
    let asked = browser.get("/me?lang=en").await;
    assert_eq!(asked.header("location"), "/login?next=/me%3Flang%3Den");
    let page = browser.get(asked.header("location")).await.text;
    let other = page.split("href=\"?lang=").nth(1).unwrap().split('"').next().unwrap();
    let other = browser.get(&format!("/login?lang={}", other.replace("&amp;", "&"))).await;
    assert_eq!(other.field("next").as_deref(), Some("/me?lang=en"), "kept in the other language");
    let fields = [("login", " OWNER "), ("password", OWNER.1), ("next", "/me?lang=en")];
    let came = browser.post("/login", &form(&fields)).await;
    assert_eq!((came.status, came.header("location")), (StatusCode::SEE_OTHER, "/me?lang=en"));
    assert_eq!(browser.get("/me").await.status, StatusCode::OK);
    assert_eq!(browser.get("/login").await.header("location"), "/today");
    assert_eq!(browser.get("/").await.header("location"), "/today");
}

#[tokio::test]
async fn a_wrong_login_and_a_wrong_password_are_told_the_same() {
    let place = Place::open().await;
    place.operator().await;
    let mut texts = Vec::new();
    for (login, password) in [("owner", "不对的密码不对的密码"), ("nobody", OWNER.1), ("", "")]
    {
        let page = place.browser().log_in((login, password)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.header("set-cookie"), "");
        assert!(page.text.contains(&format!("value=\"{login}\"")), "what was typed stays");
        assert!(!page.text.contains(password) || password.is_empty());
        texts.push(page.text.replace(&format!("value=\"{login}\""), "").replace(" autofocus", ""));
    }
    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn guessing_is_slow_for_a_login_and_for_an_address() {
    let limits = Limits { address_tries: 8, ..Limits::default() };
    let place = Place::with(limits).await;
    let mut browser = place.browser();
    place.operator().await;
    let mut statuses = Vec::new();
    for guess in 0..8 {
        let page = browser.log_in(("owner", &format!("guess number {guess}"))).await;
        statuses.push(page.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 422, 422, 422, 429, 429]);
    let right = browser.log_in(OWNER).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "the right one waits as well");
    assert!(right.header("retry-after").parse::<u32>().unwrap() > 0);
    place.pass_ms(16 * Millis::MINUTE);
    assert_eq!(browser.log_in(OWNER).await.status, StatusCode::SEE_OTHER);
    for login in 0..12 {
        let page = browser.log_in((&format!("somebody{login}"), "guess number one")).await;
        statuses.push(page.status.as_u16());
    }
    assert_eq!(statuses.last(), Some(&429), "the address waits, whichever login it tries");
}

#[tokio::test]
async fn the_first_link_makes_one_owner_once() {
    let place = Place::open().await;
    let now = place.now();
    let older = first_link(&place.store, OrgId(1), now).await.unwrap().unwrap();
    let token = first_link(&place.store, OrgId(1), now).await.unwrap().unwrap();
    let path = format!("/welcome/{token}");
    let mut browser = place.browser();
    let gone = browser.get(&format!("/welcome/{older}")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND, "a new start, a new link");
    assert!(gone.text.contains("链接已失效"));
    assert!(browser.get(&path).await.text.contains("负责人账号"));

    let weak = form(&[("name", "小林"), ("login", "a b"), ("password", "short")]);
    let again = browser.post(&path, &weak).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("wrong-login") && again.text.contains("至少 10 个字"));
    assert!(again.text.contains("value=\"小林\"") && !again.text.contains("short"));

    let came = welcome(&mut browser, &path, "boss").await;
    assert_eq!((came.status, came.header("location")), (StatusCode::SEE_OTHER, "/today"));
    assert!(browser.get("/me").await.text.contains("boss"));
    let twice = welcome(&mut place.browser(), &path, "thief").await;
    assert_eq!(twice.header("location"), "/login?done=used");
    assert_eq!(place.browser().get(&path).await.header("location"), "/login?done=used");
    assert_eq!(first_link(&place.store, OrgId(1), now).await.unwrap(), None);
    assert_eq!(place.store.staff(OrgId(1)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn links_end_with_their_time_and_guessing_them_is_slow() {
    let place = Place::open().await;
    let token = first_link(&place.store, OrgId(1), place.now()).await.unwrap().unwrap();
    place.pass_ms(Millis::DAY);
    let path = format!("/welcome/{token}");
    assert_eq!(place.browser().get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(welcome(&mut place.browser(), &path, "late").await.status, StatusCode::NOT_FOUND);

    let mut owner = place.operator().await;
    let week = invited(&mut owner, "staff", None).await;
    place.pass_ms(7 * Millis::DAY - 1);
    assert_eq!(place.browser().get(&week).await.status, StatusCode::OK);
    place.pass_ms(1);
    assert_eq!(place.browser().get(&week).await.status, StatusCode::NOT_FOUND);
    let mut last = StatusCode::OK;
    for guess in 0..14 {
        last = place.browser().get(&format!("/welcome/{guess}")).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn guessing_the_present_password_is_slow_whatever_else_is_sent_between() {
    let place = Place::open().await;
    let mut thief = place.operator().await;
    let guess = |again: &str| {
        form(&[("old", "猜一个猜一个猜一个"), ("password", PASSWORD), ("again", again)])
    };
    for _ in 0..20 {
        let differs = thief.post("/me/password", &guess("别的别的别的别的别的")).await;
        assert_eq!(differs.status, StatusCode::UNPROCESSABLE_ENTITY);
        let guessed = thief.post("/me/password", &guess(PASSWORD)).await.status;
        if guessed == StatusCode::TOO_MANY_REQUESTS {
            return;
        }
    }
    panic!("twenty guesses in a row");
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    let place = Place::open().await;
    let (mut here, mut there) = (place.operator().await, place.operator().await);
    let wrong =
        form(&[("old", "不是这个不是这个不是"), ("password", PASSWORD), ("again", PASSWORD)]);
    let page = here.post("/me/password", &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("现在的密码不对"));
    let differs =
        form(&[("old", OWNER.1), ("password", PASSWORD), ("again", "别的别的别的别的别的")]);
    assert!(here.post("/me/password", &differs).await.text.contains("不一样"));
    let right = form(&[("old", OWNER.1), ("password", PASSWORD), ("again", PASSWORD)]);
    assert_eq!(here.post("/me/password", &right).await.status, StatusCode::SEE_OTHER);
    assert_eq!(here.get("/me").await.status, StatusCode::OK);
    assert_eq!(there.get("/me").await.header("location"), "/login?next=/me");
    assert_eq!(place.browser().log_in(OWNER).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(place.browser().log_in(("owner", PASSWORD)).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_whose_they_are_alone() {
    let place = Place::open().await;
    let (mut here, mut there) = (place.operator().await, place.operator().await);
    let mut other = hired(&place, "xiaolin", "operator", &[]).await;
    let page = there.get("/me").await.text;
    let id = page.split("/me/sessions/").nth(2).unwrap().split('/').next().unwrap().to_owned();
    let path = format!("/me/sessions/{id}/end");
    other.post(&path, "").await;
    let alive = [here.get("/me").await.status, there.get("/me").await.status];
    assert_eq!(alive, [StatusCode::OK; 2], "nobody ends the sessions of others");
    assert_eq!(here.post("/me/sessions/others/end", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(there.get("/me").await.status, StatusCode::SEE_OTHER);
    assert_eq!(here.post(&path, "").await.status, StatusCode::SEE_OTHER, "a second click");
    assert!(!here.get("/me").await.text.contains("others/end"));
}

#[tokio::test]
async fn a_session_ends_by_log_out_by_rest_and_by_age() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let mut thief = owner.clone();
    assert_eq!(owner.post("/logout", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(owner.cookie("hq_seat"), None);
    assert_eq!(thief.get("/me").await.status, StatusCode::SEE_OTHER, "a stolen cookie is over");

    let mut idle = place.operator().await;
    place.pass_ms(7 * Millis::DAY - 1);
    assert_eq!(idle.get("/me").await.status, StatusCode::OK);
    place.pass_ms(7 * Millis::DAY);
    assert_eq!(idle.get("/me").await.status, StatusCode::SEE_OTHER);

    let mut busy = place.operator().await;
    for _ in 0..5 {
        place.pass_ms(6 * Millis::DAY - 1);
        assert_eq!(busy.get("/me").await.status, StatusCode::OK);
    }
    place.pass_ms(5);
    assert_eq!(busy.get("/me").await.status, StatusCode::SEE_OTHER, "thirty days are the end");
}

#[tokio::test]
async fn a_password_link_lets_in_whom_it_is_for_and_nobody_else() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let mut lin = hired(&place, "xiaolin", "operator", &[]).await;
    let id = number(&place.store, "xiaolin").await;
    let made = owner.post(&format!("/staff/{id}/password"), "").await;
    let path = link(&made);
    let new = "换了一个新的密码好记";
    let mut fresh = place.browser();
    assert!(fresh.get(&path).await.text.contains("xiaolin"));
    let fields = form(&[("password", new), ("login", "owner"), ("name", "坏人")]);
    assert_eq!(fresh.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
    assert!(fresh.get("/me").await.text.contains("xiaolin"));
    assert_eq!(lin.get("/me").await.status, StatusCode::SEE_OTHER, "older sessions end");
    assert_eq!(fresh.post(&path, &fields).await.header("location"), "/login?done=used");
    assert_eq!(place.browser().log_in(("xiaolin", new)).await.status, StatusCode::SEE_OTHER);
    let none = reset_link(&place.store, OrgId(1), ("nobody", place.now())).await;
    assert!(matches!(none, Err(Denied::Missing)));
}
