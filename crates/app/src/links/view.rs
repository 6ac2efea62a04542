//! Codes as pages show them: codes and numbers, the face finds the words.

use domain::{Day, GroupId, Millis};

use crate::links::form::CodeForm;

/// What a code leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeKind {
    /// Groups, one after the other (进群活码: A10, B04, B06, S26).
    Groups,
    /// Staff, who are added as contacts (员工活码: B01, B03).
    Staff,
    /// An address of the web, counted (B15, B17).
    Web,
    /// Other codes, by rules (超级活码: B05).
    Rules,
}

impl CodeKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Groups, Self::Staff, Self::Web, Self::Rules];

    /// The stable word: in forms, rows and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Staff => "staff",
            Self::Web => "web",
            Self::Rules => "rules",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How a code stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeState {
    /// All is well.
    Working,
    /// Something is being made on the platform: so many pictures are not there yet.
    Making(u32),
    /// There is room for so many people more in what is open.
    NearEnd(u32),
    /// Nothing is left to lead to: visitors are asked to come back, or meet spare staff.
    AtEnd,
    /// The platform refuses something; the ways say what.
    Failing,
    /// Closed: whoever scans is told so.
    Closed(Millis),
}

/// A code in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeLine {
    /// Its number.
    pub id: i64,
    /// What it leads to.
    pub kind: CodeKind,
    /// Its name.
    pub name: String,
    /// Number of the connected company; none for `Web` and `Rules`.
    pub company: Option<i64>,
    /// Places where it hangs, closed ones left out.
    pub placements: u32,
    /// Scans today, by the organisation's zone.
    pub scans_today: u64,
    /// Scans of the last seven days, today among them.
    pub scans_week: u64,
    /// Where the next scan lands: name of the group, of the person, the address; empty when
    /// nowhere, or where rules decide.
    pub lands: String,
    /// How it stands.
    pub state: CodeState,
    /// Since when it is there.
    pub made: Millis,
}

/// One code with everything about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeView {
    /// As in the list.
    pub line: CodeLine,
    /// What it is set to, to be changed.
    pub form: CodeForm,
    /// What it leads to, in its order, with how each stands now.
    pub targets: Vec<TargetView>,
    /// Where it hangs: open ones first, then the latest first.
    pub placements: Vec<PlacementView>,
    /// What staff have to do by hand in groups that the platform made.
    pub checks: Vec<CheckRow>,
}

/// Something that a code leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetView {
    /// `chat_id`, `userid`, address, or number of a code.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Our group, for groups that were read.
    pub group: Option<GroupId>,
    /// Used only when no other is left (预热备用群, 备用员工).
    pub is_spare: bool,
    /// Members now, or customers led here today: how many.
    pub has: Option<u32>,
    /// How many it takes: members in all, or customers a day. `None` without a limit.
    pub most: Option<u32>,
    /// How it stands.
    pub now: TargetNow,
}

/// How a target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetNow {
    /// The next scan lands here.
    Next,
    /// It takes people.
    Open,
    /// It is full, or has its customers of today.
    Full,
    /// Not on duty now.
    OffDuty,
    /// The group declines: nobody new is led there (O04).
    Declining,
    /// The group is dismissed or out of sight, or the person cannot be added.
    Gone,
}

/// A place where a code hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementView {
    /// Its number.
    pub id: i64,
    /// The word in its address, `/l/{slug}`, and the platform's `state`: 8 of `a-z0-9`.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// With whom: an operator of a parcel station, a property manager (B14); may be empty.
    pub partner: String,
    /// Where: one of [`SOURCES`](crate::links::SOURCES), or empty.
    pub source: String,
    /// What was spent, day by day.
    pub spends: Vec<Spend>,
    /// Scans today.
    pub scans_today: u64,
    /// Scans since it is there.
    pub scans: u64,
    /// Scanned last.
    pub scanned: Option<Millis>,
    /// What is made for it on the platform; empty where nothing needs to be.
    pub ways: Vec<WayView>,
    /// Since when it is there.
    pub made: Millis,
    /// Closed since.
    pub closed: Option<Millis>,
}

/// What was spent on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spend {
    /// Which day.
    pub day: Day,
    /// Hundredths of the currency (分).
    pub cents: i64,
}

/// A code of the platform, made for a placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayView {
    /// What it leads to: name of the person; empty for groups.
    pub name: String,
    /// How it stands.
    pub state: WayState,
}

/// How a code of the platform stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayState {
    /// It is there and up to date: the address of its picture.
    Ready(String),
    /// It is being made.
    Making,
    /// The platform refuses. `word` as in [`Standstill`](crate::wecom::Standstill).
    Failing {
        /// Why, as a word.
        word: String,
        /// In the platform's words.
        said: String,
        /// When it is tried again by itself.
        again: Option<Millis>,
        /// An older picture goes on working.
        has_picture: bool,
    },
}

/// What somebody has to do by hand in a group, because no call does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    /// The group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// What it should be called, where it is called otherwise (`公测11群`).
    pub rename_to: Option<String>,
    /// What is to be done, in order: `rename`, `admins`, `notice`, `anti_spam`, `welcome`; and
    /// whether it is.
    pub steps: Vec<(&'static str, bool)>,
    /// Since when the group is known.
    pub since: Millis,
}

/// What can be chosen in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Connected companies: number and `corpid`.
    pub companies: Vec<(i64, String)>,
    /// Groups of them, by name.
    pub groups: Vec<GroupChoice>,
    /// Staff with the customer-contact function, by name.
    pub staff: Vec<StaffChoice>,
    /// Open codes that a rule, or a hop, may lead to: number, kind, name.
    pub codes: Vec<(i64, CodeKind, String)>,
}

/// A group to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupChoice {
    /// Of which company.
    pub company: i64,
    /// `chat_id`.
    pub chat: String,
    /// Its name; `chat_id` where it has none.
    pub name: String,
    /// Members, all.
    pub members: u32,
    /// Name of the owner, `userid` where it is not told.
    pub owner: String,
}

/// Somebody of the company to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffChoice {
    /// Of which company.
    pub company: i64,
    /// `userid`.
    pub userid: String,
    /// Name, `userid` where it is not told.
    pub name: String,
}

/// What is done by hand in a group that the platform made, in order.
pub const CHECK_STEPS: [&str; 5] = ["rename", "admins", "notice", "anti_spam", "welcome"];
