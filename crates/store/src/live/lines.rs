//! Reading a group's log by place, with the words: what watchers and pages of a chat see.
//!
//! Invariant: lines of live groups and of whole imports come alike, in the order of their places;
//! nothing of a pending import is seen. What a look-up by key (`known`) answers includes it: the
//! key is taken.

use domain::{Fact, FactKind, GroupId, IdentityId, Millis, OrgId, Seq, SourceKey};

use crate::fault::{Fault, Result};
use crate::live::LineRow;
use crate::sql::{Conn, Row, Value, job};
use crate::store::Store;
use crate::{postgres, sqlite};

/// Where a fact with a certain key stands, and who did it.
pub(crate) type Known = Option<(Seq, IdentityId)>;

/// Facts of one group with their words, but for what a pending import wrote. The words are looked
/// up line by line, after the limit.
macro_rules! lines {
    ($from:literal, $which:literal) => {
        concat!(
            "SELECT f.seq, f.at, f.src, f.part, f.body, (SELECT t.text FROM words t \
             WHERE t.org = $1 AND t.grp = $2 AND t.seq = f.seq) FROM ",
            $from,
            " WHERE f.org = $1 AND f.grp = $2 AND (NOT EXISTS (SELECT 1 FROM imports p \
             WHERE p.org = $1 AND p.state = 0) OR NOT EXISTS (SELECT 1 FROM spans s \
             JOIN imports i ON i.org = s.org AND i.id = s.import_id AND i.state = 0 \
             WHERE s.org = $1 AND s.grp = $2 AND f.seq BETWEEN s.first_seq AND s.last_seq)) AND ",
            $which
        )
    };
}

const AFTER: &str = lines!("facts f", "f.seq > $3 ORDER BY f.seq LIMIT $4");
const BEFORE: &str = lines!("facts f", "f.seq < $3 ORDER BY f.seq DESC LIMIT $4");
// CROSS JOIN, and `k` for the place alone: SQLite then looks every key up in the index of keys,
// which it takes only where that index answers by itself, instead of reading the log for each.
// In no order: PostgreSQL would walk through the whole group for the sake of it.
const OF_KEYS: &str = lines!(
    "{rows:$3(src int)} AS w CROSS JOIN facts k CROSS JOIN facts f",
    "k.org = $1 AND k.grp = $2 AND k.stream = 0 AND k.src = w.src AND f.seq = k.seq"
);

impl Store {
    /// Lines after a place, in the order of places.
    pub async fn lines(
        &self,
        org: OrgId,
        group: GroupId,
        after: Seq,
        limit: u32,
    ) -> Result<Vec<LineRow>> {
        let end = [after.0.into(), i64::from(limit).into()];
        self.read_lines(AFTER, (org, group), end.to_vec()).await
    }

    /// The last lines before a place, in the order of places.
    pub async fn lines_before(
        &self,
        org: OrgId,
        group: GroupId,
        before: Seq,
        limit: u32,
    ) -> Result<Vec<LineRow>> {
        let end = [before.0.into(), i64::from(limit).into()];
        let mut lines = self.read_lines(BEFORE, (org, group), end.to_vec()).await?;
        lines.reverse();
        Ok(lines)
    }

    /// The messages with these keys of the platform, in the order of places; unknown ones are
    /// left out.
    pub async fn lines_of(&self, org: OrgId, group: GroupId, keys: &[i64]) -> Result<Vec<LineRow>> {
        let list: Vec<[i64; 1]> = keys.iter().map(|key| [*key]).collect();
        let list = serde_json::json!(list).to_string();
        let mut lines = self.read_lines(OF_KEYS, (org, group), vec![list.as_str().into()]).await?;
        lines.retain(|line| line.fact.kind == FactKind::Message);
        lines.sort_by_key(|line| line.seq);
        lines.dedup_by_key(|line| line.seq);
        Ok(lines)
    }

    /// For each key of the platform's stream where its fact stands and who did it.
    pub async fn known(&self, org: OrgId, keys: Vec<(GroupId, SourceKey)>) -> Result<Vec<Known>> {
        self.read(job(move |conn| {
            Box::pin(async move {
                match conn {
                    Conn::Sqlite(conn) => sqlite::known_live(conn, org, &keys),
                    Conn::Postgres(conn) => postgres::known_live(conn, org, &keys).await,
                }
            })
        }))
        .await
    }

    async fn read_lines(
        &self,
        sql: &'static str,
        (org, group): (OrgId, GroupId),
        which: Vec<Value>,
    ) -> Result<Vec<LineRow>> {
        let mut values = vec![org.0.into(), group.0.into()];
        values.extend(which);
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(sql, &values).await?;
                rows.into_iter().map(line).collect()
            })
        }))
        .await
    }
}

fn line(mut row: Row) -> Result<LineRow> {
    let source = SourceKey { key: row.int(2)?, part: row.small(3)? };
    let fact = Fact::from_body(Millis(row.int(1)?), source, &row.bytes(4)?)
        .map_err(|error| Fault::Damaged { what: error.to_string() })?;
    Ok(LineRow { seq: Seq(row.int(0)?), fact, words: row.opt_text(5)? })
}

/// Who did the fact with this body.
pub(crate) fn actor(body: &[u8]) -> Result<IdentityId> {
    let source = SourceKey { key: 0, part: 0 };
    match Fact::from_body(Millis(0), source, body) {
        Ok(fact) => Ok(fact.actor),
        Err(error) => Err(Fault::Damaged { what: error.to_string() }),
    }
}
