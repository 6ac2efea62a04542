//! People: who they are over groups and platforms, and what staff keep of them.
//!
//! Reading order: `person` (one person as the scope shows it), `list` (many), `timeline`; then what
//! staff do: `acts` (tags, notes, attributes, the main group), `tags` (which tags there are),
//! `merging`, `barring` (the blacklist and the door).
//!
//! Invariants: a person of whom nothing lies within the scope is [`Denied::Missing`]; what lies
//! outside is counted, never shown; staff act on whole persons, by their leading identity.

mod acts;
mod barring;
mod list;
mod merging;
mod person;
mod tags;
mod timeline;

use crate::console::Denied;

pub use barring::{APPEAL_MAX, BarredView, Blacklist, Removal};
pub use list::{PeopleAsk, PeopleList};
pub use merging::Merged;
pub use person::{GroupCard, MainGroup, MainWhy, PersonView};
pub use store::{
    AccountRow, AttributeRow, BanPlace, BlacklistRow, FaceRow, MergeRow, NewTag, NoteRow,
    PersonRecord, PersonStay, PersonTag, TagRow,
};
pub use timeline::{Happened, Happening, Timeline};

/// Characters of a note, at most.
pub const NOTE_MAX: usize = 2_000;

/// Characters of the name of a tag or of an attribute, at most.
pub const NAME_MAX: usize = 20;

/// Characters of a reason, at most.
pub const REASON_MAX: usize = 500;

/// Characters of the value of an attribute, at most.
pub const VALUE_MAX: usize = 100;

/// A text of a form, trimmed: `missing` when it is empty, `too_long` above the limit.
fn worded(field: &'static str, text: &str, limit: usize) -> Result<String, Denied> {
    let text = short(field, text, limit)?;
    if text.is_empty() { Err(Denied::field(field, "missing")) } else { Ok(text) }
}

/// The same where it may be empty.
fn short(field: &'static str, text: &str, limit: usize) -> Result<String, Denied> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().count() > limit {
        return Err(Denied::field(field, "too_long"));
    }
    Ok(text.to_owned())
}
