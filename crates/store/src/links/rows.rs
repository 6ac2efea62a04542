//! Shapes of what is kept of live codes.

use domain::{Day, GroupId, IdentityId, Millis, OrgId};

/// A code to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLinkCode {
    /// Word of its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Number of the connected company.
    pub company: Option<i64>,
    /// What it leads to: JSON of the caller.
    pub body: String,
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkCodeRow {
    /// Its number in the organisation.
    pub id: i64,
    /// What it was made as, or changed to last.
    pub said: NewLinkCode,
    /// When it was made.
    pub made: Millis,
    /// Changed last.
    pub changed: Millis,
    /// Closed since.
    pub closed: Option<Millis>,
}

/// What staff say of a placement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacementSaid {
    /// Its name.
    pub name: String,
    /// With whom.
    pub partner: String,
    /// Word of where.
    pub source: String,
    /// What was spent, one entry a day.
    pub spends: Vec<LinkSpend>,
}

/// A placement to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLinkPlacement {
    /// Of which code.
    pub code: i64,
    /// The word in its address.
    pub slug: String,
    /// What staff say of it.
    pub said: PlacementSaid,
}

/// What was spent on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkSpend {
    /// Which day.
    pub day: Day,
    /// Hundredths.
    pub cents: i64,
}

/// A placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkPlacementRow {
    /// Its number in the organisation.
    pub id: i64,
    /// Of which code.
    pub code: i64,
    /// The word in its address.
    pub slug: String,
    /// What staff say of it; what was spent, by day.
    pub said: PlacementSaid,
    /// When it was made.
    pub made: Millis,
    /// Closed since.
    pub closed: Option<Millis>,
}

/// What a placement is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkCalled {
    /// The word in its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The company of its code; `None`: not of one.
    pub company: Option<i64>,
    /// Somebody may still come by it with its slug: it and its code are open, and the code is not
    /// a mere address of the web.
    pub is_open: bool,
}

/// A code of the platform's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkWayRow {
    /// For which placement.
    pub placement: i64,
    /// By which code it leads.
    pub code: i64,
    /// To whom of staff; empty: to groups.
    pub userid: String,
    /// Its id on the platform; empty until it is made.
    pub config: String,
    /// Address of its picture; empty until it is told.
    pub picture: String,
    /// JSON of the caller: what it was set to last; empty: never.
    pub told: String,
    /// Why it stands still; empty while it does not.
    pub failure: String,
    /// When it is tried again; `None`: at once, or not by itself.
    pub next: Option<Millis>,
}

/// A scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkScan {
    /// Where.
    pub placement: i64,
    /// When.
    pub at: Millis,
    /// Apart from others of the same moment.
    pub n: i64,
    /// Where it led; empty: nowhere.
    pub target: String,
    /// Number of the device.
    pub device: i64,
    /// The browser was here before.
    pub again: bool,
}

/// Scans of a placement, counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkScanned {
    /// Which placement.
    pub placement: i64,
    /// How many.
    pub scans: u64,
    /// The last of them.
    pub last: Millis,
}

/// A domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDomainRow {
    /// Of which organisation.
    pub org: OrgId,
    /// Host, with its port where it has one.
    pub host: String,
    /// Added when.
    pub made: Millis,
    /// Asked last.
    pub asked: Option<Millis>,
    /// It answers in this way since then.
    pub since: Option<Millis>,
    /// Why it does not answer as it should; empty where it does.
    pub word: String,
}

/// What is to be done by hand in a group that the platform made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkCheckRow {
    /// The group.
    pub group: GroupId,
    /// For which code it was made.
    pub code: i64,
    /// What it should be called.
    pub wanted: String,
    /// JSON of the caller: what was ticked.
    pub done: String,
    /// Found when.
    pub made: Millis,
    /// Nothing is left to do since.
    pub ended: Option<Millis>,
}

/// A stay in a group that began by a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkStay {
    /// By which placement.
    pub placement: i64,
    /// In which group.
    pub group: GroupId,
    /// Who.
    pub who: IdentityId,
    /// Since when.
    pub joined: Millis,
    /// Until when; `None` while it lasts.
    pub left: Option<Millis>,
    /// Since when the group is out of sight: what happened there later is not known.
    pub unseen: Option<Millis>,
}

/// That somebody added staff by a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkAdded {
    /// By which placement.
    pub placement: i64,
    /// Who, where that is known.
    pub who: Option<IdentityId>,
    /// When.
    pub at: Millis,
    /// Over since.
    pub gone: Option<Millis>,
}

/// A stay that began because somebody of the company invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkInvited {
    /// Of which company.
    pub company: i64,
    /// `userid` of who invited.
    pub inviter: String,
    /// Since when.
    pub joined: Millis,
    /// Until when; `None` while it lasts.
    pub left: Option<Millis>,
    /// Since when the group is out of sight.
    pub unseen: Option<Millis>,
}
