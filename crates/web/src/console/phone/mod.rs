//! `/m`: what keepers do on their phones, with large buttons.
//!
//! Reading order: `reports` is the page on which a keeper tells of a group by one tap; `face` gives
//! the cards of the app their words and links; `card` is the page behind one.
//!
//! Invariants: a tap that arrives twice is told once; every page works without the script. Behind
//! a card nobody logs in: its link is signed, good for a day, for the to-dos of that card alone and
//! as the person to whom it was sent; looking completes nothing, each act is a form of its own and
//! stands in the audit log.

mod card;
mod face;
mod reports;
#[cfg(test)]
pub(crate) mod samples;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) use face::face;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/m", get(reports::page))
        .route("/m/reports", post(reports::tell))
        .route("/m/reports/{report}/undoing", post(reports::undo))
        .route("/m/{token}", get(card::page))
        .route("/m/{token}/closures", post(card::close))
}
