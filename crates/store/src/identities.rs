//! Identities: one number per person per platform account, never given twice.
//!
//! Invariant: an identity shows what the latest whole import said of it. One that only a pending
//! import knows is not seen. One that is live shows what was said of it live, whatever imports say.
//!
//! Lists are joined by CROSS JOIN: SQLite then looks each row up instead of reading the table.

use std::collections::HashMap;

use domain::{ActorClass, IdentityId, ImportId, OrgId};

use crate::fault::{Fault, Result};
use crate::groups::lock_organisation;
use crate::sql::{Conn, job};
use crate::sql::{Row, Value, printable};
use crate::store::Store;

/// What an import says about a person's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentitySaid {
    /// Platform word.
    pub platform: String,
    /// Its key, unique in (organisation, platform).
    pub key: String,
    /// Name to show.
    pub name: String,
    /// Role, where the source marks it.
    pub class: Option<ActorClass>,
}

/// A person's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityRow {
    /// Its number.
    pub id: IdentityId,
    /// What the latest whole import said.
    pub said: IdentitySaid,
}

impl Store {
    /// The identities with these numbers, in the order of their numbers; unknown ones are left
    /// out.
    pub async fn identities(&self, org: OrgId, ids: &[IdentityId]) -> Result<Vec<IdentityRow>> {
        let list: Vec<[u32; 1]> = ids.iter().map(|id| [id.0]).collect();
        let list = serde_json::json!(list).to_string();
        self.identity_rows(
            "SELECT i.id, i.platform, i.key, i.name, i.class FROM {rows:$2(id int)} AS w \
             CROSS JOIN identities i WHERE i.org = $1 AND i.id = w.id \
             AND i.name IS NOT NULL ORDER BY i.id",
            org,
            list,
        )
        .await
    }

    /// The identities with these keys on a platform, in the order of their numbers; unknown ones
    /// are left out.
    pub async fn identities_by_key(
        &self,
        org: OrgId,
        platform: &str,
        keys: &[&str],
    ) -> Result<Vec<IdentityRow>> {
        let list: Vec<[String; 2]> =
            keys.iter().map(|key| [platform.to_owned(), printable(key)]).collect();
        let list = serde_json::json!(list).to_string();
        self.identity_rows(
            "SELECT i.id, i.platform, i.key, i.name, i.class \
             FROM {rows:$2(platform text, key text)} AS w CROSS JOIN identities i \
             WHERE i.org = $1 AND i.platform = w.platform AND i.key = w.key \
             AND i.name IS NOT NULL ORDER BY i.id",
            org,
            list,
        )
        .await
    }

    async fn identity_rows(
        &self,
        sql: &'static str,
        org: OrgId,
        list: String,
    ) -> Result<Vec<IdentityRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(sql, &[org.0.into(), list.as_str().into()]).await?;
                rows.into_iter().map(identity).collect()
            })
        }))
        .await
    }
}

fn identity(mut row: Row) -> Result<IdentityRow> {
    let class = row.opt_int(4)?.and_then(|code| ActorClass::from_code(u8::try_from(code).ok()?));
    Ok(IdentityRow {
        id: IdentityId(row.small(0)?),
        said: IdentitySaid { platform: row.text(1)?, key: row.text(2)?, name: row.text(3)?, class },
    })
}

/// Finds or makes the identities and notes what this import says of them. The numbers stand in
/// the order of `said`.
pub(crate) async fn say(
    mut conn: Conn<'_>,
    (org, import): (OrgId, ImportId),
    said: Vec<IdentitySaid>,
) -> Result<Vec<IdentityId>> {
    lock_organisation(&mut conn, org).await?;
    let (places, list) = distinct(&said);
    let values = [org.0.into(), list.as_str().into()];
    make_new(&mut conn, org, &values).await?;
    let note = "INSERT INTO import_identities (org, import_id, identity, name, class) \
                SELECT $1, $3, i.id, w.name, w.class FROM \
                {rows:$2(platform text, key text, name text, class int)} AS w \
                CROSS JOIN identities i \
                WHERE i.org = $1 AND i.platform = w.platform AND i.key = w.key \
                ON CONFLICT (org, import_id, identity) DO UPDATE SET name = excluded.name, \
                class = COALESCE(excluded.class, import_identities.class)";
    let [org_value, list_value] = values.clone();
    conn.run(note, &[org_value, list_value, import.0.into()]).await?;
    find(&mut conn, &places, &values).await
}

/// Makes those of a list (organisation, JSON of [`distinct`]) that are not known.
pub(crate) async fn make_new(conn: &mut Conn<'_>, org: OrgId, values: &[Value]) -> Result<()> {
    let new = "SELECT w.platform, w.key FROM {rows:$2(platform text, key text)} AS w \
               LEFT JOIN identities i ON i.org = $1 AND i.platform = w.platform AND i.key = w.key \
               WHERE i.id IS NULL";
    let new = conn.rows(new, values).await?;
    if new.is_empty() { Ok(()) } else { make(conn, org, new).await }
}

