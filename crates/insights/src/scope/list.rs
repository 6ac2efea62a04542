//! Where the pages of one group are: at hand in memory, or kept packed elsewhere.
//!
//! Whoever goes over them gets one page after another and must not keep them: pages kept
//! elsewhere are unpacked for each pass and dropped with it.

use crate::page::Page;
use domain::Day;
use std::borrow::Cow;

/// Pages kept packed outside of memory by whoever does IO.
pub trait KeptPages: std::fmt::Debug + Sync {
    /// The day of each page, in order.
    fn days(&self) -> &[i32];
    /// The page in this place of the order; one with nothing on it when it cannot be read, which
    /// the keeper remembers and tells.
    fn page(&self, place: usize) -> Page;
}

/// The pages of one group by day.
#[derive(Clone, Copy, Debug)]
pub enum PageList<'a> {
    /// In memory.
    AtHand(&'a [Page]),
    /// Unpacked one by one.
    Kept(&'a dyn KeptPages),
}

impl<'a> PageList<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::AtHand(pages) => pages.len(),
            Self::Kept(pages) => pages.days().len(),
        }
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The day of the page in this place.
    pub fn day(&self, place: usize) -> Option<Day> {
        match self {
            Self::AtHand(pages) => pages.get(place).map(Page::day),
            Self::Kept(pages) => pages.days().get(place).copied().map(Day),
        }
    }

    /// The day of the last page.
    pub fn last_day(&self) -> Option<Day> {
        self.day(self.len().checked_sub(1)?)
    }

    /// The page in this place.
    pub fn get(&self, place: usize) -> Option<Cow<'a, Page>> {
        match *self {
            Self::AtHand(pages) => pages.get(place).map(Cow::Borrowed),
            Self::Kept(pages) => {
                (place < pages.days().len()).then(|| Cow::Owned(pages.page(place)))
            }
        }
    }

    /// All of them, by day.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'a, Page>> + use<'a> {
        let list = *self;
        (0..list.len()).filter_map(move |place| list.get(place))
    }

    /// All days, in order.
    pub fn days(&self) -> impl Iterator<Item = Day> + use<'a> {
        let list = *self;
        (0..list.len()).filter_map(move |place| list.day(place))
    }
}

impl<'a> From<&'a [Page]> for PageList<'a> {
    fn from(pages: &'a [Page]) -> Self {
        Self::AtHand(pages)
    }
}
