//! Reading the log of a group in the order of time, in batches, without holding it in memory.
//!
//! The log lies in the order in which it was written; its spans say between which times they lie.
//! The reader takes the spans in the order of their first times and gives out what lies before
//! the first time of the next span: one or two spans in memory for an export in the order of
//! time, more only where imports overlap.

use domain::{GroupId, ImportId, Millis, OrgId};
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::fault::{Fault, Result};
use crate::rows::{FactRow, Stream};
use crate::store::{Backend, Store};
use crate::{postgres, sqlite};

/// Batches that wait for the caller.
const AHEAD: usize = 4;

/// Where a walk leaves what it has read.
pub(crate) type Batches = Sender<Result<Vec<FactRow>>>;

/// Which facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactQuery {
    /// Of which group.
    pub group: GroupId,
    /// From this moment on.
    pub from: Option<Millis>,
    /// Before this moment.
    pub to: Option<Millis>,
    /// Only those with keys of this stream (for aligning a new export with earlier ones).
    pub stream: Option<Stream>,
}

impl FactQuery {
    /// All facts of a group.
    pub fn all(group: GroupId) -> Self {
        Self { group, from: None, to: None, stream: None }
    }

    fn range(&self) -> (i64, i64) {
        (self.from.map_or(i64::MIN, |at| at.0), self.to.map_or(i64::MAX, |at| at.0))
    }

    fn wants(&self, row: &FactRow) -> bool {
        let (from, to) = self.range();
        (from..to).contains(&row.fact.at.0) && self.stream.is_none_or(|stream| stream == row.stream)
    }
}

/// Facts on their way, in batches of thousands, ordered by (time, source key, part). Dropping it
/// stops the reader.
#[derive(Debug)]
pub struct Facts {
    batches: Receiver<Result<Vec<FactRow>>>,
}

impl Facts {
    /// The next batch; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<FactRow>>> {
        self.batches.recv().await.transpose()
    }

    /// The next batch, for a thread outside the runtime (a blocking one).
    pub fn next_blocking(&mut self) -> Result<Option<Vec<FactRow>>> {
        self.batches.blocking_recv().transpose()
    }

    /// All that is left, in memory.
    pub async fn all(mut self) -> Result<Vec<FactRow>> {
        let mut rows = Vec::new();
        while let Some(batch) = self.next().await? {
            rows.extend(batch);
        }
        Ok(rows)
    }
}

impl Store {
    /// Reads facts of a group, in the order of (time, source key, part). Only those
    /// of whole imports and live ones; all as of one moment.
    pub fn facts(&self, org: OrgId, query: FactQuery) -> Facts {
        facts(self, org, query, None)
    }
}

/// Places in the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) from_at: i64,
}

/// Spans of whole imports (and of one pending import) and live ones that touch the times.
const SPANS: &str = "SELECT s.first_seq, s.last_seq, s.from_at FROM spans s \
                     LEFT JOIN imports i ON i.org = s.org AND i.id = s.import_id \
                     WHERE s.org = $1 AND s.grp = $2 AND s.to_at >= $3 AND s.from_at < $4 \
                     AND (s.import_id IS NULL OR i.state = 1 OR i.id = $5) ORDER BY s.from_at, s.first_seq";

pub(crate) fn facts(store: &Store, org: OrgId, query: FactQuery, own: Option<ImportId>) -> Facts {
    let (send, batches) = mpsc::channel(AHEAD);
    let (from, to) = query.range();
    let values = [org.0, query.group.0, from, to, own.map_or(-1, |import| import.0)];
    match store.backend.clone() {
        Backend::Sqlite(sqlite) => {
            let thread = std::thread::Builder::new().name("store-reader".to_owned());
            let fail = send.clone();
            let started = thread.spawn(move || {
                if let Err(fault) = sqlite::walk(&sqlite, SPANS, (query, values), &send) {
                    drop(send.blocking_send(Err(fault)));
                }
            });
            if let Err(source) = started {
                drop(fail.try_send(Err(Fault::Other { source: Box::new(source) })));
            }
        }
        Backend::Postgres(pg) => {
            tokio::spawn(async move {
                if let Err(fault) = postgres::walk(&pg, SPANS, (query, values), &send).await {
                    drop(send.send(Err(fault)).await);
                }
            });
        }
    }
    Facts { batches }
}

/// Facts read and not yet given out.
pub(crate) struct Order {
    query: FactQuery,
    waiting: Vec<FactRow>,
}

impl Order {
    pub(crate) fn new(query: FactQuery) -> Self {
        Self { query, waiting: Vec::new() }
    }

    /// Where the facts of a span go.
    pub(crate) fn room(&mut self, span: &Span) -> &mut Vec<FactRow> {
        self.waiting.reserve(usize::try_from(span.last - span.first + 1).unwrap_or(0));
        &mut self.waiting
    }

    /// What can be given out when `next` is the next span to be read.
    pub(crate) fn before(&mut self, next: Option<&Span>) -> Vec<FactRow> {
        let ready = |row: &FactRow| next.is_none_or(|next| row.fact.at.0 < next.from_at);
        if !self.waiting.is_sorted_by_key(FactRow::order) {
            self.waiting.sort_by_key(FactRow::order);
        }
        let count = self.waiting.partition_point(ready);
        let rest = self.waiting.split_off(count);
        let mut batch = std::mem::replace(&mut self.waiting, rest);
        if self.query != FactQuery::all(self.query.group) {
            batch.retain(|row| self.query.wants(row));
        }
        batch
    }
}
