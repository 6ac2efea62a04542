//! Rows of groups that live: what comes in with a commit, and what is read back.
//!
//! Invariant: what one group commits together is one [`GroupWrite`]; rows of members, timers and
//! tasks are named within their group, so that writing one again replaces it.

use domain::{Evidence, Fact, GroupId, IdentityId, Millis, OrgId, Seq, SourceKey};

use crate::rows::NewFact;
use crate::team::Acting;

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its number.
    pub id: OrgId,
    /// Its name; empty for the first one until somebody names it.
    pub name: String,
    /// Made for a demonstration: can be wiped whole.
    pub demo: bool,
}

/// A group to be opened live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLiveGroup {
    /// Platform word, `web` for our own.
    pub platform: String,
    /// Its key, unique in (organisation, platform).
    pub key: String,
    /// Name to show.
    pub name: String,
    /// IANA name of the zone in which its days are counted.
    pub zone: String,
    /// What the platform can show.
    pub evidence: Evidence,
    /// When it was founded.
    pub founded: Millis,
}

/// A live group, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveGroupRow {
    /// Its number.
    pub group: GroupId,
    /// Platform word.
    pub platform: String,
    /// Its key on the platform.
    pub key: String,
    /// Name to show.
    pub name: String,
    /// IANA name of its zone.
    pub zone: String,
    /// When it was founded, where that is known.
    pub founded: Option<Millis>,
    /// People who are in it now.
    pub members: u32,
    /// Tasks that wait for staff.
    pub open_tasks: u32,
    /// Time of the latest fact written last; `None` while the log is empty.
    pub last: Option<Millis>,
}

/// Who wants to hold groups, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Word of the process, unique among those that run at the same time.
    pub node: String,
    /// Now.
    pub now: Millis,
    /// Until when nobody else may take the groups.
    pub until: Millis,
}

/// The head of a live group, for who holds its lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Whose.
    pub group: GroupId,
    /// The place of the next fact.
    pub next: Seq,
    /// What each commit must show; a later holder has a higher one.
    pub fence: i64,
    /// Version in which the state is written; 0 before the first commit.
    pub state_version: u16,
    /// State of the deciders; empty before the first commit.
    pub state: Vec<u8>,
}

/// A stay of somebody in a live group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// Who.
    pub identity: IdentityId,
    /// The how-manieth stay, from 1.
    pub n: u32,
    /// Name shown in the group.
    pub name: String,
    /// Code of the role ([`domain::ActorClass`]).
    pub class: u8,
    /// Since when.
    pub joined: Millis,
    /// Until when; `None` while it lasts.
    pub left: Option<Millis>,
    /// State of the link that was used; empty without one.
    pub via: String,
    /// Version of the rules that was accepted, 0 for none.
    pub rules: u32,
    /// Silent until then.
    pub muted_until: Option<Millis>,
    /// Whether the person has ever written here.
    pub has_spoken: bool,
}

/// A code by which people find a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// The code, unique over all organisations.
    pub code: String,
    /// Whose.
    pub org: OrgId,
    /// Where it leads.
    pub group: GroupId,
    /// Placement; the stay keeps it.
    pub via: String,
    /// When it was made.
    pub made: Millis,
}

/// A fact in its place with its words: what watchers see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// Its place.
    pub seq: Seq,
    /// The fact.
    pub fact: Fact,
    /// Its words; `None` where it has none or they were erased.
    pub words: Option<String>,
}

/// A timer of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimerRow {
    /// Whose.
    pub org: OrgId,
    /// In which group.
    pub group: GroupId,
    /// Unique in the group.
    pub name: String,
    /// When it falls due.
    pub due: Millis,
    /// The rule by which it recurs, as the caller writes it; `None` for a single moment.
    pub rule: Option<String>,
    /// Word of the missed policy.
    pub missed: String,
}

/// A timer that fell due and was decided upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// Its name.
    pub name: String,
    /// For when it was set: the commit is refused when that has changed.
    pub due: Millis,
    /// When it falls due again; `None` takes it away.
    pub next: Option<Millis>,
}

/// A task of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// Whose.
    pub org: OrgId,
    /// In which group.
    pub group: GroupId,
    /// Unique in the group.
    pub name: String,
    /// Word of its kind.
    pub kind: String,
    /// Source key of the message that it is about.
    pub about: Option<i64>,
    /// Whom it is about, or nobody.
    pub who: IdentityId,
    /// Since when it waits.
    pub since: Millis,
    /// What became of it.
    pub state: TaskState,
    /// When that last changed.
    pub changed: Millis,
}

/// What became of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TaskState {
    /// Waits.
    Open = 0,
    /// Done by staff.
    Done = 1,
    /// No longer needed.
    Withdrawn = 2,
}

