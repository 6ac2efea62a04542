//! The calls of the platform: a file per family, and one list of all of them.
//!
//! Invariant: what holds for every call (faults, token, address, permission, limits) is checked
//! here, in the platform's order; a file of a family only knows its own calls.

mod call;
mod contacts;
mod figures;
mod groups;
mod joins;
mod media;
mod messages;
mod paging;
mod server;
mod staff;
mod tags;
mod token;
mod transfers;
mod ways;
mod welcomes;

pub(crate) use call::{Reply, Upload, Verb};
pub(crate) use server::{Asked, Way, reply};

use call::{Answer, Call};

use crate::wecom::faults::Family;

/// One call of the platform.
pub(crate) struct Route {
    /// Below `/cgi-bin/`.
    pub(crate) path: &'static str,
    pub(crate) verb: Verb,
    pub(crate) family: Family,
    pub(crate) run: fn(&mut Call<'_>) -> Answer,
}

/// A call that is asked with the address only.
pub(crate) const fn get(
    path: &'static str,
    family: Family,
    run: fn(&mut Call<'_>) -> Answer,
) -> Route {
    Route { path, verb: Verb::Get, family, run }
}

/// A call that is asked with a body.
pub(crate) const fn post(
    path: &'static str,
    family: Family,
    run: fn(&mut Call<'_>) -> Answer,
) -> Route {
    Route { path, verb: Verb::Post, family, run }
}

/// Every call, by family.
const ROUTES: &[&[Route]] = &[
    token::ROUTES,
    staff::ROUTES,
    contacts::ROUTES,
    tags::ROUTES,
    ways::ROUTES,
    welcomes::ROUTES,
    groups::ROUTES,
    joins::ROUTES,
    transfers::ROUTES,
    media::ROUTES,
    messages::ROUTES,
    figures::ROUTES,
];

pub(crate) fn route(path: &str) -> Option<&'static Route> {
    ROUTES.iter().copied().flatten().find(|route| route.path == path)
}
