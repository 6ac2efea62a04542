//! The books of all organisations: built when first needed, brought up to date with every look.
//!
//! Invariants: identity numbers are dense and never given twice, so what is new stands above the
//! last one read, and is there with the next look; so is a group that came, went or was renamed. A
//! person who was renamed is found by the new name after [`ANEW_MS`] at the latest. A book takes
//! about 60 bytes for each name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{GroupId, IdentityId, Millis, OrgId};
use rustc_hash::FxHashMap;
use store::Store;

use crate::console::search::book::Book;
use crate::error::Fault;

/// All people are read anew this often, in milliseconds: names change.
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
    books: Mutex<Arc<Books>>,
    /// One reads at a time.
    turn: tokio::sync::Mutex<()>,
    /// People are being read anew.
    anew: Arc<tokio::sync::Mutex<()>>,
}

/// Groups and people of an organisation, as they were at a moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Books {
    pub(super) groups: Book,
    pub(super) people: Book,
    /// Names of the groups.
    pub(super) named: BTreeMap<GroupId, String>,
    last: u32,
    begun_at: Millis,
}

impl Names {
    /// The books of an organisation as it is now; the first time, all of it is read.
    pub(super) async fn of(
        &self,
        store: &Store,
        org: OrgId,
        now: Millis,
    ) -> Result<Arc<Books>, Fault> {
        let held = self.shelf(org);
        let turn = held.turn.lock().await;
        let known = held.get();
        let books = match newer(store, org, &known).await? {
            Some(books) => {
                let begun_at = if known.last == 0 { now } else { known.begun_at };
                held.put(Books { begun_at, ..books })
            }
            None => known,
        };
        drop(turn);
        if now.since(books.begun_at).abs() >= ANEW_MS
            && let Ok(anew) = Arc::clone(&held.anew).try_lock_owned()
        {
            let store = store.clone();
            tokio::spawn(async move {
                // What cannot be read now is read at the next look.
                if let Ok(Some(fresh)) = newer(&store, org, &Books::default()).await {
                    held.put(Books { begun_at: now, ..fresh });
                }
                drop(anew);
            });
        }
        Ok(books)
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
    fn get(&self) -> Arc<Books> {
        Arc::clone(&self.books.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, books: Books) -> Arc<Books> {
        let books = Arc::new(books);
        *self.books.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&books);
        books
    }
}

/// The books with what is new; `None` when nothing is.
async fn newer(store: &Store, org: OrgId, known: &Books) -> Result<Option<Books>, Fault> {
    let (named, mut some) = tokio::try_join!(
        store.groups_called(org),
        store.names_after(org, IdentityId(known.last), BATCH),
    )?;
    let is_same = named.iter().map(|(id, name)| (id, name)).eq(&known.named);
    if is_same && some.is_empty() {
        return Ok(None);
    }
    let mut books = Books::clone(known);
    if !is_same {
        books.groups = Book::default();
        for (group, name) in &named {
            books.groups.add(group.0, name);
        }
        books.named = named.into_iter().collect();
    }
    loop {
        let is_all = some.len() < BATCH as usize;
        for (id, name) in some {
            books.people.add(i64::from(id.0), &name);
            books.last = id.0;
        }
        if is_all {
            return Ok(Some(books));
        }
        tokio::task::yield_now().await;
        some = store.names_after(org, IdentityId(books.last), BATCH).await?;
    }
}
