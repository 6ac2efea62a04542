//! Words of messages that were taken back, erased with the commit of the recall: those of the
//! message and those of its later versions.
//!
//! An edit names its message in the packed body only, so the log after the message is looked
//! through; a message is taken back within minutes, but for the rare one that a keeper takes back.

use domain::{Fact, Millis, SourceKey};
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
     FROM {rows:$2(grp int, src int)} AS w CROSS JOIN facts f CROSS JOIN facts e \
     WHERE f.org = $1 AND f.grp = w.grp AND f.stream = 0 AND f.src = w.src \
     AND f.part BETWEEN 16777216 AND 33554431 \
     AND e.org = $1 AND e.grp = w.grp AND e.seq > f.seq \
     AND e.stream = 0 AND e.part BETWEEN 33554432 AND 50331647";

const ERASE: &str = "DELETE FROM words WHERE org = $1 AND (grp, seq) IN \
     (SELECT w.grp, w.seq FROM {rows:$2(grp int, seq int)} AS w)";

/// The messages that a group's write takes back.
pub(super) fn keys(group: &GroupWrite) -> Vec<Named> {
    let keys = group.recalled.iter();
    keys.map(|key| (key.to_string(), json!((group.group.0, key)))).collect()
}

/// Erases the words of later versions.
pub(super) async fn erase_edits(conn: &mut Conn<'_>, org: &Value, write: &LiveWrite) -> Result<()> {
    let recalled = listed(write, keys);
    if recalled.is_empty() {
        return Ok(());
    }
    let list = Value::Text(Some(json!(recalled).to_string()));
    let mut versions = Vec::new();
    for row in conn.rows(EDITS, &[org.clone(), list]).await? {
        versions.extend(version(row)?);
    }
    put_rows(conn, ERASE, org, versions).await
}

/// The place of an edit, when it is one of the message that it was found for.
fn version(mut row: Row) -> Result<Option<serde_json::Value>> {
    let (group, message, seq) = (row.int(0)?, row.int(1)?, row.int(2)?);
    let source = SourceKey { key: 0, part: 0 };
    let fact = Fact::from_body(Millis(0), source, &row.bytes(3)?)
        .map_err(|error| Fault::Damaged { what: error.to_string() })?;
    Ok((fact.reply_to == Some(message)).then(|| json!((group, seq))))
}
