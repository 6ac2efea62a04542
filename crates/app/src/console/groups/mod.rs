//! Groups as operators keep them: list, card, set-up, bulk changes, saved views.
//!
//! Reading order: `kinds` are the words of a card; `list` filters and orders all groups; `bulk`
//! changes many and takes it back; `takeover` finds customer groups by their names (`patterns`);
//! `page` is one group with its card and what its set-up still lacks (`checklist`); `people` is who
//! is or was in it; `keeping` is what staff do in the chat.
//!
//! Invariants: a group outside the scope is never told from one that does not exist; a group works
//! without any of this: nothing here is asked before it runs.

mod bulk;
mod checklist;
mod keeping;
mod kinds;
mod list;
mod matching;
mod opening;
mod page;
mod patterns;
mod people;
mod takeover;
mod views;

pub use bulk::{BulkAsked, BulkPreview};
pub use checklist::{Readiness, RoomSet, Step, StepField, readiness};
pub use keeping::KeeperAct;
pub use kinds::{AboutGroup, GroupCard, GroupKind, Purpose, headline};
pub use list::{GroupLine, GroupList, Keeper, Order, Wanted, arranged};
pub use opening::GroupAsked;
pub use page::{CardAsked, GroupPage};
pub(crate) use page::{TAGS_MAX, WELCOME_CHARS_MAX};
pub use patterns::{Fit, PATTERN_CHARS_MAX, Pattern, PatternError, suggested};
pub use people::{PeopleShown, PeopleWanted, Stayed};
pub use takeover::{Takeover, TakeoverAsked, TakeoverLine, TakeoverOwner};

pub use store::{CardChange, CardRow, StayRow, TakenBack, ViewRow};
