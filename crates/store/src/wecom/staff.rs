//! The company's own people (`wecom_staff`).
//!
//! Invariant: two calls of the platform tell different things of them; each leaves alone what it
//! does not tell.

use domain::Millis;
use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::sql::Row;
use crate::store::Store;
use crate::wecom::page::{text, whose};
use crate::wecom::{WecomId, WecomPage, WecomStaff, WecomStaffRow};

const PUT: &str = "INSERT INTO wecom_staff (org, account, userid, name, departments, state, \
                   follows, read_at, missing_at) SELECT $1, $2, r.userid, r.name, r.departments, \
                   r.state, r.follows, $3, NULL FROM {rows:$4(userid text, name text, \
                   departments text, state int, follows int)} AS r WHERE true \
                   ON CONFLICT (org, account, userid) DO UPDATE SET \
                   name = COALESCE(excluded.name, wecom_staff.name), \
                   departments = COALESCE(excluded.departments, wecom_staff.departments), \
                   state = COALESCE(excluded.state, wecom_staff.state), \
                   follows = COALESCE(excluded.follows, wecom_staff.follows), \
                   read_at = excluded.read_at, missing_at = NULL";
const UNLISTED: &str = "UPDATE wecom_staff SET missing_at = $4 WHERE org = $1 AND account = $2 \
                        AND read_at < $3 AND missing_at IS NULL";
const ALL: &str = "SELECT userid, COALESCE(name, ''), COALESCE(departments, '[]'), state, \
                   COALESCE(follows, 0), read_at, missing_at FROM wecom_staff \
                   WHERE org = $1 AND account = $2 ORDER BY userid";

impl Store {
    /// Notes people of the company; whoever is named is not missing.
    pub async fn put_wecom_staff(&self, id: WecomId, page: WecomPage<WecomStaff>) -> Result<()> {
        self.put_wecom(id, PUT, (page, cells)).await
    }

    /// Marks those whom nothing named since that moment, the beginning of a pull of the whole
    /// list, as missing; how many are so newly.
    pub async fn wecom_staff_unlisted(
        &self,
        id: WecomId,
        since: Millis,
        at: Millis,
    ) -> Result<u64> {
        let mut values = whose(id).to_vec();
        values.extend([since.0.into(), at.0.into()]);
        self.change_wecom_rows(UNLISTED, values).await
    }

    /// All people of a company, also missing ones, by `userid`.
    pub async fn wecom_staff(&self, id: WecomId) -> Result<Vec<WecomStaffRow>> {
        self.wecom_rows(ALL, whose(id).to_vec(), staff).await
    }
}

fn cells(one: &WecomStaff) -> (String, Json) {
    let userid = text(&one.userid);
    let (name, departments) = (one.name.as_deref().map(text), one.departments.as_deref().map(text));
    let cells = json!([userid, name, departments, one.state, one.follows.map(i64::from)]);
    (one.userid.clone(), cells)
}

fn staff(mut row: Row) -> Result<WecomStaffRow> {
    Ok(WecomStaffRow {
        userid: row.text(0)?,
        name: row.text(1)?,
        departments: row.text(2)?,
        state: row.opt_int(3)?,
        follows: row.int(4)? != 0,
        read: Millis(row.int(5)?),
        missing: row.opt_int(6)?.map(Millis),
    })
}
