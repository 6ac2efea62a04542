//! The console: where staff see and steer all groups.
//!
//! Reading order: `seat` is who asks (a session) and sends others to the log-in; `frame` is what
//! stands around every page (menu by role, search, notices); then a module for each place, whose
//! `routes` list its addresses.
//!
//! Invariants: every page but the log-in needs a [`Seated`]; every use case is given its actor, so
//! that role and scope are held below this crate; pages work without JavaScript.

pub(crate) mod codes;
pub(crate) mod figures;
mod frame;
pub(crate) mod gallery;
pub(crate) mod groups;
mod guard;
pub(crate) mod icons;
pub(crate) mod people;
pub(crate) mod phone;
pub(crate) mod search;
mod seat;
pub(crate) mod settings;
mod sheet;
pub(crate) mod takeover;
pub(crate) mod team;
pub(crate) mod today;
pub(crate) mod uploads;
pub(crate) mod wecom;

use axum::Router;

use crate::house::House;

pub(crate) use frame::{Frame, Notice, Place};
pub(crate) use guard::Guard;
pub(crate) use seat::{Seated, encoded, seat};
pub(crate) use sheet::{Cell, Kind, Sheet};

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .merge(team::routes())
        .merge(today::routes())
        .merge(groups::routes())
        .merge(takeover::routes())
        .merge(people::routes())
        .merge(phone::routes())
        .merge(figures::routes())
        .merge(uploads::routes())
        .merge(search::routes())
        .merge(settings::routes())
        .merge(wecom::routes())
        .merge(codes::routes())
        .merge(gallery::routes())
}
