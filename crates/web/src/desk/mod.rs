//! The operator's small face until the console comes: groups, links, who waits, what failed.
//!
//! Invariant: every page needs somebody of staff who keeps all groups of this organisation, and
//! sees nothing of another one.

mod aside;
mod door;
mod front;
mod group;
#[cfg(test)]
pub(crate) mod samples;
mod waiting;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/desk", get(front::page))
        .route("/desk/groups", post(front::open))
        .route("/desk/groups/{group}", get(group::page))
        .route("/desk/groups/{group}/links", post(group::link))
        .route("/desk/groups/{group}/entry", post(group::enter))
        .route("/desk/tasks", get(waiting::page))
        .route("/desk/tasks/closure", post(waiting::close))
        .route("/desk/set-aside", get(aside::page))
        .route("/desk/set-aside/{id}/retry", post(aside::retry))
        .route("/desk/set-aside/{id}/dismissal", post(aside::dismiss))
}
