//! Timers that fired or are no longer wanted, taken away or set anew within the commit.
//!
//! Invariant: a timer fires on the condition that it is still set for that moment; so of two who
//! saw it due, one commits.

use std::collections::{BTreeMap, HashSet};

use domain::GroupId;
use serde_json::json;

use crate::fault::{Fault, Result};
use crate::live::{Fired, LiveWrite};
use crate::sql::{Conn, Value, printable};

/// A timer by its group and name.
type Which = (GroupId, String);

// An upsert, because SQLite would answer UPDATE … FROM by reading all timers for every row.
const AGAIN: &str = "INSERT INTO timers (org, grp, name, due_at, rule, missed) \
     SELECT t.org, t.grp, t.name, w.next_at, t.rule, t.missed \
     FROM {rows:$2(grp int, name text, due int, next_at int)} AS w CROSS JOIN timers t \
     WHERE t.org = $1 AND t.grp = w.grp AND t.name = w.name AND t.due_at = w.due \
     ON CONFLICT (org, grp, name) DO UPDATE SET due_at = excluded.due_at RETURNING grp, name";
const GONE: &str = "DELETE FROM timers WHERE org = $1 AND grp = $2 AND name = $3 \
     AND ($4 IS NULL OR due_at = $4)";
// PostgreSQL alone: a list of (grp, name) does not lead SQLite to the key.
const ALL_GONE: &str = "DELETE FROM timers t USING {rows:$2(grp int, name text, due int)} AS w \
     WHERE t.org = $1 AND t.grp = w.grp AND t.name = w.name \
     AND (w.due IS NULL OR t.due_at = w.due) RETURNING t.grp, t.name";

/// Applies `fired` of all groups.
pub(crate) async fn fire(conn: &mut Conn<'_>, org: &Value, write: &LiveWrite) -> Result<()> {
    let fired = chained(write)?;
    let (mut gone, mut again) = (Vec::new(), Vec::new());
    for ((group, name), one) in &fired {
        match one.next {
            Some(next) => again.push(json!((group.0, name, one.due.0, next.0))),
            None => gone.push(((*group, name.clone()), Some(one.due.0))),
        }
    }
    let mut hit = delete(conn, org, &gone).await?;
    if !again.is_empty() {
        let list = Value::Text(Some(json!(again).to_string()));
        for mut row in conn.rows(AGAIN, &[org.clone(), list]).await? {
            hit.insert((GroupId(row.int(0)?), row.text(1)?));
        }
    }
    match fired.into_keys().find(|timer| !hit.contains(timer)) {
        Some((group, name)) => Err(Fault::TimerFired { group, name }),
        None => Ok(()),
    }
}

/// Applies `timers_gone` of all groups.
pub(crate) async fn take_away(conn: &mut Conn<'_>, org: &Value, write: &LiveWrite) -> Result<()> {
    let mut gone = Vec::new();
    for group in &write.groups {
        gone.extend(group.timers_gone.iter().map(|name| ((group.group, printable(name)), None)));
    }
    delete(conn, org, &gone).await.map(drop)
}

/// Each timer once; late occurrences of one may stand one after the other.
fn chained(write: &LiveWrite) -> Result<BTreeMap<Which, Fired>> {
    let mut fired: BTreeMap<Which, Fired> = BTreeMap::new();
    for (group, one) in write.groups.iter().flat_map(|g| g.fired.iter().map(|f| (g.group, f))) {
        let name = printable(&one.name);
        let chain = fired
            .entry((group, name.clone()))
            .or_insert_with(|| Fired { next: Some(one.due), ..one.clone() });
        if chain.next != Some(one.due) {
            return Err(Fault::TimerFired { group, name });
        }
        chain.next = one.next;
    }
    Ok(fired)
}

/// Deletes timers, those with a moment only when they are set for it; which ones were there.
async fn delete(
    conn: &mut Conn<'_>,
    org: &Value,
    gone: &[(Which, Option<i64>)],
) -> Result<HashSet<Which>> {
    let mut hit = HashSet::new();
    if gone.is_empty() {
        return Ok(hit);
    }
    if matches!(conn, Conn::Sqlite(_)) {
        for ((group, name), due) in gone {
            let values = [org.clone(), group.0.into(), name.as_str().into(), (*due).into()];
            if conn.run(GONE, &values).await? > 0 {
                hit.insert((*group, name.clone()));
            }
        }
        return Ok(hit);
    }
    let list: Vec<_> =
        gone.iter().map(|((group, name), due)| json!((group.0, name, due))).collect();
    let list = Value::Text(Some(json!(list).to_string()));
    for mut row in conn.rows(ALL_GONE, &[org.clone(), list]).await? {
        hit.insert((GroupId(row.int(0)?), row.text(1)?));
    }
    Ok(hit)
}
