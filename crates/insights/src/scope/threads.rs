//! What waited for an answer, each with its first answer.
//!
//! Kept small, because there are as many as there are questions: who asked and where is kept only
//! of what was never answered, and of the answers only what tells who helps.

use crate::overview::Span;
use crate::page::{Answer, Item, ItemFlags};
use crate::scope::calendar::{Calendar, DayPage};
use domain::{ActorClass, IdentityId, Millis};
use rustc_hash::FxHashMap;

/// Something said that waits for an answer.
#[derive(Clone, Copy, Debug)]
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
    /// Where the thread is.
    place: Place,
}

/// A first answer by a member or staff to a question or a first post.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given {
    pub(crate) waited_ms: u32,
    /// Who, and above that the role and whether it answered a first post.
    packed: u32,
}

const STAFF: u32 = 1 << 31;
const FIRST_POST: u32 = 1 << 30;

impl Given {
    fn by(answer: &Answer, first_post: bool) -> Self {
        let staff = if answer.class == ActorClass::Staff { STAFF } else { 0 };
        let first_post = if first_post { FIRST_POST } else { 0 };
        let who = answer.who.0 & !(STAFF | FIRST_POST);
        Self { waited_ms: wait(answer.item_at, answer.at), packed: who | staff | first_post }
    }

    pub(crate) fn who(self) -> IdentityId {
        IdentityId(self.packed & !(STAFF | FIRST_POST))
    }

    pub(crate) fn class(self) -> ActorClass {
        if self.packed & STAFF == 0 { ActorClass::Member } else { ActorClass::Staff }
    }

    /// It answered a first post.
    pub(crate) fn first_post(self) -> bool {
        self.packed & FIRST_POST != 0
    }
}

/// Milliseconds from one moment to another. Items wait for a week; seven weeks are the most that
/// is told apart.
fn wait(from: Millis, to: Millis) -> u32 {
    u32::try_from(to.since(from).max(0)).unwrap_or(u32::MAX)
}

/// Entries by day. Each day has a list of its own, so that no list of all has to grow.
#[derive(Debug)]
struct ByDay<T> {
    days: Vec<(i32, Vec<T>)>,
}

impl<T> Default for ByDay<T> {
    fn default() -> Self {
        Self { days: Vec::new() }
    }
}

/// The number of a day in a [`ByDay`], and the place in its list.
type Place = (u32, u32);

impl<T> ByDay<T> {
    fn push(&mut self, day: i32, entry: T) -> Place {
        if self.days.last().is_none_or(|(last, _)| *last < day) {
            if let Some((_, over)) = self.days.last_mut() {
                over.shrink_to_fit();
            }
            self.days.push((day, Vec::new()));
        }
        let number = self.days.len().saturating_sub(1);
        let Some((_, list)) = self.days.last_mut() else { return (0, 0) };
        let place = (small(number), small(list.len()));
        list.push(entry);
        place
    }

    fn of(&self, span: Span) -> impl Iterator<Item = &T> {
        let from = self.days.partition_point(|(day, _)| *day < span.from.0);
        let to = self.days.partition_point(|(day, _)| *day <= span.to.0);
        self.days.get(from..to).unwrap_or_default().iter().flat_map(|(_, list)| list)
    }

    fn get(&self, (number, place): Place) -> Option<&T> {
        self.days.get(number as usize)?.1.get(place as usize)
    }

    fn get_mut(&mut self, (number, place): Place) -> Option<&mut T> {
        self.days.get_mut(number as usize)?.1.get_mut(place as usize)
    }
}

fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Threads {
    all: ByDay<Thread>,
    given: ByDay<Given>,
    unanswered: Vec<Unanswered>,
    first_posts: FxHashMap<IdentityId, Millis>,
    /// The last moment that the data tell of.
    pub(crate) last: Millis,
}

/// Whoever waits while the days go by, by group and source key.
type Waiting = FxHashMap<(u32, i64), Unanswered>;

impl Threads {
    /// Goes over all pages by day; answers come on the day of what they answer, or later.
    pub(crate) fn collect(calendar: &Calendar<'_>) -> Self {
        let mut threads = Self { last: Millis(i64::MIN), ..Self::default() };
        let mut waiting = Waiting::default();
        for at in calendar.pages() {
            for item in &at.page.items {
                threads.ask(&at, item, &mut waiting);
            }
            for answer in &at.page.answers {
                threads.answer(&at, answer, &mut waiting);
            }
            let spoken = at.page.first_last.map(|(_, last)| last);
            let came = at.page.comings.last().map(|coming| coming.at);
            let went = at.page.goings.last().map(|going| going.at);
            threads.last = [spoken, came, went].into_iter().flatten().fold(threads.last, Ord::max);
        }
        threads.unanswered.extend(waiting.into_values());
        threads.unanswered.sort_unstable_by_key(|open| open.place);
        threads
    }

    fn ask(&mut self, at: &DayPage<'_>, item: &Item, waiting: &mut Waiting) {
        let Item { at: said_at, key, who, class, flags } = *item;
        let (day, group) = (at.page.day, at.group);
        let place = self.all.push(day, Thread { waited_ms: 0, flags, class, answered_by: None });
        if flags.has(ItemFlags::FIRST_POST) {
            let first = self.first_posts.entry(who).or_insert(said_at);
            *first = (*first).min(said_at);
        }
        let open = Unanswered { at: said_at, key, day, group, who, place };
        if let Some(before) = waiting.insert((group, key), open) {
            self.unanswered.push(before);
        }
    }

    fn answer(&mut self, at: &DayPage<'_>, answer: &Answer, waiting: &mut Waiting) {
        let mut flags = ItemFlags(ItemFlags::QUESTION);
        if let Some(open) = waiting.remove(&(at.group, answer.key))
            && let Some(thread) = self.all.get_mut(open.place)
        {
            thread.answered_by = Some(answer.class);
            thread.waited_ms = wait(open.at, answer.at);
            flags = thread.flags;
        }
        let first_post = flags.has(ItemFlags::FIRST_POST);
        let helps = first_post || flags.has(ItemFlags::QUESTION);
        if helps && answer.class.is_person() && answer.who.named().is_some() {
            self.given.push(at.page.day, Given::by(answer, first_post));
        }
    }

    /// Those said on these days, in order.
    pub(crate) fn of(&self, span: Span) -> impl Iterator<Item = &Thread> {
        self.all.of(span)
    }

    /// Answers given on these days, in order.
    pub(crate) fn given(&self, span: Span) -> impl Iterator<Item = &Given> {
        self.given.of(span)
    }

    /// Those said on these days that nobody ever answered, in order.
    pub(crate) fn unanswered(&self, span: Span) -> impl Iterator<Item = (&Thread, &Unanswered)> {
        let days = span.from.0..=span.to.0;
        let known = |open: &Unanswered| self.all.get(open.place);
        let open = self.unanswered.iter().filter(move |open| days.contains(&open.day));
        open.filter_map(move |open| Some((known(open)?, open)))
    }

    /// When somebody's first post in the data was said.
    pub(crate) fn first_post(&self, who: IdentityId) -> Option<Millis> {
        self.first_posts.get(&who).copied()
    }
}
