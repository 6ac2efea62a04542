//! What waited for an answer, each with its first answer.
//!
//! Kept small, because there are as many as there are questions: what is answered is packed, in
//! no order within its day; who asked and where is kept only of what was never answered, and of
//! the answers only what tells who helps.

use crate::overview::Span;
use crate::page::{Answer, Item, ItemFlags};
use crate::scope::calendar::{Calendar, DayPage};
use crate::scope::packed::{
    Packed, UnpackedThreads, head, pack_given, pack_threads, unpacked_given,
};
use crate::settings::Settings;
use domain::{ActorClass, IdentityId, Millis};
use rustc_hash::FxHashMap;

/// Something said that waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Thread {
    pub(super) waited_ms: u32,
    pub(crate) flags: ItemFlags,
    /// Role of who said it.
    pub(crate) class: ActorClass,
    /// Role of who gave the first answer, whenever it came.
    pub(crate) answered_by: Option<ActorClass>,
}

impl Thread {
    /// How long the answer took, in milliseconds.
    pub(crate) fn waited_ms(self) -> Option<u32> {
        self.answered_by.map(|_| self.waited_ms)
    }

    /// Threads that differ only in their time lie together.
    pub(super) fn order(self) -> (u32, u32) {
        (head(self), self.waited_ms)
    }
}

/// Something that nobody answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unanswered {
    pub(crate) at: Millis,
    pub(crate) key: i64,
    pub(crate) day: i32,
    pub(crate) group: u32,
    pub(crate) who: IdentityId,
    pub(crate) flags: ItemFlags,
    class: ActorClass,
}

impl Unanswered {
    /// The thread that it is.
    pub(crate) fn thread(self) -> Thread {
        Thread { waited_ms: 0, flags: self.flags, class: self.class, answered_by: None }
    }
}

/// A first answer by a member or staff to a question or a first post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) who: IdentityId,
    pub(crate) waited_ms: u32,
    pub(crate) staff: bool,
    /// It answered a first post.
    pub(crate) first_post: bool,
}

impl Given {
    pub(crate) fn class(self) -> ActorClass {
        if self.staff { ActorClass::Staff } else { ActorClass::Member }
    }
}

/// Milliseconds from one moment to another. Items wait for a week; seven weeks are the most that
/// is told apart.
fn wait(from: Millis, to: Millis) -> u32 {
    u32::try_from(to.since(from).max(0)).unwrap_or(u32::MAX)
}

/// Fewest that wait when the oldest are taken out.
const TIDY_MIN: usize = 1 << 12;

