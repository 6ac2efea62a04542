//! The pages of several groups in one order: by day, then by group.

use crate::overview::Span;
use crate::page::Page;
use crate::scope::GroupPages;
use std::borrow::Cow;

/// A page with its group's position.
#[derive(Clone, Debug)]
pub(crate) struct DayPage<'a> {
    pub(crate) group: u32,
    pub(crate) page: Cow<'a, Page>,
}

/// Where a page is.
#[derive(Clone, Copy, Debug)]
struct Leaf {
    day: i32,
    group: u32,
    place: u32,
}

/// All pages of some groups.
#[derive(Debug)]
pub(crate) struct Calendar<'a> {
    pub(crate) groups: Vec<GroupPages<'a>>,
    leaves: Vec<Leaf>,
}

impl<'a> Calendar<'a> {
    pub(crate) fn new(groups: Vec<GroupPages<'a>>) -> Self {
        let mut leaves = Vec::with_capacity(groups.iter().map(|group| group.pages.len()).sum());
        for (group, given) in (0..).zip(&groups) {
            let days = (0..).zip(given.pages.days());
            leaves.extend(days.map(|(place, day)| Leaf { day: day.0, group, place }));
        }
        leaves.sort_by_key(|leaf| (leaf.day, leaf.group));
        Self { groups, leaves }
    }

    /// The first and the last day with a page.
    pub(crate) fn ends(&self) -> Option<(i32, i32)> {
        let (first, last) = self.leaves.first().zip(self.leaves.last())?;
        Some((first.day, last.day))
    }

    /// One page after another.
    pub(crate) fn pages(&self) -> impl Iterator<Item = DayPage<'a>> {
        self.open(&self.leaves)
    }

    /// Those of these days.
    pub(crate) fn pages_of(&self, span: Span) -> impl Iterator<Item = DayPage<'a>> {
        let from = self.leaves.partition_point(|leaf| leaf.day < span.from.0);
        let to = self.leaves.partition_point(|leaf| leaf.day <= span.to.0);
        self.open(self.leaves.get(from..to).unwrap_or_default())
    }

    fn open(&self, leaves: &[Leaf]) -> impl Iterator<Item = DayPage<'a>> {
        leaves.iter().filter_map(|leaf| {
            let pages = self.groups.get(leaf.group as usize)?.pages;
            Some(DayPage { group: leaf.group, page: pages.get(leaf.place as usize)? })
        })
    }
}
