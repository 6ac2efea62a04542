//! Reasons for a verdict, each looked at in its own function that says when it holds and how
//! strongly. A new reason is a function and one word in the list.

use crate::health::pace::{PERIOD_DAYS, Pace};
use crate::metrics::{answered_of, joins, leaves, regulars};
use crate::overview::{Cause, CauseCode, Mood, Span};
use crate::page::ItemFlags;
use crate::scope::{Scope, within};
use domain::{Day, IdentityId};

/// Days at the end of the window in which voices are compared.
const VOICE_DAYS: i32 = 28;
/// Fewest messages for somebody to be called the one voice.
const VOICE_MESSAGES_MIN: u64 = 20;
const VOICE_SHARE: f64 = 0.5;
const VOICE_SHARE_GRAVE: f64 = 0.6;
/// Share of talk by keepers that makes a group one-way.
const ONE_WAY_SHARE: f64 = 0.6;
const ONE_WAY_SHARE_GRAVE: f64 = 0.8;
/// Days over which leaving is set against joining.
const LEAVING_DAYS: i32 = 30;
const LEAVES_MIN: u64 = 3;
/// Share of the period before at or below which there are fewer; at or above which it grows.
const FEWER: f64 = 0.67;
const MORE: f64 = 1.2;
/// Answered share below which it is a reason; fewest cases for it.
const ANSWERED_MIN: f64 = 0.7;
const CASES_MIN: u64 = 5;
const IGNORED_SHARE: f64 = 0.4;
/// Days without a new contributor, days of data before that, and share of regulars lost.
const NO_NEW_DAYS: i32 = 30;
const NO_NEW_SEEN_MIN: i32 = 60;
const LOST_SHARE: f64 = 0.3;
const REGULARS_MIN: usize = 3;
const TALK_DAYS: u32 = 10;

/// A cause with its weight: the higher, the earlier it is named.
struct Weighed {
    weight: f64,
    cause: Cause,
}

