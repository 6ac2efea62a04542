//! Groups that live: what the pipeline costs beside bare inserts of the rows that it writes, the
//! deciders alone, and how soon a post is seen.
//!
//! Reading order: `town` is who talks and what they say; `prefill` writes their past; `recorded`
//! keeps the commits of the pipeline, so that `bare_sqlite` and `bare_postgres` can write the same
//! rows; `intake` lets both take turns. `deciders` is the middle of the pipeline without its ends;
//! `delivery` goes through the faces, with `http` as browser and `echo` as the plain server; `demo`
//! looks at the finished program from outside.

mod bare_postgres;
mod bare_sqlite;
mod deciders;
mod delivery;
mod demo;
mod echo;
mod http;
mod intake;
mod past;
mod postgres;
mod prefill;
mod recorded;
mod town;

pub(super) use deciders::measure as deciders;
pub(super) use delivery::{Wall, measure as delivery};
pub(super) use demo::measure as demo;
pub(super) use echo::head;
pub(super) use http::{Connection, Wrong, here};
pub(super) use intake::{postgres, sqlite};
pub(super) use postgres::Durable;
pub(super) use prefill::ORG;
