//! `/settings/wecom/{account}/handover`: handing over what members hold (在职继承, 离职继承).
//!
//! Reading order: `people` is who holds what, those who left first; `draft` is who takes what, and
//! the plan of it; `beside` is what goes beside customers and groups; `follow` is how far a
//! hand-over is, with what failed; `export` is its file; `said` is what was done just now; `words`
//! says states and reasons.
//!
//! Invariants: choosing and looking over are `GET`s and change nothing; whatever failed stands with
//! what to do about it.

mod beside;
mod draft;
mod export;
mod follow;
mod people;
mod said;
#[cfg(test)]
pub(crate) mod samples;
mod words;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(super) fn routes() -> Router<House> {
    Router::new()
        .route("/settings/wecom/{account}/handover", get(people::page).post(draft::begin))
        .route("/settings/wecom/{account}/handover/new", get(draft::page))
        .route("/settings/wecom/{account}/handover/{handover}", get(follow::page))
        .route("/settings/wecom/{account}/handover/{handover}/part", get(follow::part))
        .route("/settings/wecom/{account}/handover/{handover}/cancellation", post(follow::cancel))
        .route("/settings/wecom/{account}/handover/{handover}/retakes", post(follow::retake))
        .route("/settings/wecom/{account}/handover/{handover}/codes", post(beside::lead))
        .route("/settings/wecom/{account}/handover/{handover}/export.csv", get(export::file))
}
