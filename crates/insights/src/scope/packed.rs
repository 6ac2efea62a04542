//! Lists of a day packed as bytes, because there are as many entries as there are questions.
//!
//! What is packed cannot change any more. A day has one stretch of bytes or several: what is
//! settled later is packed later. Bytes are read only as this module's callers wrote them.

use crate::codec::wire::{Reader, Writer};
use crate::overview::Span;
use crate::page::ItemFlags;
use crate::scope::threads::{Given, Thread};
use domain::{ActorClass, IdentityId};

/// Stretches of packed entries by day.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    stretches: Vec<(i32, Box<[u8]>)>,
}

impl Packed {
    /// Keeps what was written about a day.
    pub(crate) fn keep(&mut self, day: i32, written: Writer) {
        self.stretches.push((day, written.0.into_boxed_slice()));
    }

    /// Brings the days in order; each keeps the order in which it was written.
    pub(crate) fn sort(&mut self) {
        self.stretches.sort_by_key(|(day, _)| *day);
        self.stretches.shrink_to_fit();
    }

    /// The stretches of these days.
    pub(crate) fn of(&self, span: Span) -> impl Iterator<Item = Reader<'_>> {
        let from = self.stretches.partition_point(|(day, _)| *day < span.from.0);
        let to = self.stretches.partition_point(|(day, _)| *day <= span.to.0);
        let stretches = self.stretches.get(from..to).unwrap_or_default();
        stretches.iter().map(|(_, bytes)| Reader(bytes))
    }
}

/// Milliseconds in one number with some bits: whole seconds, which most logs tell, are short.
fn put_wait(to: &mut Writer, ms: u32, bits: u32, width: u32) {
    let (whole, count) = if ms.is_multiple_of(1000) { (1, ms / 1000) } else { (0, ms) };
    to.unsigned((u64::from(count) << 1 | whole) << width | u64::from(bits));
}

/// What [`put_wait`] wrote: milliseconds and bits; `None` at the end.
fn get_wait(from: &mut Reader<'_>, width: u32) -> Option<(u32, u32)> {
    let number = from.unsigned().ok()?;
    let bits = u32::try_from(number & ((1 << width) - 1)).ok()?;
    let (count, whole) = (number >> (width + 1), number >> width & 1);
    let ms = u32::try_from(count).ok()?;
    Some((if whole == 1 { ms.saturating_mul(1000) } else { ms }, bits))
}

const STAFF: u32 = 1;
const FIRST_POST: u32 = 2;

/// Of answers by person: steps from person to person, and times.
pub(crate) fn pack_given(given: &[Given]) -> Writer {
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

/// Reads what [`pack_given`] wrote.
pub(crate) fn unpacked_given(mut from: Reader<'_>) -> impl Iterator<Item = Given> {
    let mut who = 0;
    std::iter::from_fn(move || {
        who += u32::try_from(from.unsigned().ok()?).ok()?;
        let (waited_ms, bits) = get_wait(&mut from, 2)?;
        let (staff, first_post) = (bits & STAFF != 0, bits & FIRST_POST != 0);
        Some(Given { who: IdentityId(who), waited_ms, staff, first_post })
    })
}

/// All but the time, of something answered.
pub(crate) fn head(thread: Thread) -> u32 {
    let by = thread.answered_by.unwrap_or_default() as u32;
    u32::from(thread.flags.0) << 4 | (thread.class as u32) << 2 | by
}

/// Of sorted threads: each head, how many, and their times as steps.
pub(crate) fn pack_threads(threads: &[(i32, Thread)]) -> Writer {
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
pub(crate) struct UnpackedThreads<'a> {
    from: Reader<'a>,
    head: u32,
    left: u64,
    wait: u32,
}

impl<'a> UnpackedThreads<'a> {
    pub(crate) fn open(from: Reader<'a>) -> Self {
        Self { from, head: 0, left: 0, wait: 0 }
    }
}

impl Iterator for UnpackedThreads<'_> {
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
        let given = |who, waited_ms, staff, first_post| Given {
            who: IdentityId(who),
            waited_ms,
            staff,
            first_post,
        };
        let answers = [
            given(2, 3_000, false, true),
            given(9, u32::MAX, true, false),
            given(9, 1, false, true),
        ];
        threads.sort_unstable_by_key(|(_, thread)| thread.order());
        let (mut kept, mut given) = (Packed::default(), Packed::default());
        kept.keep(5, pack_threads(&threads));
        kept.keep(4, pack_threads(&threads));
        given.keep(4, pack_given(&answers));
        kept.sort();
        let day = |day| Span { from: Day(day), to: Day(day) };
        let back = kept.of(day(4)).flat_map(UnpackedThreads::open);
        assert!(back.eq(threads.iter().map(|(_, thread)| *thread)));
        assert!(given.of(day(4)).flat_map(unpacked_given).eq(answers));
        assert_eq!(kept.of(day(3)).count() + given.of(day(5)).count(), 0);
    }
}
