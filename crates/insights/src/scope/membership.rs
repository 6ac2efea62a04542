//! Who was in when, and how many: a walk over joins, leaves and whoever shows up without a join.
//!
//! Named people are kept in sets, so that somebody who joins twice without leaving counts once;
//! people whom the export counts without naming are a number. Where the number of members is
//! given for one day, the walk moves it in both directions. Where nothing tells it, it is unknown.

use crate::page::Coming;
use crate::scope::calendar::Calendar;
use crate::scope::census::{Census, place_of};
use crate::scope::counts;
use crate::scope::standing::{Basis, Change, basis, changes};
use crate::settings::Settings;
use domain::{ActorClass, Day, IdentityId, JoinManner, Millis};
use rustc_hash::{FxHashMap, FxHashSet};

/// Somebody's first join in the data, over all groups.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    pub(crate) who: IdentityId,
    pub(crate) day: Day,
    pub(crate) at: Millis,
    pub(crate) class: ActorClass,
}

/// Members of a window's groups, by day.
#[derive(Debug, Default)]
pub(crate) struct Membership {
    first: i32,
    /// End of each day: named, named ones who count, nameless.
    days: Vec<Tally>,
    /// What the given number adds to the walk; `None` when members cannot be counted.
    offset: Option<i64>,
    /// First day on which the number is known.
    known_from: i32,
    stays: FxHashMap<IdentityId, Vec<(i32, i32)>>,
    /// People who joined, by their first join.
    pub(crate) arrivals: Vec<Arrival>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    named: i64,
    counted: i64,
    nameless: i64,
}

impl Membership {
    /// Walks through all days.
    pub(crate) fn walk(calendar: &Calendar<'_>, census: &Census, settings: &Settings) -> Self {
        let Some((first, last)) = calendar.ends() else {
            return Self::default();
        };
        let groups = calendar.groups.as_slice();
        let Comings { arrivals, listed } = comings(calendar);
        let bases = groups.iter().zip(&listed).map(|(group, listed)| basis(group, *listed));
        let bases: Vec<Basis> = bases.collect();
        let told = groups.iter().zip(&bases).flat_map(|(group, basis)| changes(group, *basis));
        let mut told: Vec<(i32, Change)> = told.collect();
        told.sort_by_key(|(day, _)| *day);
        let mut walk = Walk {
            into: Self { first, ..Self::default() },
            refs: FxHashMap::default(),
            now: Tally::default(),
            counted: |who| counts(census.class(who), settings),
        };
        for (_, change) in &told {
            if let Change::Always(who) = change {
                walk.enter(*who, i32::MIN);
            }
        }
        let mut rest = told.as_slice();
        for day in first..=last {
            let (today, later) = rest.split_at(rest.partition_point(|(at, _)| *at == day));
            for (_, change) in today {
                walk.apply(*change, day);
            }
            rest = later;
            walk.into.days.push(walk.now);
        }
        let mut membership = walk.into;
        membership.arrivals = arrivals;
        membership.settle(&bases);
        membership
    }

    /// Finds out from which day on the number is known and what must be added to the walk.
    fn settle(&mut self, bases: &[Basis]) {
        let mut founded = i32::MAX;
        let mut listed = i32::MIN;
        let mut offset = Some(0);
        for basis in bases {
            match *basis {
                Basis::Founded(day) => founded = founded.min(day.0),
                Basis::Listed(_, true) => founded = i32::MIN,
                Basis::Listed(day, false) => listed = listed.max(day.0),
                Basis::Nothing => offset = None,
                Basis::Given(day, members) => {
                    founded = i32::MIN;
                    let gap = self.tally(day).map(|tally| i64::from(members) - tally.all());
                    // Over several groups a bare number does not tell who is in two of them.
                    let known = gap.filter(|gap| bases.len() == 1 || *gap == 0);
                    offset = offset.and(known);
                }
            }
        }
        self.offset = offset;
        self.known_from = if founded == i32::MAX { listed } else { founded.max(listed) };
    }

