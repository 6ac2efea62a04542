//! The bytes of a page. The first byte is the version; a golden file holds each version.
//!
//! Version 1 is a row of LEB128 numbers: day, settings, the scalars, then each list with its
//! length before it; lists sorted by identity or time are written as steps from the entry before.
//! Decoding any bytes gives a page or an error: it neither panics nor allocates more than a
//! constant times their length.

mod lists;
pub(crate) mod wire;

use crate::codec::lists::List;
use crate::codec::wire::{Reader, Writer};
use crate::page::{Answer, Coming, Edge, Going, Item, ItemFlags, Page, PersonDay};
use domain::Millis;

const VERSION: u8 = 1;

/// Page bytes that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageError {
    /// They end too early, or a list claims more entries than there are bytes.
    Truncated,
    /// Written by a newer program.
    Version(u8),
    /// A value that this version does not define.
    Value,
    /// Bytes left over.
    Trailing(usize),
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Truncated => write!(f, "a stored day page ends too early: rebuild the pages"),
            Self::Version(version) => {
                write!(
                    f,
                    "a stored day page has version {version}; this program reads up to {VERSION}: \
                     update it or rebuild the pages"
                )
            }
            Self::Value => write!(f, "a stored day page holds an unknown value: rebuild the pages"),
            Self::Trailing(bytes) => {
                write!(f, "a stored day page has {bytes} bytes too many: rebuild the pages")
            }
        }
    }
}

impl std::error::Error for PageError {}

impl Page {
    /// The page as bytes, version 1. Equal pages give equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        let size = 96 + 8 * self.people.len() + 6 * self.edges.len() + 16 * self.items.len();
        let mut to = Writer(Vec::with_capacity(size));
        to.0.push(VERSION);
        to.signed(i64::from(self.day));
        to.unsigned(u64::from(self.settings));
        for count in self.hours.iter().chain(&self.idle).chain(&self.media) {
            to.unsigned(u64::from(*count));
        }
        for count in [self.service_rows, self.reactions, self.edits, self.recalls] {
            to.unsigned(u64::from(count));
        }
        match self.first_last {
            None => to.unsigned(0),
            Some((first, last)) => {
                to.unsigned(1);
                to.signed(first.0);
                to.signed(last.0.wrapping_sub(first.0));
            }
        }
        lists::write(&mut to, &self.people);
        lists::write(&mut to, &self.edges);
        lists::write(&mut to, &self.comings);
        lists::write(&mut to, &self.goings);
        lists::write(&mut to, &self.items);
        lists::write(&mut to, &self.answers);
        to.0
    }

    /// Reads a page of any known version.
    pub fn decode(bytes: &[u8]) -> Result<Self, PageError> {
        let mut from = Reader(bytes);
        let mut page = head(&mut from)?;
        page.people = read::<PersonDay>(&mut from)?;
        page.edges = read::<Edge>(&mut from)?;
        page.comings = read::<Coming>(&mut from)?;
        page.goings = read::<Going>(&mut from)?;
        page.items = read::<Item>(&mut from)?;
        page.answers = read::<Answer>(&mut from)?;
        if from.0.is_empty() { Ok(page) } else { Err(PageError::Trailing(from.0.len())) }
    }

    /// Reads who was there: counts, people, who came and went, and first posts. Who spoke to whom,
    /// what else waited, and answers are left out, in a third of the time. Enough for days outside
    /// of [`crate::whole_days`].
    pub fn skim(bytes: &[u8]) -> Result<Self, PageError> {
        let mut from = Reader(bytes);
        let mut page = head(&mut from)?;
        page.people = read::<PersonDay>(&mut from)?;
        let edges = from.count(Edge::BYTES_MIN)?;
        from.skip(edges * Edge::NUMBERS)?;
        page.comings = read::<Coming>(&mut from)?;
        page.goings = read::<Going>(&mut from)?;
        page.items =
            lists::read_some::<Item>(&mut from, |item| item.flags.has(ItemFlags::FIRST_POST))?;
        Ok(page)
    }
}

/// All but the lists.
fn head(from: &mut Reader<'_>) -> Result<Page, PageError> {
    match from.byte()? {
        VERSION => {}
        version => return Err(PageError::Version(version)),
    }
    let day = i32::try_from(from.signed()?).map_err(|_| PageError::Value)?;
    let mut page = Page { day, settings: from.small()?, ..Page::default() };
    let sums = page.hours.iter_mut().chain(&mut page.idle).chain(&mut page.media);
    for count in sums {
        *count = from.small()?;
    }
    page.service_rows = from.small()?;
    page.reactions = from.small()?;
    page.edits = from.small()?;
    page.recalls = from.small()?;
    page.first_last = match from.unsigned()? {
        0 => None,
        1 => {
            let first = from.signed()?;
            Some((Millis(first), Millis(first.wrapping_add(from.signed()?))))
        }
        _ => return Err(PageError::Value),
    };
    Ok(page)
}

fn read<T: List>(from: &mut Reader<'_>) -> Result<Vec<T>, PageError> {
    lists::read(from)
}
