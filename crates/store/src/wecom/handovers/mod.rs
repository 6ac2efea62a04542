//! Hand-overs of what members of a company hold (`wecom_handovers`, `wecom_handed`).
//!
//! Reading order: the shapes here; `held` is what there is to hand over; `jobs` are hand-overs as
//! a whole; `items` are the things on their way.
//!
//! Invariants: a giver has one open hand-over at most; a thing changes its state only from the one
//! that whoever changes it saw, so that of two who know something the later one changes nothing;
//! what is asked for on the platform stands here as asked before it is.

mod held;
mod items;
mod jobs;

use domain::{HandState, HeldKind, IdentityId, Millis, StaffId};

pub use held::{HeldContact, HeldCount, WecomKept};

use crate::wecom::WecomId;

/// A hand-over to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHandover {
    /// `userid` of who hands over.
    pub giver: String,
    /// Whether they have left the company.
    pub left: bool,
    /// Words to the customers; empty for the platform's own.
    pub words: String,
    /// `userid` of who takes what another is too full for; empty for nobody.
    pub spare: String,
    /// Customers that each taker takes on a day; `None` without limit.
    pub a_day: Option<u32>,
    /// What is handed over; none of it twice.
    pub items: Vec<NewHanded>,
}

/// A thing to hand over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHanded {
    /// What it is.
    pub kind: HeldKind,
    /// `external_userid` or `chat_id`.
    pub held: String,
    /// What it is called, for pages.
    pub name: String,
    /// `userid` of who takes it.
    pub taker: String,
    /// When it is to be asked for.
    pub due: Millis,
}

/// A hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverRow {
    /// Of which company.
    pub id: WecomId,
    /// Its number there.
    pub handover: i64,
    /// `userid` of who hands over.
    pub giver: String,
    /// Whether they had left the company.
    pub left: bool,
    /// Words to the customers; may be empty.
    pub words: String,
    /// Who takes what another is too full for; may be empty.
    pub spare: String,
    /// Customers that each taker takes on a day.
    pub a_day: Option<u32>,
    /// Who of staff began it.
    pub by: StaffId,
    /// When.
    pub made: Millis,
    /// When there is something to do; `None` once it ended.
    pub next: Option<Millis>,
    /// When what waits was looked at last.
    pub looked: Option<Millis>,
    /// When it was cancelled.
    pub cancelled: Option<Millis>,
    /// When the last thing came to its end.
    pub ended: Option<Millis>,
    /// Why it stands still, as of pulls (`word|words`); empty while it does not.
    pub trouble: String,
}

/// A thing on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedRow {
    /// What it is.
    pub kind: HeldKind,
    /// `external_userid` or `chat_id`.
    pub held: String,
    /// What it is called.
    pub name: String,
    /// `userid` of who takes it.
    pub taker: String,
    /// How far it is.
    pub state: HandState,
    /// Why it failed: the platform's code.
    pub code: Option<i64>,
    /// When it is to be asked for.
    pub due: Millis,
    /// When it was asked for.
    pub asked: Option<Millis>,
    /// When it changes hands.
    pub until: Option<Millis>,
    /// How often asking for it came to nothing.
    pub tries: u32,
    /// When this changed last.
    pub changed: Millis,
}

/// A change of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedChange {
    /// The state that whoever changes it saw.
    pub was: HandState,
    /// How it is now; kind and id say which it is, its name stays.
    pub row: HandedRow,
}

/// How a hand-over as a whole goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoverMove {
    /// When there is something to do; `None`: it has ended.
    pub next: Option<Millis>,
    /// When what waits was looked at last; `None`: as before.
    pub looked: Option<Millis>,
    /// Why it stands still; empty while it does not.
    pub trouble: String,
}

/// How many things of one hand-over are in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandedCount {
    /// Which hand-over.
    pub handover: i64,
    /// What they are.
    pub kind: HeldKind,
    /// How far they are.
    pub state: HandState,
    /// How many.
    pub count: u32,
}

/// Something that was handed over before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedBefore {
    /// What it is.
    pub kind: HeldKind,
    /// `external_userid` or `chat_id`.
    pub held: String,
    /// When.
    pub at: Millis,
}

/// What a letter tells of a customer on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOpen {
    /// Which hand-over.
    pub handover: HandoverRow,
    /// The thing.
    pub row: HandedRow,
}

/// The number of an identity, where there is one.
fn identity(number: Option<i64>) -> Option<IdentityId> {
    number.and_then(|id| u32::try_from(id).ok()).map(IdentityId)
}
