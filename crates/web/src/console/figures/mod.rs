//! 数据: the figures of all groups and of each, for any window beside any other.
//!
//! Reading order: `asked` is what an address says (window, order, choice); `board` the figures over
//! all groups; `table` the groups beside each other; `definition` one figure; `behind` the people
//! and messages that it counted; `one` everything about one group, `full` about all; `explore`
//! draws; `exports` and `sheet` write tables; `summary` is the page for a phone.
//!
//! Invariants: an unknown figure is said as unknown with its reason, never as 0; whoever sees some
//! groups only gets figures of those; exports need the role that keeps groups.

mod asked;
mod behind;
mod board;
mod definition;
mod explore;
mod exports;
mod full;
mod one;
mod summary;
mod table;
mod words;

#[cfg(test)]
pub(crate) mod samples;

use axum::Router;
use axum::routing::get;

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/figures", get(board::page))
        .route("/figures/groups", get(table::page))
        .route("/figures/groups/{group}", get(one::page))
        .route("/figures/full", get(full::page))
        .route("/figures/full/part", get(full::part))
        .route("/figures/explore", get(explore::page))
        .route("/figures/explore/series", get(explore::series))
        .route("/figures/export/{what}", get(exports::all))
        .route("/figures/groups/{group}/export/{what}", get(exports::of_group))
        .route("/figures/{code}", get(definition::page))
        .route("/figures/{code}/groups/{group}", get(behind::page))
        .route("/summary", get(summary::page))
}
