//! One day of the group: who comes, what is said when, who goes.
//!
//! Reading order: [`compose`] is the day from morning to night; [`Sheet`] collects its drafts and
//! turns them into happenings; `flow` is coming and going; `hours` is when people talk.

mod flow;
mod hours;
mod said;
mod sheet;

pub(crate) use said::Said;

use crate::crowd::Crowd;
use crate::happening::{Happening, Happens};
use crate::people::Cast;
use crate::phrases::{Bound, Weather};
use crate::plan::{Plan, TalkKind, band};
use crate::talks::{Scene, advert, have, newcomer, notice};
use domain::{LeaveManner, Media};
use sheet::Sheet;

/// Mean temperature by month, January first.
const TEMPERATURES: [u32; 12] = [6, 8, 13, 18, 23, 27, 30, 30, 26, 20, 14, 8];

/// Staff of a group with at least so many messages a day start as much as its kind does.
const FULL_A_DAY: u32 = 45;
/// Lines of a talk, about.
const LINES_A_TALK: usize = 6;

/// Everything that happens on the day with this number, in time order.
pub(crate) fn compose(crowd: &mut Crowd, number: u32) -> Vec<Happening> {
    let budget = crowd.plan.messages_a_day * crowd.plan.liveliness(number) / 100;
    let budget = budget * crowd.dice.between(72, 128) / 100;
    let cast = cast(crowd, number);
    let weather = weather(&crowd.plan, number);
    let mut day = Today { number, cast, sheet: Sheet::default(), weather };
    flow::clean(crowd, &mut day);
    if budget > 0 {
        day.quiet(crowd);
        flow::comings(crowd, &mut day);
        day.notices(crowd);
        day.talks(crowd, usize::try_from(budget).unwrap_or(usize::MAX));
    }
    if crowd.plan.liveliness(number) > 0 {
        day.adverts(crowd);
    }
    flow::goings(crowd, &mut day);
    flow::renames(crowd, &mut day);
    let (first, mut said) = (crowd.next_key, std::mem::take(&mut crowd.said));
    let (happenings, next) = day.sheet.finish(&crowd.plan, number, first, &mut said);
    crowd.said = said;
    crowd.next_key = next;
    happenings
}

/// Who takes part on a day.
pub(crate) fn cast(crowd: &mut Crowd, number: u32) -> Cast {
    let people = &crowd.people;
    let person = |who: &u32| usize::try_from(*who).ok().and_then(|at| people.get(at));
    let chat = crowd.plan.habits().keepers_chat;
    Cast::of(number, chat, crowd.present.iter().filter_map(person), &mut crowd.dice)
}

/// What a day fills in.
pub(crate) fn weather(plan: &Plan, number: u32) -> Weather {
    let month = usize::try_from(plan.day(number).date().month()).unwrap_or(1) - 1;
    let temperature = TEMPERATURES.get(month).copied().unwrap_or(20);
    // December, January and February are winter.
    let season = (month + 1) % 12 / 3;
    let weekday = usize::from(plan.day(number).weekday());
    Weather { temperature, nth: number + 1, weekday, season }
}

/// A day while it is drafted.
pub(crate) struct Today {
    pub(crate) number: u32,
    pub(crate) cast: Cast,
    pub(crate) sheet: Sheet,
    weather: Weather,
}

