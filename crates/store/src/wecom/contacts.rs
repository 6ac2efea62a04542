//! Who of the company added which customer (`wecom_contacts`).
//!
//! Invariant: only what the platform says stands here; notes and tags that staff of the
//! organisation gave a person are never written from it.

use domain::{IdentityId, Millis, OrgId};
use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::sql::Row;
use crate::store::Store;
use crate::wecom::page::{text, whose};
use crate::wecom::{WecomContact, WecomContactRow, WecomId, WecomPage, WecomParting};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.org, c.account, c.staff, c.customer, c.identity, c.added_at, c.state, \
             c.way, c.remark, c.tags, c.half, c.gone_at, c.gone_how, c.read_at FROM ",
            $rest
        )
    };
}

const PUT: &str = "INSERT INTO wecom_contacts (org, account, staff, customer, identity, added_at, \
                   state, way, remark, tags, half, gone_at, gone_how, read_at) SELECT $1, $2, \
                   r.staff, r.customer, r.identity, r.added, r.state, r.way, r.remark, r.tags, \
                   r.half, NULL, '', $3 FROM {rows:$4(staff text, customer text, identity int, \
                   added int, state text, way int, remark text, tags text, half int)} AS r \
                   WHERE true ON CONFLICT (org, account, staff, customer) DO UPDATE SET \
                   identity = COALESCE(excluded.identity, wecom_contacts.identity), \
                   added_at = COALESCE(excluded.added_at, wecom_contacts.added_at), \
                   state = excluded.state, way = COALESCE(excluded.way, wecom_contacts.way), \
                   remark = excluded.remark, tags = excluded.tags, \
                   half = COALESCE(excluded.half, wecom_contacts.half), \
                   gone_at = CASE WHEN wecom_contacts.gone_how = 'by_customer' \
                   AND COALESCE(excluded.added_at, 0) <= wecom_contacts.gone_at \
                   THEN wecom_contacts.gone_at ELSE NULL END, \
                   gone_how = CASE WHEN wecom_contacts.gone_how = 'by_customer' \
                   AND COALESCE(excluded.added_at, 0) <= wecom_contacts.gone_at \
                   THEN 'by_customer' ELSE '' END, read_at = excluded.read_at";
// No UPDATE FROM: SQLite would read all contacts of the company for it.
const PART: &str = "UPDATE wecom_contacts SET gone_at = $3, gone_how = (SELECT r.how \
                    FROM {rows:$4(staff text, customer text, how text)} AS r \
                    WHERE r.staff = wecom_contacts.staff \
                    AND r.customer = wecom_contacts.customer) \
                    WHERE org = $1 AND account = $2 AND gone_at IS NULL \
                    AND (staff, customer) IN (SELECT r.staff, r.customer \
                    FROM {rows:$4(staff text, customer text, how text)} AS r)";
const UNLISTED: &str = "UPDATE wecom_contacts SET gone_at = $4, gone_how = 'missing' \
                        WHERE org = $1 AND account = $2 AND read_at < $3 AND gone_at IS NULL";
const BY_STAFF: &str = select!(
    "wecom_contacts c WHERE c.org = $1 AND c.account = $2 AND c.staff = $3 ORDER BY c.customer"
);
// CROSS JOIN, and the keys first, which the index holds whole: SQLite would else read all contacts
// of the organisation.
const OF_PEOPLE: &str = select!(
    "{rows:$2(id int)} AS w CROSS JOIN wecom_contacts k CROSS JOIN wecom_contacts c \
     WHERE k.org = $1 AND k.identity = w.id AND c.org = k.org AND c.account = k.account \
     AND c.staff = k.staff AND c.customer = k.customer ORDER BY c.account, c.staff, c.customer"
);

impl Store {
    /// Notes contacts; none of them is gone, but one whom the customer deleted and did not add
    /// again: the platform goes on naming those.
    pub async fn put_wecom_contacts(
        &self,
        id: WecomId,
        page: WecomPage<WecomContact>,
    ) -> Result<()> {
        self.put_wecom(id, PUT, (page, cells)).await
    }

    /// Notes that contacts are over, at the moment of the page; those that are known and not over.
    pub async fn part_wecom_contacts(
        &self,
        id: WecomId,
        page: WecomPage<WecomParting>,
    ) -> Result<()> {
        let cells = |row: &WecomParting| {
            let key = (row.staff.clone(), row.customer.clone());
            (key, json!([text(&row.staff), text(&row.customer), text(&row.how)]))
        };
        self.put_wecom(id, PART, (page, cells)).await
    }

    /// Marks those that nothing named since that moment, the beginning of a pull of all, as gone
    /// (`missing`); how many are so newly.
    pub async fn wecom_contacts_unlisted(
        &self,
        id: WecomId,
        since: Millis,
        at: Millis,
    ) -> Result<u64> {
        let mut values = whose(id).to_vec();
        values.extend([since.0.into(), at.0.into()]);
        self.change_wecom_rows(UNLISTED, values).await
    }

    /// All contacts of somebody of the company, also those that are over, by customer.
    pub async fn wecom_contacts_by(
        &self,
        id: WecomId,
        userid: &str,
    ) -> Result<Vec<WecomContactRow>> {
        let mut values = whose(id).to_vec();
        values.push(userid.into());
        self.wecom_rows(BY_STAFF, values, contact).await
    }

    /// Who added these identities, also where that is over, by company and `userid`.
    pub async fn wecom_contacts_of(
        &self,
        org: OrgId,
        ids: &[IdentityId],
    ) -> Result<Vec<WecomContactRow>> {
        let list: Vec<[u32; 1]> = ids.iter().map(|id| [id.0]).collect();
        let values = vec![org.0.into(), json!(list).to_string().as_str().into()];
        self.wecom_rows(OF_PEOPLE, values, contact).await
    }
}

fn cells(row: &WecomContact) -> ((String, String), Json) {
    let cells = json!([
        text(&row.staff),
        text(&row.customer),
        row.identity.map(|identity| identity.0),
        row.added.map(|added| added.0),
        text(&row.state),
        row.way,
        text(&row.remark),
        text(&row.tags),
        row.half.map(i64::from),
    ]);
    ((row.staff.clone(), row.customer.clone()), cells)
}

fn contact(mut row: Row) -> Result<WecomContactRow> {
    let identity = row.opt_int(4)?.and_then(|id| u32::try_from(id).ok()).map(IdentityId);
    let contact = WecomContact {
        staff: row.text(2)?,
        customer: row.text(3)?,
        identity,
        added: row.opt_int(5)?.map(Millis),
        state: row.text(6)?,
        way: row.opt_int(7)?,
        remark: row.text(8)?,
        tags: row.text(9)?,
        half: row.opt_int(10)?.map(|half| half != 0),
    };
    let (gone, how) = (row.opt_int(11)?.map(Millis), row.text(12)?);
    Ok(WecomContactRow {
        id: WecomId { org: OrgId(row.int(0)?), account: row.int(1)? },
        contact,
        gone: gone.map(|at| (at, how)),
        read: Millis(row.int(13)?),
    })
}
