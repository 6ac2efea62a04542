//! People of live groups: their identities and their stays.
//!
//! Invariant: an identity that was ensured is marked as live; imports do not rename it and their
//! undoing does not take it away.

use std::collections::HashMap;

use domain::{ActorClass, GroupId, IdentityId, Millis, OrgId};

use crate::fault::{Fault, Result};
use crate::groups::lock_organisation;
use crate::identities::{IdentitySaid, distinct, find, make_new};
use crate::live::MemberRow;
use crate::sql::{Conn, Row, job, printable};
use crate::store::Store;

impl Store {
    /// Finds or makes a person's account; its name, and its role where one is given, become those
    /// given here. Nothing is written when all of that stands already.
    pub async fn ensure_identity(&self, org: OrgId, said: IdentitySaid) -> Result<IdentityId> {
        let ids = self.ensure_identities(org, vec![said]).await?;
        ids.first().copied().ok_or(Fault::Missing { what: "identity", id: 0 })
    }

    /// The same for many, best a few thousand at once. Numbers in the order of `said`.
    pub async fn ensure_identities(
        &self,
        org: OrgId,
        said: Vec<IdentitySaid>,
    ) -> Result<Vec<IdentityId>> {
        let read = said.clone();
        let standing = job(move |mut conn: Conn<'_>| {
            Box::pin(async move { standing(&mut conn, org, &read).await })
        });
        if let Some(ids) = self.read(standing).await? {
            return Ok(ids);
        }
        self.write(job(move |mut conn| {
            Box::pin(async move { ensure(&mut conn, org, &said).await })
        }))
        .await
    }

    /// The last stay of everybody who is or was in a live group, by identity.
    pub async fn members(&self, org: OrgId, group: GroupId) -> Result<Vec<MemberRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT m.identity, m.n, m.name, m.class, m.joined_at, m.left_at, \
                           m.via, m.rules, m.muted_until, m.has_spoken FROM members m \
                           WHERE m.org = $1 AND m.grp = $2 AND NOT EXISTS \
                           (SELECT 1 FROM members x WHERE x.org = $1 AND x.grp = $2 \
                           AND x.identity = m.identity AND x.n > m.n) ORDER BY m.identity";
                let rows = conn.rows(sql, &[org.0.into(), group.0.into()]).await?;
                rows.into_iter().map(member).collect()
            })
        }))
        .await
    }
}

/// The numbers, when every one of them is known, live, and as it is said.
async fn standing(
    conn: &mut Conn<'_>,
    org: OrgId,
    said: &[IdentitySaid],
) -> Result<Option<Vec<IdentityId>>> {
    let (_, list) = distinct(said);
    let sql = "SELECT i.platform, i.key, i.name, i.class, i.id \
               FROM {rows:$2(platform text, key text)} AS w CROSS JOIN identities i \
               WHERE i.org = $1 AND i.platform = w.platform AND i.key = w.key AND i.live = 1";
    let mut known = HashMap::new();
    for mut row in conn.rows(sql, &[org.0.into(), list.as_str().into()]).await? {
        let key = (row.text(0)?, row.text(1)?);
        known.insert(key, (row.text(2)?, row.opt_int(3)?, row.small(4)?));
    }
    let mut ids = Vec::with_capacity(said.len());
    for said in said {
        let (name, class) = (printable(&said.name), said.class.map(|class| class as i64));
        match known.get(&(printable(&said.platform), printable(&said.key))) {
            Some((has, role, id)) if *has == name && (class.is_none() || *role == class) => {
                ids.push(IdentityId(*id));
            }
            _ => return Ok(None),
        }
    }
    Ok(Some(ids))
}

async fn ensure(conn: &mut Conn<'_>, org: OrgId, said: &[IdentitySaid]) -> Result<Vec<IdentityId>> {
    lock_organisation(conn, org).await?;
    let (places, list) = distinct(said);
    let values = [org.0.into(), list.as_str().into()];
    make_new(conn, org, &values).await?;
    // An upsert, because SQLite would answer UPDATE … FROM by reading everybody for every row.
    let live = "INSERT INTO identities (org, id, platform, key, name, class, live) \
                SELECT i.org, i.id, i.platform, i.key, w.name, COALESCE(w.class, i.class), 1 \
                FROM {rows:$2(platform text, key text, name text, class int)} AS w \
                CROSS JOIN identities i \
                WHERE i.org = $1 AND i.platform = w.platform AND i.key = w.key \
                ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, \
                class = excluded.class, live = 1";
    conn.run(live, &values).await?;
    find(conn, &places, &values).await
}

fn member(mut row: Row) -> Result<MemberRow> {
    let class: u8 = row.small(3)?;
    ActorClass::from_code(class)
        .ok_or_else(|| Fault::Damaged { what: format!("a member has the unknown role {class}") })?;
    Ok(MemberRow {
        identity: IdentityId(row.small(0)?),
        n: row.small(1)?,
        name: row.text(2)?,
        class,
        joined: Millis(row.int(4)?),
        left: row.opt_int(5)?.map(Millis),
        via: row.text(6)?,
        rules: row.small(7)?,
        muted_until: row.opt_int(8)?.map(Millis),
        has_spoken: row.int(9)? != 0,
    })
}
