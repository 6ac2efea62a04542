//! Pages page by page, for groups whose pages do not fit in memory.

use domain::{Day, GroupId, OrgId};
use std::io;

use crate::fault::{Fault, Result};
use crate::projection::{Page, page};
use crate::sql::{Conn, job};
use crate::store::Store;
use crate::{postgres, sqlite};

/// Pages read from the database at first.
const READ_FIRST: usize = 32;
/// The next read takes more pages while those before were small: at most so many bytes, about.
const READ_BYTES: usize = 4 << 20;
/// Bytes of pages written at once, or as many pages.
const WRITE_BYTES: usize = 4 << 20;
const WRITE_AT_ONCE: usize = 1_000;

/// Pages of a group that lie elsewhere until the last transaction of an import takes them.
pub struct KeptPages {
    /// Whose.
    pub group: GroupId,
    /// In the order of days. An error ends the transaction.
    pub pages: Box<dyn Iterator<Item = io::Result<Page>> + Send>,
}

impl std::fmt::Debug for KeptPages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptPages({:?})", self.group)
    }
}

impl Store {
    /// Hands all pages of a group, as they are at one moment, to `take` in the order of days and
    /// gives back what it made of `into`.
    pub async fn each_page<T: Send + 'static>(
        &self,
        org: OrgId,
        group: GroupId,
        mut into: T,
        mut take: impl FnMut(&mut T, Page) + Send + 'static,
    ) -> Result<T> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let (mut after, mut most) = (None, Some(READ_FIRST));
                while let Some(pages) = most {
                    let mut some = read_some(&mut conn, (org, group), after, pages).await?;
                    most = next(&some, pages);
                    after = some.last().map(|page| page.day);
                    some.drain(..).for_each(|page| take(&mut into, page));
                }
                Ok(into)
            })
        }))
        .await
    }
}

/// How many pages are read next, when so many were asked for; `None` after the last.
fn next(read: &[Page], asked: usize) -> Option<usize> {
    let bytes = read.iter().map(|page| page.bytes.len()).sum::<usize>().max(1);
    (read.len() == asked).then(|| (asked * READ_BYTES / bytes).clamp(1, 16 * asked))
}

/// The first pages after a day.
async fn read_some(
    conn: &mut Conn<'_>,
    (org, group): (OrgId, GroupId),
    after: Option<Day>,
    most: usize,
) -> Result<Vec<Page>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let sql = "SELECT day, settings_version, through_seq, page FROM pages \
               WHERE org = $1 AND grp = $2 AND day > $3 ORDER BY day LIMIT $4";
    let after = after.map_or(i64::MIN, |day| i64::from(day.0));
    let values = [org.0.into(), group.0.into(), after.into(), most.into()];
    conn.rows(sql, &values).await?.into_iter().map(page).collect()
}

/// Adds these pages to a group that has none of their days.
pub(crate) async fn put(conn: &mut Conn<'_>, org: OrgId, kept: KeptPages) -> Result<()> {
    let (mut some, mut bytes) = (Vec::new(), 0);
    for page in kept.pages {
        let page = page.map_err(|error| Fault::Other { source: Box::new(error) })?;
        bytes += page.bytes.len();
        some.push(page);
        if bytes >= WRITE_BYTES || some.len() >= WRITE_AT_ONCE {
            put_some(conn, org, kept.group, &some).await?;
            some.clear();
            bytes = 0;
        }
    }
    put_some(conn, org, kept.group, &some).await
}

async fn put_some(conn: &mut Conn<'_>, org: OrgId, group: GroupId, some: &[Page]) -> Result<()> {
    match conn {
        Conn::Sqlite(conn) => sqlite::put_pages(conn, org, group, some),
        Conn::Postgres(conn) => postgres::put_pages(conn, org, group, some).await,
    }
}
