//! People over groups and platforms, on both databases.

mod ban;
mod lists;
mod merging;
mod tagging;

use domain::{IdentityId, Millis, OrgId, StaffId};
use store::{Acting, Store};
use testkit::Database;

use crate::raw;
use crate::sample::ORG;

pub(crate) const NOW: Millis = Millis(1_000_000_000);

/// An act of staff number 5 at that time.
pub(crate) fn acting_at(act: &'static str, at: Millis) -> Acting {
    let about = "{}".to_owned();
    Acting { org: ORG, staff: StaffId(5), at, act, group: None, person: None, about }
}

pub(crate) fn acting(act: &'static str) -> Acting {
    acting_at(act, NOW)
}

pub(crate) fn id(number: u32) -> IdentityId {
    IdentityId(number)
}

/// Three groups and identities 1 to `count`; group 1 and 2 are live, group 3 imported.
pub(crate) async fn scene(database: &Database, count: u32) -> (Store, OrgId) {
    let store = database.open().await;
    let other = store.add_organisation("other").await.unwrap();
    raw::groups(database, 3).await;
    let empty = if database.file().is_some() { "X''" } else { "'\\x'" };
    raw::run(
        database,
        &format!(
            "INSERT INTO heads (org, grp, state) VALUES (1, 1, {empty}), (1, 2, {empty}); \
             WITH RECURSIVE p(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM p WHERE id < {count}) \
             INSERT INTO identities (org, id, platform, key, name, class, live) \
             SELECT 1, id, 'web', 'key' || id, 'Name ' || id, NULL, 1 FROM p"
        ),
    )
    .await;
    (store, other)
}

/// How many lines of the audit log have this word.
pub(crate) async fn audited(database: &Database, act: &str) -> usize {
    let sql = format!("SELECT act FROM audit WHERE act = '{act}'");
    raw::rows(database, &sql).await.len()
}
