//! Who asks: somebody of staff with a session, or nobody, who is sent to the log-in.
//!
//! Invariants: a session counts in its own organisation only and is asked for with every request;
//! nobody is sent anywhere but to a page of ours ([`local`]).

use app::console::{Opened, Seat};
use axum::extract::FromRequestParts;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Actor;

use crate::door::{Visit, Wants};
use crate::house::House;
use crate::trouble::Trouble;

/// Name of the cookie.
const COOKIE: &str = "hq_seat";

/// Where who comes in goes first.
pub(crate) const FIRST_PAGE: &str = "/today";

/// Letters of an address that somebody is sent back to, at most.
const NEXT_MAX: usize = 1_000;

/// Somebody of staff, and the request.
#[derive(Clone, Debug)]
pub(crate) struct Seated {
    pub(crate) actor: Actor,
    pub(crate) visit: Visit,
    /// By what they log in.
    pub(crate) login: String,
    /// Number of the session.
    pub(crate) session: i64,
}

impl FromRequestParts<House> for Seated {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Response> {
        let visit = Visit::of(parts, house);
        visit.may_read(house).map_err(IntoResponse::into_response)?;
        match seat(house, &visit).await {
            Ok(Some(seat)) => {
                let Seat { actor, login, session } = seat;
                Ok(Self { actor, visit, login, session })
            }
            Ok(None) => Err(to_log_in(parts, &visit)),
            Err(trouble) => Err(trouble.into_response()),
        }
    }
}

/// Whose session the request carries.
pub(crate) async fn seat(house: &House, visit: &Visit) -> Result<Option<Seat>, Trouble> {
    let Some(token) = visit.cookies.get(COOKIE) else { return Ok(None) };
    Ok(house.console().seat(house.settings().org, token).await?)
}

/// Gives the browser the cookie of a session.
pub(crate) fn take_seat(headers: &mut HeaderMap, opened: &Opened, secure: bool) {
    cookie(headers, &opened.token, opened.seconds, secure);
}

/// Takes the cookie away.
pub(crate) fn leave_seat(headers: &mut HeaderMap, secure: bool) {
    cookie(headers, "", 0, secure);
}

fn cookie(headers: &mut HeaderMap, value: &str, seconds: u32, secure: bool) {
    let secure = if secure { "; Secure" } else { "" };
    let text =
        format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::try_from(text) {
        headers.append(SET_COOKIE, value);
    }
}

/// Sends who has no session to the log-in, and back from there.
fn to_log_in(parts: &Parts, visit: &Visit) -> Response {
    if visit.wants == Wants::Json {
        return Trouble::new(
            StatusCode::UNAUTHORIZED,
            "not_logged_in",
            ["登录已失效，请重新登录。", "You are not logged in: please log in again."],
        )
        .into_response();
    }
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if header("hx-request").is_some() {
        let page = header("hx-current-url").and_then(path_of).and_then(local);
        let to = log_in_path(page);
        let headers = [(HeaderName::from_static("hx-redirect"), to)];
        return (StatusCode::OK, headers).into_response();
    }
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    let asked = parts.uri.path_and_query().map(axum::http::uri::PathAndQuery::as_str);
    let next = asked.filter(|_| reads).and_then(local);
    Redirect::to(&log_in_path(next)).into_response()
}

/// The log-in page that leads on to `next`.
pub(crate) fn log_in_path(next: Option<&str>) -> String {
    match next.filter(|next| *next != FIRST_PAGE && *next != "/") {
        Some(next) => format!("/login?next={}", encoded(next)),
        None => "/login".to_owned(),
    }
}

/// Path and query of a whole address.
fn path_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    rest.find('/').and_then(|at| rest.get(at..))
}

/// The address, when it is a path of ours: nothing that a browser takes for another site.
pub(crate) fn local(next: &str) -> Option<&str> {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let plain = next.len() <= NEXT_MAX
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && next.starts_with('/')
        && !path.contains("//")
        && !path.contains(':')
        && !path.split('/').any(|part| part == "." || part == "..");
    let loops = ["/login", "/logout", "/welcome"].iter().any(|door| path.starts_with(door));
    (plain && !loops).then_some(next)
}

fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase()
}

/// A value for a query.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            other => out.extend(['%', hex(other >> 4), hex(other & 15)]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for good in ["/today", "/groups/7?tab=flow&at=5", "/people?q=%E5%B0%8F%3A//", "/g/x#m5"] {
            assert_eq!(local(good), Some(good));
        }
        let nasty = [
            "",
            "today",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " /today",
            "https://evil.example/",
            "https:evil.example",
            "javascript:alert(1)",
            "/javascript:alert(1)",
            "//evil.example\\@ours/",
            "/%0d%0aLocation:evil",
            "/a//b",
            "/./..//evil.example",
            "/..//evil.example",
            "/.//evil.example",
            "/小林",
            "/login",
            "/login?next=/login",
            "/logout",
            "/welcome/abc",
        ];
        for next in nasty {
            assert_eq!(local(next), None, "{next:?}");
        }
        assert_eq!(local(&format!("/{}", "x".repeat(2_000))), None);
    }

    #[test]
    fn the_way_back_stands_in_the_query() {
        assert_eq!(log_in_path(Some("/people?q=a&b=/c")), "/login?next=/people%3Fq%3Da%26b%3D/c");
        assert_eq!(log_in_path(Some("/today")), "/login");
        assert_eq!(path_of("http://here:8080/groups?x=1"), Some("/groups?x=1"));
        assert_eq!(path_of("http://here"), None);
    }
}