/// Days after which nothing is an answer any more: pages are folded with that limit. One day more
/// for the hours of the first and the last, one for clocks that were put back.
fn days_waited(settings: &Settings) -> i32 {
    i32::try_from(settings.open_item_ms / Millis::DAY + 3).unwrap_or(i32::MAX)
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Threads {
    answered: Packed,
    given: Packed,
    unanswered: Vec<Unanswered>,
    first_posts: FxHashMap<IdentityId, Millis>,
    /// The last moment that the data tell of.
    pub(crate) last: Millis,
}

/// What is going on while the days go by.
#[derive(Default)]
struct Open {
    day: i32,
    /// Whatever waits, by group and source key.
    waiting: FxHashMap<(u32, i64), Unanswered>,
    /// How many wait when the oldest are taken out next.
    tidy_at: usize,
    /// Answered on this day, by the day on which it was said.
    answered: Vec<(i32, Thread)>,
    /// Answers given on this day.
    given: Vec<Given>,
}

impl Threads {
    /// Goes over all pages by day; answers come on the day of what they answer, or later.
    pub(crate) fn collect(calendar: &Calendar<'_>, settings: &Settings) -> Self {
        let mut threads = Self { last: Millis(i64::MIN), ..Self::default() };
        let mut open = Open::default();
        for at in calendar.pages() {
            if at.page.day != open.day {
                threads.close(&mut open);
                threads.give_up(&mut open, days_waited(settings));
                open.day = at.page.day;
            }
            for item in &at.page.items {
                threads.ask(&at, item, &mut open);
            }
            for answer in &at.page.answers {
                open.answer(&at, answer);
            }
            let spoken = at.page.first_last.map(|(_, last)| last);
            let came = at.page.comings.last().map(|coming| coming.at);
            let went = at.page.goings.last().map(|going| going.at);
            threads.last = [spoken, came, went].into_iter().flatten().fold(threads.last, Ord::max);
        }
        threads.close(&mut open);
        threads.answered.sort();
        threads.unanswered.extend(open.waiting.into_values());
        let place = |open: &Unanswered| (open.day, open.group, open.at, open.key, open.flags.0);
        threads.unanswered.sort_unstable_by_key(place);
        threads
    }

    fn ask(&mut self, at: &DayPage<'_>, item: &Item, open: &mut Open) {
        let Item { at: said_at, key, who, class, flags } = *item;
        let (day, group) = (at.page.day, at.group);
        if flags.has(ItemFlags::FIRST_POST) {
            let first = self.first_posts.entry(who).or_insert(said_at);
            *first = (*first).min(said_at);
        }
        let asked = Unanswered { at: said_at, key, day, group, who, flags, class };
        self.unanswered.extend(open.waiting.insert((group, key), asked));
    }

    /// Packs what this day settled.
    fn close(&mut self, open: &mut Open) {
        open.answered.sort_unstable_by_key(|(day, thread)| (*day, thread.order()));
        for threads in open.answered.chunk_by(|one, next| one.0 == next.0) {
            if let Some((day, _)) = threads.first() {
                self.answered.keep(*day, pack_threads(threads));
            }
        }
        open.answered.clear();
        if !open.given.is_empty() {
            // Of one person the order stays: the last role counts.
            open.given.sort_by_key(|given| given.who);
            self.given.keep(open.day, pack_given(&open.given));
            open.given.clear();
        }
    }

    /// Takes out what is too old to be answered, so that only what waits is held for answers.
    fn give_up(&mut self, open: &mut Open, days: i32) {
        if open.waiting.len() >= open.tidy_at {
            let oldest = open.day.saturating_sub(days);
            let too_old = open.waiting.extract_if(|_, asked| asked.day < oldest);
            self.unanswered.extend(too_old.map(|(_, asked)| asked));
            open.tidy_at = TIDY_MIN.max(2 * open.waiting.len());
        }
    }

    /// Those said on these days that were ever answered, in no order within a day.
    pub(crate) fn answered(&self, span: Span) -> impl Iterator<Item = Thread> {
        let stretches = self.answered.of(span);
        stretches.flat_map(UnpackedThreads::open)
    }

    /// Answers given on these days, those of one person in order.
    pub(crate) fn given(&self, span: Span) -> impl Iterator<Item = Given> {
        let stretches = self.given.of(span);
        stretches.flat_map(unpacked_given)
    }

    /// Those said on these days that nobody ever answered, in order.
    pub(crate) fn unanswered(&self, span: Span) -> impl Iterator<Item = &Unanswered> {
        let days = span.from.0..=span.to.0;
        self.unanswered.iter().filter(move |open| days.contains(&open.day))
    }

    /// When somebody's first post in the data was said.
    pub(crate) fn first_post(&self, who: IdentityId) -> Option<Millis> {
        self.first_posts.get(&who).copied()
    }
}

impl Open {
    fn answer(&mut self, at: &DayPage<'_>, answer: &Answer) {
        let mut flags = ItemFlags(ItemFlags::QUESTION);
        if let Some(open) = self.waiting.remove(&(at.group, answer.key)) {
            let waited_ms = wait(open.at, answer.at);
            let answered_by = Some(answer.class);
            self.answered.push((open.day, Thread { waited_ms, answered_by, ..open.thread() }));
            flags = open.flags;
        }
        let first_post = flags.has(ItemFlags::FIRST_POST);
        let helps = first_post || flags.has(ItemFlags::QUESTION);
        if helps && answer.class.is_person() && answer.who.named().is_some() {
            let waited_ms = wait(answer.item_at, answer.at);
            let staff = answer.class == ActorClass::Staff;
            self.given.push(Given { who: answer.who, waited_ms, staff, first_post });
        }
    }
}
