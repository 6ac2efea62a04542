//! Day pages on PostgreSQL: all of a group in one statement.

use domain::{GroupId, OrgId};
use sqlx::PgConnection;

use crate::fault::Result;
use crate::projection::Page;

/// Pages sent at once.
const AT_ONCE: usize = 1_000;

/// Inserts the pages of one group.
pub(crate) async fn put_pages(
    conn: &mut PgConnection,
    org: OrgId,
    group: GroupId,
    pages: &[Page],
) -> Result<()> {
    for pages in pages.chunks(AT_ONCE) {
        let days: Vec<i64> = pages.iter().map(|page| i64::from(page.day.0)).collect();
        let versions: Vec<i64> =
            pages.iter().map(|page| i64::from(page.settings_version)).collect();
        let through: Vec<i64> = pages.iter().map(|page| page.through_seq.0).collect();
        let bytes: Vec<&[u8]> = pages.iter().map(|page| page.bytes.as_slice()).collect();
        sqlx::query(
            "INSERT INTO pages (org, grp, day, settings_version, through_seq, page) \
             SELECT $1, $2, n.* FROM \
             unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bytea[]) AS n",
        )
        .bind(org.0)
        .bind(group.0)
        .bind(days)
        .bind(versions)
        .bind(through)
        .bind(bytes)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
