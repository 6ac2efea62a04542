//! One day of the group: who comes, what is said when, who goes.
//!
//! Reading order: [`compose`] is the day from morning to night; [`Sheet`] collects its drafts and
//! turns them into happenings; `flow` is coming and going; `hours` is when people talk.

mod flow;
mod hours;
mod sheet;

use crate::cast::Cast;
use crate::crowd::Crowd;
use crate::happening::{Happening, Happens};
use crate::talks::{Scene, Talk, advert, chat, checkin, newcomer, notice, question};
use domain::{LeaveManner, Media};
use sheet::Sheet;

/// Mean temperature by month, January first.
const TEMPERATURES: [u32; 12] = [6, 8, 13, 18, 23, 27, 30, 30, 26, 20, 14, 8];

/// Lines of a talk, about.
const LINES_A_TALK: usize = 6;

/// Everything that happens on the day with this number, in time order.
pub(crate) fn compose(crowd: &mut Crowd, number: u32) -> Vec<Happening> {
    let budget = crowd.plan.messages_a_day * crowd.plan.liveliness(number) / 100;
    let budget = budget * crowd.dice.between(80, 120) / 100;
    let present = crowd.present.iter().filter_map(|who| crowd.person(*who));
    let cast = Cast::of(number, present);
    let mut day = Today { number, cast, sheet: Sheet::default(), temperature: 20 };
    let month = crowd.plan.day(number).date().month();
    let month = usize::try_from(month).unwrap_or(1) - 1;
    day.temperature = TEMPERATURES.get(month).copied().unwrap_or(20);
    if budget > 0 {
        day.quiet(crowd);
        flow::comings(crowd, &mut day);
        day.adverts(crowd);
        day.notices(crowd);
        day.talks(crowd, usize::try_from(budget).unwrap_or(usize::MAX));
    }
    flow::goings(crowd, &mut day);
    flow::renames(crowd, &mut day);
    let first = crowd.next_key;
    let (happenings, next) = day.sheet.finish(&crowd.plan, number, first);
    crowd.next_key = next;
    happenings
}

/// A day while it is drafted.
pub(crate) struct Today {
    pub(crate) number: u32,
    pub(crate) cast: Cast,
    pub(crate) sheet: Sheet,
    temperature: u32,
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
            cast: &self.cast,
            start,
            temperature: self.temperature,
        };
        how(&mut scene)
    }

    /// Things said into the quiet: nobody speaks for a while after them.
    fn quiet(&mut self, crowd: &mut Crowd) {
        let weekday_work = [10 * 60 + 15, 14 * 60 + 30, 23 * 60 + 10];
        let lonely = crowd.lonely.len().min(2);
        let ask = crowd.dice.percent(if crowd.plan.in_dip(self.number) { 55 } else { 16 });
        let count = lonely + usize::from(ask);
        for minute in weekday_work.into_iter().take(count) {
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
        let wave = crowd.plan.advert_day() == Some(self.number);
        if !wave && self.number % 45 != 23 {
            return;
        }
        let sellers = flow::sellers(crowd, self, if wave { 3 } else { 1 });
        let start = (20 * 60 + crowd.dice.below(30)) * 60;
        let talk = self.talk(crowd, start, |scene| advert::posted(scene, &sellers));
        let end = talk.lines.last().map_or(start, |line| line.second);
        let keeper = talk.lines.last().map(|line| line.who);
        self.sheet.add(talk);
        for (at, seller) in (0_u32..).zip(sellers) {
            let what = Happens::Leave { how: LeaveManner::Removed, by: keeper };
            self.sheet.note(end.saturating_sub(20) + at, seller, what);
        }
    }

    fn notices(&mut self, crowd: &mut Crowd) {
        let weekday = crowd.plan.day(self.number).weekday();
        let (announced, window, chain) = match weekday {
            1 | 4 => (60, 0, 0),
            2 => (0, 0, 55),
            3 => (10, 65, 0),
            5 => (0, 0, 35),
            _ => (8, 0, 0),
        };
        if crowd.dice.percent(announced) {
            let start = hours::clock(9, 18, &mut crowd.dice);
            let talk = self.talk(crowd, start, notice::announced);
            self.sheet.add(talk.unwrap_or_default());
        }
        if crowd.dice.percent(window) {
            let start = hours::clock(19, 20, &mut crowd.dice);
            let talk = self.talk(crowd, start, notice::window);
            self.sheet.add(talk.unwrap_or_default());
        }
        if crowd.dice.percent(chain) {
            let start = hours::clock(12, 20, &mut crowd.dice);
            let people = std::mem::take(&mut crowd.people);
            let talk = self.talk(crowd, start, |scene| notice::chain(scene, &people));
            crowd.people = people;
            self.sheet.add(talk.unwrap_or_default());
        }
    }

    /// Talks until the budget is spent, thought of in the order in which they take place, so that
    /// words do not come back at once.
    fn talks(&mut self, crowd: &mut Crowd, budget: usize) {
        let weekend = crowd.plan.day(self.number).weekday() >= 5;
        for _ in 0..50 {
            let missing = budget.saturating_sub(self.sheet.said());
            if missing == 0 {
                return;
            }
            let mut starts: Vec<u32> = (0..missing.div_ceil(LINES_A_TALK))
                .filter_map(|_| hours::start(weekend, &mut self.sheet, &mut crowd.dice))
                .collect();
            starts.sort_unstable();
            for start in starts {
                self.one_talk(crowd, start);
            }
        }
    }

    fn one_talk(&mut self, crowd: &mut Crowd, start: u32) {
        let talk = self.talk(crowd, start, some_talk).unwrap_or_default();
        let end = talk.lines.last().map(|line| (line.second, line.who));
        self.sheet.add(talk);
        if let Some((second, who)) = end.filter(|_| crowd.dice.percent(3)) {
            self.sheet.note(second + 7, who, Happens::Recall { of: 0 });
        }
    }
}

/// A talk that fits the hour.
fn some_talk(scene: &mut Scene<'_>) -> Option<Talk> {
    let hour = scene.start / 3600;
    let (greets, runs) = match hour {
        5..=8 => (24, 40),
        9..=11 | 13..=17 => (0, 12),
        12 => (0, 22),
        _ => (0, 30),
    };
    match scene.dice.weighted(&[40, 24, runs, greets, 5, 8]) {
        0 => chat::topic(scene),
        1 => question::asked(scene),
        2 => checkin::told(scene),
        3 => chat::greeting(scene),
        4 => chat::weather(scene),
        _ => chat::photo(scene),
    }
}

/// A message as a happening, its reply link still open.
fn message(text: String, media: Media, calls: Option<u32>) -> Happens {
    Happens::Message { text, media, reply_to: None, calls }
}
