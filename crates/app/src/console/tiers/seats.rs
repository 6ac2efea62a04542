//! Who did what in a day or month, as bits: everybody of a group has a seat, and a set of people
//! is a row of bits over the seats, so that sets of many days are put together word by word.
//!
//! Invariants: seats are given out in the order of coming and never taken back, so bits written
//! earlier stay right while groups grow; a set that is shorter as a list of seats is one (few
//! people of a large group). Identities are people here, as in [`Tier`].

use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

use domain::GroupId;
use insights::{People, Tier};
use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

use crate::console::figures::Heads;

/// Bits of a word.
const WORD: u32 = u32::BITS;

/// The sets of [`People`], in its order.
type Sets<T> = [T; 4];

/// Who sits where, in each group that was ever seen.
#[derive(Debug, Default)]
pub(super) struct Seats(RwLock<FxHashMap<GroupId, Room>>);

/// The seats of one group.
#[derive(Debug, Default)]
struct Room {
    /// Identity on each seat.
    who: Vec<u32>,
    /// Seat of each identity.
    seats: FxHashMap<u32, u32>,
}

/// A tier with its people as bits.
#[derive(Debug)]
pub(super) struct Seated {
    tier: Tier,
    /// Where the sets of each group begin in `words`, in the order of the groups.
    starts: Vec<usize>,
    /// For each group four sets: how many words follow, twice, and one more for bits; then the
    /// seats, or the word where the bits begin and the bits.
    words: Vec<u32>,
}

impl Deref for Seated {
    type Target = Tier;

    fn deref(&self) -> &Tier {
        &self.tier
    }
}

