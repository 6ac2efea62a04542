//! For machines that watch this one: `/healthz` (it runs), `/readyz` (it can answer), `/metrics`
//! (figures in the text format that Prometheus reads).
//!
//! Invariants: figures are told to this machine itself or to whoever has the token, never through a
//! proxy without one; no label holds anything that people chose: routes are their templates.

mod figures;
mod requests;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use subtle::ConstantTimeEq;

use crate::house::House;
use crate::serve::Peer;
use crate::trouble::{AsItIs, Trouble};

pub(crate) use requests::{Requests, counted};

/// Whoever asks whether we are ready waits no longer.
const READY_WITHIN: Duration = Duration::from_secs(2);

/// The format in which figures are written.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Headers by which a proxy says that it is one.
const PROXIED: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

/// `GET /readyz`: for whoever sends requests here.
async fn ready(State(house): State<House>) -> Response {
    if *house.closing().borrow() {
        return unready("stopping\n");
    }
    let asked = house.console().is_ready(house.settings().org);
    match tokio::time::timeout(READY_WITHIN, asked).await {
        Ok(true) => "ok\n".into_response(),
        _ => unready("the database does not answer\n"),
    }
}

fn unready(why: &'static str) -> Response {
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, why).into_response();
    response.extensions_mut().insert(AsItIs);
    response
}

/// `GET /metrics`
async fn metrics(State(house): State<House>, request: Request) -> Result<Response, Trouble> {
    let peer = request.extensions().get::<ConnectInfo<Peer>>().map(|peer| peer.0.0);
    let token = house.settings().metrics_token.as_deref();
    if !may_watch(peer, request.headers(), token) {
        return Err(stranger());
    }
    let text = figures::text(&house).await.map_err(|error| Trouble::fault(error.to_string()))?;
    let head = [(CONTENT_TYPE, OPEN_METRICS), (CACHE_CONTROL, "no-store")];
    Ok((head, text).into_response())
}

/// Whether figures may be told: where there is a token to whoever has it, else to this machine.
fn may_watch(peer: Option<SocketAddr>, headers: &HeaderMap, token: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(token) = token {
        let said = text(AUTHORIZATION.as_str()).and_then(|said| said.strip_prefix("Bearer "));
        return said.is_some_and(|said| bool::from(said.as_bytes().ct_eq(token.as_bytes())));
    }
    let is_direct = PROXIED.iter().all(|name| !headers.contains_key(*name));
    let is_near = peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    // A page of another site may point its name at this machine.
    is_near && is_direct && text(HOST.as_str()).is_some_and(is_local)
}

/// Whether a host, with its port, is a name of the machine for itself.
pub(crate) fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_matches(['[', ']']);
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn stranger() -> Trouble {
    Trouble::new(
        StatusCode::FORBIDDEN,
        "metrics_token",
        [
            "监控数据只给本机看；别的机器要带令牌，见 docs/console.md。",
            "Figures are for this machine alone; others need the token: see docs/console.md.",
        ],
    )
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        let header = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        };
        all.iter().map(header).collect()
    }

    #[test]
    fn without_a_token_this_machine_alone_is_told_and_not_through_a_proxy() {
        let near = "127.0.0.1:5000".parse().ok();
        let here = ("host", "127.0.0.1:8080");
        assert!(may_watch(near, &headers(&[here]), None));
        assert!(may_watch("[::1]:5000".parse().ok(), &headers(&[("host", "[::1]:8080")]), None));
        assert!(may_watch("[::ffff:127.0.0.1]:5".parse().ok(), &headers(&[here]), None));
        assert!(!may_watch("192.0.2.7:5000".parse().ok(), &headers(&[here]), None));
        assert!(!may_watch(None, &headers(&[here]), None));
        assert!(!may_watch(near, &headers(&[]), None));
        assert!(!may_watch(near, &headers(&[("host", "evil.example")]), None), "a name of theirs");
        for name in PROXIED {
            assert!(!may_watch(near, &headers(&[here, (name, "192.0.2.7")]), None), "{name}");
        }
    }

    #[test]
    fn with_a_token_nobody_is_told_without_it() {
        let near = "127.0.0.1:5000".parse().ok();
        let here = ("host", "127.0.0.1:8080");
        let told = |said: &str| {
            may_watch(None, &headers(&[("authorization", said)]), Some("a-long-token"))
        };
        assert!(told("Bearer a-long-token"));
        for wrong in ["Bearer a-long-tokeN", "Bearer a-long-toke", "Bearer ", "a-long-token", ""] {
            assert!(!told(wrong), "{wrong:?}");
        }
        assert!(!may_watch(near, &headers(&[here]), Some("a-long-token")));
    }

    #[test]
    fn names_of_this_machine_are_known_with_and_without_ports() {
        for host in ["localhost", "localhost:8080", "127.0.0.1:1", "[::1]:8080", "127.1.2.3"] {
            assert!(is_local(host), "{host}");
        }
        for host in ["", "chat.example", "localhost.evil.example", "127.0.0.1.evil.example:80"] {
            assert!(!is_local(host), "{host}");
        }
    }
}
