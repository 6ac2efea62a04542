//! What to do next, most urgent first, each step with its reason and the people or things it is
//! about. A new step is a function and one word in the list.

use crate::figure::{Figure, Missing, Need};
use crate::health::loudest;
use crate::metrics::regulars;
use crate::overview::{CauseCode, Health, Helper, Measured, Mood, Open, OpenItem, Step, StepCode};
use crate::page::ItemFlags;
use crate::scope::Scope;
use domain::{ActorClass, Day, IdentityId, Millis};
use std::cmp::Reverse;

/// How many steps are named.
const STEPS_MAX: usize = 6;
/// How many people or things a step names.
const NAMED_MAX: usize = 5;
/// Days after which an open question or first post is too old to answer.
const FRESH_DAYS: i32 = 14;
/// Waiting longer than this (the middle, nine of ten) is worth shortening, in milliseconds.
const MEDIAN_MS_MAX: f64 = (2 * Millis::HOUR) as f64;
const P90_MS_MAX: f64 = Millis::DAY as f64;
/// Answers that make a helper worth thanking.
const THANK_ANSWERS_MIN: u32 = 3;

/// What a step is decided on.
struct Seen<'s, 'a> {
    scope: &'s Scope<'a>,
    health: &'s Health,
    measured: &'s [Measured],
    open: &'s [Open],
}

type Look = fn(&Seen<'_, '_>) -> Option<Step>;

/// In order of urgency.
const LOOKS: &[Look] = &[
    decide_on_group,
    answer_first_posts,
    answer_questions,
    break_silence,
    write_to_lost_regulars,
    look_at_leaving,
    share_the_talk,
    answer_faster,
    thank_helpers,
    use_best_slot,
    name_staff,
    give_members,
];

/// The first day of which something open is still worth an answer.
pub(crate) fn fresh_since(scope: &Scope<'_>) -> Day {
    scope.asked().to.plus(1 - FRESH_DAYS)
}

/// At most six things to do. `open` is what waits since [`fresh_since`].
pub(crate) fn steps(
    scope: &Scope<'_>,
    health: &Health,
    measured: &[Measured],
    open: &[Open],
) -> Vec<Step> {
    let seen = Seen { scope, health, measured, open };
    LOOKS.iter().filter_map(|look| look(&seen)).take(STEPS_MAX).collect()
}

impl Seen<'_, '_> {
    fn figure(&self, code: &str) -> Option<Figure> {
        self.measured.iter().find(|measured| measured.code == code).map(|measured| measured.now)
    }

    fn cause(&self, code: CauseCode) -> Option<&[f64]> {
        let cause = self.health.causes.iter().find(|cause| cause.code == code);
        cause.map(|cause| cause.numbers.as_slice())
    }

    fn fresh(&self, fits: impl Fn(ItemFlags) -> bool) -> Vec<OpenItem> {
        let fresh = self.open.iter().filter(|open| fits(open.item.flags));
        fresh.map(|open| open.item).collect()
    }

    fn missing(&self, missing: Missing) -> bool {
        self.measured.iter().any(|measured| measured.now == Figure::Unknown(missing))
    }
}

fn step(code: StepCode, numbers: Vec<f64>) -> Step {
    Step { code, numbers, people: Vec::new(), items: Vec::new() }
}

fn about_items(code: StepCode, items: Vec<OpenItem>) -> Option<Step> {
    let mut people: Vec<IdentityId> = Vec::new();
    for item in &items {
        if !people.contains(&item.who) {
            people.push(item.who);
        }
    }
    people.truncate(NAMED_MAX);
    let numbers = vec![items.len() as f64];
    let some = !items.is_empty();
    let items = items.into_iter().take(NAMED_MAX).collect();
    some.then_some(Step { code, numbers, people, items })
}

fn decide_on_group(seen: &Seen<'_, '_>) -> Option<Step> {
    let dead = seen.health.mood == Mood::Dead;
    let days = seen.cause(CauseCode::SilentDays).unwrap_or_default().to_vec();
    dead.then(|| step(StepCode::DecideOnGroup, days))
}

