//! What needs a hand today, over all groups: one list from several sources, which empties.
//!
//! Reading order: [`Row`] is one thing to do; [`Source`] is where rows come from: a word and a pure
//! function over the [`Ground`], which is read once for all sources, each table in one statement;
//! `list` filters, orders and dresses the rows that are shown; `acts` calls them done, puts them
//! off and takes that back; `answer` writes into a group as its keeper (`keeper`).
//!
//! A further source is a file in `sources` and a word in [`sources::ALL`].
//!
//! Invariants: a row is shown only to who sees its group; whoever may tend can put every row off;
//! a row that was called done stays away until it is another or got worse.

mod acts;
mod answer;
mod companies;
mod counted;
mod ground;
mod keeper;
mod later;
mod list;
mod reporting;
mod row;
mod sources;
#[cfg(test)]
mod tests;
mod welcomed;

pub use acts::Ended;
pub use answer::Writing;
pub(crate) use counted::Counted;
pub use later::Later;
pub use list::{Item, Look, Today};
pub use reporting::{ReportPlace, Told};
pub use row::{
    Closing, Filling, NoCards, Reason, RefusedCalls, ReportKind, Reported, Row, Unled, Unusual,
};
pub(crate) use welcomed::Welcomed;
