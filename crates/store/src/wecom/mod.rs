//! What is kept of companies on WeCom (企业微信): the connection, what was pulled of it, how far.
//!
//! Reading order: `told` are the shapes that go in, `rows` those that come out; `page` writes one
//! page of the platform's answers with the place of its pull; `glance` is what lists over all
//! groups read; `phone` are cards to staff; the others are one table each.
//!
//! Invariants: a page and the place of its pull are one transaction, so a pull that was cut off
//! goes on where it stood. What a page says takes the place of what an earlier one said of the
//! same row; what it does not say stays. Nothing is deleted but old lines of the connection log:
//! what a whole list no longer names is marked, and the mark goes when it is named again. Notes
//! and tags of people stand elsewhere and are never touched here.

mod accounts;
mod calls;
mod contacts;
mod days;
mod glance;
mod groups;
mod handovers;
mod letters;
mod members;
mod page;
mod phone;
mod pulls;
mod rows;
mod staff;
mod staff_days;
mod tags;
mod told;
mod welcomes;

pub use glance::{WecomFailing, WecomGlance};
pub use handovers::{
    HandedBefore, HandedChange, HandedCount, HandedOpen, HandedRow, HandoverMove, HandoverRow,
    HeldContact, HeldCount, NewHanded, NewHandover, WecomKept,
};
pub use letters::{WecomAsideRow, WecomKindRow, WecomMiss, WecomPostRow, wecom_day};
pub use phone::{
    NewWecomCard, WecomCard, WecomCardEnd, WecomCardRow, WecomCardState, WecomSeat, WecomSeatRow,
};
pub use rows::{
    WecomAccountRow, WecomCallRow, WecomContactRow, WecomGroupRow, WecomLetterRow, WecomMemberRow,
    WecomPullRow, WecomStaffRow,
};
pub use staff_days::WecomStaffDay;
pub use tags::WecomTag;
pub use told::{
    NewWecom, WecomAccess, WecomCall, WecomCallQuery, WecomContact, WecomDay, WecomDetail, WecomId,
    WecomLetter, WecomListed, WecomMember, WecomMove, WecomPage, WecomParting, WecomRun,
    WecomStaff, WecomUnreadable,
};
pub use welcomes::{
    GroupWelcomeRow, GroupWelcomeThere, MediumRow, NewMedium, NewWelcome, Uploaded, WelcomeEnd,
    WelcomeRow, WelcomeState, WordingChange, WordingPlace, WordingRow,
};
