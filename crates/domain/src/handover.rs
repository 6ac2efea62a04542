//! What members of a company hold on its platform, and how far each thing is on its way to
//! somebody else (在职继承, 离职继承).

/// A kind of thing that is handed over. Closed: another kind is a variant here, a reader of what
/// is held, and a call that moves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HeldKind {
    /// A customer whom a member has added (客户).
    Contact,
    /// A customer group that a member owns (客户群).
    Group,
}

impl HeldKind {
    /// All of them, in the order in which pages show them.
    pub const ALL: [Self; 2] = [Self::Contact, Self::Group];

    /// The number under which it is kept.
    pub fn number(self) -> i64 {
        match self {
            Self::Contact => 0,
            Self::Group => 1,
        }
    }

    /// The kind with this number.
    pub fn of(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// How far a thing is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HandState {
    /// Its turn comes.
    Planned,
    /// The platform is being asked; what it says is not known yet.
    Asked,
    /// The platform has taken it up; it changes hands later, unless the customer says no.
    Waiting,
    /// It is with the other.
    Done,
    /// The customer said no.
    Refused,
    /// The other has as many customers as they may have.
    Full,
    /// The platform refused, or does not say what came of it.
    Failed,
    /// Taken off the list before it was asked for.
    Cancelled,
}

impl HandState {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Planned,
        Self::Asked,
        Self::Waiting,
        Self::Done,
        Self::Refused,
        Self::Full,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The number under which it is kept.
    pub fn number(self) -> i64 {
        match self {
            Self::Planned => 0,
            Self::Asked => 1,
            Self::Waiting => 2,
            Self::Done => 3,
            Self::Refused => 4,
            Self::Full => 5,
            Self::Failed => 6,
            Self::Cancelled => 7,
        }
    }

    /// The state with this number.
    pub fn of(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.number() == number)
    }

    /// Whether something is still to come.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::Asked | Self::Waiting)
    }

    /// Whether it came to its end elsewhere than with the other, so that somebody has to look.
    pub fn is_stuck(self) -> bool {
        matches!(self, Self::Refused | Self::Full | Self::Failed)
    }
}
