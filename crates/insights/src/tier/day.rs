//! One group on one day: sums and people from its page and the pages after it.

use crate::overview::Span;
use crate::page::{Answer, Item, ItemFlags, Page};
use crate::scope::counts;
use crate::settings::Settings;
use crate::tier::people::People;
use crate::tier::sums::{ANSWER_WITHIN_MS, Sums};
use domain::{Day, IdentityId, JoinManner, Millis};
use rustc_hash::FxHashMap;

/// Days after which it is settled who of the newcomers stayed.
const KEPT_DAYS: i32 = 7;

/// What one group did on one day (or in one month, when days were added).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupDay {
    /// Counts.
    pub sums: Sums,
    /// Who.
    pub people: People,
}

impl GroupDay {
    /// Takes in another day.
    pub fn add(&mut self, more: &Self) {
        self.sums.add(&more.sums);
        self.people.add(&more.people);
    }

    /// Whether anything was told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How many days after a page still change what it comes to: answers to what was said that day,
/// and leaves of those who came.
pub fn reach_days(settings: &Settings) -> i32 {
    let waited = i32::try_from(settings.open_item_ms / Millis::DAY + 3).unwrap_or(i32::MAX);
    waited.max(KEPT_DAYS)
}

/// What the page comes to. `later` are the pages of the [`reach_days`] days after it, by day;
/// `until` the last moment of which it is known what happened: what nobody has answered by then
/// and whose time is not up is left out; `known` the last civil day that is over or under way.
pub fn group_day(
    page: &Page,
    later: &[Page],
    (until, known): (Millis, Day),
    settings: &Settings,
) -> GroupDay {
    let mut day = GroupDay::default();
    add_people(&mut day, page, settings);
    add_flow(&mut day, page);
    add_newcomers(&mut day.sums, page, later, (known, settings));
    add_answers(&mut day.sums, page, later, (until, settings));
    day.sums.idle = page.idle.iter().map(|count| u64::from(*count)).sum();
    day.sums.reactions = u64::from(page.reactions);
    day
}

fn add_people(day: &mut GroupDay, page: &Page, settings: &Settings) {
    let GroupDay { sums, people } = day;
    for row in &page.people {
        let messages = u64::from(row.messages);
        sums.written += messages;
        if row.class.is_person() {
            sums.messages += messages;
        }
        if row.class.is_keeper() {
            sums.keeper_messages += messages;
        }
        let does_count = counts(row.class, settings);
        if does_count {
            sums.counted += messages;
            sums.effective += u64::from(row.effective);
        }
        if row.who == IdentityId::NOBODY || row.messages == 0 {
            continue;
        }
        if row.class.is_person() {
            sums.speaker_days += 1;
            sums.new_speakers += u64::from(row.first_ever);
            people.spoke.insert(row.who.0);
        }
        if does_count && row.effective > 0 {
            sums.effective_speaker_days += 1;
            people.effective.insert(row.who.0);
        }
    }
    sums.days_with_messages = u64::from(sums.written > 0);
}

fn add_flow(day: &mut GroupDay, page: &Page) {
    for coming in page.comings.iter().filter(|coming| coming.how != JoinManner::Listed) {
        day.sums.joins += 1;
        day.people.came.extend(coming.who.named().map(|who| who.0));
    }
    for going in &page.goings {
        day.sums.leaves += 1;
        day.people.left.extend(going.who.named().map(|who| who.0));
    }
}

/// Who came and was still in at the end of the 7th day.
fn add_newcomers(
    sums: &mut Sums,
    page: &Page,
    later: &[Page],
    (known, settings): (Day, &Settings),
) {
    let last = page.day().plus(KEPT_DAYS);
    if last > known {
        return;
    }
    let named = page.comings.iter().filter(|coming| {
        coming.how != JoinManner::Listed
            && coming.who.named().is_some()
            && counts(coming.class, settings)
    });
    for came in named {
        sums.newcomers_7d += 1;
        let span = Span { from: page.day(), to: last };
        let pages = || std::iter::once(page).chain(later).filter(|page| span.holds(page.day()));
        let ins = pages().flat_map(|page| &page.comings).filter(|one| one.who == came.who);
        let outs = pages().flat_map(|page| &page.goings).filter(|one| one.who == came.who);
        let (last_in, last_out) = (ins.map(|one| one.at).max(), outs.map(|one| one.at).max());
        sums.kept_7d += u64::from(last_out.is_none() || last_out < last_in);
    }
}

fn add_answers(
    sums: &mut Sums,
    page: &Page,
    later: &[Page],
    (until, settings): (Millis, &Settings),
) {
    if page.items.is_empty() {
        return;
    }
    let mut waiting: FxHashMap<i64, &Item> = FxHashMap::default();
    let mut outcomes: Vec<(&Item, Option<&Answer>)> = Vec::new();
    for item in &page.items {
        outcomes.extend(waiting.insert(item.key, item).map(|twice| (twice, None)));
    }
    let reach = page.day().plus(reach_days(settings));
    let pages = std::iter::once(page).chain(later.iter().filter(|page| page.day() <= reach));
    for answer in pages.flat_map(|page| &page.answers) {
        outcomes.extend(waiting.remove(&answer.key).map(|item| (item, Some(answer))));
    }
    outcomes.extend(waiting.into_values().map(|item| (item, None)));
    let over = until.0.saturating_sub(settings.answer_within_ms);
    for (item, answer) in outcomes {
        if counts(item.class, settings) && (answer.is_some() || item.at.0 <= over) {
            count(sums, item, answer, settings);
        }
    }
}

fn count(sums: &mut Sums, item: &Item, answer: Option<&Answer>, settings: &Settings) {
    let waited = answer.map(|answer| answer.at.since(item.at).max(0));
    let in_time = u64::from(waited.is_some_and(|ms| ms <= settings.answer_within_ms));
    if item.flags.has(ItemFlags::QUESTION) {
        sums.questions += 1;
        sums.questions_answered += in_time;
        sums.questions_by_keepers += u64::from(answer.is_some_and(|one| one.class.is_keeper()));
        if let Some(ms) = waited {
            let place = ANSWER_WITHIN_MS.partition_point(|most| *most < ms);
            sums.waits.get_mut(place).into_iter().for_each(|count| *count += 1);
        }
    }
    if item.flags.has(ItemFlags::FIRST_POST) {
        sums.first_posts += 1;
        sums.first_posts_answered += in_time;
    }
    if item.flags.has(ItemFlags::OPENER) {
        sums.openers += 1;
        sums.openers_alone += u64::from(answer.is_none());
    }
}
