//! What waited for an answer, each with its first answer.
//!
//! Kept small, because there are as many as there are questions: what is answered is packed, in
//! no order within its day; who asked and where is kept only of what was never answered, and of
//! the answers only what tells who helps.

use crate::codec::wire::{Reader, Writer};
use crate::overview::Span;
use crate::page::{Answer, Item, ItemFlags};
use crate::scope::calendar::{Calendar, DayPage};
use crate::scope::packed::{Packed, get_wait, put_wait};
use domain::{ActorClass, IdentityId, Millis};
use rustc_hash::FxHashMap;

/// Something said that waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Thread {
    waited_ms: u32,
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
    /// Answered on this day, by the day on which it was said.
    answered: Vec<(i32, Thread)>,
    /// Answers given on this day.
    given: Vec<Given>,
}

impl Threads {
    /// Goes over all pages by day; answers come on the day of what they answer, or later.
    pub(crate) fn collect(calendar: &Calendar<'_>) -> Self {
        let mut threads = Self { last: Millis(i64::MIN), ..Self::default() };
        let mut open = Open::default();
        for at in calendar.pages() {
            if at.page.day != open.day {
                threads.close(&mut open);
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
        open.answered.sort_unstable_by_key(|(day, thread)| (*day, head(*thread), thread.waited_ms));
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

    /// Those said on these days that were ever answered, in no order within a day.
    pub(crate) fn answered(&self, span: Span) -> impl Iterator<Item = Thread> {
        let stretches = self.answered.of(span);
        stretches.flat_map(|from| Unpacking { from, head: 0, left: 0, wait: 0 })
    }

    /// Answers given on these days, those of one person in order.
    pub(crate) fn given(&self, span: Span) -> impl Iterator<Item = Given> {
        let stretches = self.given.of(span);
        stretches.flat_map(|mut from| {
            let mut who = 0;
            std::iter::from_fn(move || {
                who += u32::try_from(from.unsigned().ok()?).ok()?;
                let (waited_ms, bits) = get_wait(&mut from, 2)?;
                let (staff, first_post) = (bits & STAFF != 0, bits & FIRST_POST != 0);
                Some(Given { who: IdentityId(who), waited_ms, staff, first_post })
            })
        })
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

const STAFF: u32 = 1;
const FIRST_POST: u32 = 2;

fn pack_given(given: &[Given]) -> Writer {
    let (mut to, mut before) = (Writer::default(), 0);
    for given in given {
        to.unsigned(u64::from(given.who.0 - before));
        before = given.who.0;
        let staff = if given.staff { STAFF } else { 0 };
        let first_post = if given.first_post { FIRST_POST } else { 0 };
        put_wait(&mut to, given.waited_ms, staff | first_post, 2);
    }
    to
}

/// All but the time, of something answered.
fn head(thread: Thread) -> u32 {
    let by = thread.answered_by.unwrap_or_default() as u32;
    u32::from(thread.flags.0) << 4 | (thread.class as u32) << 2 | by
}

/// Of sorted threads: each head, how many, and their times as steps.
fn pack_threads(threads: &[(i32, Thread)]) -> Writer {
    let mut to = Writer::default();
    for alike in threads.chunk_by(|(_, one), (_, next)| head(*one) == head(*next)) {
        to.unsigned(alike.first().map_or(0, |(_, thread)| u64::from(head(*thread))));
        to.count(alike.len());
        let mut before = 0;
        for (_, thread) in alike {
            put_wait(&mut to, thread.waited_ms - before, 0, 0);
            before = thread.waited_ms;
        }
    }
    to
}

/// Reads what [`pack_threads`] wrote.
struct Unpacking<'a> {
    from: Reader<'a>,
    head: u32,
    left: u64,
    wait: u32,
}

impl Iterator for Unpacking<'_> {
    type Item = Thread;

    fn next(&mut self) -> Option<Thread> {
        if self.left == 0 {
            self.head = self.from.small().ok()?;
            (self.left, self.wait) = (self.from.unsigned().ok()?, 0);
        }
        self.left -= 1;
        self.wait = self.wait.saturating_add(get_wait(&mut self.from, 0)?.0);
        let class = |code: u32| ActorClass::ALL.get((code & 3) as usize).copied();
        Some(Thread {
            waited_ms: self.wait,
            flags: ItemFlags(u8::try_from(self.head >> 4).ok()?),
            class: class(self.head >> 2)?,
            answered_by: Some(class(self.head)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Day;

    #[test]
    fn packed_threads_and_answers_come_back() {
        let thread = |flags, class, by, waited_ms| Thread {
            waited_ms,
            flags: ItemFlags(flags),
            class,
            answered_by: Some(by),
        };
        let mut threads = Vec::new();
        for (flags, by) in [(1, ActorClass::Bot), (15, ActorClass::Staff), (255, ActorClass::Host)]
        {
            for wait in [0, 0, 7, 1_000, 2_000, 2_001, 604_800_000, u32::MAX] {
                threads.push((4, thread(flags, ActorClass::Member, by, wait)));
                threads.push((4, thread(flags, ActorClass::Bot, by, wait)));
            }
        }
        let mut open = Open { day: 4, answered: threads.clone(), ..Open::default() };
        let given = |who, waited_ms, staff, first_post| Given {
            who: IdentityId(who),
            waited_ms,
            staff,
            first_post,
        };
        let answers = [
            given(9, u32::MAX, true, false),
            given(2, 3_000, false, true),
            given(9, 1, false, true),
        ];
        open.given.extend(answers);
        let mut kept = Threads::default();
        kept.close(&mut open);
        let day = |day| Span { from: Day(day), to: Day(day) };
        let mut back: Vec<Thread> = kept.answered(day(4)).collect();
        let key = |thread: &Thread| (head(*thread), thread.waited_ms);
        back.sort_unstable_by_key(key);
        threads.sort_unstable_by_key(|(_, thread)| key(thread));
        assert!(back.iter().eq(threads.iter().map(|(_, thread)| thread)));
        let [nine, two, again] = answers;
        assert!(kept.given(day(4)).eq([two, nine, again]));
        assert_eq!(kept.answered(day(3)).count() + kept.given(day(5)).count(), 0);
    }
}
