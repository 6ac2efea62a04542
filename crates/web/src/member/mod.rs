//! Pages of a group: landing, chat, people, notices, keeping; and what its forms do.

mod act;
mod barring;
mod chat;
mod events;
mod inside;
mod joining;
mod keeping;
mod notices;
mod own;
mod people;
#[cfg(test)]
pub(crate) mod samples;
mod sheet;
mod writing;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) use act::{Asked, accepted};
pub(crate) use events::{Resume, Watched, stream};
pub(crate) use inside::Inside;
pub(crate) use joining::remember;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/g/{code}", get(chat::page))
        .route("/g/{code}/members", get(people::page).post(joining::join))
        .route("/g/{code}/appeals", post(barring::appeal))
        .route("/g/{code}/messages", post(writing::write))
        .route("/g/{code}/recalls", post(own::recall))
        .route("/g/{code}/name", post(own::rename))
        .route("/g/{code}/departure", post(own::leave))
        .route("/g/{code}/events", get(events::events))
        .route("/g/{code}/names", get(people::names))
        .route("/g/{code}/announcements", get(notices::announcements))
        .route("/g/{code}/rules", get(notices::rules).post(keeping::rules))
        .route("/g/{code}/keeping", get(keeping::page))
        .route("/g/{code}/announcement", post(keeping::announce))
        .route("/g/{code}/title", post(keeping::retitle))
        .route("/g/{code}/closure", post(keeping::close))
        .route("/g/{code}/reopening", post(keeping::reopen))
        .route("/g/{code}/pins", post(keeping::pin))
        .route("/g/{code}/silences", post(keeping::mute))
        .route("/g/{code}/removals", post(keeping::remove))
}
