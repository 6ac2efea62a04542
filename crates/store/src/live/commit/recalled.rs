//! Words of messages that were taken back, erased with the commit of the recall: those of the
//! message and those of its later versions.
//!
//! An edit names its message in the packed body only, so the log from shortly before the message
//! (what a platform tells comes in any order) is looked through, or all of it when the message is
//! not in it; a message is taken back within
//! minutes, but for the rare one that a keeper takes back. An edit that comes after the recall
//! finds its message without words and loses its own.

use domain::{Fact, FactKind, Millis, SourceKey};
use serde_json::json;

use crate::fault::{Fault, Result};
use crate::live::commit::rare::{Named, listed, put_rows};
use crate::live::{GroupWrite, LiveWrite};
use crate::sql::{Conn, Row, Value};

/// Messages have the kind 1 in the upper 8 bits of their part.
pub(super) const MESSAGES: &str = "DELETE FROM words WHERE org = $1 AND (grp, seq) IN \
     (SELECT w.grp, f.seq FROM {rows:$2(grp int, src int)} AS w CROSS JOIN facts f \
     WHERE f.org = $1 AND f.grp = w.grp AND f.stream = 0 AND f.src = w.src \
     AND f.part BETWEEN 16777216 AND 33554431)";

/// Edits have the kind 2.
const EDITS: &str = "SELECT w.grp, w.src, e.seq, e.body \
     FROM {rows:$2(grp int, src int)} AS w CROSS JOIN facts e \
     WHERE e.org = $1 AND e.grp = w.grp AND e.seq > COALESCE((SELECT MIN(f.seq) FROM facts f \
     WHERE f.org = $1 AND f.grp = w.grp AND f.stream = 0 AND f.src = w.src \
     AND f.part BETWEEN 16777216 AND 33554431), 0) - 1000 \
     AND e.stream = 0 AND e.part BETWEEN 33554432 AND 50331647";

/// Messages of edits in this write, and whether their words are still there.
const EDITED: &str = "SELECT w.grp, w.seq, f.body, (SELECT COUNT(*) FROM words t \
     WHERE t.org = $1 AND t.grp = w.grp AND t.seq = f.seq) \
     FROM {rows:$2(grp int, src int, seq int)} AS w CROSS JOIN facts f \
     WHERE f.org = $1 AND f.grp = w.grp AND f.stream = 0 AND f.src = w.src \
     AND f.part BETWEEN 16777216 AND 33554431";

const ERASE: &str = "DELETE FROM words WHERE org = $1 AND (grp, seq) IN \
     (SELECT w.grp, w.seq FROM {rows:$2(grp int, seq int)} AS w)";

/// The messages that a group's write takes back.
pub(super) fn keys(group: &GroupWrite) -> Vec<Named> {
    let keys = group.recalled.iter();
    keys.map(|key| (key.to_string(), json!((group.group.0, key)))).collect()
}

/// Erases the words of later versions.
pub(super) async fn erase_edits(conn: &mut Conn<'_>, org: &Value, write: &LiveWrite) -> Result<()> {
    let mut versions = Vec::new();
    let recalled = listed(write, keys);
    if !recalled.is_empty() {
        let list = Value::Text(Some(json!(recalled).to_string()));
        for row in conn.rows(EDITS, &[org.clone(), list]).await? {
            versions.extend(version(row)?);
        }
    }
    let edits: Vec<_> = write.groups.iter().flat_map(edits).collect();
    if !edits.is_empty() {
        let list = Value::Text(Some(json!(edits).to_string()));
        for row in conn.rows(EDITED, &[org.clone(), list]).await? {
            versions.extend(late(row)?);
        }
    }
    put_rows(conn, ERASE, org, versions).await
}

/// Edits that a group writes: group, key of the message, place.
fn edits(group: &GroupWrite) -> impl Iterator<Item = serde_json::Value> {
    (group.expected.0..).zip(&group.facts).filter_map(|(seq, new)| {
        let is_edit = new.fact.kind == FactKind::Edit && new.words.is_some();
        Some(json!((group.group.0, new.fact.reply_to.filter(|_| is_edit)?, seq)))
    })
}

/// The place of an edit whose message was taken back before.
fn late(mut row: Row) -> Result<Option<serde_json::Value>> {
    let (group, seq, words) = (row.int(0)?, row.int(1)?, row.int(3)?);
    let message = fact(&row.bytes(2)?)?;
    Ok((message.text_hash != 0 && words == 0).then(|| json!((group, seq))))
}

/// The place of an edit, when it is one of the message that it was found for.
fn version(mut row: Row) -> Result<Option<serde_json::Value>> {
    let (group, message, seq) = (row.int(0)?, row.int(1)?, row.int(2)?);
    let edit = fact(&row.bytes(3)?)?;
    Ok((edit.reply_to == Some(message)).then(|| json!((group, seq))))
}

/// A fact, but for its moment and key.
fn fact(body: &[u8]) -> Result<Fact> {
    let source = SourceKey { key: 0, part: 0 };
    Fact::from_body(Millis(0), source, body)
        .map_err(|error| Fault::Damaged { what: error.to_string() })
}
