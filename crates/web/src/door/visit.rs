//! One request, as the pages see it: language, form of the answer, guest and address.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, HOST};
use axum::http::request::Parts;
use report::Lang;

use crate::door::{Cookies, Guest};
use crate::house::House;
use crate::serve::Peer;
use crate::trouble::Trouble;

/// What kind of answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wants {
    /// A page or a part of one.
    Page,
    /// A receipt for the script.
    Json,
}

/// Light or dark, as the reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system is set.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// In the order of the switch.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its code, in addresses and cookies.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What the page is set to; nothing when it follows the system.
    pub(crate) fn forced(self) -> Option<&'static str> {
        (self != Self::System).then_some(self.code())
    }

    /// What the browser is told before it paints.
    pub(crate) fn schemes(self) -> &'static str {
        self.forced().unwrap_or("light dark")
    }

    fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }

    /// The one that the address asks for.
    pub(super) fn asked(query: Option<&str>) -> Option<Self> {
        query?.split('&').find_map(|pair| Self::coded(pair.strip_prefix("theme=")?))
    }

    /// By `?theme`, then by cookie.
    fn of(query: Option<&str>, cookies: &Cookies) -> Self {
        let kept = || Self::coded(cookies.get("hq_theme")?);
        Self::asked(query).or_else(kept).unwrap_or_default()
    }
}

/// Who asks, and how.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    /// The query of the address, without language and theme: what stays when those are switched.
    pub(crate) query: String,
    pub(crate) wants: Wants,
    pub(crate) guest: Option<Guest>,
    pub(crate) address: IpAddr,
    pub(crate) secure: bool,
    pub(crate) host: String,
    pub(crate) cookies: Cookies,
}

impl Visit {
    /// Lets an act pass, or says when to come again.
    pub(crate) fn may_act(&self, house: &House) -> Result<(), Trouble> {
        let (turnstile, now) = (house.turnstile(), house.now());
        let guest = self.guest.as_ref().map(|guest| guest.key().to_owned());
        let own = guest.map_or(Ok(()), |key| turnstile.guest_acts.take(&key, now));
        let near = turnstile.address_acts.take(&self.address, now);
        own.and(near).map_err(Trouble::too_fast)
    }

    /// Lets a page be read, or says when to come again.
    pub(crate) fn may_read(&self, house: &House) -> Result<(), Trouble> {
        let taken = house.turnstile().address_pages.take(&self.address, house.now());
        taken.map_err(Trouble::too_fast)
    }

    /// The address of our pages, as people type it.
    pub(crate) fn origin(&self, house: &House) -> String {
        match &house.settings().address {
            Some(address) => address.trim_end_matches('/').to_owned(),
            None => format!("{}://{}", if self.secure { "https" } else { "http" }, self.host),
        }
    }

    /// Reads the head of a request.
    pub(crate) fn of(parts: &Parts, house: &House) -> Self {
        let headers = &parts.headers;
        let cookies = Cookies::of(headers);
        let settings = house.settings();
        let proxied = |name| {
            let value = headers.get(name).filter(|_| settings.behind_proxy)?;
            value.to_str().ok()?.rsplit(',').next().map(str::trim)
        };
        let peer = parts.extensions.get::<ConnectInfo<Peer>>().map(|peer| peer.0.0.ip());
        let https = settings.address.as_ref().is_some_and(|at| at.starts_with("https://"));
        Self {
            lang: language(parts.uri.query(), &cookies).unwrap_or_else(|| {
                let ours = house.console().known_tongue(settings.org);
                ours.unwrap_or_else(|| accepted(text(headers, ACCEPT_LANGUAGE.as_str())))
            }),
            theme: Theme::of(parts.uri.query(), &cookies),
            query: lasting(parts.uri.query()),
            wants: if text(headers, ACCEPT.as_str()).contains("application/json") {
                Wants::Json
            } else {
                Wants::Page
            },
            guest: cookies.get("hq_guest").and_then(|signed| Guest::of(signed, house.seal())),
            // The last address in the list is the one that our own proxy saw.
            address: proxied("x-forwarded-for")
                .and_then(|address| address.parse().ok())
                .or(peer)
                .unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            secure: https || proxied("x-forwarded-proto") == Some("https"),
            host: host(text(headers, HOST.as_str())),
            cookies,
        }
    }
}

impl FromRequestParts<House> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Infallible> {
        Ok(Self::of(parts, house))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The host as it may stand in a link: nothing but a name or a number and a port.
fn host(said: &str) -> String {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || ".-:[]_".contains(letter);
    if said.chars().all(fits) { said.to_owned() } else { "localhost".to_owned() }
}

/// The language that the reader chose, by `?lang` or cookie. For who chose none it is that of the
/// organisation, then that of the browser.
fn language(query: Option<&str>, cookies: &Cookies) -> Option<Lang> {
    asked(query).or_else(|| coded(cookies.get("hq_lang")?))
}

/// The language that the address asks for.
pub(super) fn asked(query: Option<&str>) -> Option<Lang> {
    query?.split('&').find_map(|pair| coded(pair.strip_prefix("lang=")?))
}

/// A query without what is switched by links.
fn lasting(query: Option<&str>) -> String {
    let pairs = query.unwrap_or_default().split('&');
    let kept = pairs.filter(|pair| {
        !pair.is_empty() && !pair.starts_with("lang=") && !pair.starts_with("theme=")
    });
    kept.collect::<Vec<_>>().join("&")
}

fn coded(code: &str) -> Option<Lang> {
    Lang::ALL.into_iter().find(|lang| lang.code() == code)
}

/// Chinese, unless the browser prefers English and does not know Chinese before it.
pub(crate) fn accepted(header: &str) -> Lang {
    let first = |code: &str| {
        header.split(',').position(|one| one.trim_start().to_ascii_lowercase().starts_with(code))
    };
    match (first("zh"), first("en")) {
        (None, Some(_)) => Lang::En,
        (Some(zh), Some(en)) if en < zh => Lang::En,
        _ => Lang::Zh,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_chinese_unless_another_is_preferred() {
        let table = [
            ("", Lang::Zh),
            ("zh-CN,zh;q=0.9,en;q=0.8", Lang::Zh),
            ("en-GB,en;q=0.9", Lang::En),
            ("en-US,en;q=0.9,zh-CN;q=0.8", Lang::En),
            ("fr-FR,fr", Lang::Zh),
            ("fr,EN;q=0.5", Lang::En),
        ];
        for (header, lang) in table {
            assert_eq!(accepted(header), lang, "{header}");
        }
        assert_eq!(asked(Some("at=5&lang=en")), Some(Lang::En));
        assert_eq!(asked(Some("lang=xx")), None);
    }

    #[test]
    fn a_switch_keeps_the_rest_of_the_address() {
        assert_eq!(lasting(Some("q=a%26b&lang=en&page=2&theme=dark")), "q=a%26b&page=2");
        assert_eq!(lasting(Some("lang=en")), "");
        assert_eq!(Theme::asked(Some("q=1&theme=dark")), Some(Theme::Dark));
        assert_eq!(Theme::asked(Some("theme=pink")), None);
        assert_eq!((Theme::System.forced(), Theme::Dark.schemes()), (None, "dark"));
    }
}
