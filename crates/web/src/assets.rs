//! Stylesheets, scripts and the icon, served under addresses that change with what they hold.
//!
//! Invariant: an address with its mark never changes what it answers, so that browsers may keep it
//! for good; each file is packed once, when it is first asked for. What others wrote lies in
//! `assets/vendor` with its licences, which `/licences` shows.

use std::io::Write;
use std::sync::OnceLock;

use axum::Router;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, VARY,
};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::house::House;

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

static PAGE: Asset = Asset::new("page.css", CSS, || include_str!("../assets/page.css"));
static CHAT: Asset = Asset::new("chat.js", SCRIPT, || include_str!("../assets/chat.js"));
static ICON: Asset = Asset::new("icon.svg", "image/svg+xml", || include_str!("../assets/icon.svg"));
static TABLER: Asset =
    Asset::new("tabler.css", CSS, || include_str!("../assets/vendor/tabler.min.css"));
static CONSOLE: Asset = Asset::new("console.css", CSS, || include_str!("../assets/console.css"));
static KEYS: Asset = Asset::new("console.js", SCRIPT, || include_str!("../assets/console.js"));
static HTMX: Asset = Asset::new("htmx.js", SCRIPT, || include_str!("../assets/vendor/htmx.min.js"));
static TODAY: Asset = Asset::new("today.js", SCRIPT, || include_str!("../assets/today.js"));
static CHARTS: Asset =
    Asset::new("echarts.js", SCRIPT, || include_str!("../assets/vendor/echarts.common.min.js"));
static EXPLORE: Asset = Asset::new("explore.js", SCRIPT, || include_str!("../assets/explore.js"));
static FEED: Asset = Asset::new("feed.js", SCRIPT, || include_str!("../assets/feed.js"));
static REPORT: Asset = Asset::new("report.css", CSS, report::style);

static ALL: [&Asset; 12] = [
    &PAGE, &CHAT, &ICON, &TABLER, &CONSOLE, &KEYS, &HTMX, &TODAY, &CHARTS, &FEED, &REPORT, &EXPLORE,
];

const LICENCES: [&str; 6] = [
    include_str!("../assets/vendor/README.md"),
    include_str!("../assets/vendor/tabler.LICENSE"),
    include_str!("../assets/vendor/tabler-icons.LICENSE"),
    include_str!("../assets/vendor/htmx.LICENSE"),
    include_str!("../assets/vendor/echarts.NOTICE"),
    include_str!("../assets/vendor/echarts.LICENSE"),
];

/// Where the stylesheet of member pages lies.
pub(crate) fn style_path() -> &'static str {
    PAGE.path()
}

/// Where the script of the chat lies.
pub(crate) fn script_path() -> &'static str {
    CHAT.path()
}

/// Where the script of a group's feed in the console lies.
pub(crate) fn feed_path() -> &'static str {
    FEED.path()
}

/// Where the console's first stylesheet lies.
pub(crate) fn tabler_path() -> &'static str {
    TABLER.path()
}

/// Where the console's own stylesheet lies.
pub(crate) fn console_style_path() -> &'static str {
    CONSOLE.path()
}

/// Where the console's own script lies.
pub(crate) fn console_script_path() -> &'static str {
    KEYS.path()
}

/// Where htmx lies.
pub(crate) fn htmx_path() -> &'static str {
    HTMX.path()
}

/// Where the script of Today lies.
pub(crate) fn today_path() -> &'static str {
    TODAY.path()
}

/// Where the charts for exploring lie: asked for only by pages that draw one.
pub(crate) fn charts_path() -> &'static str {
    CHARTS.path()
}

/// Where the stylesheet of parts of the report lies: for pages that show `report::fragment`.
pub(crate) fn report_path() -> &'static str {
    REPORT.path()
}

/// Where the script that draws what somebody explores lies.
pub(crate) fn explore_path() -> &'static str {
    EXPLORE.path()
}

pub(crate) fn routes() -> Router<House> {
    let licences = get(|| async { LICENCES.join("\n\n---\n\n") });
    ALL.into_iter().fold(Router::new().route("/licences", licences), |router, asset| {
        let address = format!("/assets/{}", asset.name);
        router.route(&address, get(move |headers: HeaderMap| async move { asset.answer(&headers) }))
    })
}

/// A file in the binary.
struct Asset {
    name: &'static str,
    kind: &'static str,
    body: fn() -> &'static str,
    path: OnceLock<String>,
    packed: OnceLock<Vec<u8>>,
}

impl Asset {
    const fn new(name: &'static str, kind: &'static str, body: fn() -> &'static str) -> Self {
        Self { name, kind, body, path: OnceLock::new(), packed: OnceLock::new() }
    }

    /// Its address, with a mark of what it holds.
    fn path(&self) -> &str {
        self.path.get_or_init(|| format!("/assets/{}?{:x}", self.name, mark((self.body)())))
    }

    fn answer(&'static self, headers: &HeaderMap) -> Response {
        let head =
            [(CONTENT_TYPE, self.kind), (CACHE_CONTROL, FOR_GOOD), (VARY, "accept-encoding")];
        let packed = self.packed.get_or_init(|| pack((self.body)()));
        if packed.is_empty() || !takes_gzip(headers) {
            return (head, (self.body)()).into_response();
        }
        (head, [(CONTENT_ENCODING, "gzip")], packed.as_slice()).into_response()
    }
}

/// The body as gzip; nothing when it cannot be packed.
fn pack(body: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(body.as_bytes());
    written.and_then(|()| encoder.finish()).unwrap_or_default()
}

/// Whether the browser reads gzip. A weight of zero means that it does not.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted.unwrap_or_default().split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().trim_start_matches("q=").trim_matches(['0', '.']);
        name.trim() == "gzip" && (one.find(';').is_none() || !weight.is_empty())
    })
}

/// FNV-1a: enough to tell two versions of a file apart.
fn mark(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |mark, byte| {
        (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn gzip_is_sent_to_those_who_take_it() {
        let takes = |accepted: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            takes_gzip(&headers)
        };
        assert!(takes("gzip") && takes("br, gzip;q=0.8") && takes("deflate,gzip;q=1.0"));
        assert!(!takes("br") && !takes("gzip;q=0") && !takes("gzip;q=0.0, br") && !takes(""));
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn every_rule_of_the_stylesheets_is_closed() {
        for asset in [&PAGE, &CONSOLE] {
            let mut open = 0_usize;
            for (at, line) in (asset.body)().lines().enumerate() {
                // Sections begin outside of every rule: what a merge left open shows at the next.
                let begins = line.starts_with("/* ");
                assert!(!begins || open == 0, "{}:{}: a rule before is open", asset.name, at + 1);
                open += line.matches('{').count();
                open -= line.matches('}').count();
            }
            assert_eq!(open, 0, "{}", asset.name);
        }
    }

    #[test]
    fn the_first_page_of_the_console_is_light() {
        let packed = |asset: &Asset| pack((asset.body)()).len();
        let first: usize = [&TABLER, &CONSOLE, &KEYS, &HTMX, &ICON].into_iter().map(packed).sum();
        assert!(first < 130_000, "{first} bytes beside the page itself");
    }
}
