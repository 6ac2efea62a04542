//! Writes the past: groups and people through the store, the log through the bare drivers.

use crate::bench::Failure;
use crate::bench::live::past::Past;
use crate::bench::live::town::{GROUPS, PEOPLE, PRESENT, person};
use domain::{Evidence, GroupId, Millis, OrgId};
use rusqlite::{Connection, params};
use sqlx::{Connection as _, PgConnection};
use std::fmt::Write as _;
use std::path::Path;
use store::{IdentitySaid, NewLiveGroup, Store};

pub(in crate::bench) const ORG: OrgId = OrgId(1);
/// People ensured at once.
const AT_ONCE: u32 = 5_000;
/// Bytes copied at once.
const COPY_BYTES: usize = 4 << 20;

const FACT: &str = "INSERT INTO facts (org, grp, seq, at, stream, src, part, body) \
                    VALUES (1, ?1, ?2, ?3, 0, ?4, ?5, ?6)";
const WORDS: &str = "INSERT INTO words (org, grp, seq, text) VALUES (1, ?1, ?2, ?3)";
const SPAN: &str = "INSERT INTO spans (org, grp, first_seq, last_seq, from_at, to_at) \
                    VALUES (1, $1, $2, $3, $4, $5)";
const PLACE: &str = "UPDATE groups SET next_seq = $2 WHERE org = 1 AND id = $1";
const UNINDEXED: &str = "DROP INDEX facts_by_source";
const INDEXED: &str = "CREATE UNIQUE INDEX facts_by_source ON facts (org, grp, stream, src, part)";

/// Everybody joined with the founding and has written before.
fn members(groups: &[GroupId]) -> Vec<String> {
    let mut rows = Vec::new();
    for (number, group) in (0..).zip(groups) {
        let one = |who| {
            let id = person(number, who).0;
            format!(
                "(1, {}, {id}, 1, '成员{id}', 0, {}, NULL, '', 0, NULL, 1)",
                group.0,
                founded().0
            )
        };
        let all: Vec<String> = (0..PEOPLE).map(one).collect();
        rows.push(format!(
            "INSERT INTO members (org, grp, identity, n, name, class, joined_at, left_at, via, \
             rules, muted_until, has_spoken) VALUES {}",
            all.join(", ")
        ));
    }
    rows
}

fn founded() -> Millis {
    Millis(PRESENT - 366 * Millis::DAY)
}

/// Groups and people, through the store.
async fn people(url: &str) -> Result<Vec<GroupId>, Failure> {
    let store = Store::open(url).await?;
    for first in (1..=GROUPS * PEOPLE).step_by(AT_ONCE as usize) {
        let said = (first..first + AT_ONCE).map(|id| IdentitySaid {
            platform: "web".to_owned(),
            key: format!("guest-{id}"),
            name: format!("成员{id}"),
            class: None,
        });
        store.ensure_identities(ORG, said.collect()).await?;
    }
    let mut groups = Vec::new();
    for number in 0..GROUPS {
        let new = NewLiveGroup {
            platform: "web".to_owned(),
            key: format!("group-{number}"),
            name: format!("第{number}群"),
            zone: "Asia/Shanghai".to_owned(),
            evidence: Evidence::default(),
            founded: founded(),
        };
        groups.push(store.open_live_group(ORG, new).await?);
    }
    Ok(groups)
}

/// A new file with a past.
pub(super) async fn sqlite(path: &Path, past: Past) -> Result<Vec<GroupId>, Failure> {
    let groups = people(&path.display().to_string()).await?;
    let mut conn = Connection::open(path)?;
    conn.pragma_update(None, "synchronous", "off")?;
    conn.pragma_update(None, "cache_size", -262_144)?;
    conn.execute(UNINDEXED, [])?;
    let texts = Past::texts();
    let turn = conn.transaction()?;
    for (number, group) in (0..).zip(&groups) {
        let mut fact = turn.prepare_cached(FACT)?;
        let mut words = turn.prepare_cached(WORDS)?;
        for row in past.rows(number, &texts) {
            let (it, source) = (&row.fact, row.fact.source);
            fact.execute(params![group.0, row.seq, it.at.0, source.key, source.part, it.body()])?;
            words.execute(params![group.0, row.seq, row.text])?;
        }
        for (first, last) in past.spans() {
            let span = params![group.0, first, last, founded().0, PRESENT];
            turn.execute(&SPAN.replace('$', "?"), span)?;
        }
        turn.execute(&PLACE.replace('$', "?"), params![group.0, past.each as i64 + 1])?;
    }
    for sql in members(&groups) {
        turn.execute(&sql, [])?;
    }
    turn.execute(INDEXED, [])?;
    turn.commit()?;
    conn.execute_batch("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(groups)
}

/// A database with a past.
pub(super) async fn postgres(url: &str, past: Past) -> Result<Vec<GroupId>, Failure> {
    let groups = people(url).await?;
    let mut conn = PgConnection::connect(url).await?;
    sqlx::query(UNINDEXED).execute(&mut conn).await?;
    let texts = Past::texts();
    for (number, group) in (0..).zip(&groups) {
        let (mut facts, mut words) = (String::new(), String::new());
        for row in past.rows(number, &texts) {
            let (fact, source) = (&row.fact, row.fact.source);
            write!(facts, "1\t{}\t{}\t{}\t0\t", group.0, row.seq, fact.at.0)?;
            write!(facts, "{}\t{}\t\\\\x", source.key, source.part)?;
            for byte in fact.body() {
                write!(facts, "{byte:02x}")?;
            }
            facts.push('\n');
            writeln!(words, "1\t{}\t{}\t{}", group.0, row.seq, row.text)?;
            if facts.len() > COPY_BYTES {
                copy(&mut conn, ("facts", &mut facts)).await?;
                copy(&mut conn, ("words", &mut words)).await?;
            }
        }
        copy(&mut conn, ("facts", &mut facts)).await?;
        copy(&mut conn, ("words", &mut words)).await?;
        for (first, last) in past.spans() {
            let span = sqlx::query(SPAN).bind(group.0).bind(first).bind(last);
            span.bind(founded().0).bind(PRESENT).execute(&mut conn).await?;
        }
        let place = sqlx::query(PLACE).bind(group.0).bind(past.each as i64 + 1);
        place.execute(&mut conn).await?;
    }
    for sql in members(&groups) {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await?;
    }
    sqlx::query(INDEXED).execute(&mut conn).await?;
    sqlx::query("ANALYZE").execute(&mut conn).await?;
    Ok(groups)
}

async fn copy(conn: &mut PgConnection, (table, rows): (&str, &mut String)) -> Result<(), Failure> {
    let sql = match table {
        "facts" => "COPY facts (org, grp, seq, at, stream, src, part, body) FROM STDIN",
        _ => "COPY words (org, grp, seq, text) FROM STDIN",
    };
    let mut copy = conn.copy_in_raw(sql).await?;
    copy.send(rows.as_bytes()).await?;
    copy.finish().await?;
    rows.clear();
    Ok(())
}