impl Today {
    /// Lets people talk from a second of the day on.
    pub(crate) fn talk<T>(
        &mut self,
        crowd: &mut Crowd,
        start: u32,
        how: impl FnOnce(&mut Scene<'_>) -> T,
    ) -> T {
        let mut scene = Scene {
            dice: &mut crowd.dice,
            words: &mut crowd.words,
            stage: self.cast.at(start),
            people: &crowd.people,
            start,
            weather: self.weather,
            bound: Bound::new(),
        };
        how(&mut scene)
    }

    /// Things said into the quiet: nobody speaks for a while after them.
    fn quiet(&mut self, crowd: &mut Crowd) {
        let minutes = [10 * 60 + 15, 14 * 60 + 30, 23 * 60 + 10];
        let lonely = crowd.lonely.len().min(2);
        let ask = crowd.dice.percent(crowd.plan.quiet_percent(self.number));
        let count = lonely + usize::from(ask);
        for minute in minutes.into_iter().take(count) {
            let start = (minute + crowd.dice.below(20)) * 60 + crowd.dice.below(60);
            let talk = match crowd.lonely.pop_front() {
                Some(who) => {
                    self.speaks_later(crowd, who);
                    Some(self.talk(crowd, start, |scene| newcomer::ignored(scene, who)))
                }
                None => self.talk(crowd, start, newcomer::unanswered),
            };
            self.sheet.add_solo(talk.unwrap_or_default());
        }
    }

    /// Whoever was ignored often never writes again.
    fn speaks_later(&self, crowd: &mut Crowd, who: u32) {
        let again = crowd.dice.percent(35);
        let at = usize::try_from(who).unwrap_or(usize::MAX);
        if let Some(person) = crowd.people.get_mut(at) {
            person.talks_from = if again { self.number + 4 } else { u32::MAX };
        }
    }

    fn adverts(&mut self, crowd: &mut Crowd) {
        let count = crowd.plan.sellers(self.number);
        if count == 0 {
            return;
        }
        let cleaned = crowd.plan.cleans_up(self.number);
        let sellers = flow::sellers(crowd, self, count);
        let start = (20 * 60 + crowd.dice.below(30)) * 60;
        let talk = self.talk(crowd, start, |scene| advert::posted(scene, &sellers, cleaned));
        let end = talk.lines.last().map_or(start, |line| line.second);
        let keeper = talk.lines.last().map(|line| line.who);
        self.sheet.add(talk);
        if !cleaned {
            crowd.overlooked.extend(sellers);
            return;
        }
        for (at, seller) in (0_u32..).zip(sellers) {
            let what = Happens::Leave { how: LeaveManner::Removed, by: keeper };
            self.sheet.note(end.saturating_sub(20) + at, seller, what);
        }
    }

    fn notices(&mut self, crowd: &mut Crowd) {
        let habits = crowd.plan.habits();
        let weekday = usize::from(crowd.plan.day(self.number).weekday());
        let usual = crowd.plan.staff_percent(self.number);
        let (from, to) = habits.staff_hours;
        let number = self.number;
        for (week, what) in [
            (&habits.announce, Notice::Announcement),
            (&habits.offer, Notice::Offer),
            (&habits.window, Notice::Window),
            (&habits.chain, Notice::Chain),
        ] {
            let share = week.get(weekday).copied().unwrap_or(0) * usual / 100;
            // In a small group staff start less.
            let share = share * crowd.plan.messages_a_day.min(FULL_A_DAY) / FULL_A_DAY;
            if crowd.dice.percent(share) {
                let start = hours::clock(from, to, &mut crowd.dice);
                let talk = self.talk(crowd, start, |scene| match what {
                    Notice::Announcement => notice::announced(scene),
                    Notice::Offer => notice::offered(scene),
                    Notice::Window => notice::window(scene),
                    Notice::Chain => notice::chain(scene, number),
                });
                self.sheet.add(talk.unwrap_or_default());
            }
        }
    }

    /// Talks until the budget is spent, thought of in the order in which they take place, so that
    /// words do not come back at once.
    fn talks(&mut self, crowd: &mut Crowd, budget: usize) {
        let habits = crowd.plan.habits();
        let weekend = crowd.plan.day(self.number).weekday() >= 5;
        for _ in 0..50 {
            let missing = budget.saturating_sub(self.sheet.said());
            if missing == 0 {
                return;
            }
            let mut starts: Vec<u32> = (0..missing.div_ceil(LINES_A_TALK))
                .filter_map(|_| hours::start(habits, weekend, &mut self.sheet, &mut crowd.dice))
                .collect();
            starts.sort_unstable();
            for start in starts {
                self.one_talk(crowd, start);
            }
        }
    }

    fn one_talk(&mut self, crowd: &mut Crowd, start: u32) {
        let mix = crowd.plan.habits().mix.get(band(start / 3600));
        let weights = mix.map(Vec::as_slice).unwrap_or_default();
        let at = crowd.dice.weighted(weights);
        let kind = TalkKind::ALL.get(at).map_or(TalkKind::Topic, |(kind, _)| *kind);
        let talk = self.talk(crowd, start, |scene| have(kind, scene)).unwrap_or_default();
        let last = talk.lines.last().map(|line| (line.second, line.who, half(&line.text)));
        self.sheet.add(talk);
        if let Some((second, who, text)) = last.filter(|_| crowd.dice.percent(3)) {
            self.sheet.note(second + 7, who, Happens::Recall { of: 0, text });
        }
    }
}

/// What staff start.
#[derive(Clone, Copy)]
enum Notice {
    Announcement,
    Offer,
    Window,
    Chain,
}

/// What somebody sent too early: the first half of what was meant.
fn half(text: &str) -> String {
    let chars = text.chars().count();
    if chars < 4 { "发错了".to_owned() } else { text.chars().take(chars / 2).collect() }
}

/// A message as a happening, its reply link still open.
fn message(text: String, media: Media, calls: Option<u32>) -> Happens {
    Happens::Message { text, media, reply_to: None, calls }
}
