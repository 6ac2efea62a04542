//! Day pages kept packed in a temporary file, so that a report on any number of messages needs
//! no more memory than what its figures are counted from.
//!
//! The file has no name and is gone with the process; small ones never leave the memory, and of
//! those that came packed the first [`AT_HAND_BYTES`] are held unpacked, too. What cannot be read
//! back is remembered and told by [`Shelf::whole`]: figures never come from holes.

use crate::error::Fault;
use domain::Day;
use insights::{KeptPages, Page, PageList, Span};
use std::io::{Error, Read, Seek, SeekFrom, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tempfile::SpooledTempFile;

/// Bytes of packed pages that stay in memory: those of about a million messages.
const MEMORY_BYTES: usize = 16 << 20;

/// Bytes of packed pages that are held unpacked as well: a year of a busy group, some times as much
/// memory.
const AT_HAND_BYTES: usize = 8 << 20;

/// The file that holds the pages of all groups.
#[derive(Debug)]
pub(crate) struct Shelf {
    file: Mutex<SpooledTempFile>,
    fault: Mutex<Option<Error>>,
    /// Packed bytes of the pages that are held unpacked.
    at_hand: AtomicUsize,
}

/// The pages of one group, by day.
#[derive(Debug)]
pub(crate) struct Kept {
    shelf: Arc<Shelf>,
    days: Vec<i32>,
    /// Beginning and length in bytes.
    places: Vec<(u64, usize)>,
    /// The same pages unpacked; none where they are too many.
    at_hand: Vec<Page>,
    /// Messages on all pages.
    pub(crate) messages: u64,
}

impl Shelf {
    pub(crate) fn new() -> Arc<Self> {
        let file = Mutex::new(SpooledTempFile::new(MEMORY_BYTES));
        Arc::new(Self { file, fault: Mutex::default(), at_hand: AtomicUsize::default() })
    }

    /// Fails if a page could not be read back.
    pub(crate) fn whole(&self) -> Result<(), Fault> {
        lock(&self.fault).take().map_or(Ok(()), |error| Err(Fault::Spool(error)))
    }

    fn write(&self, bytes: &[u8]) -> Result<u64, Error> {
        let mut file = lock(&self.file);
        let from = file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)?;
        Ok(from)
    }

    fn read(&self, (from, length): (u64, usize)) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; length];
        let mut file = lock(&self.file);
        file.seek(SeekFrom::Start(from))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// A thread that panicked while it held the lock leaves nothing half done here.
fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Kept {
    /// No pages yet.
    pub(crate) fn on(shelf: &Arc<Shelf>) -> Self {
        Self {
            shelf: Arc::clone(shelf),
            days: Vec::new(),
            places: Vec::new(),
            at_hand: Vec::new(),
            messages: 0,
        }
    }

    /// Adds the page of a later day.
    pub(crate) fn push(&mut self, page: &Page) -> Result<(), Fault> {
        self.keep(page, &page.encode())
    }

    /// Adds the packed page of a later day; skimmed outside of the days that are needed `whole`.
    pub(crate) fn push_packed(
        &mut self,
        store::Page { day, bytes, .. }: &store::Page,
        whole: Option<Span>,
    ) -> Result<(), Fault> {
        let is_whole = whole.is_none_or(|whole| whole.holds(*day));
        let page = if is_whole { Page::decode(bytes) } else { Page::skim(bytes) };
        let page = page.map_err(|error| Fault::Unreadable(error.to_string()))?;
        self.keep(&page, bytes)?;
        let is_all = self.at_hand.len() + 1 == self.days.len();
        if is_all && self.shelf.at_hand.fetch_add(bytes.len(), Ordering::Relaxed) < AT_HAND_BYTES {
            self.at_hand.push(page);
        } else {
            self.at_hand = Vec::new();
        }
        Ok(())
    }

    /// The pages, as they are read fastest.
    pub(crate) fn list(&self) -> PageList<'_> {
        if self.at_hand.len() == self.days.len() {
            PageList::AtHand(&self.at_hand)
        } else {
            PageList::Kept(self)
        }
    }

    fn keep(&mut self, page: &Page, bytes: &[u8]) -> Result<(), Fault> {
        let from = self.shelf.write(bytes).map_err(Fault::Spool)?;
        self.days.push(page.day);
        self.places.push((from, bytes.len()));
        self.messages += page.people.iter().map(|person| u64::from(person.messages)).sum::<u64>();
        Ok(())
    }

    /// All of them packed, by day.
    pub(crate) fn into_packed(self) -> impl Iterator<Item = Result<(Day, Vec<u8>), Error>> + Send {
        let Self { shelf, days, places, .. } = self;
        let read = move |(day, place)| shelf.read(place).map(|bytes| (Day(day), bytes));
        days.into_iter().zip(places).map(read)
    }
}

impl KeptPages for Kept {
    fn days(&self) -> &[i32] {
        &self.days
    }

    fn page(&self, place: usize) -> Page {
        let at = self.places.get(place).copied();
        let read = |at| Page::decode(&self.shelf.read(at)?).map_err(Error::other);
        let page = at.map_or_else(|| Ok(Page::default()), read);
        page.unwrap_or_else(|error| {
            lock(&self.shelf.fault).get_or_insert(error);
            Page { day: self.days.get(place).copied().unwrap_or_default(), ..Page::default() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insights::PersonDay;

    fn page(day: i32) -> Page {
        let row =
            |who| PersonDay { who: domain::IdentityId(who), messages: 2, ..Default::default() };
        Page { day, people: (1..40_000).map(row).collect(), ..Page::default() }
    }

    #[test]
    fn pages_come_back_as_they_were_from_memory_and_from_the_file() {
        let shelf = Shelf::new();
        let mut groups = [Kept::on(&shelf), Kept::on(&shelf)];
        for day in 0..100 {
            for group in &mut groups {
                group.push(&page(day)).unwrap();
            }
        }
        assert!(lock(&shelf.file).is_rolled(), "more than stays in memory");
        assert_eq!(groups[1].messages, 100 * 2 * 39_999);
        for place in [99, 0, 50] {
            let day = i32::try_from(place).unwrap();
            assert_eq!(groups[1].page(place), page(day));
        }
        assert!(shelf.whole().is_ok());
    }

    #[test]
    fn a_page_that_cannot_be_read_back_is_told() {
        let shelf = Shelf::new();
        let mut kept = Kept::on(&shelf);
        kept.push(&page(3)).unwrap();
        lock(&shelf.file).set_len(10).unwrap();
        assert_eq!(kept.page(0), Page { day: 3, ..Page::default() });
        assert!(matches!(shelf.whole(), Err(Fault::Spool(_))));
    }
}
