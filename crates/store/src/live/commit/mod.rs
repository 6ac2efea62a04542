//! The one commit of the writers of live groups.
//!
//! Invariant: everything of a [`LiveWrite`] is written in one transaction or nothing of it, also
//! when the caller goes away. Each group's fence and next place are checked in it. It decides
//! nothing and looks for no duplicates: a key that the log has already is
//! [`crate::Fault::Constraint`].
//!
//! Facts, words and heads go the fast way of each database; the rows that few messages cause are
//! JSON lists of the common statements, one for each kind, whatever the number of groups.

mod fired;
mod rare;
mod recalled;

use domain::{GroupId, Millis};

use crate::append::SPAN_FACTS;
use crate::fault::{Fault, Result};
use crate::live::{GroupWrite, LiveWrite};
use crate::sql::{Conn, job};
use crate::store::Store;
use crate::{postgres, sqlite};

impl Store {
    /// Commits what many live groups of an organisation decided. [`Fault::FenceLost`] when
    /// another process took one of the groups; [`Fault::Stale`] when its log went on: hold it
    /// again; [`Fault::TimerFired`] when a timer that fired is not set for that moment any more;
    /// [`Fault::Constraint`] when the log has one of the source keys.
    pub async fn commit_live(&self, mut write: LiveWrite) -> Result<()> {
        // One order for all: neighbours in the tables are written together.
        write.groups.sort_by_key(|group| group.group);
        let twice = write.groups.array_windows().find(|[one, other]| one.group == other.group);
        if let Some([group, _]) = twice {
            return Err(Fault::Stale { group: group.group });
        }
        self.write(job(move |mut conn| {
            Box::pin(async move {
                match &mut conn {
                    Conn::Sqlite(conn) => sqlite::put_live(conn, &write)?,
                    Conn::Postgres(conn) => postgres::put_live(conn, &write).await?,
                }
                rare::put(&mut conn, &write).await
            })
        }))
        .await
    }
}

/// The span of what a group writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewSpan {
    pub(crate) group: GroupId,
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) from_at: Millis,
    pub(crate) to_at: Millis,
    /// A span that begins before this place is full.
    pub(crate) room_from: i64,
}

impl NewSpan {
    /// `None` when the group writes no facts.
    pub(crate) fn of(group: &GroupWrite) -> Option<Self> {
        let times = || group.facts.iter().map(|row| row.fact.at);
        let last = group.next().0 - 1;
        Some(Self {
            group: group.group,
            first: group.expected.0,
            last,
            from_at: times().min()?,
            to_at: times().max()?,
            room_from: last - SPAN_FACTS,
        })
    }
}
