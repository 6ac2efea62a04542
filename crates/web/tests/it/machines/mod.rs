//! `/healthz`, `/readyz`, `/metrics`: for machines that watch this one.

use axum::http::StatusCode;

use crate::browser::Place;

const TOKEN: &str = "a-token-of-some-length";

async fn watched() -> Place {
    Place::set(|settings| settings.metrics_token = Some(TOKEN.to_owned())).await
}

#[tokio::test]
async fn it_runs_and_is_ready_while_the_database_answers() {
    let place = Place::open().await;
    for path in ["/healthz", "/readyz"] {
        let page = place.browser().get(path).await;
        assert_eq!((page.status, page.text.as_str()), (StatusCode::OK, "ok\n"), "{path}");
    }
}

#[tokio::test]
async fn figures_are_told_to_whoever_has_the_token_and_to_nobody_else() {
    let place = watched().await;
    let refused = place.browser().get("/metrics").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(!refused.text.contains("huoqun_"));
    let mut wrong = place.browser().with("authorization", "Bearer a-token-of-some-lengtH");
    assert_eq!(wrong.get("/metrics").await.status, StatusCode::FORBIDDEN);
    let mut watcher = place.browser().with("authorization", &format!("Bearer {TOKEN}"));
    let page = watcher.get("/metrics").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header("content-type").starts_with("application/openmetrics-text"));
    for line in ["huoqun_database_up 1\n", "huoqun_outbox_waiting 0\n", "huoqun_feeds_open 0\n"] {
        assert!(page.text.contains(line), "{line}: {}", page.text);
    }
    assert!(page.text.contains("huoqun_build_info{version=\""));
    assert!(page.text.ends_with("# EOF\n"));
    // Without a token and without a connection nobody is this machine.
    let untold = Place::open().await;
    assert_eq!(untold.browser().get("/metrics").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn requests_are_counted_by_route_and_no_row_holds_what_people_chose() {
    let place = watched().await;
    let mut desk = place.operator().await;
    for path in ["/people/1?q=小林", "/people/2", "/people/999999", "/g/secretcode", "/no/such"] {
        desk.get(path).await;
    }
    let mut watcher = place.browser().with("authorization", &format!("Bearer {TOKEN}"));
    let text = watcher.get("/metrics").await.text;
    let rows = |route: &str| {
        let label = format!("route=\"{route}\"");
        let counted = text.lines().filter(|line| line.starts_with("huoqun_http_requests_total{"));
        counted.filter(|line| line.contains(&label)).count()
    };
    assert_eq!((rows("/people/{id}"), rows("/g/{code}"), rows("none")), (1, 1, 1), "{text}");
    assert!(text.contains("huoqun_http_request_duration_seconds_bucket{le=\"0.002\",route=\""));
    // What a row measures is not looked at: 0.0999999 s is nobody's number.
    let labels: Vec<&str> =
        text.lines().filter_map(|row| row.rsplit_once(' ')).map(|r| r.0).collect();
    for theirs in ["小林", "secretcode", "999999", "/no/such"] {
        assert!(!labels.iter().any(|row| row.contains(theirs)), "{theirs}");
    }
}
