//! Short links of live codes: `/l/{slug}`, what stands in printed codes.
//!
//! Invariants: answered from memory, without the database, a session or a cookie of ours (one mark,
//! where a rule asks who was here before); the page needs no script, is small and names nothing
//! but what it leads to; its picture is the platform's own, from the one address that the policy
//! of the page lets through.

use app::links::{Landed, Landing, Nowhere, Visitor};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, LOCATION, REFERRER_POLICY,
    USER_AGENT, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use engine::links::Device;
use report::Lang;

use crate::door::{accepted, set_cookie};
use crate::house::House;

/// The mark of a browser that was here before.
const MARK: &str = "hq_seen";
/// Whoever waits for a picture that is being made asks again after so many seconds.
const AGAIN_S: u32 = 10;

pub(crate) fn routes() -> Router<House> {
    Router::new().route("/l/{slug}", get(scanned))
}

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage {
    l: Lang,
    title: String,
    in_wechat: bool,
    landing: Option<Landing>,
    again_s: Option<u32>,
}

/// Somebody scanned.
async fn scanned(
    State(house): State<House>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    let visitor = visitor(&headers);
    let Some(Landed { landing, marks }) = house.console().scanned(&slug, visitor) else {
        return asked(&house, &slug, &headers).await;
    };
    let mut response = match landing {
        Landing::Away(to) => away(&to),
        other => page(Some(other), (&headers, visitor.in_wechat)),
    };
    if marks && !visitor.is_again {
        let secure = house.settings().address.as_ref().is_some_and(|at| at.starts_with("https://"));
        set_cookie(response.headers_mut(), [MARK, "1", "/l"], secure);
    }
    response
}

/// A word that is no placement's: perhaps our own probe.
async fn asked(house: &House, slug: &str, headers: &HeaderMap) -> Response {
    if let Ok(Some(word)) = house.console().link_probed(slug).await {
        return ([(CACHE_CONTROL, "no-store")], word).into_response();
    }
    let mut response = page(None, (headers, visitor(headers).in_wechat));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn away(to: &str) -> Response {
    let Ok(to) = HeaderValue::try_from(to) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let fixed = [
        (LOCATION, to),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (StatusCode::FOUND, fixed).into_response()
}

fn page(landing: Option<Landing>, (headers, in_wechat): (&HeaderMap, bool)) -> Response {
    let l = accepted(headers.get(ACCEPT_LANGUAGE).and_then(|ask| ask.to_str().ok()).unwrap_or(""));
    let picture = match &landing {
        Some(Landing::Picture(shown)) => origin(&shown.picture),
        _ => "",
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self' {picture}; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    let Ok(html) = LinkPage::of(landing, (l, in_wechat)).render() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let policy = HeaderValue::try_from(policy);
    let fixed = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CONTENT_SECURITY_POLICY, policy.unwrap_or(HeaderValue::from_static("default-src 'none'"))),
    ];
    (fixed, Html(html)).into_response()
}

/// Scheme and host of an address, as a content policy names them; empty for anything odd.
fn origin(address: &str) -> &str {
    let Some(start) = address.find("://").map(|at| at + 3) else { return "" };
    let end = address.get(start..).and_then(|rest| rest.find(['/', '?', '#']));
    let origin = address.get(..end.map_or(address.len(), |end| start + end)).unwrap_or("");
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ":/.-_[]".contains(letter);
    if origin.chars().all(plain) { origin } else { "" }
}

impl LinkPage {
    fn of(landing: Option<Landing>, (l, in_wechat): (Lang, bool)) -> Self {
        let title = match &landing {
            Some(Landing::Picture(shown)) => shown.name.clone(),
            Some(Landing::Nowhere(Nowhere::Later)) => {
                l.pick("人满了，请稍后再来", "Full right now: please come back").to_owned()
            }
            Some(Landing::Nowhere(Nowhere::Soon)) => l.pick("马上就好", "Just a moment").to_owned(),
            Some(Landing::Nowhere(Nowhere::Closed)) => {
                l.pick("这个码已停用", "This code is closed").to_owned()
            }
            Some(Landing::Away(_)) | None => {
                l.pick("没有这个码", "There is no such code").to_owned()
            }
        };
        let is_soon = matches!(landing, Some(Landing::Nowhere(Nowhere::Soon)));
        Self { l, title, in_wechat, landing, again_s: is_soon.then_some(AGAIN_S) }
    }
}

fn visitor(headers: &HeaderMap) -> Visitor {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let device = if ["iPhone", "iPad", "iPod"].iter().any(|word| agent.contains(word)) {
        Device::Ios
    } else if ["Android", "HarmonyOS"].iter().any(|word| agent.contains(word)) {
        Device::Android
    } else {
        Device::Computer
    };
    let in_wechat = agent.contains("MicroMessenger") || agent.contains("wxwork");
    let mut cookies = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let is_again = cookies.any(|line| line.split("; ").any(|one| one == "hq_seen=1"));
    Visitor { device, in_wechat, is_again }
}

/// Every face of the page, with hostile words.
#[cfg(test)]
pub(crate) fn samples(l: Lang) -> Vec<(&'static str, String)> {
    let shown = |is_group| {
        let name = crate::samples::hostile();
        let picture = "https://p.example.com/qr?a=1&b=\"2".to_owned();
        Landing::Picture(std::sync::Arc::new(app::links::Shown { is_group, name, picture }))
    };
    let mut pages = Vec::new();
    for landing in [
        Some(shown(true)),
        Some(shown(false)),
        Some(Landing::Nowhere(Nowhere::Later)),
        Some(Landing::Nowhere(Nowhere::Soon)),
        Some(Landing::Nowhere(Nowhere::Closed)),
        None,
    ] {
        for in_wechat in [true, false] {
            let page = LinkPage::of(landing.clone(), (l, in_wechat));
            pages.push(("link", page.render().unwrap_or_default()));
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_picture_and_nothing_that_is_odd() {
        for (address, named) in [
            ("https://wework.qpic.cn/wwpic/abc/0", "https://wework.qpic.cn"),
            ("http://127.0.0.1:9/practice/qr/x", "http://127.0.0.1:9"),
            ("https://a.cn", "https://a.cn"),
            ("https://a.cn; script-src *", ""),
            ("data:image/png", ""),
        ] {
            assert_eq!(origin(address), named, "{address}");
        }
    }

    #[test]
    fn a_browser_tells_what_it_is() {
        let seen = |agent: &'static str, cookie: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(USER_AGENT, HeaderValue::from_static(agent));
            headers.insert(COOKIE, HeaderValue::from_static(cookie));
            let Visitor { device, in_wechat, is_again } = visitor(&headers);
            (device, in_wechat, is_again)
        };
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) MicroMessenger/8.0";
        assert_eq!(seen(phone, ""), (Device::Ios, true, false));
        let phone = "Mozilla/5.0 (Linux; Android 16) wxwork/5.0";
        assert_eq!(seen(phone, "a=b; hq_seen=1"), (Device::Android, true, true));
        assert_eq!(
            seen("Mozilla/5.0 (X11; Linux x86_64)", "hq_seen=0"),
            (Device::Computer, false, false)
        );
    }
}