impl TaskState {
    /// The one with this stored code.
    pub fn from_code(code: i64) -> Option<Self> {
        [Self::Open, Self::Done, Self::Withdrawn].into_iter().find(|state| *state as i64 == code)
    }
}

/// Something to do on a platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Whose.
    pub org: OrgId,
    /// In which group.
    pub group: GroupId,
    /// Place of the fact whose decision asked for it.
    pub seq: Seq,
    /// Number within that decision.
    pub n: u32,
    /// Platform word.
    pub platform: String,
    /// Word of the kind of action.
    pub kind: String,
    /// The action, as JSON of the caller.
    pub action: String,
    /// How far it is.
    pub state: OutboxState,
    /// How often it was tried.
    pub tries: u32,
    /// Not before then.
    pub next_at: Millis,
    /// When the state last changed.
    pub changed: Millis,
    /// What the platform said.
    pub result: String,
}

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum OutboxState {
    /// Waits for its turn.
    Planned = 0,
    /// Somebody sends it right now, or died while sending it.
    Sending = 1,
    /// The platform took it.
    Sent = 2,
    /// The platform refused it for good.
    Failed = 3,
    /// Nobody knows whether it arrived.
    Unknown = 4,
}

impl OutboxState {
    /// All states, in the order of their codes.
    pub const ALL: [Self; 5] =
        [Self::Planned, Self::Sending, Self::Sent, Self::Failed, Self::Unknown];

    /// The one with this stored code.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| *state as i64 == code)
    }
}

/// An event that is durable before it is decided, or could not be processed (处理失败).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeRow {
    /// Its number; 0 before it is stored.
    pub id: i64,
    /// Whose.
    pub org: OrgId,
    /// In which group.
    pub group: GroupId,
    /// Its key in the group.
    pub key: SourceKey,
    /// The event, as JSON of the caller.
    pub event: String,
    /// When it was received.
    pub received: Millis,
    /// How often it was tried.
    pub tries: u32,
    /// Why it was set aside; empty while it waits.
    pub failure: String,
}

/// Everything that one group commits together. The organisation and group within rows of timers,
/// tasks and actions are not read: those of the write count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupWrite {
    /// Which.
    pub group: GroupId,
    /// The fence of the head that was held.
    pub fence: i64,
    /// The place that the first fact takes.
    pub expected: Seq,
    /// Facts of the platform's stream; they take the places `expected`, `expected + 1`, …
    pub facts: Vec<NewFact>,
    /// Version in which the state is written.
    pub state_version: u16,
    /// State of the deciders after these facts.
    pub state: Vec<u8>,
    /// The group's new name.
    pub name: Option<String>,
    /// Stays, new or changed, by (identity, n).
    pub members: Vec<MemberRow>,
    /// Timers that fell due. Applied before `timers_gone`, and that before `timers`.
    pub fired: Vec<Fired>,
    /// Names of timers to take away; one that is not there is no fault.
    pub timers_gone: Vec<String>,
    /// Timers, new or replaced, by name.
    pub timers: Vec<TimerRow>,
    /// Names of tasks that are no longer needed, and since when. Applied before `tasks`.
    pub withdrawn: Vec<(String, Millis)>,
    /// Tasks, new or changed, by name; one that staff have done is not reopened under the same
    /// `since`.
    pub tasks: Vec<TaskRow>,
    /// New actions.
    pub outbox: Vec<OutboxRow>,
    /// Source keys of messages that were taken back: their words are erased, also those that
    /// come with this write.
    pub recalled: Vec<i64>,
    /// Lines of the audit log: what of it somebody of staff did.
    pub acts: Vec<Acting>,
}

impl GroupWrite {
    /// A write that changes nothing but the state of this head.
    pub fn of(head: &Head) -> Self {
        Self {
            group: head.group,
            fence: head.fence,
            expected: head.next,
            facts: Vec::new(),
            state_version: head.state_version,
            state: head.state.clone(),
            name: None,
            members: Vec::new(),
            fired: Vec::new(),
            timers_gone: Vec::new(),
            timers: Vec::new(),
            withdrawn: Vec::new(),
            tasks: Vec::new(),
            outbox: Vec::new(),
            recalled: Vec::new(),
            acts: Vec::new(),
        }
    }

    /// The place after the last fact.
    pub fn next(&self) -> Seq {
        Seq(self.expected.0 + self.facts.len() as i64)
    }
}

/// One commit: many groups of one organisation, each at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveWrite {
    /// Whose groups.
    pub org: OrgId,
    /// What each of them commits.
    pub groups: Vec<GroupWrite>,
    /// Rows of the intake that are decided now.
    pub intake_done: Vec<i64>,
}
