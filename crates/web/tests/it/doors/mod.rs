//! Every address of the console, tried by everybody who has no business there.

mod cut;
mod scene;
mod sources;
mod table;
mod taken;

use axum::http::StatusCode;
use domain::Role;

use crate::browser::{Browser, Page};
use crate::imports::upload;
pub(crate) use scene::enter;
use scene::{MARKS, Scene};
use sources::{fits, routes};
use table::{Behind, DOORS, Door, OPEN};

/// Letters of a page that a failure shows.
fn start(page: &Page) -> String {
    page.text.chars().take(400).collect()
}

async fn tried(browser: &mut Browser, scene: &Scene, door: &Door) -> Page {
    let (method, path, form, ..) = *door;
    let (path, form) = (scene.filled(path), scene.filled(form));
    match method {
        // Files come in a form of their own.
        "POST" if path == "/uploads" => upload(browser, &[("x.txt", "x")]).await,
        "GET" => browser.get(&path).await,
        _ => browser.post(&path, &form).await,
    }
}

fn tells_nothing(page: &Page, door: &Door, who: &str) {
    for mark in MARKS {
        assert!(!page.text.contains(mark), "{door:?} tells {who} of {mark}");
    }
}

#[test]
fn every_address_of_the_console_stands_in_the_table() {
    let routes = routes();
    assert!(routes.len() > 70, "{} found", routes.len());
    for (method, route) in &routes {
        // An address belongs to the route with the fewest braces that it fits.
        let own = |path: &str| {
            let better = |other: &&(&str, String)| {
                other.0 == *method
                    && fits(&other.1, path)
                    && other.1.matches('{').count() < route.matches('{').count()
                    && path.matches('{').count() < route.matches('{').count()
            };
            fits(route, path) && !routes.iter().any(|other| better(&other))
        };
        let known = DOORS.iter().any(|(verb, path, ..)| verb == method && own(path))
            || OPEN.contains(&(*method, route.as_str()));
        assert!(known, "{method} {route}: say in the table who may come there");
    }
}

#[tokio::test]
async fn without_a_session_every_door_leads_to_the_log_in() {
    let scene = Scene::set().await;
    for door in DOORS {
        let page = tried(&mut scene.place.browser(), &scene, door).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{door:?}");
        assert!(page.header("location").starts_with("/login"), "{door:?}");
        tells_nothing(&page, door, "a stranger");
    }
    scene.unchanged().await;
}

// catalogue: R04
#[tokio::test]
async fn who_has_too_low_a_role_is_refused_at_every_door() {
    let scene = Scene::set().await;
    for (role, seat) in [(Role::ReadOnly, &scene.reader), (Role::Staff, &scene.tender)] {
        let mut seat = seat.clone();
        for door in DOORS.iter().filter(|door| role < door.3.least()) {
            let page = tried(&mut seat, &scene, door).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{role:?}: {door:?}: {}", start(&page));
        }
        for door in DOORS.iter().filter(|door| door.0 == "GET" && role >= door.3.least()) {
            let page = tried(&mut seat, &scene, door).await;
            assert_eq!(page.status, StatusCode::OK, "{role:?}: {door:?}: {}", start(&page));
        }
    }
    scene.unchanged().await;
}

// catalogue: R04
#[tokio::test]
async fn who_is_scoped_elsewhere_finds_nothing_behind_any_door() {
    let scene = Scene::set().await;
    for (role, seat) in [(Role::Operator, &scene.elsewhere), (Role::Lead, &scene.lead_elsewhere)] {
        for door in DOORS {
            // What a door changes for the one who may is no matter here.
            let mut seat = seat.clone();
            let before = scene.newest().await;
            let page = tried(&mut seat, &scene, door).await;
            tells_nothing(&page, door, "somebody scoped elsewhere");
            let refused = match door.4 {
                _ if role < door.3.least() => Some(StatusCode::FORBIDDEN),
                Behind::All => Some(StatusCode::FORBIDDEN),
                Behind::Thing => Some(StatusCode::NOT_FOUND),
                Behind::Cut | Behind::Common => None,
            };
            if let Some(refused) = refused {
                assert_eq!(page.status, refused, "{role:?}: {door:?}: {}", start(&page));
                assert_eq!(scene.newest().await, before, "{door:?}");
            } else {
                assert!(!page.status.is_server_error(), "{door:?}: {}", start(&page));
            }
        }
    }
}

