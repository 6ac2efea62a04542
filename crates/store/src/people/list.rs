//! Lists of people by filters, a page at a time, over hundreds of thousands.
//!
//! Every filter is a set of persons (leading identities); the narrowest one drives the statement,
//! the others are looked up in. Pages go by number, the latest known first: no row before the page
//! is read again.

use domain::IdentityId;

use crate::fault::Result;
use crate::people::{FaceRow, PeopleQuery, faces};
use crate::sql::{Value, job};
use crate::store::Store;

/// Persons of a set of identities `x.identity`.
macro_rules! persons {
    ($from:expr) => {
        concat!(
            "(SELECT COALESCE(m.person, x.identity) AS id FROM ",
            $from,
            " LEFT JOIN merges m ON m.org = $1 AND m.identity = x.identity)"
        )
    };
}

macro_rules! in_group {
    () => {
        persons!(
            "(SELECT identity FROM members WHERE org = $1 AND grp = $2 AND left_at IS NULL \
             UNION SELECT s.identity FROM stays s WHERE s.org = $1 AND s.grp = $2 \
             AND s.left_at IS NULL AND NOT EXISTS (SELECT 1 FROM heads h \
             WHERE h.org = $1 AND h.grp = $2)) AS x"
        )
    };
}

macro_rules! tagged {
    () => {
        persons!(
            "(SELECT p.identity FROM person_tags p WHERE p.org = $1 AND p.tag = $3 \
             AND p.gone_at IS NULL AND (p.until_at IS NULL OR p.until_at > $11)) AS x"
        )
    };
}

macro_rules! barred {
    () => {
        persons!("(SELECT identity FROM blacklist WHERE org = $1 AND lifted_at IS NULL) AS x")
    };
}

macro_rules! came {
    () => {
        persons!(
            "(SELECT identity FROM members WHERE org = $1 AND joined_at >= $6 \
             UNION SELECT identity FROM stays WHERE org = $1 AND joined_at >= $6 \
             AND how <> 8) AS x"
        )
    };
}

macro_rules! classed {
    () => {
        persons!(
            "(SELECT id AS identity FROM identities WHERE org = $1 AND class = $7 AND class > 0 \
             UNION SELECT identity FROM members WHERE org = $1 AND class = $7 AND class > 0 \
             AND left_at IS NULL) AS x"
        )
    };
}

macro_rules! found {
    () => {
        persons!("(SELECT id AS identity FROM {rows:$8(id int)} AS v) AS x")
    };
}

/// $1 organisation, $2 group, $3 tag, $4 blacklisted, $5 limit, $6 since, $7 class (-1: any),
/// $8 these people, $9 before, $10 text, $11 now. A filter that is not asked for is 0, '' or '[]'.
macro_rules! list {
    ($driver:expr, $of:literal) => {
        concat!(
            "SELECT i.id FROM ",
            $driver,
            " identities i WHERE i.org = $1 ",
            $of,
            " AND i.id < $9 AND (i.name IS NOT NULL OR $4 = 1) AND NOT EXISTS \
             (SELECT 1 FROM merges z WHERE z.org = $1 AND z.identity = i.id) \
             AND ($2 = 0 OR i.id IN ",
            in_group!(),
            ") AND ($3 = 0 OR i.id IN ",
            tagged!(),
            ") AND ($4 = 0 OR i.id IN ",
            barred!(),
            ") AND ($6 = 0 OR i.id IN ",
            came!(),
            ") AND ($7 < 1 OR i.id IN ",
            classed!(),
            ") AND ($7 <> 0 OR (COALESCE(i.class, 0) = 0 AND NOT EXISTS (SELECT 1 FROM members c \
             WHERE c.org = $1 AND c.identity = i.id AND c.class > 0 AND c.left_at IS NULL))) \
             AND ($8 = '[]' OR i.id IN ",
            found!(),
            ") AND ($10 = '' OR LOWER(i.name) LIKE $10 ESCAPE '!' OR LOWER(i.key) LIKE $10 \
             ESCAPE '!' OR i.id IN (SELECT m.person FROM merges m JOIN identities y \
             ON y.org = $1 AND y.id = m.identity WHERE m.org = $1 \
             AND LOWER(y.name) LIKE $10 ESCAPE '!')) \
             ORDER BY i.id DESC LIMIT $5"
        )
    };
}

