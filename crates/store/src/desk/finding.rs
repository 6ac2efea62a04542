//! What the search box reads: names of people, who is where, messages and notes that hold words.
//!
//! Invariant: every reading is bounded by what the caller names (numbers, lists, limits); names
//! and words that only a pending import knows are not found.

use domain::{Fact, GroupId, IdentityId, Millis, OrgId, Seq, SourceKey};

use crate::fault::{Fault, Result};
use crate::sql::{Conn, Row, Value, job};
use crate::store::Store;

/// A message that holds the words looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// In which group.
    pub group: GroupId,
    /// At which place.
    pub seq: Seq,
    /// When.
    pub at: Millis,
    /// By whom.
    pub who: IdentityId,
    /// The whole message.
    pub text: String,
}

/// A tag of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagNamed {
    /// Its number.
    pub id: i64,
    /// Its folder and its name.
    pub name: (String, String),
}

/// A note that holds the words looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSaid {
    /// About whom.
    pub who: IdentityId,
    /// When it was written.
    pub at: Millis,
    /// What it says.
    pub text: String,
}

const NAMES: &str = "SELECT id, name FROM identities WHERE org = $1 AND id > $2 \
                     AND name IS NOT NULL ORDER BY id LIMIT $3";
const WHERE: &str = "SELECT w.id, m.grp FROM {rows:$2(id int)} AS w CROSS JOIN members m \
                     WHERE m.org = $1 AND m.identity = w.id UNION \
                     SELECT w.id, s.grp FROM {rows:$2(id int)} AS w CROSS JOIN stays s \
                     WHERE s.org = $1 AND s.identity = w.id ORDER BY 1, 2";
const PERSONS: &str = "SELECT w.id, m.person FROM {rows:$2(id int)} AS w CROSS JOIN merges m \
                       WHERE m.org = $1 AND m.identity = w.id";
const TAILS: &str = "SELECT id, next_seq - 1 FROM groups WHERE org = $1 AND revision > 0";
// The words are compared first; only what is shown is looked up in the log.
macro_rules! phrases {
    ($words:literal) => {
        concat!(
            "SELECT h.grp, h.seq, f.at, f.body, h.text FROM (\
             SELECT w.grp AS grp, w.seq AS seq, w.text AS text \
             FROM {rows:$2(grp int, low int)} AS v CROSS JOIN ",
            $words,
            " lower(w.text) LIKE $3 ESCAPE '!' ORDER BY v.ord, w.seq DESC LIMIT 400) AS h \
             CROSS JOIN facts f \
             WHERE f.org = $1 AND f.grp = h.grp AND f.seq = h.seq AND NOT EXISTS (\
             SELECT 1 FROM spans s JOIN imports i ON i.org = s.org \
             AND i.id = s.import_id AND i.state = 0 WHERE s.org = $1 \
             AND s.grp = h.grp AND h.seq BETWEEN s.first_seq AND s.last_seq) \
             ORDER BY f.at DESC, h.grp, h.seq DESC LIMIT $4"
        )
    };
}
const PHRASES: &str = phrases!("words w WHERE w.org = $1 AND w.grp = v.grp AND w.seq >= v.low AND");
// Left to itself PostgreSQL reads all words of all groups: it is told to look group by group.
const PHRASES_POSTGRES: &str = phrases!(
    "LATERAL (SELECT grp, seq, text FROM words WHERE org = $1 AND grp = v.grp \
     AND seq >= v.low OFFSET 0) AS w WHERE"
);
const MOMENTS: &str = "SELECT v.grp, f.at FROM {rows:$2(grp int, low int)} AS v \
                       CROSS JOIN facts f WHERE f.org = $1 AND f.grp = v.grp AND f.seq = v.low";
const TAGS: &str = "SELECT id, folder, name FROM tags WHERE org = $1 AND gone_at IS NULL \
                    AND lower(name) LIKE $2 ESCAPE '!' ORDER BY folder, name LIMIT $3";
const NOTES: &str = "SELECT identity, at, text FROM notes WHERE org = $1 AND gone_at IS NULL \
                     AND lower(text) LIKE $2 ESCAPE '!' ORDER BY id DESC LIMIT $3";

impl Store {
    /// Identities above a number with their names, in the order of numbers, at most so many.
    pub async fn names_after(
        &self,
        org: OrgId,
        after: IdentityId,
        limit: u32,
    ) -> Result<Vec<(IdentityId, String)>> {
        let values = vec![org.0.into(), i64::from(after.0).into(), i64::from(limit).into()];
        let name = |mut row: Row| Ok((IdentityId(row.small(0)?), row.text(1)?));
        self.found(NAMES, values, name).await
    }

