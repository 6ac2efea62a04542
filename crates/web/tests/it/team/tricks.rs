//! Tricks: cookies, forms of other sites, nasty addresses and headers.

use axum::http::StatusCode;

use super::{grant, hired, invited, link};
use crate::browser::{OWNER, Place, form};

#[tokio::test]
async fn a_cookie_that_was_planted_or_changed_opens_nothing() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let seat = owner.cookie("hq_seat").unwrap();
    assert_eq!(seat.len(), 43);
    let zeros = "A".repeat(43);
    for planted in ["", "1", "owner", zeros.as_str(), &seat[1..], &format!("{seat}A"), "' OR 1=1"] {
        let mut thief = place.browser();
        thief.plant("hq_seat", planted);
        assert_eq!(thief.get("/me").await.status, StatusCode::SEE_OTHER, "{planted}");
    }
    // A token planted before the log-in is not the one after it.
    let mut victim = place.browser();
    victim.plant("hq_seat", &zeros);
    victim.log_in(OWNER).await;
    assert_ne!(victim.cookie("hq_seat"), Some(zeros));
    // Logging in again ends the session that sat there.
    let mut old = owner.clone();
    owner.log_in(OWNER).await;
    assert_eq!(old.get("/me").await.status, StatusCode::SEE_OTHER);
    assert_eq!(owner.get("/me").await.status, StatusCode::OK);
    owner.tamper();
    assert_eq!(owner.get("/me").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_after_the_log_in() {
    let place = Place::open().await;
    place.operator().await;
    let nasty = [
        "//evil.example",
        "https://evil.example",
        "http:evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/%09/evil.example\n",
        "javascript:alert(1)",
        "data:text/html,x",
        " //evil.example",
        "///evil.example",
        "/.//evil.example",
        "/..//evil.example",
        "@evil.example",
        "evil.example",
        "/login?next=//evil.example",
        "/logout",
        "\r\nLocation: https://evil.example",
    ];
    for next in nasty {
        let fields = form(&[("login", OWNER.0), ("password", OWNER.1), ("next", next)]);
        let came = place.browser().post("/login", &fields).await;
        assert_eq!((came.status, came.header("location")), (StatusCode::SEE_OTHER, "/today"));
        let asked = form(&[("next", next)]);
        let page = place.browser().get(&format!("/login?{asked}")).await.text;
        assert!(!page.contains("name=\"next\""), "{next:?}");
        let mut owner = place.operator().await;
        let seated = owner.get(&format!("/login?{asked}")).await;
        assert_eq!(seated.header("location"), "/today", "{next:?}");
    }
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let place = Place::open().await;
    let owner = place.operator().await;
    let tricks = [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ];
    for (name, value) in tricks {
        for path in ["/logout", "/staff/invitations", "/me/password", "/me/sessions/others/end"] {
            let mut framed = owner.clone().with(name, value);
            let refused = framed.post(path, &grant("owner", None)).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{name}: {value}: {path}");
        }
        let mut stranger = place.browser().with(name, value);
        assert_eq!(stranger.log_in(OWNER).await.status, StatusCode::FORBIDDEN, "log-in, too");
    }
    assert_eq!(owner.clone().get("/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn headers_change_neither_method_nor_address_nor_link() {
    let place = Place::open().await;
    let owner = place.operator().await;
    for method in ["x-http-method-override", "x-method-override", "x-http-method"] {
        let mut odd = owner.clone().with(method, "POST");
        assert_eq!(odd.get("/logout").await.status, StatusCode::METHOD_NOT_ALLOWED);
    }
    assert_eq!(owner.clone().get("/me").await.status, StatusCode::OK);
    let mut proxied = owner
        .clone()
        .with("host", "here.test")
        .with("x-forwarded-host", "evil.example")
        .with("forwarded", "host=evil.example;proto=https")
        .with("x-forwarded-proto", "https")
        .with("x-forwarded-for", "203.0.113.9");
    let page = proxied.post("/staff/invitations", &grant("staff", None)).await;
    assert!(page.text.contains("http://here.test/welcome/") && !page.text.contains("evil"));
    let again = proxied.log_in(OWNER).await;
    assert!(!again.header("set-cookie").contains("Secure"), "no proxy is believed unasked");
    assert!(!proxied.get("/me").await.text.contains("203.0.113.9"));
    let hosts = ["evil.example/path?", "\"><script>", "a b", "user@evil.example"];
    for host in hosts {
        let page = owner.clone().with("host", host).post("/staff/invitations", "").await;
        assert!(!page.text.contains("<script>"), "{host}");
        let mut odd = owner.clone().with("host", host);
        let page = odd.post("/staff/invitations", &grant("staff", None)).await;
        assert!(!page.text.contains("evil.example/path"), "{host}");
        assert!(!page.text.contains("user@evil"), "{host}");
    }
}

#[tokio::test]
async fn guesses_cannot_hide_behind_made_up_addresses() {
    let limits = web::Limits { address_tries: 3, ..web::Limits::default() };
    let place = Place::with(limits).await;
    let mut last = StatusCode::OK;
    for guess in 0..6 {
        let address = format!("203.0.113.{guess}");
        let mut browser = place.browser().with("x-forwarded-for", &address);
        last = browser.log_in((&format!("nobody{guess}"), "guess number one")).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn scripts_are_told_and_fragments_led_to_the_log_in() {
    let place = Place::open().await;
    let json = place.browser().with("accept", "application/json").get("/staff").await;
    assert_eq!(
        (json.status, json.json()["error"].as_str()),
        (StatusCode::UNAUTHORIZED, Some("not_logged_in"),)
    );
    let mut part = place.browser().with("hx-request", "true");
    part = part.with("hx-current-url", "http://here.test/groups?x=1");
    assert_eq!(part.get("/me").await.header("hx-redirect"), "/login?next=/groups%3Fx%3D1");
    let mut nasty = place.browser().with("hx-request", "true");
    nasty = nasty.with("hx-current-url", "http://here.test//evil.example");
    assert_eq!(nasty.get("/me").await.header("hx-redirect"), "/login");
}

#[tokio::test]
async fn sending_twice_does_no_harm() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let path = invited(&mut owner, "staff", None).await;
    let key = owner.get("/staff/new").await.field("key").unwrap();
    let body = format!("{}&key={key}", grant("lead", None));
    let made = [
        owner.clone().post("/staff/invitations", &body).await,
        owner.post("/staff/invitations", &body).await,
    ];
    let made = made.each_ref().map(link);
    assert_eq!(place.browser().get(&made[0]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.browser().get(&made[1]).await.status, StatusCode::OK);
    let open = owner.get("/staff").await.text.matches("/revocation\"").count();
    assert_eq!(open, 2, "one for each form");
    let (mut one, mut two) = (place.browser(), place.browser());
    let (first, second) = tokio::join!(
        super::welcome(&mut one, &path, "lin"),
        super::welcome(&mut two, &path, "lin")
    );
    let mut places = [first.header("location"), second.header("location")];
    places.sort_unstable();
    assert_eq!(places, ["/login?done=used", "/today"]);
    hired(&place, "ann", "staff", &[]).await;
    let id = super::number(&place.store, "ann").await;
    let links = [
        link(&owner.post(&format!("/staff/{id}/password"), "").await),
        link(&owner.post(&format!("/staff/{id}/password"), "").await),
    ];
    assert_eq!(place.browser().get(&links[0]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.browser().get(&links[1]).await.status, StatusCode::OK);
}