/// The numbers of a list (organisation, JSON of [`distinct`]), by the places of [`distinct`].
pub(crate) async fn find(
    conn: &mut Conn<'_>,
    places: &[usize],
    values: &[Value],
) -> Result<Vec<IdentityId>> {
    let ids = "SELECT i.id FROM {rows:$2(platform text, key text)} AS w CROSS JOIN identities i \
               WHERE i.org = $1 AND i.platform = w.platform AND i.key = w.key ORDER BY w.ord";
    let rows = conn.rows(ids, values).await?;
    let ids = rows.iter().map(|row| row.small(0)).collect::<Result<Vec<u32>>>()?;
    Ok(places.iter().filter_map(|place| ids.get(*place).copied().map(IdentityId)).collect())
}

/// Platform, key, name, class.
type Noted = (String, String, String, Option<u8>);

/// The same key once, with what was said of it last, as JSON; and for each of `said` its place
/// in that list.
pub(crate) fn distinct(said: &[IdentitySaid]) -> (Vec<usize>, String) {
    let mut at: HashMap<(&str, &str), usize> = HashMap::with_capacity(said.len());
    let (mut places, mut list) = (Vec::with_capacity(said.len()), Vec::<Noted>::new());
    for said in said {
        let place = *at.entry((&said.platform, &said.key)).or_insert(list.len());
        let row = (
            printable(&said.platform),
            printable(&said.key),
            printable(&said.name),
            said.class.map(|class| class as u8),
        );
        match list.get_mut(place) {
            Some(known) => *known = (row.0, row.1, row.2, row.3.or(known.3)),
            None => list.push(row),
        }
        places.push(place);
    }
    (places, serde_json::json!(list).to_string())
}

async fn make(conn: &mut Conn<'_>, org: OrgId, new: Vec<Row>) -> Result<()> {
    let count = new.len() as i64;
    let sql = "UPDATE organisations SET next_identity = next_identity + $2 WHERE id = $1 \
               RETURNING next_identity - $2";
    let row = conn.row(sql, &[org.0.into(), count.into()]).await?;
    let first = row.ok_or(Fault::Missing { what: "organisation", id: org.0 })?.int(0)?;
    let mut list = Vec::with_capacity(new.len());
    for (id, mut row) in (first..).zip(new) {
        list.push((id, row.text(0)?, row.text(1)?));
    }
    let sql = "INSERT INTO identities (org, id, platform, key) SELECT $1, w.id, w.platform, w.key \
               FROM {rows:$2(id int, platform text, key text)} AS w";
    let list = serde_json::json!(list).to_string();
    conn.run(sql, &[org.0.into(), list.as_str().into()]).await?;
    Ok(())
}

/// Applies what an import said that is now whole.
pub(crate) async fn apply(conn: &mut Conn<'_>, org: OrgId, import: ImportId) -> Result<()> {
    let sql = "UPDATE identities SET name = s.name, class = COALESCE(s.class, identities.class) \
               FROM import_identities s WHERE s.org = $1 AND s.import_id = $2 \
               AND identities.org = s.org AND identities.id = s.identity \
               AND identities.live = 0";
    conn.run(sql, &[org.0.into(), import.0.into()]).await?;
    Ok(())
}

/// Takes back what an import said: its identities show again what the latest remaining import
/// said, and those that nobody else knows are removed, unless staff wrote something of them.
pub(crate) async fn take_back(conn: &mut Conn<'_>, org: OrgId, import: ImportId) -> Result<()> {
    let values = [org.0.into(), import.0.into()];
    let again = "UPDATE identities SET name = (SELECT s.name FROM import_identities s \
                 WHERE s.org = identities.org AND s.identity = identities.id \
                 AND s.import_id <> $2 ORDER BY s.import_id DESC LIMIT 1), \
                 class = (SELECT s.class FROM import_identities s \
                 WHERE s.org = identities.org AND s.identity = identities.id \
                 AND s.import_id <> $2 AND s.class IS NOT NULL \
                 ORDER BY s.import_id DESC LIMIT 1) \
                 WHERE org = $1 AND live = 0 AND id IN (SELECT identity \
                 FROM import_identities WHERE org = $1 AND import_id = $2)";
    conn.run(again, &values).await?;
    conn.run("DELETE FROM import_identities WHERE org = $1 AND import_id = $2", &values).await?;
    let gone = "DELETE FROM identities WHERE org = $1 AND name IS NULL AND NOT EXISTS \
                (SELECT 1 FROM import_identities s WHERE s.org = identities.org \
                AND s.identity = identities.id) \
                AND id NOT IN (SELECT identity FROM merges WHERE org = $1) \
                AND id NOT IN (SELECT identity FROM person_tags WHERE org = $1) \
                AND id NOT IN (SELECT identity FROM notes WHERE org = $1) \
                AND id NOT IN (SELECT identity FROM attributes WHERE org = $1) \
                AND id NOT IN (SELECT identity FROM main_groups WHERE org = $1) \
                AND id NOT IN (SELECT identity FROM blacklist WHERE org = $1)";
    conn.run(gone, &[org.0.into()]).await?;
    Ok(())
}