type Look = fn(&Scope<'_>, &Pace) -> Option<Weighed>;

const LOOKS: &[Look] = &[
    silence,
    fewer_speakers,
    fewer_messages,
    questions_unanswered,
    newcomers_ignored,
    one_voice,
    one_way,
    more_leave,
    no_new_voices,
    regulars_lost,
    growing,
    talk_on_most_days,
];

/// All reasons that hold, strongest first.
pub(super) fn causes(scope: &Scope<'_>, pace: &Pace) -> Vec<Cause> {
    let mut found: Vec<Weighed> = LOOKS.iter().filter_map(|look| look(scope, pace)).collect();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.into_iter().map(|found| found.cause).collect()
}

/// Good news first for a group that does well, last for one that does not.
pub(super) fn in_order(causes: Vec<Cause>, mood: Mood) -> Vec<Cause> {
    let good = |cause: &Cause| matches!(cause.code, CauseCode::Growing | CauseCode::TalkOnMostDays);
    let (good, bad): (Vec<Cause>, Vec<Cause>) = causes.into_iter().partition(good);
    match mood {
        Mood::Lively | Mood::Steady => good.into_iter().chain(bad).collect(),
        _ => bad.into_iter().chain(good).collect(),
    }
}

/// One person or the keepers carry so much that the group is fading for that alone.
pub(super) fn is_grave(cause: &Cause) -> bool {
    let share = cause.numbers.first().copied().unwrap_or(0.0);
    match cause.code {
        CauseCode::OneVoice => share >= VOICE_SHARE_GRAVE,
        CauseCode::OneWay => share >= ONE_WAY_SHARE_GRAVE,
        _ => false,
    }
}

fn weighed(weight: f64, code: CauseCode, numbers: &[f64]) -> Weighed {
    Weighed { weight, cause: Cause { code, numbers: numbers.to_vec() } }
}

fn silence(_: &Scope<'_>, pace: &Pace) -> Option<Weighed> {
    let days = f64::from(pace.silent_days);
    let unusual = pace.silent_days > pace.alert_after;
    let long = pace.silent_days >= PERIOD_DAYS;
    (unusual || long).then(|| weighed(2.0 + days, CauseCode::SilentDays, &[days]))
}

fn fewer_speakers(_: &Scope<'_>, pace: &Pace) -> Option<Weighed> {
    let now = f64::from(pace.now.speakers);
    let before = pace.before.map(|before| f64::from(before.speakers))?;
    let most = before.max(pace.usual);
    let fewer = most >= 3.0 && now <= FEWER * most;
    fewer.then(|| weighed(1.0 - now / most, CauseCode::FewerSpeakers, &[now, before, pace.usual]))
}

fn fewer_messages(_: &Scope<'_>, pace: &Pace) -> Option<Weighed> {
    let (now, before) = (pace.now.messages as f64 / 14.0, pace.before?.messages as f64 / 14.0);
    let fewer = pace.before?.messages >= 10 && now <= FEWER * before;
    fewer.then(|| weighed(0.9 * (1.0 - now / before), CauseCode::FewerMessages, &[now, before]))
}

fn questions_unanswered(scope: &Scope<'_>, _: &Pace) -> Option<Weighed> {
    let (answered, asked) = answered_of(scope, ItemFlags::QUESTION);
    let share = answered as f64 / asked.max(1) as f64;
    let numbers = [share, answered as f64, asked as f64];
    let few = asked >= CASES_MIN && share < ANSWERED_MIN;
    few.then(|| weighed(0.7 * (1.0 - share), CauseCode::QuestionsUnanswered, &numbers))
}

fn newcomers_ignored(scope: &Scope<'_>, _: &Pace) -> Option<Weighed> {
    let (answered, all) = answered_of(scope, ItemFlags::FIRST_POST);
    let without = all - answered;
    let share = without as f64 / all.max(1) as f64;
    let many = all >= CASES_MIN && share >= IGNORED_SHARE;
    let numbers = [share, without as f64, all as f64];
    many.then(|| weighed(0.7 * share, CauseCode::NewcomersIgnored, &numbers))
}

fn one_voice(scope: &Scope<'_>, _: &Pace) -> Option<Weighed> {
    let (_, share) = loudest(scope).filter(|(_, share)| *share >= VOICE_SHARE)?;
    Some(weighed(0.7 * share, CauseCode::OneVoice, &[share]))
}

/// The person who writes most in the last four weeks, and the share of all messages by people;
/// `None` when there are too few messages to tell.
pub(crate) fn loudest(scope: &Scope<'_>) -> Option<(IdentityId, f64)> {
    let to = scope.asked().to;
    let span = Span { from: to.plus(1 - VOICE_DAYS), to };
    let census = scope.census();
    let sums = census.persons.iter().map(|person| {
        let marks = within(census.marks(person), span).iter();
        let messages = marks
            .filter(|mark| mark.class().is_person())
            .map(|mark| census.messages(person, *mark));
        (person.who, messages.sum::<u64>())
    });
    let (mut all, mut first) = (0, None);
    for (who, messages) in sums {
        all += messages;
        if first.is_none_or(|(_, most)| messages > most) {
            first = Some((who, messages));
        }
    }
    let (who, messages) = first?;
    (all >= VOICE_MESSAGES_MIN).then(|| (who, messages as f64 / all as f64))
}

fn one_way(scope: &Scope<'_>, _: &Pace) -> Option<Weighed> {
    if !scope.census().keepers {
        return None;
    }
    let to = scope.asked().to;
    let pages = scope.pages_of(Span { from: to.plus(1 - VOICE_DAYS), to });
    let (mut keepers, mut all) = (0, 0);
    for at in pages {
        for row in &at.page.people {
            let messages = u64::from(row.messages);
            all += if row.class == domain::ActorClass::Bot { 0 } else { messages };
            keepers += if row.class.is_keeper() { messages } else { 0 };
        }
    }
    let share = keepers as f64 / all.max(1) as f64;
    let holds = all >= VOICE_MESSAGES_MIN && share >= ONE_WAY_SHARE;
    holds.then(|| weighed(0.75 * share, CauseCode::OneWay, &[share]))
}

fn more_leave(scope: &Scope<'_>, _: &Pace) -> Option<Weighed> {
    if !scope.joins_told() || !scope.leaves_told() {
        return None;
    }
    let to = scope.asked().to;
    let month = scope.narrowed(Span { from: to.plus(1 - LEAVING_DAYS), to });
    let (gone, came) = (leaves(&month), joins(&month));
    let share = (gone as f64 - came as f64) / gone.max(1) as f64;
    let numbers = [gone as f64, came as f64];
    let holds = gone >= LEAVES_MIN && gone > came;
    holds.then(|| weighed(0.7 * share, CauseCode::MoreLeaveThanCome, &numbers))
}

fn no_new_voices(scope: &Scope<'_>, pace: &Pace) -> Option<Weighed> {
    let census = scope.census();
    let to = scope.asked().to;
    let first = |person| census.marks(person).iter().find(|mark| scope.counts(mark.class()));
    let firsts = census.persons.iter().filter_map(first).map(|mark| mark.day());
    let days = to.since(Day(firsts.filter(|day| *day <= to.0).max()?));
    let holds = pace.seen_days >= NO_NEW_SEEN_MIN && days >= NO_NEW_DAYS;
    holds.then(|| weighed(0.4, CauseCode::NoNewVoices, &[f64::from(days)]))
}

fn regulars_lost(scope: &Scope<'_>, _: &Pace) -> Option<Weighed> {
    let regulars = regulars(scope)?;
    let lost = regulars.iter().filter(|regular| regular.silent).count();
    let share = lost as f64 / regulars.len().max(1) as f64;
    let numbers = [lost as f64, regulars.len() as f64];
    let holds = regulars.len() >= REGULARS_MIN && share >= LOST_SHARE;
    holds.then(|| weighed(0.8 * share, CauseCode::RegularsLost, &numbers))
}

fn growing(_: &Scope<'_>, pace: &Pace) -> Option<Weighed> {
    let before = pace.before?;
    let (now, was) = (f64::from(pace.now.speakers), f64::from(before.speakers));
    let more_said = pace.now.messages as f64 >= MORE * before.messages as f64;
    // From nothing to something is a beginning, or a hole in the data, not growth.
    let holds = was > 0.0 && now >= MORE * was && now - was >= 2.0 && more_said;
    holds.then(|| weighed(0.5, CauseCode::Growing, &[now, was]))
}

fn talk_on_most_days(_: &Scope<'_>, pace: &Pace) -> Option<Weighed> {
    let days = pace.now.days;
    (days >= TALK_DAYS).then(|| weighed(0.6, CauseCode::TalkOnMostDays, &[f64::from(days)]))
}
