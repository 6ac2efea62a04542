//! Live codes (活码): one printed code, and where it leads changes behind it.
//!
//! Reading order: `form` (what staff type), `check` (whether it is right), `plan` (what of it is
//! kept), `codes` and `placements` (what staff do), `ground` (what all of it stands on), `view` and
//! `shown` (what staff see), `table` (in memory: it answers scans and logs them), `platform` (what
//! is made there for codes), `domains` (addresses that take over), `channels` and `funnel` (what
//! came of it), `alarms`.
//!
//! Invariants: a code never dies: when nothing is left to lead to, it says so on a page and staff
//! are told; the word that the platform hands back with everybody who comes (`state`) is the slug
//! of a placement, so that who came is known by where the code hung; who scanned is not known to
//! anybody, so scans and comings are compared as counts only; what stands half-made on the
//! platform is gone on with, and nothing that is printed ever has to change.

mod alarms;
mod channels;
mod check;
mod codes;
mod domains;
mod entry;
mod form;
mod funnel;
mod ground;
mod placements;
mod plan;
mod platform;
mod shown;
mod swap;
mod table;
mod view;

pub use alarms::LinkAlarm;
pub use channels::{ChannelAsk, ChannelOf, ChannelRow, Channels, KEPT_DAYS, Kept};
pub use domains::{DomainState, DomainView};
pub use form::{
    CODE_NAME_MAX, CodeForm, GROUPS_MAX, GroupLine, PLACEMENT_NAME_MAX, PlacementForm, RULES_MAX,
    RuleLine, SERIES_MAX, SOURCES, STAFF_MAX, StaffLine,
};
pub use funnel::{Funnel, Hop, HourRow, Wait};
pub use swap::Swapped;
pub(crate) use table::Links;
pub use table::{Landed, Landing, Nowhere, Shown, Visitor};
pub use view::{
    CHECK_STEPS, CheckRow, Choices, CodeKind, CodeLine, CodeState, CodeView, GroupChoice,
    PlacementView, Spend, StaffChoice, TargetNow, TargetView, WayState, WayView,
};
