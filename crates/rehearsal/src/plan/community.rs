//! Many groups of one organisation, of all kinds and courses, with people who are in several.

use crate::dice::Dice;
use crate::phrases::{Bound, Weather, fill};
use crate::plan::{Course, Keys, Kind, Plan};
use domain::Day;
use std::collections::HashSet;

/// Numbers of people who may be in several groups; a prime, so that steps visit each once.
const KNOWN_WIDELY: u32 = 997;
/// Every so many-th person of a group is one of them.
const EVERY: u32 = 6;

/// Which people of a crowd are known in other groups too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Soul {
    /// Seed of the community and number of the group from 0; `None` for a crowd of its own.
    pub community: Option<(u64, u32)>,
}

impl Soul {
    /// Number in the community of somebody who is in several groups, by number in the crowd.
    pub fn widely_known(self, person: u32) -> Option<u32> {
        let (_, group) = self.community?;
        let nth = person.checked_sub(12)?;
        let turn = nth / EVERY;
        let fits = nth % EVERY == 3 && turn < KNOWN_WIDELY;
        fits.then(|| (group * 61 + turn * 7) % KNOWN_WIDELY)
    }

    /// A key for the person's account: the same in every group.
    pub fn account(self, person: u32) -> String {
        let group = self.community.map_or(0, |(_, group)| group);
        match self.widely_known(person) {
            Some(number) => format!("w{number}"),
            None => format!("g{group}p{person}"),
        }
    }

    pub(crate) fn name_seed(self, person: u32) -> Option<u64> {
        let (seed, _) = self.community?;
        let number = self.widely_known(person)?;
        Some(seed ^ (u64::from(number) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }
}

/// One group of a community.
#[derive(Clone, Debug)]
pub struct GroupPlan {
    /// Number in the community, from 0.
    pub number: u32,
    /// Seed of its crowd.
    pub seed: u64,
    /// Its frame.
    pub plan: Plan,
}

/// Groups that one organisation runs.
#[derive(Clone, Debug)]
pub struct Community {
    /// The seed it comes from.
    pub seed: u64,
    /// The groups.
    pub groups: Vec<GroupPlan>,
}

/// Courses in the order in which groups of a kind get them: as many troubles as a desk can show,
/// and enough ordinary groups to set them apart.
const COURSES: [Course; 13] = [
    Course::Steady,
    Course::Growing,
    Course::Unanswered,
    Course::Steady,
    Course::Dying,
    Course::SpamWave,
    Course::Steady,
    Course::FounderSilent,
    Course::Seasonal,
    Course::Steady,
    Course::JustOpened,
    Course::Troubled,
    Course::Steady,
];

impl Community {
    /// So many groups of all kinds that live until a civil day, on the clock of Shanghai. The same
    /// seed and day give the same groups.
    pub fn plan(seed: u64, groups: u32, days: u32, last_day: Day) -> Self {
        let mut dice = Dice::seeded(seed);
        let mut names = HashSet::new();
        let kinds = u32::try_from(Kind::ALL.len()).unwrap_or(1);
        let mut plans = Vec::new();
        for number in 0..groups {
            let at = usize::try_from(number % kinds).unwrap_or(0);
            let kind = Kind::ALL.get(at).copied().unwrap_or(Kind::Running);
            // Five is no divisor of the number of courses: every kind gets every course.
            let turn = usize::try_from(number / kinds + at_most(number % kinds) * 5).unwrap_or(0);
            let course = COURSES.get(turn % COURSES.len()).copied().unwrap_or(Course::Steady);
            let frame = Frame { days, last_day, course };
            let mut plan = group(kind, &frame, &mut names, &mut dice);
            plan.soul = Soul { community: Some((seed, number)) };
            let seed = seed ^ u64::from(number + 1).wrapping_mul(0xD1B5_4A32_D192_ED03);
            plans.push(GroupPlan { number, seed, plan });
        }
        Self { seed, groups: plans }
    }
}

fn at_most(kind: u32) -> u32 {
    kind.min(12)
}

struct Frame {
    days: u32,
    last_day: Day,
    course: Course,
}

fn group(kind: Kind, frame: &Frame, names: &mut HashSet<String>, dice: &mut Dice) -> Plan {
    let habits = kind.habits();
    let course = frame.course;
    let days = match course {
        Course::JustOpened => frame.days.min(dice.between(6, 11)),
        _ => frame.days,
    };
    // Most groups are in the lower half; a few are large.
    let (low, high) = habits.members;
    let members = dice.between(low, high).min(dice.between(low, high)).max(20);
    let members = match course {
        Course::Growing => habits.members.1 - dice.below(habits.members.1 / 20),
        Course::JustOpened => members.min(120),
        _ => members,
    };
    let (quiet, lively) = habits.talk;
    let a_day = members * dice.between(quiet, lively) / 100;
    let name = name(kind, names, dice);
    let later = dice.pick(&habits.later).filter(|_| dice.percent(25));
    let later_name = later.map_or_else(|| name.clone(), |later| later.replace("{name}", &name));
    let first = frame.last_day.plus(1 - i32::try_from(days).unwrap_or(i32::MAX));
    Plan {
        kind,
        name,
        later_name,
        first_day: first,
        days,
        utc_offset_s: 8 * 3600,
        members,
        messages_a_day: a_day.max(6),
        course,
        keys: Keys::Minted,
        soul: Soul::default(),
    }
}

/// A name that no group has yet.
fn name(kind: Kind, names: &mut HashSet<String>, dice: &mut Dice) -> String {
    let habits = kind.habits();
    for round in 0..60 {
        let pattern = dice.pick(&habits.names).unwrap_or("群");
        let mut name =
            fill(pattern, &kind.book().slots, Weather::default(), &mut Bound::new(), dice);
        if round >= 40 {
            name = format!("{name}{}群", round - 38);
        }
        if names.insert(name.clone()) {
            return name;
        }
    }
    format!("{}{}", kind.word(), names.len())
}
