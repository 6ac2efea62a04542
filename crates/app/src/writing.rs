//! Writing settled rows to the store: one thread settles while the store writes.

use crate::error::Fault;
use crate::pages::group_name;
use crate::reading::Reading;
use crate::settle::{Settled, Settler};
use crate::watch::{Phase, Watch};
use domain::{Fact, GroupId, IdentityId};
use imports::ImportError;
use rustc_hash::FxHashMap;
use std::sync::mpsc::{SyncSender, sync_channel};
use store::{Batch, Import, NewFact, Stream};

/// Facts appended at once.
const BATCH: usize = 10_000;
/// Batches that wait for the store.
const AHEAD: usize = 2;

/// Where the facts of a group of the reading go, and how many went there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Home {
    pub(crate) group: GroupId,
    pub(crate) stream: Stream,
    pub(crate) facts: u64,
}

/// A group of the reading, and whether its rows have the platform's ids.
type Whose = (u32, bool);

/// Appends to a running import.
pub(crate) struct Writer<'a> {
    import: &'a mut Import,
    homes: Vec<Option<Home>>,
    /// Groups that got facts.
    pub(crate) stored: FxHashMap<u32, Home>,
    /// Facts that the store had already.
    pub(crate) known: u64,
}

impl<'a> Writer<'a> {
    /// Writes to these homes, one for each group of the reading.
    pub(crate) fn new(import: &'a mut Import, homes: Vec<Option<Home>>) -> Self {
        Self { import, homes, stored: FxHashMap::default(), known: 0 }
    }

    /// Appends every settled row, its people by their numbers in the store; gives how many rows
    /// were dropped as double. Blocks its thread of the runtime.
    pub(crate) fn write_all(
        &mut self,
        reading: &Reading,
        people: &[IdentityId],
        watch: &dyn Watch,
    ) -> Result<u64, Fault> {
        watch.phase(Phase::Writing, reading.spool.rows());
        let runtime = tokio::runtime::Handle::current();
        tokio::task::block_in_place(|| {
            std::thread::scope(|scope| {
                let (send, batches) = sync_channel(AHEAD);
                let settling = scope.spawn(move || settle(reading, people, &send));
                let mut batches = batches.into_iter();
                batches.try_for_each(|(whose, rows)| {
                    watch.handled(rows.len() as u64);
                    let goes_on = !watch.cancelled();
                    goes_on.then_some(()).ok_or(Fault::Import(ImportError::Stopped))?;
                    runtime.block_on(self.append(whose, rows))
                })?;
                settling.join().map_err(|_| Fault::Spool(std::io::ErrorKind::Other.into()))?
            })
        })
    }

    async fn append(&mut self, (number, has_id): Whose, rows: Vec<NewFact>) -> Result<(), Fault> {
        let Some(home) = self.homes.get(number as usize).copied().flatten() else { return Ok(()) };
        let stream = if has_id { Stream::PLATFORM } else { home.stream };
        let appended = self.import.append(home.group, Batch { stream, rows }).await?;
        self.known += appended.duplicates.len() as u64;
        self.stored.entry(number).or_insert(home).facts += appended.stored;
        Ok(())
    }
}

/// Settles all rows and hands them on in batches; stops when nobody takes them any more.
fn settle(
    reading: &Reading,
    people: &[IdentityId],
    send: &SyncSender<(Whose, Vec<NewFact>)>,
) -> Result<u64, Fault> {
    let names = |group: u32| group_name(&reading.groups, group);
    let rows = reading.spool.read().map_err(Fault::Spool)?;
    let mut rows = Settler::new(rows, &reading.spans, &names);
    let mut batches: FxHashMap<Whose, Vec<NewFact>> = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let whose = (row.group, row.has_id);
        let batch = batches.entry(whose).or_default();
        batch.push(new_fact(row, people));
        if batch.len() >= BATCH && send.send((whose, std::mem::take(batch))).is_err() {
            return Ok(rows.dropped);
        }
    }
    let mut rest: Vec<_> = batches.into_iter().filter(|(_, batch)| !batch.is_empty()).collect();
    rest.sort_unstable_by_key(|(whose, _)| *whose);
    for batch in rest {
        if send.send(batch).is_err() {
            break;
        }
    }
    Ok(rows.dropped)
}

fn new_fact(row: Settled, people: &[IdentityId]) -> NewFact {
    let there = |id: IdentityId| {
        let place = id.named().and_then(|id| usize::try_from(id.0 - 1).ok());
        place.and_then(|place| people.get(place)).copied().unwrap_or_default()
    };
    let fact = Fact { actor: there(row.fact.actor), other: there(row.fact.other), ..row.fact };
    NewFact { fact, words: (!row.words.is_empty()).then(|| row.words.into_boxed_str()) }
}
