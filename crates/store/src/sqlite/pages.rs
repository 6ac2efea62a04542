//! Day pages on SQLite: one prepared statement, a row at a time.

use domain::{GroupId, OrgId};
use rusqlite::{Connection, params};

use crate::fault::Result;
use crate::projection::Page;

/// Inserts the pages of one group.
pub(crate) fn put_pages(
    conn: &Connection,
    org: OrgId,
    group: GroupId,
    pages: &[Page],
) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO pages (org, grp, day, settings_version, through_seq, page) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for page in pages {
        let version = page.settings_version;
        statement.execute(params![
            org.0,
            group.0,
            page.day.0,
            version,
            page.through_seq.0,
            page.bytes
        ])?;
    }
    Ok(())
}
