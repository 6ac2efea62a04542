//! 今日: what needs a hand, over all groups, and what is done about it in place.
//!
//! Reading order: `page` shows the list, whole or only its rows (which the script asks for again
//! and again); `view` is a row as plain data; `words` says why it stands here; `act` takes the
//! forms of the rows.
//!
//! Invariant: every form works without the script; with it, the row alone is answered.

mod act;
mod page;
#[cfg(test)]
pub(crate) mod samples;
mod view;
mod words;

pub(crate) use view::quote;
pub(crate) use words::{done, kind, report, says, source, tone};

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/today", get(page::page))
        .route("/today/rows", get(page::rows))
        .route("/today/closures", post(act::close))
        .route("/today/put-offs", post(act::put_off))
        .route("/today/returns", post(act::show_again))
        .route("/today/answers", post(act::answer))
        .route("/today/retries", post(act::retry))
}
