//! The numbers, pure: what words are worth, day pages, metric definitions, verdicts.
//!
//! Reading order: [`features`] turns words into the feature word at intake; [`Settings`] say what
//! counts; [`Folder`] turns the facts of a group, day by day, into [`Page`]s; [`Scope`] is the
//! pages of a window; [`METRICS`] are the definitions measured over it; [`Overview`] is all that a
//! report shows.
//!
//! Invariants: no clock, dice, IO or environment; a page is a function of its day's facts (sorted
//! by time, then source key), what was carried in, and the settings; what the data cannot show is
//! [`Figure::Unknown`], never a number.

mod codec;
mod effective;
mod features;
mod figure;
mod fold;
mod health;
mod metrics;
mod overview;
mod page;
mod scope;
mod settings;
pub mod stats;
mod stays;
mod steps;
mod tier;

pub use codec::PageError;
pub use features::{Spoken, features};
pub use figure::{Figure, Good, Missing, Need, Unit, Words};
pub use fold::Folder;
pub use metrics::{METRICS, Metric, metric, shared};
pub use overview::{
    Both, Cause, CauseCode, Cohort, CohortGrid, Entry, EntryManner, Health, Heat, Helper, Inviter,
    LostRegular, Matrix, Measured, Mood, OpenItem, Overlap, Overview, PulseDay, RankedPerson, Slot,
    Span, Step, StepCode, Tie, Totals, health_of, in_turn, overview, overview_against, whole_days,
};
pub use page::{
    Answer, AnswerEvidence, Coming, Edge, Going, IdleReason, Item, ItemFlags, Page, PersonDay,
};
pub use scope::{GroupPages, KeptPages, PageList, Scope, full_span};
pub use settings::Settings;
pub use stays::{Stay, stays};
pub use tier::{ANSWER_WITHIN_MS, GroupDay, People, Sums, Tier, group_day, reach_days};