impl Room {
    fn seat(&mut self, who: u32) -> u32 {
        *self.seats.entry(who).or_insert_with(|| {
            self.who.push(who);
            u32::try_from(self.who.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

impl Seats {
    /// Gives everybody of a tier a seat.
    pub(super) fn seat(&self, tier: Tier) -> Seated {
        let mut rooms = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let (mut starts, mut words) = (Vec::new(), Vec::new());
        let mut sets: Sets<Vec<u32>> = Sets::default();
        for group in tier.groups() {
            let room = rooms.entry(group).or_default();
            sets.iter_mut().for_each(Vec::clear);
            tier.each_person(group, |set, who| {
                let seat = room.seat(who);
                sets.get_mut(set).into_iter().for_each(|set| set.push(seat));
            });
            starts.push(words.len());
            for set in &sets {
                pack(set, &mut words);
            }
        }
        words.shrink_to_fit();
        Seated { tier, starts, words }
    }

    /// Distinct people of each group over all parts, and of all of them; somebody counts once in
    /// each group however many parts there are.
    pub(super) fn heads(&self, parts: &[Arc<Seated>], groups: &[GroupId]) -> (Vec<Heads>, People) {
        let rooms = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let seats = |group: &GroupId| rooms.get(group).map_or(&[][..], |room| &room.who);
        let empty = |group: &GroupId| {
            let words = seats(group).len().div_ceil(WORD as usize);
            std::array::from_fn(|_| vec![0; words])
        };
        let mut all: Vec<Sets<Vec<u32>>> = groups.iter().map(empty).collect();
        for part in parts {
            for (at, place) in part.places_among(groups) {
                all.get_mut(at).into_iter().for_each(|sets| part.add_to(sets, place));
            }
        }
        let mut people: Sets<Vec<u8>> = Sets::default();
        for (group, sets) in groups.iter().zip(&all) {
            for (set, into) in sets.iter().zip(&mut people) {
                name(set, seats(group), into);
            }
        }
        let count = |set: &Vec<u32>| set.iter().map(|word| u64::from(word.count_ones())).sum();
        let count = |sets: &Sets<Vec<u32>>| {
            let [spoke, effective, came, left] = sets.each_ref().map(count);
            Heads { spoke, effective, came, left }
        };
        let [spoke, effective, came, left] =
            people.map(|bits| RoaringBitmap::from_lsb0_bytes(0, &bits));
        (all.iter().map(count).collect(), People { spoke, effective, came, left })
    }
}

impl Seated {
    /// Adds the sets of the group in this place.
    fn add_to(&self, sets: &mut Sets<Vec<u32>>, place: usize) {
        let start = self.starts.get(place).copied().unwrap_or(usize::MAX);
        let mut rest = self.words.get(start..).unwrap_or_default();
        for into in sets {
            let Some((head, more)) = rest.split_first() else { return };
            let Some((set, next)) = more.split_at_checked((head >> 1) as usize) else { return };
            rest = next;
            let add = if head & 1 == 1 { add_bits } else { add_seats };
            add(into, set);
        }
    }
}

fn add_seats(into: &mut [u32], seats: &[u32]) {
    for seat in seats {
        if let Some(word) = into.get_mut((seat / WORD) as usize) {
            *word |= 1 << (seat % WORD);
        }
    }
}

fn add_bits(into: &mut [u32], set: &[u32]) {
    let Some((first, bits)) = set.split_first() else { return };
    let into = into.get_mut(*first as usize..).unwrap_or_default();
    for (into, bits) in into.iter_mut().zip(bits) {
        *into |= bits;
    }
}

/// Writes a set down, as bits or as seats.
fn pack(set: &[u32], to: &mut Vec<u32>) {
    let ends = set.iter().min().zip(set.iter().max());
    let (first, last) = ends.map_or((0, 0), |(min, max)| (min / WORD, max / WORD));
    let words = (last - first) as usize + 2;
    let head = |words: usize| u32::try_from(words << 1).unwrap_or(0);
    if set.len() <= words {
        to.push(head(set.len()));
        to.extend(set);
        return;
    }
    to.extend([head(words) | 1, first]);
    let mut bits = vec![0; words - 1];
    let seats: Vec<u32> = set.iter().map(|seat| seat - first * WORD).collect();
    add_seats(&mut bits, &seats);
    to.extend(bits);
}

/// Sets the bits of the identities that sit on these seats.
fn name(set: &[u32], seats: &[u32], into: &mut Vec<u8>) {
    for (word, seats) in set.iter().zip(seats.chunks(WORD as usize)) {
        let mut word = *word;
        while word != 0 {
            let who = seats.get(word.trailing_zeros() as usize).copied().unwrap_or(0);
            let byte = (who / 8) as usize;
            if into.len() <= byte {
                into.resize(byte + 1, 0);
            }
            if let Some(byte) = into.get_mut(byte) {
                *byte |= 1 << (who % 8);
            }
            word &= word - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use insights::GroupDay;

    use super::*;

    /// Who did what in a group on a day: a small group, a large one of which few do anything, and
    /// one that grows.
    fn people(group: i64, day: u32) -> People {
        let some = |of: u32, every: u32, first: u32| -> RoaringBitmap {
            (0..of)
                .filter(|who| (who * 7 + day).is_multiple_of(every))
                .map(|who| first + who)
                .collect()
        };
        let spoke = match group {
            1 => some(200, 3, 1),
            2 => some(9_000, 400, 150),
            _ => some(50 * day, 5, 20_000),
        };
        let effective = spoke.iter().filter(|who| who % 2 == 0).collect();
        let left = some(40, 39, 1);
        People { spoke, effective, came: RoaringBitmap::new(), left }
    }

    #[test]
    fn heads_are_counted_once_in_each_group_and_over_all_of_them() {
        let (seats, days) = (Seats::default(), 1..9_u32);
        let tier = |day: u32| {
            let of = |group| GroupDay { people: people(group, day), ..GroupDay::default() };
            let groups = [1, 2, 5].into_iter().filter(|group| *group != 2 || day > 3);
            let groups: BTreeMap<_, _> = groups.map(|group| (GroupId(group), of(group))).collect();
            Arc::new(seats.seat(Tier::of(&groups)))
        };
        let parts: Vec<Arc<Seated>> = days.clone().map(tier).collect();
        for groups in [&[1, 2, 5][..], &[2], &[0, 3, 5, 9], &[]] {
            let ids: Vec<GroupId> = groups.iter().copied().map(GroupId).collect();
            let (heads, once) = seats.heads(&parts[2..], &ids);
            let mut all = People::default();
            for (group, heads) in groups.iter().zip(&heads) {
                let mut own = People::default();
                let first = if *group == 2 { 4 } else { 3 };
                if [1, 2, 5].contains(group) {
                    (first..9).for_each(|day| own.add(&people(*group, day)));
                }
                let counts =
                    [&own.spoke, &own.effective, &own.came, &own.left].map(RoaringBitmap::len);
                let Heads { spoke, effective, came, left } = *heads;
                assert_eq!([spoke, effective, came, left], counts, "group {group}");
                all.add(&own);
            }
            assert_eq!((heads.len(), once), (groups.len(), all));
        }
    }

    #[test]
    fn a_set_is_as_short_as_it_can_be() {
        for (set, words) in [(vec![], 1), (vec![70_000], 2), ((64..264).collect(), 9)] {
            let mut packed = Vec::new();
            pack(&set, &mut packed);
            assert_eq!(packed.len(), words);
            let distinct: BTreeSet<u32> = set.into_iter().collect();
            let seated = Seated { tier: Tier::default(), starts: vec![0], words: packed };
            let mut sets = Sets::<Vec<u32>>::default();
            sets[0] = vec![0; 3_000];
            seated.add_to(&mut sets, 0);
            let all = (0..96_000).filter(|s| sets[0][(s / WORD) as usize] >> (s % WORD) & 1 == 1);
            assert_eq!(all.collect::<BTreeSet<u32>>(), distinct);
        }
    }
}
