//! The stylesheet, the script and the icon, served as files with names that change with them.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

use crate::house::House;

const STYLE: &str = include_str!("../assets/page.css");
const SCRIPT: &str = include_str!("../assets/chat.js");
const TABLER: &str = include_str!("../assets/vendor/tabler.min.css");
const ICON: &str = include_str!("../assets/icon.svg");

/// Where the stylesheet lies.
pub(crate) fn style_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| format!("/assets/page.css?{:x}", mark(STYLE)));
    &PATH
}

/// Where the console's first stylesheet lies.
pub(crate) fn tabler_path() -> &'static str {
    static PATH: LazyLock<String> =
        LazyLock::new(|| format!("/assets/tabler.css?{:x}", mark(TABLER)));
    &PATH
}

/// Where the script lies.
pub(crate) fn script_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| format!("/assets/chat.js?{:x}", mark(SCRIPT)));
    &PATH
}

/// Where the stylesheet of parts of the report lies: for pages that show `report::fragment`.
pub(crate) fn report_path() -> &'static str {
    static PATH: LazyLock<String> =
        LazyLock::new(|| format!("/assets/report.css?{:x}", mark(report::style())));
    &PATH
}

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/assets/page.css", get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .route("/assets/tabler.css", get(|| async { file("text/css; charset=utf-8", TABLER) }))
        .route(
            "/assets/report.css",
            get(|| async { file("text/css; charset=utf-8", report::style()) }),
        )
        .route("/assets/chat.js", get(|| async { file("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/assets/icon.svg", get(|| async { file("image/svg+xml", ICON) }))
}

fn file(kind: &'static str, body: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")], body)
}

/// FNV-1a: enough to tell two versions of a file apart.
fn mark(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |mark, byte| {
        (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
