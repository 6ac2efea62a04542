//! `/settings/wecom`: companies on WeCom (企业微信), connected, read and looked at.
//!
//! Reading order: `connect` is the list with the form that connects a company, whose fields are
//! `fields`; `company` is one company with its `steps` (how far it was read), why that stands
//! `still`, and its `findings`; `calls` is the connection log, `doctor` whether all is well,
//! `letters` how callbacks go, `activity` what the platform itself counted; `edit` changes the
//! access and disconnects; `handover` hands over what members hold; `welcome` is what newcomers
//! read; `honest` says what WeCom lets nobody do.
//!
//! Invariants: what stands here is of the whole organisation, so that only leads who see all groups
//! come in; no secret is ever sent to a page, not even one that was just typed.

mod activity;
mod calls;
mod company;
mod connect;
mod doctor;
mod edit;
mod fields;
mod findings;
pub(crate) mod handover;
mod honest;
mod letters;
mod letters_words;
#[cfg(test)]
pub(crate) mod samples;
mod steps;
mod still;
pub(crate) mod welcome;

use app::console::Denied;
use axum::Router;
use axum::routing::{get, post};
use domain::May;

pub(crate) use still::standstill;

use crate::console::Seated;
use crate::house::House;
use crate::trouble::Trouble;

pub(crate) use still::StillView;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/settings/wecom", get(connect::page).post(connect::connect))
        .route("/settings/wecom/honest", get(honest::page))
        .route("/settings/wecom/{account}", get(company::page))
        .route("/settings/wecom/{account}/steps", get(company::steps))
        .route("/settings/wecom/{account}/pulls", post(company::pull))
        .route("/settings/wecom/{account}/calls", get(calls::page))
        .route("/settings/wecom/{account}/letters", get(letters::page))
        .route("/settings/wecom/{account}/resyncs", post(letters::resync))
        .route("/settings/wecom/{account}/doctor", get(doctor::page))
        .route("/settings/wecom/{account}/edit", get(edit::page).post(edit::save))
        .route("/settings/wecom/{account}/disconnection", post(edit::disconnect))
        .merge(handover::routes())
        .merge(welcome::routes())
}

/// Refuses whoever does not see all groups: companies know groups beyond every scope.
fn sees(seated: &Seated) -> Result<(), Trouble> {
    let needed = if seated.actor.may(May::Lead) { May::Own } else { May::Lead };
    let may = seated.actor.may(May::Lead) && seated.actor.sees_all();
    if may { Ok(()) } else { Err(Denied::NotAllowed(needed).into()) }
}