macro_rules! driven {
    ($set:expr) => {
        list!(
            concat!("(SELECT DISTINCT id FROM ", $set, " AS d) AS w CROSS JOIN"),
            "AND i.id = w.id"
        )
    };
}

// Accounts of our own chat that never came in anywhere are nobody yet.
const ANY: &str = list!(
    "",
    "AND (i.live = 0 OR EXISTS (SELECT 1 FROM members e WHERE e.org = $1 AND e.identity = i.id) \
     OR EXISTS (SELECT 1 FROM stays e WHERE e.org = $1 AND e.identity = i.id) \
     OR EXISTS (SELECT 1 FROM merges e WHERE e.org = $1 AND e.person = i.id))"
);
const FOUND: &str = driven!(found!());
const BARRED: &str = driven!(barred!());
const TAGGED: &str = driven!(tagged!());
const IN_GROUP: &str = driven!(in_group!());
const CAME: &str = driven!(came!());
const CLASSED: &str = driven!(classed!());

/// Nobody's: what stands for a filter that finds none.
const NOBODY: &str = "[[0]]";

impl Store {
    /// People by filters, the latest known first.
    pub async fn people(&self, org: domain::OrgId, query: PeopleQuery) -> Result<Vec<FaceRow>> {
        let (sql, values) = (statement(&query), values(org, &query));
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(sql, &values).await?;
                let leads = rows.iter().map(|row| row.small(0).map(IdentityId));
                let leads = leads.collect::<Result<Vec<_>>>()?;
                faces::of(&mut conn, org, &leads, (query.now, query.scope.as_deref())).await
            })
        }))
        .await
    }

    /// These people (by their leading identities) as a list shows them; unknown ones are left out.
    pub async fn faces(
        &self,
        org: domain::OrgId,
        leads: Vec<IdentityId>,
        now: domain::Millis,
    ) -> Result<Vec<FaceRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move { faces::of(&mut conn, org, &leads, (now, None)).await })
        }))
        .await
    }
}

/// The statement that the narrowest filter drives.
fn statement(query: &PeopleQuery) -> &'static str {
    match query {
        PeopleQuery { of: Some(_), .. } => FOUND,
        PeopleQuery { blacklisted: true, .. } => BARRED,
        PeopleQuery { tag: Some(_), .. } => TAGGED,
        PeopleQuery { group: Some(_), .. } => IN_GROUP,
        PeopleQuery { class: Some(1..), .. } => CLASSED,
        PeopleQuery { joined_since: Some(_), .. } => CAME,
        _ => ANY,
    }
}

fn values(org: domain::OrgId, query: &PeopleQuery) -> Vec<Value> {
    let list = |ids: Vec<[i64; 1]>| {
        if ids.is_empty() { NOBODY.to_owned() } else { serde_json::json!(ids).to_string() }
    };
    let of = query.of.as_ref();
    let of = of.map(|ids| list(ids.iter().map(|id| [i64::from(id.0)]).collect()));
    let text = match query.text.trim() {
        "" => String::new(),
        text => format!("%{}%", escaped(&text.to_lowercase())),
    };
    vec![
        org.0.into(),
        query.group.map_or(0, |group| group.0).into(),
        query.tag.unwrap_or(0).into(),
        i64::from(query.blacklisted).into(),
        i64::from(query.limit).into(),
        query.joined_since.map_or(0, |since| since.0).into(),
        query.class.map_or(-1, i64::from).into(),
        of.as_deref().unwrap_or("[]").into(),
        query.before.map_or(i64::MAX, |before| i64::from(before.0)).into(),
        text.as_str().into(),
        query.now.0.into(),
    ]
}

/// The wildcards of LIKE as letters.
fn escaped(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}
