//! Codes by which people find a group, and the words that huoqun keeps for itself.
//!
//! Invariant: a code leads to one group for good; a secret is made once.

use domain::{GroupId, Millis, OrgId};

use crate::fault::{Fault, Result};
use crate::live::LinkRow;
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::{Acting, note};

impl Store {
    /// Adds a code. [`Fault::Constraint`] when there is one like it, or no such group.
    pub async fn add_link(&self, link: LinkRow) -> Result<()> {
        self.write(job(move |mut conn| Box::pin(async move { add(&mut conn, &link).await }))).await
    }

    /// The same for somebody of staff, with the line of the audit log.
    pub async fn add_link_by(&self, acting: Acting, link: LinkRow) -> Result<()> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                add(&mut conn, &link).await?;
                note(&mut conn, &acting).await
            })
        }))
        .await
    }

    /// Where a code leads. The one call that is not told an organisation: the code tells it.
    pub async fn link(&self, code: &str) -> Result<Option<LinkRow>> {
        let code = code.to_owned();
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT code, org, grp, via, made_at FROM links WHERE code = $1";
                conn.row(sql, &[code.as_str().into()]).await?.map(link).transpose()
            })
        }))
        .await
    }

    /// The codes of a group, the oldest first.
    pub async fn links(&self, org: OrgId, group: GroupId) -> Result<Vec<LinkRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT code, org, grp, via, made_at FROM links \
                           WHERE org = $1 AND grp = $2 ORDER BY made_at, code";
                let rows = conn.rows(sql, &[org.0.into(), group.0.into()]).await?;
                rows.into_iter().map(link).collect()
            })
        }))
        .await
    }

    /// The secret of this name; `fresh` becomes it when there is none. Of two who ask at the same
    /// time, one wins for both.
    pub async fn secret(&self, name: &str, fresh: Vec<u8>) -> Result<Vec<u8>> {
        let name = name.to_owned();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let values = [name.as_str().into(), fresh.into()];
                let put = "INSERT INTO secrets (name, bytes) VALUES ($1, $2) \
                           ON CONFLICT (name) DO NOTHING";
                conn.run(put, &values).await?;
                let sql = "SELECT bytes FROM secrets WHERE name = $1";
                let [name, _] = values;
                let row = conn.row(sql, &[name]).await?;
                row.ok_or(Fault::Missing { what: "secret", id: 0 })?.bytes(0)
            })
        }))
        .await
    }
}

async fn add(conn: &mut Conn<'_>, link: &LinkRow) -> Result<()> {
    let sql = "INSERT INTO links (code, org, grp, via, made_at) VALUES ($1, $2, $3, $4, $5)";
    let values = [
        link.code.as_str().into(),
        link.org.0.into(),
        link.group.0.into(),
        link.via.as_str().into(),
        link.made.0.into(),
    ];
    conn.run(sql, &values).await.map(drop)
}

fn link(mut row: Row) -> Result<LinkRow> {
    Ok(LinkRow {
        code: row.text(0)?,
        org: OrgId(row.int(1)?),
        group: GroupId(row.int(2)?),
        via: row.text(3)?,
        made: Millis(row.int(4)?),
    })
}
