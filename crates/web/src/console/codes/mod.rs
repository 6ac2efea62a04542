//! `/codes`: live codes (活码), where they hang and what came of it; `/settings/links`: the domains
//! of their links.
//!
//! Reading order: `list`; `new` is the form of a code (`typed` is what comes in, `form` what is
//! shown, `wrongs` what is wrong with it); `code` is one code; `placement` one place where it
//! hangs, with its `picture`; `channels` sets them beside each other (`exports`: as files);
//! `funnel` is the way in; `domains`; `words` are shared by all.
//!
//! Invariants: a figure that nobody tells us is a dash with the reason, never 0; a scan is an
//! opening of a link, never a person.

mod channels;
mod code;
mod domains;
mod exports;
mod form;
mod funnel;
mod list;
mod new;
mod picture;
mod placement;
#[cfg(test)]
pub(crate) mod samples;
mod typed;
mod words;
mod wrongs;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/codes", get(list::page).post(new::open))
        .route("/codes/new", get(new::page))
        .route("/codes/channels", get(channels::page))
        .route("/codes/channels/export/{what}", get(exports::channels))
        .route("/codes/funnel", get(funnel::page))
        .route("/codes/{code}", get(code::page))
        .route("/codes/{code}/edit", get(new::edit).post(new::save))
        .route("/codes/{code}/closure", post(code::close))
        .route("/codes/{code}/reopening", post(code::reopen))
        .route("/codes/{code}/checks", post(code::tick))
        .route("/codes/{code}/retries", post(code::retry))
        .route("/codes/{code}/placements", post(placement::add))
        .route("/codes/{code}/{placement}", get(placement::page).post(placement::change))
        .route("/codes/{code}/{placement}/closure", post(placement::close))
        .route("/codes/{code}/{placement}/reopening", post(placement::reopen))
        .route("/codes/{code}/{placement}/{file}", get(placement::download))
        .route("/settings/links", get(domains::page).post(domains::add))
        .route("/settings/links/removal", post(domains::remove))
        .route("/settings/links/probes", post(domains::probe))
}
