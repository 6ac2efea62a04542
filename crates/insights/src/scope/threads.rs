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
    /// When it was said; once it is answered, how long that took.
    ms: i64,
    pub(crate) day: i32,
    pub(crate) flags: ItemFlags,
    /// Role of who said it.
    pub(crate) class: ActorClass,
    /// Role of who gave the first answer, whenever it came.
    pub(crate) answered_by: Option<ActorClass>,
}

impl Thread {
    /// How long the answer took, in milliseconds.
    pub(crate) fn waited_ms(&self) -> Option<i64> {
        self.answered_by.map(|_| self.ms)
    }

    /// When it was said, if nobody has answered it.
    pub(crate) fn open_since(&self) -> Option<Millis> {
        self.answered_by.is_none().then_some(Millis(self.ms))
    }
}

/// Which message it is that nobody answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unanswered {
    pub(crate) key: i64,
    pub(crate) group: u32,
    pub(crate) who: IdentityId,
    place: u32,
}

/// A first answer by a member or staff to a question or a first post.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given {
    pub(crate) waited_ms: i64,
    pub(crate) day: i32,
    pub(crate) who: IdentityId,
    pub(crate) class: ActorClass,
    /// It answered a first post.
    pub(crate) first_post: bool,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Threads {
    all: Vec<Thread>,
    given: Vec<Given>,
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
        let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let Item { at: said_at, key, who, class, flags } = *item;
        let day = at.page.day;
        self.all.push(Thread { ms: said_at.0, day, flags, class, answered_by: None });
        if flags.has(ItemFlags::FIRST_POST) {
            let first = self.first_posts.entry(who).or_insert(said_at);
            *first = (*first).min(said_at);
        }
        let open = Unanswered { key, group: at.group, who, place };
        if let Some(before) = waiting.insert((at.group, key), open) {
            self.unanswered.push(before);
        }
    }

    fn answer(&mut self, at: &DayPage<'_>, answer: &Answer, waiting: &mut Waiting) {
        let open = waiting.remove(&(at.group, answer.key));
        let thread = open.and_then(|open| self.all.get_mut(open.place as usize));
        let flags = thread.as_ref().map_or(ItemFlags(ItemFlags::QUESTION), |thread| thread.flags);
        if let Some(thread) = thread {
            thread.answered_by = Some(answer.class);
            thread.ms = answer.at.since(Millis(thread.ms)).max(0);
        }
        let first_post = flags.has(ItemFlags::FIRST_POST);
        let helps = first_post || flags.has(ItemFlags::QUESTION);
        if helps && answer.class.is_person() && answer.who.named().is_some() {
            let waited_ms = answer.at.since(answer.item_at).max(0);
            let (day, Answer { who, class, .. }) = (at.page.day, *answer);
            self.given.push(Given { waited_ms, day, who, class, first_post });
        }
    }

    /// Those said on these days, in order.
    pub(crate) fn of(&self, span: Span) -> &[Thread] {
        part(&self.all, span, |thread| thread.day)
    }

    /// Answers given on these days, in order.
    pub(crate) fn given(&self, span: Span) -> &[Given] {
        part(&self.given, span, |given| given.day)
    }

    /// Those said on these days that nobody ever answered, in order.
    pub(crate) fn unanswered(&self, span: Span) -> impl Iterator<Item = (&Thread, &Unanswered)> {
        let known = |open| Some((self.all.get(Unanswered::place(open))?, open));
        let all = self.unanswered.iter().filter_map(known);
        all.filter(move |(thread, _)| (span.from.0..=span.to.0).contains(&thread.day))
    }

    /// When somebody's first post in the data was said.
    pub(crate) fn first_post(&self, who: IdentityId) -> Option<Millis> {
        self.first_posts.get(&who).copied()
    }
}

impl Unanswered {
    fn place(&self) -> usize {
        self.place as usize
    }
}

/// The part of a list in the order of days that lies in the span.
fn part<T>(list: &[T], span: Span, day: impl Fn(&T) -> i32) -> &[T] {
    let from = list.partition_point(|entry| day(entry) < span.from.0);
    let to = list.partition_point(|entry| day(entry) <= span.to.0);
    list.get(from..to).unwrap_or_default()
}
