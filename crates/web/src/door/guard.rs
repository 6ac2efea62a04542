//! Headers that every answer carries, and the check that a form was sent from a page of ours.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST, LOCATION, ORIGIN,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;

use crate::door::set_cookie;
use crate::door::visit::{Theme, asked};
use crate::house::House;
use crate::trouble::Trouble;

/// Largest form, in bytes: the longest text is 4,000 letters of 9 bytes each when encoded.
pub(crate) const FORM_BYTES_MAX: usize = 64 * 1024;

/// A larger one is read to its end and refused, up to this size: what a hasty hand may paste.
const DRAINED_BYTES_MAX: u64 = 16 * 1024 * 1024;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const FIXED: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Puts the fixed headers on every answer, and remembers a language and a theme that
/// were asked for.
pub(crate) async fn headers(State(house): State<House>, request: Request, next: Next) -> Response {
    let lang = asked(request.uri().query());
    let theme = Theme::asked(request.uri().query());
    let (parts, body) = request.into_parts();
    let secure = crate::door::Visit::of(&parts, &house).secure;
    let by_htmx = parts.headers.contains_key("hx-request");
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if by_htmx && leads_to_login(&response) {
        // A browser would follow it silently and put the log-in inside the page.
        *response.status_mut() = StatusCode::OK;
        response.headers_mut().remove(LOCATION);
        let login = (HeaderName::from_static("hx-redirect"), HeaderValue::from_static("/login"));
        response.headers_mut().extend([login]);
    }
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Some(lang) = lang {
        set_cookie(headers, ["hq_lang", lang.code(), "/"], secure);
    }
    if let Some(theme) = theme {
        set_cookie(headers, ["hq_theme", theme.code(), "/"], secure);
    }
    response
}

fn leads_to_login(response: &Response) -> bool {
    let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
    response.status().is_redirection() && to.is_some_and(|to| to.starts_with("/login"))
}

/// Refuses a form that another site sent: by `Sec-Fetch-Site`, or by `Origin` where a browser does
/// not send that. Programs that send neither carry no cookies of people either.
pub(crate) async fn origin(State(house): State<House>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let address = house.settings().address.as_deref();
    if reads || is_ours(request.headers(), address) {
        return next.run(request).await;
    }
    Trouble::other_site().into_response()
}

/// Refuses a form that says that it is too big. It is read to its end first, up to a bound: a
/// browser that is cut off in the middle of sending shows its own error instead of our words.
pub(crate) async fn bounded(request: Request, next: Next) -> Response {
    let length = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let length: u64 = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    // Files are counted while they are written.
    let path = request.uri().path();
    let takes_files =
        path == crate::console::uploads::UPLOADS || crate::console::wecom::welcome::is_media(path);
    if takes_files || length <= FORM_BYTES_MAX as u64 {
        return next.run(request).await;
    }
    if length <= DRAINED_BYTES_MAX {
        let mut body = request.into_body().into_data_stream();
        while let Some(Ok(_)) = body.next().await {}
    }
    Trouble::of_status(StatusCode::PAYLOAD_TOO_LARGE).into_response()
}

fn is_ours(headers: &HeaderMap, address: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN.as_str()) else { return true };
    let host = origin.split_once("://").map(|(_, host)| host);
    let own =
        address.and_then(|at| at.split_once("://")).map(|(_, host)| host.trim_end_matches('/'));
    host.is_some() && (host == text(HOST.as_str()) || host == own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        is_ours(&headers, Some("https://chat.example/"))
    }

    #[test]
    fn forms_of_other_sites_are_told_apart() {
        assert!(ours(&[]));
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site"), ("host", "a"), ("origin", "http://a")]));
        assert!(ours(&[("origin", "http://here:8080"), ("host", "here:8080")]));
        assert!(ours(&[("origin", "https://chat.example"), ("host", "127.0.0.1:8080")]));
        assert!(!ours(&[("origin", "https://evil.example"), ("host", "here:8080")]));
        assert!(!ours(&[("origin", "null"), ("host", "here:8080")]));
    }
}
