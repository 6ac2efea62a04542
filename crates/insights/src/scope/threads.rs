//! What waited for an answer, each with its first answer.

use crate::overview::Span;
use crate::page::{Answer, Item};
use crate::scope::DayPage;
use domain::Millis;
use rustc_hash::FxHashMap;

/// Something said that waits for an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thread {
    pub(crate) group: u32,
    pub(crate) day: i32,
    pub(crate) item: Item,
    /// The first answer, whenever it came.
    pub(crate) answer: Option<Answer>,
}

impl Thread {
    /// How long the answer took, in milliseconds.
    pub(crate) fn waited_ms(&self) -> Option<i64> {
        self.answer.map(|answer| answer.at.since(self.item.at).max(0))
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Threads {
    all: Vec<Thread>,
    index: FxHashMap<(u32, i64), usize>,
    /// The last moment that the data tell of.
    pub(crate) last: Millis,
}

impl Threads {
    /// Goes over all pages, which come by day.
    pub(crate) fn collect(pages: &[DayPage<'_>]) -> Self {
        let mut threads = Self { last: Millis(i64::MIN), ..Self::default() };
        for at in pages {
            for item in &at.page.items {
                threads.index.entry((at.group, item.key)).or_insert(threads.all.len());
                let (group, day) = (at.group, at.page.day);
                threads.all.push(Thread { group, day, item: *item, answer: None });
            }
            let spoken = at.page.first_last.map(|(_, last)| last);
            let came = at.page.comings.last().map(|coming| coming.at);
            let went = at.page.goings.last().map(|going| going.at);
            threads.last = [spoken, came, went].into_iter().flatten().fold(threads.last, Ord::max);
        }
        for at in pages {
            for answer in &at.page.answers {
                threads.answer(at.group, answer);
            }
        }
        threads
    }

    fn answer(&mut self, group: u32, answer: &Answer) {
        let place = self.index.get(&(group, answer.key)).copied();
        let Some(thread) = place.and_then(|place| self.all.get_mut(place)) else { return };
        if thread.answer.is_none_or(|first| answer.at < first.at) {
            thread.answer = Some(*answer);
        }
    }

    /// Those said on these days, in order.
    pub(crate) fn of(&self, span: Span) -> &[Thread] {
        let from = self.all.partition_point(|thread| thread.day < span.from.0);
        let to = self.all.partition_point(|thread| thread.day <= span.to.0);
        self.all.get(from..to).unwrap_or_default()
    }

    /// The one with this source key in this group.
    pub(crate) fn get(&self, group: u32, key: i64) -> Option<&Thread> {
        self.index.get(&(group, key)).and_then(|place| self.all.get(*place))
    }
}
