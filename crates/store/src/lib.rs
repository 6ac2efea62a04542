//! The database: the only crate with SQL. It keeps bytes and rows and knows no mechanism.
//!
//! One setting, a URL, chooses SQLite or PostgreSQL ([`Store::open`]); both answer the same to
//! every call. Every call takes the organisation and nothing crosses it. What an import writes is
//! invisible until it is whole ([`Import::finish`]) and can be undone ([`Store::undo_import`]).
//! How it is laid out, and why these drivers, stands in `docs/store.md`.

mod append;
mod cards;
mod condition;
mod desk;
mod fault;
mod groups;
mod identities;
mod import;
mod links;
mod live;
mod people;
mod projection;
mod read;
mod rows;
mod store;
mod team;
mod tiers;
mod undo;
mod wecom;
mod whole;
mod words;

mod location;
mod page_by_page;
mod postgres;
mod sql;
mod sqlite;

pub use append::{Appended, Batch};
pub use cards::{BulkRow, CardChange, CardRow, NewCard, NewView, StayRow, TakenBack, ViewRow};
pub use condition::Outage;
pub use desk::{
    GroupTitle, JobRow, JobState, JobStep, Keeping, NewReport, NewSetting, NoteSaid, PersonIn,
    Phrase, PutOff, ReportRow, SettingRow, StaffTitle, TagNamed, Vitals, Waits,
};
pub use fault::Fault;
pub use groups::{GroupRow, GroupSaid, StreamRow};
pub use identities::{IdentityRow, IdentitySaid};
pub use import::{Finish, Import, ImportRow, ImportState, NewImport};
pub use links::{
    LinkAdded, LinkCalled, LinkCheckRow, LinkCodeRow, LinkDomainRow, LinkInvited, LinkPlacementRow,
    LinkScan, LinkScanned, LinkSpend, LinkStay, LinkWayRow, NewLinkCode, NewLinkPlacement,
    PlacementSaid,
};
pub use live::{
    Closing, Fired, GroupWrite, Head, IntakeRow, Lease, LineRow, LinkRow, LiveGroupRow, LiveWrite,
    MemberRow, NewLiveGroup, Organisation, OutboxRow, OutboxState, Settled, TaskRow, TaskState,
    TimerRow,
};
pub use page_by_page::KeptPages;
pub use people::{
    AccountRow, AttributeRow, BanPlace, BlacklistRow, FaceRow, MergeRow, NewAttribute, NewNote,
    NewTag, NewTagging, NoteRow, PeopleQuery, PersonRecord, PersonStay, PersonTag, TagRow,
};
pub use postgres::{create_database, drop_database};
pub use projection::{Page, Projection, Stay};
pub use read::{FactQuery, Facts};
pub use rows::{FactRow, NewFact, Stream};
pub use sql::{Kind, TABLES, Table};
pub use store::Store;
pub use team::{
    Acting, AuditQuery, AuditRow, ChatSeat, Grant, Handed, Holdings, InvitationRow, Invites,
    KeptGroup, NewSession, NewStaff, SessionRow, SessionSeen, StaffChange, StaffRow, StaffState,
    TokenHash,
};
pub use tiers::{StaleDay, TierRow, TierWrite, Told};
pub use undo::Undone;
pub use wecom::{
    GroupWelcomeRow, GroupWelcomeThere, HandedBefore, HandedChange, HandedCount, HandedOpen,
    HandedRow, HandoverMove, HandoverRow, HeldContact, HeldCount, MediumRow, NewHanded,
    NewHandover, NewMedium, NewWecom, NewWecomCard, NewWelcome, Uploaded, WecomAccess,
    WecomAccountRow, WecomAsideRow, WecomCall, WecomCallQuery, WecomCallRow, WecomCard,
    WecomCardEnd, WecomCardRow, WecomCardState, WecomContact, WecomContactRow, WecomDay,
    WecomDetail, WecomFailing, WecomGlance, WecomGroupRow, WecomId, WecomKept, WecomKindRow,
    WecomLetter, WecomLetterRow, WecomListed, WecomMember, WecomMemberRow, WecomMiss, WecomMove,
    WecomPage, WecomParting, WecomPostRow, WecomPullRow, WecomRun, WecomSeat, WecomSeatRow,
    WecomStaff, WecomStaffDay, WecomStaffRow, WecomTag, WecomUnreadable, WelcomeEnd, WelcomeRow,
    WelcomeState, WordingChange, WordingPlace, WordingRow, wecom_day,
};
pub use whole::BackupSummary;
