//! People: lists, one person, tags, merges, and the blacklist.
//!
//! Reading order: `list` and `page` (one person) show; `card` is the small part beside a talk
//! (F08); `acts` are the forms of a person; `merging`, `barring` and `tags` have their own pages.
//!
//! Invariant: a wrong form comes back with what was typed and the field named; an act that was
//! done leads back to the person, where it shows.

mod acts;
mod barring;
mod card;
mod list;
mod merging;
mod moments;
mod page;
#[cfg(test)]
pub(crate) mod samples;
mod tags;
mod view;
mod words;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/people", get(list::page))
        .route("/people/export.csv", get(list::export))
        .route("/people/taggings", post(list::tag))
        .route("/people/tags", get(tags::page).post(tags::add))
        .route("/people/tags/{tag}", post(tags::change))
        .route("/people/tags/{tag}/retirement", post(tags::retire))
        .route("/people/tags/{tag}/revival", post(tags::revive))
        .route("/people/{id}", get(page::page))
        .route("/people/{id}/card", get(card::card))
        .route("/people/{id}/tags", post(acts::tag))
        .route("/people/{id}/tags/{tag}/removal", post(acts::untag))
        .route("/people/{id}/notes", post(acts::write))
        .route("/people/{id}/notes/{note}/removal", post(acts::remove_note))
        .route("/people/{id}/attributes", post(acts::learn))
        .route("/people/{id}/attributes/{n}/removal", post(acts::forget))
        .route("/people/{id}/main-group", post(acts::main_group))
        .route("/people/{id}/merging", get(merging::page))
        .route("/people/{id}/merges", post(merging::merge))
        .route("/people/{id}/merges/undoing", post(merging::undo))
        .route("/people/{id}/splits", post(merging::split))
        .route("/people/{id}/barring", get(barring::page))
        .route("/people/{id}/bans", post(barring::bar))
        .route("/people/{id}/bans/lifting", post(barring::lift))
        .route("/people/{id}/bans/appeal", post(barring::appeal))
        .route("/blacklist", get(barring::list))
}
