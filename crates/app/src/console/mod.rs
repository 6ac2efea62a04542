//! What staff see and do: one handle over the live groups, the imported ones and the people.
//!
//! Reading order: [`Console`] is the handle; each module adds the use cases of one place:
//! `team` (staff, sessions, audit), `today`, `groups`, `people`, `figures`, `tiers` (what lists
//! over all groups are made from), `search`, `settings`, `uploads`, `doctor`.
//!
//! Invariants: every use case takes the [`domain::Actor`] who asks, refuses what the role may not
//! ([`Denied::NotAllowed`]) and does not tell what lies outside the scope from what does not exist
//! ([`Denied::Missing`]); a change and its line of the audit log are one transaction.

mod denied;
mod doctor;
mod exports;
pub mod figures;
pub mod groups;
mod people;
mod search;
mod settings;
mod team;
mod tiers;
mod today;
mod uploads;

use std::sync::{Arc, RwLock};

use domain::{Actor, GroupId, IdentityId, May, Millis, OrgId};
use report::Lang;
use rustc_hash::FxHashMap;
use store::{Acting, Store};
use tokio::sync::watch;

use crate::links::Links;
use crate::live::Live;
use crate::wecom::Companies;

pub use denied::{Denied, FieldError};
pub use doctor::{Check, Door, Finding, Looked, Room, Tone, judged, look};
pub use exports::Export;
pub use people::{
    APPEAL_MAX, AccountRow, AttributeRow, BanPlace, BarredView, Blacklist, BlacklistRow, FaceRow,
    GroupCard, Happened, Happening, MainGroup, MainWhy, MergeRow, Merged, NAME_MAX, NOTE_MAX,
    NewTag, NoteRow, PeopleAsk, PeopleList, PersonRecord, PersonStay, PersonTag, PersonView,
    REASON_MAX, Removal, TagRow, Timeline, VALUE_MAX,
};
pub use search::{ASKED_MAX, Found, FoundPerson, Said};
pub use settings::{Dated, NewGroups, Organised, Trial, Tried, ZONE, seen};
pub use store::{ImportState, Vitals};
pub use store::{NoteSaid, Phrase, TagNamed};
pub use team::{
    Colleague, Device, Grant, HandedOver, Handing, Invitation, Invites, Link, LogLine, LogPage,
    LogQuery, Opened, Seat, SeatEnd, SessionRow, StaffRow, StaffState, Takeover, Taking, Welcoming,
    Wished, add_owner, add_owner_by_link, demo_link, first_link, reset_link,
};
pub use tiers::{Coverage, DaySums, Flow, PeopleOnce, Standing, Window};
pub use today::{
    Closing, Ended, Filling, Item, Later, Look, NoCards, Reason, RefusedCalls, ReportKind,
    ReportPlace, Reported, Row, Today, Told, Unled, Unusual, Writing,
};
pub use uploads::{
    Outcome, PastImport, Progress, Recognised, Upload, UploadAsked, UploadState, formats,
};

/// The console. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Console {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    live: Live,
    shown: figures::Shown,
    names: search::Names,
    begun: search::Begun,
    tiers: tiers::Tiers,
    welcomed: today::Welcomed,
    counted: today::Counted,
    hashing: team::Hashing,
    uploads: uploads::Uploads,
    companies: Companies,
    links: Links,
    seats: watch::Sender<()>,
    /// Languages in force, by organisation.
    tongues: RwLock<FxHashMap<OrgId, Option<Lang>>>,
}

/// What an act is about, for the audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) group: Option<GroupId>,
    pub(crate) person: Option<IdentityId>,
    /// Codes and numbers; never a secret.
    pub(crate) told: serde_json::Value,
}

impl Console {
    /// The console of a pipeline.
    pub fn new(live: Live) -> Self {
        let (shown, names) = (figures::Shown::default(), search::Names::default());
        let (tiers, welcomed) = (tiers::Tiers::default(), today::Welcomed::default());
        let counted = today::Counted::default();
        let (hashing, uploads) = (team::Hashing::default(), uploads::Uploads::default());
        let (seats, tongues) = (watch::Sender::default(), RwLock::default());
        Self {
            inner: Arc::new(Inner {
                begun: search::Begun::default(),
                live,
                shown,
                names,
                tiers,
                welcomed,
                counted,
                hashing,
                uploads,
                companies: Companies::default(),
                links: Links::default(),
                seats,
                tongues,
            }),
        }
    }

    /// The live groups.
    pub fn live(&self) -> &Live {
        &self.inner.live
    }

    pub(crate) fn counted(&self) -> &today::Counted {
        &self.inner.counted
    }

    pub(crate) fn welcomed(&self) -> &today::Welcomed {
        &self.inner.welcomed
    }

    pub(crate) fn companies(&self) -> &Companies {
        &self.inner.companies
    }

    pub(crate) fn links(&self) -> &Links {
        &self.inner.links
    }

    fn hashing(&self) -> &team::Hashing {
        &self.inner.hashing
    }

    pub(crate) fn store(&self) -> &Store {
        self.inner.live.store()
    }

    /// Now, by the clock of the pipeline.
    pub fn now(&self) -> Millis {
        self.inner.live.clock().now()
    }

    /// Changes when sessions end here, or roles and scopes become others: who streams to staff
    /// looks at the session again.
    pub fn seat_changes(&self) -> watch::Receiver<()> {
        self.inner.seats.subscribe()
    }

    pub(crate) fn seats_changed(&self) {
        self.inner.seats.send_replace(());
    }

    /// The line of the audit log for an act, if the role of who acts suffices.
    pub(crate) fn acting(
        &self,
        actor: &Actor,
        may: May,
        act: &'static str,
        about: About,
    ) -> Result<Acting, Denied> {
        allowed(actor, may)?;
        let About { group, person, told } = about;
        Ok(Acting {
            org: actor.org,
            staff: actor.staff,
            at: self.now(),
            act,
            group,
            person,
            about: told.to_string(),
        })
    }
}

/// Refuses what the role may not.
pub(crate) fn allowed(actor: &Actor, may: May) -> Result<(), Denied> {
    if actor.may(may) { Ok(()) } else { Err(Denied::NotAllowed(may)) }
}

/// Refuses a group outside the scope as if it did not exist.
pub(crate) fn within(actor: &Actor, group: GroupId) -> Result<(), Denied> {
    if actor.sees(group) { Ok(()) } else { Err(Denied::Missing) }
}
