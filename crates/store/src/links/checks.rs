//! Groups that the platform made for codes, and what is done there by hand (`link_checks`).

use domain::{GroupId, Millis, OrgId};

use crate::fault::Result;
use crate::links::LinkCheckRow;
use crate::sql::Row;
use crate::store::Store;
use crate::team::Acting;

const ALL: &str = "SELECT grp, code, wanted, done, made_at, ended_at FROM link_checks \
                   WHERE org = $1 ORDER BY made_at, grp";
const ADD: &str = "INSERT INTO link_checks (org, grp, code, wanted, done, made_at) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (org, grp) DO NOTHING";
const TICK: &str = "UPDATE link_checks SET done = $3, ended_at = $4 WHERE org = $1 AND grp = $2";

impl Store {
    /// All of an organisation, the oldest first.
    pub async fn link_checks(&self, org: OrgId) -> Result<Vec<LinkCheckRow>> {
        self.link_rows(ALL, vec![org.0.into()], check).await
    }

    /// Notes a group that the platform made; one that is known stays as it is.
    pub async fn add_link_check(&self, org: OrgId, check: &LinkCheckRow) -> Result<()> {
        let values = vec![
            org.0.into(),
            check.group.0.into(),
            check.code.into(),
            check.wanted.as_str().into(),
            check.done.as_str().into(),
            check.made.0.into(),
        ];
        self.change_link_rows(ADD, values).await.map(drop)
    }

    /// Notes what was ticked, and since when nothing is left; whether there is such a group.
    pub async fn tick_link_check(
        &self,
        group: GroupId,
        (done, ended): (&str, Option<Millis>),
        acting: Acting,
    ) -> Result<bool> {
        let values =
            vec![acting.org.0.into(), group.0.into(), done.into(), ended.map(|at| at.0).into()];
        self.noted(TICK, values, acting).await
    }
}

fn check(mut row: Row) -> Result<LinkCheckRow> {
    Ok(LinkCheckRow {
        group: GroupId(row.int(0)?),
        code: row.int(1)?,
        wanted: row.text(2)?,
        done: row.text(3)?,
        made: Millis(row.int(4)?),
        ended: row.opt_int(5)?.map(Millis),
    })
}
