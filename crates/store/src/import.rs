//! An import: written under its number, invisible until it is whole, undone by its number.
//!
//! Invariant: at most one import or undo runs on a database at a time, over all processes. What a
//! dead one left is removed by the next opening or the next import.

use domain::{GroupId, IdentityId, ImportId, Millis, OrgId};

use crate::append::{Appended, Batch, append};
use crate::fault::{Fault, Result};
use crate::groups::GroupSaid;
use crate::identities::IdentitySaid;
use crate::page_by_page::KeptPages;
use crate::projection::Projection;
use crate::rows::Stream;
use crate::sql::Row;
use crate::sql::{Conn, job};
use crate::store::{Store, Turn};
use crate::{groups, identities, page_by_page, postgres, projection, read, tiers, undo};

/// What is known when an import begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// Word of the format.
    pub format: String,
    /// Program that wrote the export, as far as it can be told.
    pub exporter: String,
    /// Names of the files, as the person gave them.
    pub files: Vec<String>,
    /// IANA name of the zone used for wall clocks.
    pub zone: String,
    /// Now.
    pub started: Millis,
}

/// What is known when an import is whole.
#[derive(Debug, Default)]
pub struct Finish {
    /// Now.
    pub finished: Millis,
    /// Counts of the import, as JSON; kept as they are.
    pub counts: String,
    /// Pages and stays of the groups that it touched; `revision` is ignored, because nobody else
    /// can have changed the groups while the import ran.
    pub projections: Vec<Projection>,
    /// Pages that do not fit in a projection, added when these are written.
    pub pages: Vec<KeptPages>,
}

/// State of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// Running, or dead and not yet removed. Nothing of it is visible.
    Pending,
    /// Complete and visible.
    Whole,
    /// Undone; nothing of it is left but this row.
    Undone,
}

/// An import in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its number.
    pub id: ImportId,
    /// Its state.
    pub state: ImportState,
    /// What was known when it began.
    pub about: NewImport,
    /// When it became whole.
    pub finished: Option<Millis>,
    /// Counts as JSON, empty while it is pending.
    pub counts: String,
}

/// A running import. Dropping it without [`Import::finish`] leaves nothing visible; what it wrote
/// is removed by the next opening or import.
pub struct Import {
    store: Store,
    turn: Turn,
    org: OrgId,
    id: ImportId,
}

impl Store {
    /// Begins an import, after removing what dead ones left. [`Fault::ImportRunning`] when
    /// another import or undo runs on this database, in this process or another.
    pub async fn begin_import(&self, org: OrgId, about: NewImport) -> Result<Import> {
        let mut turn = self.turn().await?.ok_or(Fault::ImportRunning)?;
        let begun = turn.write(job(move |mut conn| {
            Box::pin(async move {
                undo::sweep_with(&mut conn).await?;
                begin(&mut conn, org, &about).await
            })
        }));
        match begun.await {
            Ok(id) => Ok(Import { store: self.clone(), turn, org, id }),
            Err(fault) => {
                turn.end().await;
                Err(fault)
            }
        }
    }

    /// All imports of an organisation, the latest first. One that runs right now is pending.
    pub async fn imports(&self, org: OrgId) -> Result<Vec<ImportRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT id, state, format, exporter, files, zone, started_at, \
                           finished_at, counts FROM imports WHERE org = $1 ORDER BY id DESC";
                let rows = conn.rows(sql, &[org.0.into()]).await?;
                rows.into_iter().map(import_row).collect()
            })
        }))
        .await
    }
}

impl Import {
    /// Its number.
    pub fn id(&self) -> ImportId {
        self.id
    }

    /// Finds or makes a group and notes what this import says of it; saying it again replaces
    /// what was said.
    pub async fn group(&mut self, said: GroupSaid) -> Result<GroupId> {
        let whose = (self.org, self.id);
        self.turn.write(job(move |conn| Box::pin(groups::say(conn, whose, said)))).await
    }

    /// Finds or makes identities and notes what this import says of them. Numbers in the order
    /// of `said`; best a few thousand at once.
    pub async fn identities(&mut self, said: Vec<IdentitySaid>) -> Result<Vec<IdentityId>> {
        let whose = (self.org, self.id);
        self.turn.write(job(move |conn| Box::pin(identities::say(conn, whose, said)))).await
    }