    fn tally(&self, day: Day) -> Option<Tally> {
        let place = place_of(day.0, self.first);
        if day.0 < self.first {
            return self.days.first().copied();
        }
        self.days.get(place).or(self.days.last()).copied()
    }

    /// Members at the end of the day: all, and those who count.
    pub(crate) fn members(&self, day: Day) -> Option<(u32, u32)> {
        let offset = self.offset?;
        if day.0 < self.known_from || day.0 < self.first {
            return None;
        }
        let tally = self.tally(day)?;
        let all = (tally.all() + offset).max(0);
        let counted = (all - (tally.named - tally.counted)).max(0);
        Some((u32::try_from(all).ok()?, u32::try_from(counted).ok()?))
    }

    /// Whether the person was in at the end of the day.
    pub(crate) fn is_in(&self, who: IdentityId, day: Day) -> bool {
        let stays = self.stays.get(&who);
        stays.is_some_and(|stays| stays.iter().any(|(from, to)| *from <= day.0 && day.0 < *to))
    }

    /// Whether the person is known to have been in before, and was out at the end of the day.
    pub(crate) fn has_left(&self, who: IdentityId, day: Day) -> bool {
        let was_in = self.stays.get(&who).is_some_and(|stays| stays.iter().any(|s| s.1 <= day.0));
        was_in && !self.is_in(who, day)
    }
}

impl Tally {
    fn all(self) -> i64 {
        self.named + self.nameless
    }
}

struct Walk<F> {
    into: Membership,
    /// In how many groups somebody is.
    refs: FxHashMap<IdentityId, u32>,
    now: Tally,
    counted: F,
}

impl<F: Fn(IdentityId) -> bool> Walk<F> {
    fn apply(&mut self, change: Change, day: i32) {
        match change {
            Change::In(who) => self.enter(who, day),
            Change::Named(who) => {
                self.now.nameless -= 1;
                self.enter(who, day);
            }
            Change::Out(who) => self.leave(who, day),
            Change::Nameless(by) => self.now.nameless += by,
            Change::Always(_) => {}
        }
    }

    fn enter(&mut self, who: IdentityId, day: i32) {
        self.into.stays.entry(who).or_default().push((day, i32::MAX));
        let groups = self.refs.entry(who).or_insert(0);
        *groups += 1;
        if *groups == 1 {
            self.now.named += 1;
            self.now.counted += i64::from((self.counted)(who));
        }
    }

    fn leave(&mut self, who: IdentityId, day: i32) {
        let stays = self.into.stays.get_mut(&who);
        let open = stays.and_then(|stays| stays.iter_mut().rev().find(|stay| stay.1 == i32::MAX));
        if let Some(open) = open {
            open.1 = day;
        }
        let groups = self.refs.entry(who).or_insert(1);
        *groups -= 1;
        if *groups == 0 {
            self.now.named -= 1;
            self.now.counted -= i64::from((self.counted)(who));
        }
    }
}

/// What the joins of all groups show.
struct Comings {
    /// Everybody's first join, over all groups in which a join is a membership.
    arrivals: Vec<Arrival>,
    /// By group: the last day with a list of members.
    listed: Vec<Option<Day>>,
}

fn comings(calendar: &Calendar<'_>) -> Comings {
    let (mut arrivals, mut arrived) = (Vec::new(), FxHashSet::default());
    let mut listed = vec![None; calendar.groups.len()];
    for at in calendar.pages() {
        let group = calendar.groups.get(at.group as usize);
        let are_memberships = group.is_some_and(|group| !group.evidence.joins_are_connections);
        for coming in &at.page.comings {
            let Coming { who, at: moment, class, .. } = *coming;
            if coming.how == JoinManner::Listed {
                listed.get_mut(at.group as usize).into_iter().for_each(|day| {
                    *day = Some(at.page.day());
                });
            } else if are_memberships && who.named().is_some() && arrived.insert(who) {
                arrivals.push(Arrival { who, day: at.page.day(), at: moment, class });
            }
        }
    }
    Comings { arrivals, listed }
}
