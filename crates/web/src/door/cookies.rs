//! Cookies: read from a request, written into a response.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};

/// A year, in seconds: how long a guest is remembered.
pub(crate) const YEAR_S: u32 = 365 * 24 * 3600;

/// The cookies of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies(Vec<(String, String)>);

impl Cookies {
    /// Reads them; what has no shape is passed over.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            Some((name.to_owned(), value.to_owned()))
        });
        Self(pairs.take(64).collect())
    }

    /// The first one of this name: the one with the longest path, when there are several.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// A cookie to set: name, value, path, and whether it may only travel encrypted.
pub(crate) fn set_cookie(headers: &mut HeaderMap, cookie: [&str; 3], secure: bool) {
    let [name, value, path] = cookie;
    let secure = if secure { "; Secure" } else { "" };
    let text =
        format!("{name}={value}; Path={path}; Max-Age={YEAR_S}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::try_from(text) {
        headers.append(SET_COOKIE, value);
    }
}
