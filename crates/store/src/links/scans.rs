//! The log of scans (`link_scans`): many in one statement.

use domain::{Millis, OrgId};
use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::links::{LinkScan, LinkScanned};
use crate::sql::{Row, printable};
use crate::store::Store;

const NOTE: &str = "INSERT INTO link_scans (org, placement, at, n, target, device, again) \
                    SELECT $1, r.placement, r.moment, r.nth, r.target, r.device, r.again \
                    FROM {rows:$2(placement int, moment int, nth int, target text, device int, \
                    again int)} AS r WHERE true ON CONFLICT (org, placement, at, n) DO NOTHING";
const COUNT: &str = "SELECT placement, COUNT(*), MAX(at) FROM link_scans \
                     WHERE org = $1 AND at >= $2 AND at < $3 GROUP BY placement";
const BY_TARGET: &str = "SELECT target, placement, COUNT(*) FROM link_scans \
                         WHERE org = $1 AND at >= $2 AND target <> '' \
                         GROUP BY target, placement";
const MOMENTS: &str = "SELECT placement, at FROM link_scans WHERE org = $1 AND at >= $2 \
                       AND at < $3 ORDER BY placement, at";

impl Store {
    /// Notes scans; those of one moment and number stand once.
    pub async fn note_link_scans(&self, org: OrgId, scans: &[LinkScan]) -> Result<()> {
        let rows: Vec<Json> = scans.iter().map(cells).collect();
        let values = vec![org.0.into(), json!(rows).to_string().as_str().into()];
        self.change_link_rows(NOTE, values).await.map(drop)
    }

    /// Scans of each placement from a moment on, until another.
    pub async fn link_scanned(
        &self,
        org: OrgId,
        (from, to): (Millis, Millis),
    ) -> Result<Vec<LinkScanned>> {
        let values = vec![org.0.into(), from.0.into(), to.0.into()];
        self.link_rows(COUNT, values, |row| scanned(&row)).await
    }

    /// How many were led where since a moment: target, placement, count.
    pub async fn link_led(&self, org: OrgId, since: Millis) -> Result<Vec<(String, i64, u32)>> {
        let read = |mut row: Row| Ok((row.text(0)?, row.int(1)?, row.small(2)?));
        self.link_rows(BY_TARGET, vec![org.0.into(), since.0.into()], read).await
    }

    /// The moment of every scan in a time, by placement and moment.
    pub async fn link_scan_moments(
        &self,
        org: OrgId,
        (from, to): (Millis, Millis),
    ) -> Result<Vec<(i64, Millis)>> {
        let values = vec![org.0.into(), from.0.into(), to.0.into()];
        let read = |row: Row| Ok((row.int(0)?, Millis(row.int(1)?)));
        self.link_rows(MOMENTS, values, read).await
    }
}

fn cells(scan: &LinkScan) -> Json {
    json!([
        scan.placement,
        scan.at.0,
        scan.n,
        printable(&scan.target),
        scan.device,
        i64::from(scan.again),
    ])
}

fn scanned(row: &Row) -> Result<LinkScanned> {
    Ok(LinkScanned { placement: row.int(0)?, scans: row.small(1)?, last: Millis(row.int(2)?) })
}