#[tokio::test]
async fn the_owner_of_another_organisation_finds_nothing_behind_any_door() {
    let scene = Scene::set().await;
    for door in DOORS {
        let mut seat = scene.foreign.clone();
        let page = tried(&mut seat, &scene, door).await;
        tells_nothing(&page, door, "another organisation");
        // Tags and sessions have the same numbers in every organisation: these are their own.
        if door.1.contains('{') && door.4 != Behind::Common {
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{door:?}: {}", start(&page));
        }
    }
    scene.unchanged().await;
}

#[tokio::test]
async fn every_door_opens_for_the_owner() {
    let scene = Scene::set().await;
    for door in DOORS {
        let page = tried(&mut scene.owner.clone(), &scene, door).await;
        let shut =
            matches!(page.status.as_u16(), 401 | 403 | 404 | 405) || page.status.is_server_error();
        assert!(!shut, "{door:?}: {}: {}", page.status, start(&page));
        assert!(!page.header("location").starts_with("/login"), "{door:?}");
    }
}

// Whatever a page that opened shows, a form that another site sent is refused at every door.
#[tokio::test]
async fn no_door_takes_a_form_of_another_site() {
    let scene = Scene::set().await;
    let tricks =
        [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")];
    for (name, value) in tricks {
        let mut framed = scene.owner.clone().with(name, value);
        for door in DOORS.iter().filter(|door| door.0 == "POST") {
            let page = tried(&mut framed, &scene, door).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{name}: {value}: {door:?}");
        }
    }
    scene.unchanged().await;
}

#[tokio::test]
async fn no_header_changes_who_asks_or_where_an_answer_leads() {
    let scene = Scene::set().await;
    let mut odd = scene
        .owner
        .clone()
        .with("host", "here.test")
        .with("x-forwarded-host", "evil.example")
        .with("forwarded", "host=evil.example;proto=https")
        .with("x-original-url", "/staff")
        .with("x-rewrite-url", "/staff")
        .with("referer", "https://evil.example/back");
    for door in DOORS {
        let page = tried(&mut odd, &scene, door).await;
        assert!(!page.text.contains("evil.example"), "{door:?}");
        let to = page.header("location");
        assert!(to.is_empty() || to.starts_with('/') && !to.starts_with("//"), "{door:?}: {to}");
        assert!(!page.header("set-cookie").contains("evil"), "{door:?}");
    }
    // Nobody becomes somebody by a header.
    let mut nobody = scene.place.browser();
    for name in ["x-forwarded-user", "x-remote-user", "x-forwarded-for", "authorization"] {
        nobody = nobody.with(name, "owner");
    }
    assert_eq!(nobody.get("/people").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn no_field_of_a_form_leads_to_another_site() {
    let scene = Scene::set().await;
    let nasty = "%2F%2Fevil.example";
    for door in DOORS.iter().filter(|door| door.0 == "POST") {
        let form = scene.filled(door.2);
        let more =
            ["back", "here", "next", "to", "then", "card"].map(|name| format!("{name}={nasty}"));
        let page = scene
            .owner
            .clone()
            .post(&scene.filled(door.1), &format!("{form}&{}", more.join("&")))
            .await;
        let to = page.header("location");
        assert!(to.is_empty() || to.starts_with('/') && !to.starts_with("//"), "{door:?}: {to}");
        assert!(!to.contains("evil"), "{door:?}: {to}");
    }
}
