//! What standings need beside the pages: who is in, when something was written last, what waits.

use domain::{GroupId, IdentityId, Millis, OrgId};

use crate::fault::Result;
use crate::sql::{Row, job};
use crate::store::Store;

/// What the tables tell of a group now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// It lives here: it has a head.
    pub live: bool,
    /// Who is in now, by number: members of a live group, stays of one that was imported.
    pub members: Vec<IdentityId>,
    /// Who was in at any time, by number.
    pub known: Vec<IdentityId>,
    /// The last moment of the log.
    pub last: Option<Millis>,
}

impl Store {
    /// What the tables tell of a group now.
    pub async fn told_of(&self, org: OrgId, group: GroupId) -> Result<Told> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let whose = [org.0.into(), group.0.into()];
                let live = "SELECT 1 FROM heads WHERE org = $1 AND grp = $2";
                let live = conn.row(live, &whose).await?.is_some();
                let members = if live {
                    "SELECT DISTINCT identity FROM members WHERE org = $1 AND grp = $2 \
                     AND left_at IS NULL ORDER BY identity"
                } else {
                    "SELECT DISTINCT identity FROM stays WHERE org = $1 AND grp = $2 \
                     AND left_at IS NULL ORDER BY identity"
                };
                let known = "SELECT identity FROM members WHERE org = $1 AND grp = $2 \
                             UNION SELECT identity FROM stays WHERE org = $1 AND grp = $2 \
                             ORDER BY 1";
                let (members, known) =
                    (conn.rows(members, &whose).await?, conn.rows(known, &whose).await?);
                let ids = |rows: Vec<Row>| {
                    rows.iter().map(|row| Ok(IdentityId(row.small(0)?))).collect::<Result<_>>()
                };
                let (members, known) = (ids(members)?, ids(known)?);
                let last = "SELECT to_at FROM spans WHERE org = $1 AND grp = $2 \
                            ORDER BY first_seq DESC LIMIT 1";
                let last = conn.row(last, &whose).await?;
                let last = last.map(|row| row.int(0)).transpose()?.map(Millis);
                Ok(Told { live, members, known, last })
            })
        }))
        .await
    }

    /// Open tasks of each group that has any, by group.
    pub async fn open_tasks(&self, org: OrgId) -> Result<Vec<(GroupId, u32)>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT grp, COUNT(*) FROM tasks WHERE org = $1 AND state = 0 \
                           GROUP BY grp ORDER BY grp";
                let rows = conn.rows(sql, &[org.0.into()]).await?;
                rows.into_iter().map(|row| Ok((GroupId(row.int(0)?), row.small(1)?))).collect()
            })
        }))
        .await
    }

    /// Identities that were merged into a person, with that person, by person.
    pub async fn merged(&self, org: OrgId) -> Result<Vec<(IdentityId, IdentityId)>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT identity, person FROM merges WHERE org = $1 \
                           ORDER BY person, identity";
                let rows = conn.rows(sql, &[org.0.into()]).await?;
                rows.into_iter()
                    .map(|row| Ok((IdentityId(row.small(0)?), IdentityId(row.small(1)?))))
                    .collect()
            })
        }))
        .await
    }
}
