//! Rows that few messages cause: stays, timers, tasks, actions, and the intake that is done.
//!
//! Invariant: one statement for each kind that has rows, and none for the others. Rows of one
//! name stand once in a list: the last one counts.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::live::commit::{fired, recalled};
use crate::live::{GroupWrite, LiveWrite};
use crate::sql::{Conn, Value, printable};
use crate::team::note;

/// Writes them all.
pub(crate) async fn put(conn: &mut Conn<'_>, write: &LiveWrite) -> Result<()> {
    let org = write.org.0.into();
    fired::fire(conn, &org, write).await?;
    fired::take_away(conn, &org, write).await?;
    for (sql, rows) in [
        (MEMBERS, listed(write, members)),
        (TIMERS, listed(write, timers)),
        (WITHDRAWN, listed(write, withdrawn)),
        (TASKS, listed(write, tasks)),
        (OUTBOX, listed(write, outbox)),
        (recalled::MESSAGES, listed(write, recalled::keys)),
    ] {
        put_rows(conn, sql, &org, rows).await?;
    }
    recalled::erase_edits(conn, &org, write).await?;
    for acting in write.groups.iter().flat_map(|group| &group.acts) {
        note(conn, acting).await?;
    }
    let done = write.intake_done.iter().map(|id| json!([id])).collect();
    put_rows(conn, INTAKE_DONE, &org, done).await
}

pub(super) async fn put_rows(
    conn: &mut Conn<'_>,
    sql: &'static str,
    org: &Value,
    rows: Vec<Json>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let list = Json::Array(rows).to_string();
    conn.run(sql, &[org.clone(), Value::Text(Some(list))]).await.map(drop)
}

/// Name of a row within its group, and the row, which begins with the number of the group.
pub(super) type Named = (String, Json);

/// The rows of all groups, each name once.
pub(super) fn listed(write: &LiveWrite, rows: fn(&GroupWrite) -> Vec<Named>) -> Vec<Json> {
    let mut all = Vec::new();
    for group in &write.groups {
        all.extend(rows(group).into_iter().collect::<BTreeMap<_, _>>().into_values());
    }
    all
}

const MEMBERS: &str = "INSERT INTO members (org, grp, identity, n, name, class, joined_at, \
     left_at, via, rules, muted_until, has_spoken) SELECT $1, w.grp, w.identity, w.n, w.name, \
     w.class, w.joined_at, w.left_at, w.via, w.rules, w.muted_until, w.has_spoken \
     FROM {rows:$2(grp int, identity int, n int, name text, class int, joined_at int, \
     left_at int, via text, rules int, muted_until int, has_spoken int)} AS w WHERE true \
     ON CONFLICT (org, grp, identity, n) DO UPDATE SET name = excluded.name, \
     class = excluded.class, joined_at = excluded.joined_at, left_at = excluded.left_at, \
     via = excluded.via, rules = excluded.rules, muted_until = excluded.muted_until, \
     has_spoken = excluded.has_spoken";

fn members(group: &GroupWrite) -> Vec<Named> {
    let rows = group.members.iter().map(|member| {
        let columns = (
            group.group.0,
            member.identity.0,
            member.n,
            printable(&member.name),
            member.class,
            member.joined.0,
            member.left.map(|at| at.0),
            printable(&member.via),
            member.rules,
            member.muted_until.map(|at| at.0),
            u8::from(member.has_spoken),
        );
        (format!("{} {}", member.identity.0, member.n), json!(columns))
    });
    rows.collect()
}

const TIMERS: &str = "INSERT INTO timers (org, grp, name, due_at, rule, missed) \
     SELECT $1, w.grp, w.name, w.due_at, w.rule, w.missed FROM {rows:$2(grp int, name text, \
     due_at int, rule text, missed text)} AS w WHERE true ON CONFLICT (org, grp, name) \
     DO UPDATE SET due_at = excluded.due_at, rule = excluded.rule, missed = excluded.missed";

fn timers(group: &GroupWrite) -> Vec<Named> {
    let rows = group.timers.iter().map(|timer| {
        let name = printable(&timer.name);
        let rule = timer.rule.as_deref().map(printable);
        let missed = printable(&timer.missed);
        (name.clone(), json!((group.group.0, name, timer.due.0, rule, missed)))
    });
    rows.collect()
}

// An upsert, because SQLite would answer UPDATE … FROM by reading all tasks for every row.
const WITHDRAWN: &str = "INSERT INTO tasks (org, grp, name, kind, about, who, since, state, \
     changed_at) SELECT t.org, t.grp, t.name, t.kind, t.about, t.who, t.since, 2, w.changed_at \
     FROM {rows:$2(grp int, name text, changed_at int)} AS w CROSS JOIN tasks t \
     WHERE t.org = $1 AND t.grp = w.grp AND t.name = w.name AND t.state = 0 \
     ON CONFLICT (org, grp, name) DO UPDATE SET state = 2, changed_at = excluded.changed_at";

fn withdrawn(group: &GroupWrite) -> Vec<Named> {
    let rows = group.withdrawn.iter().map(|(name, changed)| {
        let name = printable(name);
        (name.clone(), json!((group.group.0, name, changed.0)))
    });
    rows.collect()
}

const TASKS: &str = "INSERT INTO tasks (org, grp, name, kind, about, who, since, state, \
     changed_at) SELECT $1, w.grp, w.name, w.kind, w.about, w.who, w.since, w.state, \
     w.changed_at FROM {rows:$2(grp int, name text, kind text, about int, who int, since int, \
     state int, changed_at int)} AS w WHERE true ON CONFLICT (org, grp, name) DO UPDATE SET \
     kind = excluded.kind, about = excluded.about, who = excluded.who, since = excluded.since, \
     state = excluded.state, changed_at = excluded.changed_at \
     WHERE tasks.state <> 1 OR tasks.since <> excluded.since";

fn tasks(group: &GroupWrite) -> Vec<Named> {
    let rows = group.tasks.iter().map(|task| {
        let name = printable(&task.name);
        let columns = (
            group.group.0,
            name.clone(),
            printable(&task.kind),
            task.about,
            task.who.0,
            task.since.0,
            task.state as u8,
            task.changed.0,
        );
        (name, json!(columns))
    });
    rows.collect()
}

const OUTBOX: &str = "INSERT INTO outbox (org, grp, seq, n, platform, kind, action, state, \
     tries, next_at, changed_at, result) SELECT $1, w.grp, w.seq, w.n, w.platform, w.kind, \
     w.action, w.state, w.tries, w.next_at, w.changed_at, w.result FROM {rows:$2(grp int, \
     seq int, n int, platform text, kind text, action text, state int, tries int, next_at int, \
     changed_at int, result text)} AS w";

fn outbox(group: &GroupWrite) -> Vec<Named> {
    let rows = group.outbox.iter().map(|action| {
        let columns = (
            group.group.0,
            action.seq.0,
            action.n,
            printable(&action.platform),
            printable(&action.kind),
            printable(&action.action),
            action.state as u8,
            action.tries,
            action.next_at.0,
            action.changed.0,
            printable(&action.result),
        );
        (format!("{} {}", action.seq.0, action.n), json!(columns))
    });
    rows.collect()
}

const INTAKE_DONE: &str = "DELETE FROM intake WHERE org = $1 AND id IN \
     (SELECT w.id FROM {rows:$2(id int)} AS w)";
