//! Pictures: codes, what the app handed in, and the style of the pages.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;

use crate::wecom::desk::Desk;
use crate::wecom::world::enter;

/// A code: a telephone that scans it opens the page of scanning it.
pub(super) async fn qr(State(desk): State<Desk>, Path(config): Path<String>) -> Response {
    let (there, base) = {
        let world = enter(&desk.shared);
        let books = &world.books;
        let there = books.ways.contains_key(&config) || books.join_ways.contains_key(&config);
        (there, world.base.clone())
    };
    let link = format!("{base}/practice/scan/{config}");
    match QRBuilder::new(link).build() {
        Ok(code) if there => {
            let picture = SvgBuilder::default().margin(2).to_str(&code);
            ([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A picture of `media/uploadimg`.
pub(super) async fn picture(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let world = enter(&desk.shared);
    let found = world.books.media.get(&id).filter(|one| one.kind == "picture");
    let Some(found) = found else { return StatusCode::NOT_FOUND.into_response() };
    // What was handed in says what it is, and is taken at its first bytes only.
    let kind = if found.bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
    ([(header::CONTENT_TYPE, kind)], found.bytes.clone()).into_response()
}

pub(super) async fn style() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (kind, include_str!("../../../templates/style.css")).into_response()
}