    /// The number of an exporter without ids in a group, given on first sight.
    pub async fn stream(&mut self, group: GroupId, exporter: &str, zone: &str) -> Result<Stream> {
        let (whose, exporter, zone) = ((self.org, group), exporter.to_owned(), zone.to_owned());
        self.turn
            .write(job(move |conn| Box::pin(groups::stream(conn, whose, exporter, zone))))
            .await
    }

    /// Appends facts and their words to the log of a group that this import announced. Facts
    /// whose source key (in the group and stream) is there already are left out and reported.
    pub async fn append(&mut self, group: GroupId, batch: Batch) -> Result<Appended> {
        let whose = (self.org, self.id);
        self.turn.write(job(move |conn| Box::pin(append(conn, whose, group, batch)))).await
    }

    /// Reads the log of a group as it will be when this import is whole: with the import's own
    /// facts.
    pub fn facts(&self, query: read::FactQuery) -> read::Facts {
        read::facts(&self.store, self.org, query, Some(self.id))
    }

    /// Makes the import whole: everything that it wrote becomes visible, together with these
    /// projections, in one transaction.
    pub async fn finish(mut self, finish: Finish) -> Result<()> {
        let (org, id) = (self.org, self.id);
        let work = job(move |mut conn| {
            Box::pin(async move {
                let sql = "UPDATE imports SET state = 1, finished_at = $3, counts = $4 \
                           WHERE org = $1 AND id = $2 AND state = 0";
                let values = [
                    org.0.into(),
                    id.0.into(),
                    finish.finished.0.into(),
                    finish.counts.as_str().into(),
                ];
                if conn.run(sql, &values).await? != 1 {
                    return Err(Fault::Missing { what: "import", id: id.0 });
                }
                identities::apply(&mut conn, org, id).await?;
                let groups = undo::groups_of(&mut conn, org, id).await?;
                for group in &groups {
                    groups::settle(&mut conn, org, *group).await?;
                }
                let whole: Vec<_> = groups.into_iter().map(|group| (group, None)).collect();
                tiers::mark(&mut conn, org, &whole).await?;
                for projection in finish.projections {
                    projection::put(&mut conn, org, &projection).await?;
                }
                for pages in finish.pages {
                    page_by_page::put(&mut conn, org, pages).await?;
                }
                tiers::mark(&mut conn, org, &whole).await?;
                if let Conn::Postgres(conn) = &mut conn {
                    // What has just grown has no statistics yet: look-ups would read whole tables.
                    postgres::run_script(conn, "ANALYZE facts, words, identities, spans").await?;
                }
                Ok(())
            })
        });
        let finished = self.turn.write(work).await;
        self.turn.end().await;
        finished
    }

    /// Gives up: removes at once what was written.
    pub async fn abandon(mut self) -> Result<()> {
        let swept = self.turn.write(job(|conn| Box::pin(undo::sweep(conn)))).await;
        self.turn.end().await;
        swept
    }
}

impl std::fmt::Debug for Import {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Import({}, {:?})", self.id.0, self.store)
    }
}

async fn begin(conn: &mut Conn<'_>, org: OrgId, about: &NewImport) -> Result<ImportId> {
    let next = "UPDATE organisations SET next_import = next_import + 1 WHERE id = $1 \
                RETURNING next_import - 1";
    let row = conn.row(next, &[org.0.into()]).await?;
    let id = row.ok_or(Fault::Missing { what: "organisation", id: org.0 })?.int(0)?;
    let sql = "INSERT INTO imports \
               (org, id, state, format, exporter, files, zone, started_at, counts) \
               VALUES ($1, $2, 0, $3, $4, $5, $6, $7, '')";
    let values = [
        org.0.into(),
        id.into(),
        about.format.as_str().into(),
        about.exporter.as_str().into(),
        serde_json::json!(about.files).to_string().as_str().into(),
        about.zone.as_str().into(),
        about.started.0.into(),
    ];
    conn.run(sql, &values).await?;
    Ok(ImportId(id))
}

fn import_row(mut row: Row) -> Result<ImportRow> {
    let files = row.text(4)?;
    Ok(ImportRow {
        id: ImportId(row.int(0)?),
        state: match row.int(1)? {
            0 => ImportState::Pending,
            1 => ImportState::Whole,
            _ => ImportState::Undone,
        },
        about: NewImport {
            format: row.text(2)?,
            exporter: row.text(3)?,
            files: serde_json::from_str(&files).unwrap_or_else(|_| vec![files]),
            zone: row.text(5)?,
            started: Millis(row.int(6)?),
        },
        finished: row.opt_int(7)?.map(Millis),
        counts: row.text(8)?,
    })
}
