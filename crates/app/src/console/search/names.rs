//! The books of all organisations: built when first needed, kept up to date on demand.
//!
//! Invariant: identity numbers are dense and never given twice, so what is new stands above the
//! last one read; what was renamed is found after [`ANEW_MS`] at the latest.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{IdentityId, Millis, OrgId};
use rustc_hash::FxHashMap;
use store::Store;

use crate::console::search::book::Book;
use crate::error::Fault;

/// New names are looked for this often, in milliseconds.
const FRESH_MS: i64 = 3_000;

/// Everything is read anew this often, in milliseconds: names change.
const ANEW_MS: i64 = 10 * Millis::MINUTE;

/// Names read at once.
const BATCH: u32 = 10_000;

/// The books of all organisations.
#[derive(Debug, Default)]
pub(crate) struct Names {
    shelves: Mutex<FxHashMap<OrgId, Arc<Shelf>>>,
}

#[derive(Debug, Default)]
struct Shelf {
    books: Mutex<Option<Arc<Books>>>,
    /// One reads at a time.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// Groups and people of an organisation, as they were at a moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Books {
    pub(super) groups: Book,
    pub(super) people: Book,
    last: u32,
    looked_at: Millis,
    begun_at: Millis,
}

impl Names {
    /// The books of an organisation, at most some seconds old; the first time, they are read.
    pub(super) async fn of(
        &self,
        store: &Store,
        org: OrgId,
        now: Millis,
    ) -> Result<Arc<Books>, Fault> {
        let held = self.shelf(org);
        let Some(known) = held.get() else {
            let _turn = held.turn.lock().await;
            return match held.get() {
                Some(known) => Ok(known),
                None => held.put(read(store, org, (Books::default(), now)).await?),
            };
        };
        if now.since(known.looked_at).abs() < FRESH_MS {
            return Ok(known);
        }
        // Whoever is told while another reads is told what stood before.
        let Ok(turn) = Arc::clone(&held.turn).try_lock_owned() else { return Ok(known) };
        if now.since(known.begun_at).abs() >= ANEW_MS {
            let (held, store) = (Arc::clone(&held), store.clone());
            tokio::spawn(async move {
                // What cannot be read now is read at the next look.
                if let Ok(fresh) = read(&store, org, (Books::default(), now)).await {
                    let _put = held.put(fresh);
                }
                drop(turn);
            });
            return Ok(known);
        }
        held.put(read(store, org, (Books::clone(&known), now)).await?)
    }

    /// The next look reads everything anew: an import came or went.
    pub(crate) fn forget(&self, org: OrgId) {
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner).remove(&org);
    }

    fn shelf(&self, org: OrgId) -> Arc<Shelf> {
        let mut shelves = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(shelves.entry(org).or_default())
    }
}

impl Shelf {
    fn get(&self) -> Option<Arc<Books>> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[expect(clippy::unnecessary_wraps, reason = "the last step of those who may fail")]
    fn put(&self, books: Books) -> Result<Arc<Books>, Fault> {
        let books = Arc::new(books);
        *self.books.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&books));
        Ok(books)
    }
}

/// Adds what is new to the books.
async fn read(store: &Store, org: OrgId, (known, now): (Books, Millis)) -> Result<Books, Fault> {
    let begun_at = if known.last == 0 { now } else { known.begun_at };
    let mut books = Books { groups: Book::default(), looked_at: now, begun_at, ..known };
    for group in store.groups(org).await? {
        books.groups.add(group.id.0, &group.said.name);
    }
    loop {
        let names = store.names_after(org, IdentityId(books.last), BATCH).await?;
        let is_all = names.len() < BATCH as usize;
        for (id, name) in names {
            books.people.add(i64::from(id.0), &name);
            books.last = id.0;
        }
        if is_all {
            return Ok(books);
        }
        tokio::task::yield_now().await;
    }
}
