//! 社群: all groups in one list, and a page for each.
//!
//! Reading order: `query` is what the address of the list says; `list` shows it, `bulk` changes
//! what is picked, `views` keeps queries under names, `opening` makes a group. `head` stands on
//! top of every page of one group; then a module for each of its tabs: `feed` (with `acts` and
//! `events`), `people`, `measured` (flow, activity, questions), `settings` (with `links`).
//!
//! Invariant: role and scope are held by `app::console`; what is hidden here is refused there, too.

mod acts;
mod bulk;
mod feed;
mod head;
mod links;
mod list;
mod measured;
mod opening;
mod packs;
mod people;
mod query;
#[cfg(test)]
pub(crate) mod samples;
mod settings;
mod spoken;
mod views;

pub(crate) use bulk::{asked as bulk_asked, says as bulk_says, tags, wrong_words};
pub(crate) use list::{Choice, kinds, staff as staff_name};
pub(crate) use spoken::kind as kind_word;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/groups", get(list::page).post(opening::open))
        .route("/groups/export.csv", get(list::export))
        .route("/groups/new", get(opening::page))
        .route("/groups/views", post(views::save))
        .route("/groups/views/{view}/removal", post(views::remove))
        .route("/groups/changes", post(bulk::change))
        .route("/groups/changes/preview", post(bulk::preview))
        .route("/groups/changes/{change}/undoing", post(bulk::undo))
        .route("/groups/{group}", get(feed::front))
        .route("/groups/{group}/feed", get(feed::page))
        .route("/groups/{group}/events", get(feed::events))
        .route("/groups/{group}/members", get(people::page))
        .route("/groups/{group}/members.csv", get(people::export))
        .route("/groups/{group}/flow", get(measured::flow))
        .route("/groups/{group}/activity", get(measured::activity))
        .route("/groups/{group}/questions", get(measured::questions))
        .route("/groups/{group}/settings", get(settings::page))
        .route("/groups/{group}/card", post(settings::card))
        .route("/groups/{group}/title", post(settings::title))
        .route("/groups/{group}/announcement", post(settings::announcement))
        .route("/groups/{group}/rules", post(settings::rules))
        .route("/groups/{group}/closure", post(settings::close))
        .route("/groups/{group}/reopening", post(settings::reopen))
        .route("/groups/{group}/links", post(links::add))
        .route("/groups/{group}/entry", post(links::enter))
        .route("/groups/{group}/messages", post(acts::write))
        .route("/groups/{group}/recalls", post(acts::recall))
        .route("/groups/{group}/pins", post(acts::pin))
        .route("/groups/{group}/silences", post(acts::mute))
        .route("/groups/{group}/removals", post(acts::remove))
}
