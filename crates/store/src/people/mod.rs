//! People over groups and platforms: merges, tags, notes, attributes, the blacklist, and the lists
//! over all of them.
//!
//! Reading order: `rows` are the shapes; `merges` says which identities are one person; `person`
//! reads everything of one; `list` finds many by filters; the others are what staff change.
//!
//! Invariants: a merge or a split rewrites nothing but `merges`, which has one level: the person of
//! a row is never itself merged. Nothing is deleted: what was taken away keeps who and when. An
//! expiry is a time that is compared, not a job that has to run.

mod attributes;
mod blacklist;
mod faces;
mod list;
mod merges;
mod notes;
mod person;
mod rows;
mod tagging;
mod tags;

pub use rows::{
    AccountRow, AttributeRow, BanPlace, BlacklistRow, FaceRow, MergeRow, NewAttribute, NewNote,
    NewTag, NewTagging, NoteRow, PeopleQuery, PersonRecord, PersonStay, PersonTag, TagRow,
};
