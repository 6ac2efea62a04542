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

const VERSION: u8 = 1;

/// Many groups over one day or month, with what they come to together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tier {
    bytes: Vec<u8>,
    /// Where each group stands in the bytes.
    places: Vec<(GroupId, std::ops::Range<usize>)>,
    /// All groups together.
    pub total: Sums,
    /// Their people, each once.
    pub people: People,
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
        for (group, place) in &self.places {
            packed.insert(*group, self.bytes.get(place.clone()).unwrap_or_default().to_vec());
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
            tier.total.add(&Sums::read(&mut own)?);
            tier.people.read_into(&mut own)?;
            if !own.0.is_empty() {
                return Err(PageError::Trailing(own.0.len()));
            }
            tier.places.push((group, start..start + length));
            from.0 = rest;
        }
        if !from.0.is_empty() {
            return Err(PageError::Trailing(from.0.len()));
        }
        tier.bytes = bytes;
        Ok(tier)
    }

    /// The sums of each group that has any, by number.
    pub fn sums(&self) -> impl Iterator<Item = (GroupId, Sums)> {
        self.places.iter().filter_map(|(group, place)| {
            let mut from = Reader(self.bytes.get(place.clone())?);
            Some((*group, Sums::read(&mut from).ok()?))
        })
    }

    /// The same for one group.
    pub fn sums_of(&self, group: GroupId) -> Option<Sums> {
        let mut from = self.reader(group)?;
        Sums::read(&mut from).ok()
    }

    /// Adds the people of one group.
    pub fn people_of(&self, group: GroupId, into: &mut People) {
        if let Some(mut from) = self.reader(group)
            && Sums::read(&mut from).is_ok()
        {
            // It was read whole when the tier was.
            let _ = into.read_into(&mut from);
        }
    }

    /// Tells every person of one group with the set (in the order of [`People`]): 0 wrote, 1 spoke
    /// effectively, 2 came, 3 left.
    pub fn each_person(&self, group: GroupId, take: impl FnMut(usize, u32)) {
        if let Some(mut from) = self.reader(group)
            && Sums::read(&mut from).is_ok()
        {
            // It was read whole when the tier was.
            let _ = People::tell(&mut from, take);
        }
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
        self.places.iter().map(|(group, _)| *group)
    }

    fn reader(&self, group: GroupId) -> Option<Reader<'_>> {
        let place = self.places.binary_search_by_key(&group, |(group, _)| *group).ok()?;
        let (_, place) = self.places.get(place)?;
        Some(Reader(self.bytes.get(place.clone())?))
    }
}