fn answer_first_posts(seen: &Seen<'_, '_>) -> Option<Step> {
    let items = seen.fresh(|flags| flags.has(ItemFlags::FIRST_POST));
    about_items(StepCode::AnswerFirstPosts, items)
}

fn answer_questions(seen: &Seen<'_, '_>) -> Option<Step> {
    let other =
        |flags: ItemFlags| flags.has(ItemFlags::QUESTION) && !flags.has(ItemFlags::FIRST_POST);
    about_items(StepCode::AnswerQuestions, seen.fresh(other))
}

fn break_silence(seen: &Seen<'_, '_>) -> Option<Step> {
    let alive = seen.health.mood != Mood::Dead;
    let days = seen.cause(CauseCode::SilentDays).filter(|_| alive)?;
    Some(step(StepCode::BreakSilence, days.to_vec()))
}

fn write_to_lost_regulars(seen: &Seen<'_, '_>) -> Option<Step> {
    let mut lost = regulars(seen.scope)?;
    lost.retain(|regular| regular.silent);
    lost.sort_by_key(|regular| (Reverse(regular.messages), regular.who));
    let people: Vec<IdentityId> = lost.iter().take(NAMED_MAX).map(|lost| lost.who).collect();
    let numbers = vec![lost.len() as f64];
    let code = StepCode::WriteToLostRegulars;
    (!lost.is_empty()).then(|| Step { people, ..step(code, numbers) })
}

fn look_at_leaving(seen: &Seen<'_, '_>) -> Option<Step> {
    let numbers = seen.cause(CauseCode::MoreLeaveThanCome)?;
    Some(step(StepCode::LookAtLeaving, numbers.to_vec()))
}

fn share_the_talk(seen: &Seen<'_, '_>) -> Option<Step> {
    let numbers = seen.cause(CauseCode::OneVoice)?.to_vec();
    let people = loudest(seen.scope).map(|(who, _)| vec![who]).unwrap_or_default();
    Some(Step { people, ..step(StepCode::ShareTheTalk, numbers) })
}

fn answer_faster(seen: &Seen<'_, '_>) -> Option<Step> {
    let median = seen.figure("first_response_median")?.value()?;
    let p90 = seen.figure("first_response_p90")?.value()?;
    let slow = median > MEDIAN_MS_MAX || p90 > P90_MS_MAX;
    slow.then(|| step(StepCode::AnswerFaster, vec![median, p90]))
}

fn thank_helpers(seen: &Seen<'_, '_>) -> Option<Step> {
    let all = seen.scope.helpers();
    let given: u32 = all.iter().map(|helper| helper.answers).sum();
    let lost = regulars(seen.scope).unwrap_or_default();
    // Who fell silent is written to, not asked for more.
    let is_silent = |who| lost.iter().any(|regular| regular.silent && regular.who == who);
    let fits = |helper: &&Helper| helper.class == ActorClass::Member && !is_silent(helper.who);
    let best: Vec<&Helper> = all.iter().filter(fits).take(3).collect();
    let first = best.first().filter(|helper| helper.answers >= THANK_ANSWERS_MIN)?;
    let top: u32 = best.iter().map(|helper| helper.answers).sum();
    let share = f64::from(top) / f64::from(given.max(1));
    let people = best.iter().map(|helper| helper.who).collect();
    Some(Step { people, ..step(StepCode::ThankHelpers, vec![f64::from(first.answers), share]) })
}

fn use_best_slot(seen: &Seen<'_, '_>) -> Option<Step> {
    let dead = seen.health.mood == Mood::Dead;
    let slot = seen.scope.heat().best.first().copied().filter(|_| !dead)?;
    let numbers = vec![f64::from(slot.weekday), f64::from(slot.hour), slot.reach];
    Some(step(StepCode::UseBestSlot, numbers))
}

fn name_staff(seen: &Seen<'_, '_>) -> Option<Step> {
    let missing = seen.missing(Missing::NoKeepersNamed);
    missing.then(|| step(StepCode::NameStaff, Vec::new()))
}

fn give_members(seen: &Seen<'_, '_>) -> Option<Step> {
    let missing = seen.missing(Missing::NotInSource(Need::Members));
    missing.then(|| step(StepCode::GiveMembers, Vec::new()))
}