    /// In which groups these identities are or were, in the order of both numbers.
    pub async fn groups_of(
        &self,
        org: OrgId,
        ids: &[IdentityId],
    ) -> Result<Vec<(IdentityId, GroupId)>> {
        let place = |row: Row| Ok((IdentityId(row.small(0)?), GroupId(row.int(1)?)));
        self.found(WHERE, vec![org.0.into(), list(ids).as_str().into()], place).await
    }

    /// Those of the identities that were merged into another, and into which.
    pub async fn persons_of(
        &self,
        org: OrgId,
        ids: &[IdentityId],
    ) -> Result<Vec<(IdentityId, IdentityId)>> {
        let pair = |row: Row| Ok((IdentityId(row.small(0)?), IdentityId(row.small(1)?)));
        self.found(PERSONS, vec![org.0.into(), list(ids).as_str().into()], pair).await
    }

    /// The last place of the log of each group; 0 while it has none.
    pub async fn tails(&self, org: OrgId) -> Result<Vec<(GroupId, Seq)>> {
        let tail = |row: Row| Ok((GroupId(row.int(0)?), Seq(row.int(1)?)));
        self.found(TAILS, vec![org.0.into()], tail).await
    }

    /// When what stands at these places of logs happened; places at which nothing stands are left
    /// out.
    pub async fn moments(
        &self,
        org: OrgId,
        places: &[(GroupId, Seq)],
    ) -> Result<Vec<(GroupId, Millis)>> {
        let moment = |row: Row| Ok((GroupId(row.int(0)?), Millis(row.int(1)?)));
        self.found(MOMENTS, vec![org.0.into(), pairs(places).as_str().into()], moment).await
    }

    /// Messages from these places on that hold the words, the newest first. Groups named first are
    /// preferred where there is too much.
    pub async fn phrases(
        &self,
        org: OrgId,
        looks: &[(GroupId, Seq)],
        text: &str,
        limit: u32,
    ) -> Result<Vec<Phrase>> {
        let (looks, words) = (pairs(looks), holds(text));
        let values =
            [org.0.into(), looks.as_str().into(), words.as_str().into(), i64::from(limit).into()];
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = match conn {
                    Conn::Sqlite(_) => PHRASES,
                    Conn::Postgres(_) => PHRASES_POSTGRES,
                };
                let rows = conn.rows(sql, &values).await?;
                rows.into_iter().map(phrase).collect()
            })
        }))
        .await
    }

    /// Tags of people whose names hold the words.
    pub async fn tags_named(&self, org: OrgId, text: &str, limit: u32) -> Result<Vec<TagNamed>> {
        let values = vec![org.0.into(), holds(text).as_str().into(), i64::from(limit).into()];
        let tag =
            |mut row: Row| Ok(TagNamed { id: row.int(0)?, name: (row.text(1)?, row.text(2)?) });
        self.found(TAGS, values, tag).await
    }

    /// Notes that hold the words, the newest first.
    pub async fn notes_saying(&self, org: OrgId, text: &str, limit: u32) -> Result<Vec<NoteSaid>> {
        let values = vec![org.0.into(), holds(text).as_str().into(), i64::from(limit).into()];
        let note = |mut row: Row| {
            let (who, at) = (IdentityId(row.small(0)?), Millis(row.int(1)?));
            Ok(NoteSaid { who, at, text: row.text(2)? })
        };
        self.found(NOTES, values, note).await
    }

    async fn found<T: Send + 'static>(
        &self,
        sql: &'static str,
        values: Vec<Value>,
        shape: impl Fn(Row) -> Result<T> + Send + 'static,
    ) -> Result<Vec<T>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(sql, &values).await?;
                rows.into_iter().map(shape).collect()
            })
        }))
        .await
    }
}

fn phrase(mut row: Row) -> Result<Phrase> {
    let at = Millis(row.int(2)?);
    let fact = Fact::from_body(at, SourceKey { key: 0, part: 0 }, &row.bytes(3)?)
        .map_err(|error| Fault::Damaged { what: error.to_string() })?;
    let (group, seq) = (GroupId(row.int(0)?), Seq(row.int(1)?));
    Ok(Phrase { group, seq, at, who: fact.actor, text: row.text(4)? })
}

fn list(ids: &[IdentityId]) -> String {
    let list: Vec<[u32; 1]> = ids.iter().map(|id| [id.0]).collect();
    serde_json::json!(list).to_string()
}

fn pairs(places: &[(GroupId, Seq)]) -> String {
    let pairs: Vec<[i64; 2]> = places.iter().map(|(group, seq)| [group.0, seq.0]).collect();
    serde_json::json!(pairs).to_string()
}

/// The pattern of texts that hold these words, whatever they are.
fn holds(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '!' | '%' | '_') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn signs_of_patterns_stand_for_themselves() {
        assert_eq!(holds("50%_Ann!"), "%50!%!_ann!!%");
    }
}
