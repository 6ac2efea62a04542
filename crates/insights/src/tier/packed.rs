//! Many groups over one day or one month, packed: the bytes are kept, and read where needed.
//!
//! Version 1: the version byte, the number of groups, then for each group its number, the length of
//! what follows, its sums and its four sets. The order is that of the numbers of the groups.

use crate::codec::PageError;
use crate::codec::wire::{Reader, Writer};
use crate::tier::day::GroupDay;
use crate::tier::people::People;
use crate::tier::sums::Sums;
use domain::GroupId;
use std::collections::BTreeMap;
use std::ops::Range;

const VERSION: u8 = 1;

/// Many groups over one day or month, with what they come to together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tier {
    bytes: Vec<u8>,
    /// Where each group stands in the bytes, by number.
    places: Vec<Place>,
    /// All groups together.
    pub total: Sums,
}

/// Where a group stands in the bytes.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    group: GroupId,
    bytes: Range<usize>,
    /// Where its people begin, behind its sums.
    people: usize,
    /// Joins less leaves: asked for more often than all the rest.
    net: i64,
}

impl Tier {
    /// Puts groups together.
    pub fn of(groups: &BTreeMap<GroupId, GroupDay>) -> Self {
        let packed = groups.iter().filter(|(_, day)| !day.is_empty()).map(|(group, day)| {
            let mut to = Writer::default();
            day.sums.write(&mut to);
            day.people.write(&mut to);
            (*group, to.0)
        });
        Self::put(&packed.collect::<Vec<_>>())
    }

    fn put(groups: &[(GroupId, Vec<u8>)]) -> Self {
        let mut to = Writer(vec![VERSION]);
        to.count(groups.len());
        for (group, bytes) in groups {
            to.signed(group.0);
            to.count(bytes.len());
            to.0.extend_from_slice(bytes);
        }
        // What was just written can be read.
        Self::decode(to.0).unwrap_or_default()
    }

    /// The same with some groups replaced; empty ones are taken out.
    #[must_use]
    pub fn with(&self, changed: &BTreeMap<GroupId, GroupDay>) -> Self {
        let mut packed: BTreeMap<GroupId, Vec<u8>> = BTreeMap::new();
        for place in &self.places {
            let bytes = self.bytes.get(place.bytes.clone()).unwrap_or_default();
            packed.insert(place.group, bytes.to_vec());
        }
        for (group, day) in changed {
            packed.remove(group);
            if !day.is_empty() {
                let mut to = Writer::default();
                day.sums.write(&mut to);
                day.people.write(&mut to);
                packed.insert(*group, to.0);
            }
        }
        Self::put(&packed.into_iter().collect::<Vec<_>>())
    }

    /// The bytes to keep.
    pub fn encode(&self) -> &[u8] {
        if self.bytes.is_empty() { &[VERSION, 0] } else { &self.bytes }
    }

    /// Reads what was kept.
    pub fn decode(bytes: Vec<u8>) -> Result<Self, PageError> {
        let mut tier = Self::default();
        let mut from = Reader(&bytes);
        match from.byte()? {
            VERSION => {}
            version => return Err(PageError::Version(version)),
        }
        for _ in 0..from.count(2)? {
            let group = GroupId(from.signed()?);
            let length = from.count(1)?;
            let start = bytes.len() - from.0.len();
            let (of_group, rest) = from.0.split_at_checked(length).ok_or(PageError::Truncated)?;
            let mut own = Reader(of_group);
            let sums = Sums::read(&mut own)?;
            let people = start + length - own.0.len();
            tier.total.add(&sums);
            People::tell(&mut own, |_, _| {})?;
            if !own.0.is_empty() {
                return Err(PageError::Trailing(own.0.len()));
            }
            let (bytes, net) = (start..start + length, sums.joins as i64 - sums.leaves as i64);
            tier.places.push(Place { group, bytes, people, net });
            from.0 = rest;
        }
        if !from.0.is_empty() {
            return Err(PageError::Trailing(from.0.len()));
        }
        tier.bytes = bytes;
        Ok(tier)
    }

    /// The sums of those of `groups` (by number) that have any, with their places in the list.
    pub fn sums_among(&self, groups: &[GroupId]) -> impl Iterator<Item = (usize, Sums)> {
        self.among(groups).filter_map(|(at, place)| Some((at, self.sums_at(place)?)))
    }

    /// The same with joins less leaves only.
    pub fn nets_among(&self, groups: &[GroupId]) -> impl Iterator<Item = (usize, i64)> {
        self.among(groups).map(|(at, place)| (at, place.net))
    }

    /// Which of `groups` (by number) have anything: their places in that list and in
    /// [`Self::groups`]. Both are in the order of the numbers.
    pub fn places_among(&self, groups: &[GroupId]) -> impl Iterator<Item = (usize, usize)> {
        let mut wanted = groups.iter().enumerate().peekable();
        self.places.iter().enumerate().filter_map(move |(number, place)| {
            while wanted.next_if(|(_, group)| **group < place.group).is_some() {}
            let (at, _) = wanted.next_if(|(_, group)| **group == place.group)?;
            Some((at, number))
        })
    }

    fn among(&self, groups: &[GroupId]) -> impl Iterator<Item = (usize, &Place)> {
        self.places_among(groups).filter_map(|(at, place)| Some((at, self.places.get(place)?)))
    }

    /// The sums of one group.
    pub fn sums_of(&self, group: GroupId) -> Option<Sums> {
        self.sums_at(self.place(group)?)
    }

    fn sums_at(&self, place: &Place) -> Option<Sums> {
        Sums::read(&mut Reader(self.bytes.get(place.bytes.clone())?)).ok()
    }

    /// Adds the people of one group.
    fn people_of(&self, group: GroupId, into: &mut People) {
        if let Some(mut from) = self.people_at(group) {
            // It was read whole when the tier was.
            let _ = into.read_into(&mut from);
        }
    }

    /// Tells every person of one group with the set (in the order of [`People`]): 0 wrote, 1 spoke
    /// effectively, 2 came, 3 left.
    pub fn each_person(&self, group: GroupId, take: impl FnMut(usize, u32)) {
        if let Some(mut from) = self.people_at(group) {
            // It was read whole when the tier was.
            let _ = People::tell(&mut from, take);
        }
    }

    fn people_at(&self, group: GroupId) -> Option<Reader<'_>> {
        let place = self.place(group)?;
        Some(Reader(self.bytes.get(place.people..place.bytes.end)?))
    }

    /// Sums and people of one group; nothing where it has none.
    pub fn group(&self, group: GroupId) -> GroupDay {
        let mut day =
            GroupDay { sums: self.sums_of(group).unwrap_or_default(), ..GroupDay::default() };
        self.people_of(group, &mut day.people);
        day
    }

    /// The groups that have anything.
    pub fn groups(&self) -> impl Iterator<Item = GroupId> {
        self.places.iter().map(|place| place.group)
    }

    fn place(&self, group: GroupId) -> Option<&Place> {
        // Numbers are dense: mostly it stands as far from the first as its number says.
        let guess = self.places.first().and_then(|first| {
            self.places.get(usize::try_from(group.0.checked_sub(first.group.0)?).ok()?)
        });
        guess.filter(|place| place.group == group).or_else(|| {
            let at = self.places.binary_search_by_key(&group, |place| place.group).ok()?;
            self.places.get(at)
        })
    }
}
