//! `/settings/wecom/{n}/welcome`: what new contacts read, what went out, and the library of groups.
//!
//! Reading order: `page` is the list with counts and the last welcomes; `typed` is a form of a
//! wording as it was sent, `edit` the page on which it is written, with its `slots` (what goes
//! beside the words) and the preview; `blocks` are shared blocks and hours of duty; `media` are
//! files; `groups` is the library of welcomes of groups.
//!
//! Invariants: nothing is saved before its preview could be seen; every button works without
//! JavaScript: adding, moving and dropping things is a form that comes back as it was typed.

mod blocks;
mod edit;
mod groups;
mod media;
mod page;
#[cfg(test)]
pub(crate) mod samples;
mod slots;
mod typed;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) use media::is_media;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/settings/wecom/{account}/welcome", get(page::page))
        .route("/settings/wecom/{account}/welcome/new", get(edit::new).post(edit::add))
        .route("/settings/wecom/{account}/welcome/{nth}", get(edit::page).post(edit::save))
        .route("/settings/wecom/{account}/welcome/{nth}/move", post(page::step))
        .route("/settings/wecom/{account}/welcome/{nth}/removal", post(page::remove))
        .route("/settings/wecom/{account}/welcome/duty", post(blocks::duty))
        .route("/settings/wecom/{account}/welcome/blocks", post(blocks::save))
        .route("/settings/wecom/{account}/welcome/blocks/removal", post(blocks::remove))
        // What is received is counted while it is read.
        .route(
            "/settings/wecom/{account}/media",
            get(media::page).post(media::receive).layer(DefaultBodyLimit::disable()),
        )
        .route("/settings/wecom/{account}/media/{nth}", get(media::bytes))
        .route("/settings/wecom/{account}/group-welcome", get(groups::page))
        .route("/settings/wecom/{account}/group-welcome/new", get(groups::new).post(groups::add))
        .route("/settings/wecom/{account}/group-welcome/{nth}", get(groups::one).post(groups::save))
        .route("/settings/wecom/{account}/group-welcome/{nth}/removal", post(groups::remove))
        .route("/settings/wecom/{account}/group-welcome/{nth}/retry", post(groups::retry))
}
