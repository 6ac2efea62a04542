//! What people said to each other, summed by two: packed in order, because in a large group there
//! are millions of pairs.
//!
//! Pairs are gathered in a list, and the list is laid into the packed ones whenever it is full.
//! Packed ones lie in blocks, so that laying in needs room for one block more, not for all twice.

use crate::codec::wire::{Reader, Writer};
use crate::page::Edge;
use domain::IdentityId;

/// Pairs gathered before they are laid in: 12 MB of them.
const GATHERED_MAX: usize = 1 << 19;
/// Bytes of a block.
const BLOCK_BYTES: usize = 64 << 10;
/// Messages by next-in-order that make a link where no reply or mention does: one may be chance.
const BY_ORDER_MIN: u32 = 2;

/// Messages from one to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Exchange {
    /// By reply link or mention.
    told: u32,
    /// Read from the order.
    by_order: u32,
}

impl Exchange {
    /// All of them.
    pub(crate) fn all(self) -> u32 {
        self.told.saturating_add(self.by_order)
    }

    /// Enough to speak of a link: one reply or mention, or two by order.
    pub(crate) fn is_link(self) -> bool {
        self.told > 0 || self.by_order >= BY_ORDER_MIN
    }

    fn and(self, more: Self) -> Self {
        Self {
            told: self.told.saturating_add(more.told),
            by_order: self.by_order.saturating_add(more.by_order),
        }
    }
}

/// Two people and what they said to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The one with the lower number.
    pub(crate) a: IdentityId,
    pub(crate) b: IdentityId,
    /// From `a` to `b`.
    pub(crate) there: Exchange,
    /// From `b` to `a`.
    pub(crate) back: Exchange,
}

impl Pair {
    fn of(edge: &Edge) -> Self {
        let Edge { from, to, told, by_order } = *edge;
        let (words, none) = (Exchange { told, by_order }, Exchange::default());
        if from < to {
            Self { a: from, b: to, there: words, back: none }
        } else {
            Self { a: to, b: from, there: none, back: words }
        }
    }

    fn key(&self) -> u64 {
        u64::from(self.a.0) << 32 | u64::from(self.b.0)
    }

    fn add(&mut self, more: &Self) {
        self.there = self.there.and(more.there);
        self.back = self.back.and(more.back);
    }
}

/// Pairs, each once.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    gathered: Vec<Pair>,
    blocks: Vec<Box<[u8]>>,
}

impl Pairs {
    /// Adds words from one to another, who are not the same.
    pub(crate) fn add(&mut self, edge: &Edge) {
        if self.gathered.len() >= GATHERED_MAX {
            self.merge();
            if self.gathered.len() > GATHERED_MAX / 2 {
                self.lay_in();
            }
        }
        self.gathered.push(Pair::of(edge));
    }

    /// To be called after the last words.
    pub(crate) fn close(&mut self) {
        self.merge();
        self.lay_in();
        self.gathered = Vec::new();
    }

    /// All of them by their numbers, after [`Pairs::close`].
    pub(crate) fn iter(&self) -> impl Iterator<Item = Pair> {
        self.blocks.iter().flat_map(|bytes| Block::open(bytes))
    }

    /// Sorts the gathered ones and makes one of those between the same two.
    fn merge(&mut self) {
        self.gathered.sort_unstable_by_key(Pair::key);
        self.gathered.dedup_by(|next, kept| {
            let same = next.key() == kept.key();
            if same {
                kept.add(next);
            }
            same
        });
    }

    fn lay_in(&mut self) {
        let mut packing = Packing::default();
        let mut gathered = self.gathered.drain(..).peekable();
        for block in std::mem::take(&mut self.blocks) {
            for mut pair in Block::open(&block) {
                while let Some(new) = gathered.next_if(|new| new.key() < pair.key()) {
                    packing.put(&new);
                }
                if let Some(new) = gathered.next_if(|new| new.key() == pair.key()) {
                    pair.add(&new);
                }
                packing.put(&pair);
            }
        }
        gathered.for_each(|new| packing.put(&new));
        packing.end_block();
        self.blocks = packing.blocks;
    }
}

#[derive(Default)]
struct Packing {
    blocks: Vec<Box<[u8]>>,
    bytes: Writer,
    before: u64,
}

/// The numbers of a pair: two bits each in one byte; what is larger follows.
const IN_HEAD: u32 = 3;

impl Packing {
    fn put(&mut self, pair: &Pair) {
        self.bytes.unsigned(pair.key() - self.before);
        self.before = pair.key();
        let counts = [pair.there.told, pair.there.by_order, pair.back.told, pair.back.by_order];
        let head = counts.iter().fold(0, |head, count| head << 2 | u64::from(IN_HEAD.min(*count)));
        self.bytes.0.push(head.to_le_bytes()[0]);
        for count in counts.iter().filter(|count| **count >= IN_HEAD) {
            self.bytes.unsigned(u64::from(count - IN_HEAD));
        }
        if self.bytes.0.len() >= BLOCK_BYTES {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        if !self.bytes.0.is_empty() {
            self.blocks.push(self.bytes.0.as_slice().into());
            self.bytes.0.clear();
        }
        self.before = 0;
    }
}

/// Reads a block.
struct Block<'a> {
    from: Reader<'a>,
    before: u64,
}

impl<'a> Block<'a> {
    fn open(bytes: &'a [u8]) -> Self {
        Self { from: Reader(bytes), before: 0 }
    }
}

impl Iterator for Block<'_> {
    type Item = Pair;

    fn next(&mut self) -> Option<Pair> {
        self.before += self.from.unsigned().ok()?;
        let head = u32::from(self.from.byte().ok()?);
        let mut count = |shift: u32| match head >> shift & IN_HEAD {
            IN_HEAD => Some(self.from.small::<u32>().ok()?.saturating_add(IN_HEAD)),
            count => Some(count),
        };
        let there = Exchange { told: count(6)?, by_order: count(4)? };
        let back = Exchange { told: count(2)?, by_order: count(0)? };
        Some(Pair { a: person(self.before >> 32), b: person(self.before), there, back })
    }
}

/// The lower half of a key.
fn person(key: u64) -> IdentityId {
    IdentityId(u32::try_from(key & u64::from(u32::MAX)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn pairs_laid_in_many_times_are_summed_as_in_a_map() {
        let mut pairs = Pairs::default();
        let mut map: BTreeMap<(u32, u32), [u32; 4]> = BTreeMap::new();
        let mut draw = 1_u32;
        for n in 0..400_000_u32 {
            draw = draw.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (from, to) = (draw >> 8 & 0x1ff, draw >> 20 & 0x1ff);
            let (from, to) = (from * from * 97, to * to * 97);
            if from == to {
                continue;
            }
            let (told, by_order) = (draw & 1, (draw >> 1 & 1) * (n % 300));
            pairs.add(&Edge { from: IdentityId(from), to: IdentityId(to), told, by_order });
            let sums = map.entry((from.min(to), from.max(to))).or_default();
            let side = if from < to { 0 } else { 2 };
            sums[side] += told;
            sums[side + 1] += by_order;
            if n % 50_000 == 0 {
                pairs.merge();
                pairs.lay_in();
            }
        }
        pairs.close();
        assert!(pairs.blocks.len() > 4);
        let unpacked = pairs.iter().map(|pair| {
            let counts = [pair.there.told, pair.there.by_order, pair.back.told, pair.back.by_order];
            ((pair.a.0, pair.b.0), counts)
        });
        assert!(unpacked.eq(map));
    }
}
