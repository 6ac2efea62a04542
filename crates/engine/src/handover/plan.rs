//! Who takes what, on which day, and what stays.

use std::collections::BTreeMap;

use domain::{HeldKind, Millis};

use crate::handover::limits::{Limits, day_of, morning};

/// Something that is held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Since when it may not change hands once more, known from earlier hand-overs: the moments of
    /// those, oldest first.
    pub before: Vec<Millis>,
    /// Why it cannot move at all.
    pub stays: Option<Stay>,
}

/// Why something cannot be handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stay {
    /// Nobody was chosen to take this kind.
    NoTaker,
    /// A customer who was handed over as often as the platform allows.
    Times,
    /// Lists of the platform do not name it any more.
    Unlisted,
    /// It is on its way by another hand-over (继承中).
    UnderWay,
}

impl Stay {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::NoTaker, Self::Times, Self::Unlisted, Self::UnderWay];
}

/// Who takes which kind: each takes an equal part, the earlier ones one more where it does not come
/// out even.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Takers {
    /// `userid`s of those who take customers.
    pub contacts: Vec<String>,
    /// `userid`s of those who take groups.
    pub groups: Vec<String>,
}

impl Takers {
    fn of(&self, kind: HeldKind) -> &[String] {
        match kind {
            HeldKind::Contact => &self.contacts,
            HeldKind::Group => &self.groups,
        }
    }
}

/// How it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// When it begins.
    pub now: Millis,
    /// Whether who hands over has left the company (离职); otherwise they are still there (在职).
    pub left: bool,
    /// Customers that each taker takes on a day, where somebody wants them to have time to greet.
    pub a_day: Option<usize>,
    /// The platform's.
    pub limits: Limits,
}

/// One thing that moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Its place in what is held.
    pub at: usize,
    /// To whom: a `userid`.
    pub taker: String,
    /// When it is asked for.
    pub due: Millis,
}

/// The whole plan of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What moves, in the order of what is held.
    pub moves: Vec<Move>,
    /// What stays: its place in what is held, and why.
    pub stays: Vec<(usize, Stay)>,
    /// Days until the last of it changed hands, the first one counted; 0 when nothing moves.
    pub days: u32,
}

/// Plans one kind of what somebody holds.
pub fn plan(kind: HeldKind, held: &[Held], takers: &Takers, terms: &Terms) -> Plan {
    let takers = takers.of(kind);
    let mut plan = Plan::default();
    let mut moving = Vec::new();
    for (at, one) in held.iter().enumerate() {
        let times = kind == HeldKind::Contact && one.before.len() >= terms.limits.contact_times;
        let why = match one.stays {
            Some(why) => Some(why),
            None if takers.is_empty() => Some(Stay::NoTaker),
            None => times.then_some(Stay::Times),
        };
        match why {
            Some(why) => plan.stays.push((at, why)),
            None => moving.push((at, one)),
        }
    }
    let mut days = Days { kind, terms, used: BTreeMap::new() };
    let count = moving.len();
    for (nth, (at, one)) in moving.into_iter().enumerate() {
        let Some(taker) = part(nth, count, takers.len()).and_then(|part| takers.get(part)) else {
            continue;
        };
        let due = days.take(taker, one);
        plan.moves.push(Move { at, taker: taker.clone(), due });
    }
    let last = plan.moves.iter().map(|one| one.due).max();
    plan.days = last.map_or(0, |last| {
        let wait = if kind == HeldKind::Contact { terms.limits.wait_hours } else { 0 };
        let end = Millis(last.0 + wait * Millis::HOUR);
        u32::try_from(day_of(end) - day_of(terms.now) + 1).unwrap_or(u32::MAX)
    });
    plan
}

/// Whose part the `nth` of `count` things is, of so many parts in a row.
fn part(nth: usize, count: usize, parts: usize) -> Option<usize> {
    let (each, more) = (count.checked_div(parts)?, count.checked_rem(parts)?);
    let long = more * (each + 1);
    if nth < long { Some(nth / (each + 1)) } else { Some(more + (nth - long) / each.max(1)) }
}

/// How full each day is.
struct Days<'a> {
    kind: HeldKind,
    terms: &'a Terms,
    /// By taker (or none, where the limit is that of the giver) and day.
    used: BTreeMap<(Option<String>, i64), usize>,
}

impl Days<'_> {
    /// Takes a place on the first day that has room and on which the thing does not rest.
    fn take(&mut self, taker: &str, one: &Held) -> Millis {
        let first = day_of(self.terms.now);
        let (whose, most) = match self.kind {
            HeldKind::Contact => (Some(taker.to_owned()), self.terms.a_day),
            HeldKind::Group => (None, Some(self.terms.limits.groups_a_day)),
        };
        let mut day = self.rests_until(one).map_or(first, |until| day_of(until) + 1).max(first);
        if let Some(most) = most.map(|most| most.max(1)) {
            while self.used.get(&(whose.clone(), day)).is_some_and(|used| *used >= most) {
                day += 1;
            }
        }
        *self.used.entry((whose, day)).or_default() += 1;
        if day == first { self.terms.now } else { morning(day) }
    }

    /// Until when a thing may not change hands.
    fn rests_until(&self, one: &Held) -> Option<Millis> {
        let Limits { group_times, rest_days, .. } = self.terms.limits;
        let since = match self.kind {
            HeldKind::Contact => one.before.last()?,
            // Groups of who left are not counted.
            HeldKind::Group if self.terms.left => return None,
            HeldKind::Group => one.before.iter().nth_back(group_times.checked_sub(1)?)?,
        };
        let until = Millis(since.0 + rest_days * Millis::DAY);
        (until > self.terms.now).then_some(until)
    }
}
