//! What members of a company hold, as it was read last.

use domain::{HandState, HeldKind, IdentityId, Millis};
use serde_json::json;

use crate::fault::Result;
use crate::sql::Row;
use crate::store::Store;
use crate::wecom::handovers::{HandedBefore, identity};
use crate::wecom::page::{text, whose};
use crate::wecom::{WecomId, WecomPage};

/// A customer whom somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldContact {
    /// `external_userid`.
    pub customer: String,
    /// Our number.
    pub identity: Option<IdentityId>,
    /// What they call themselves; may be empty.
    pub name: String,
    /// Added when.
    pub added: Option<Millis>,
    /// By which way (`add_way`).
    pub way: Option<i64>,
}

/// That a customer is somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomKept {
    /// `userid`.
    pub staff: String,
    /// `external_userid`.
    pub customer: String,
    /// Since when; `None`: it was not told.
    pub added: Option<Millis>,
    /// By which way (`add_way`); `None`: it was not told.
    pub way: Option<i64>,
}

/// How many customers somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCount {
    /// `userid`.
    pub staff: String,
    /// Customers.
    pub contacts: u32,
}

const CONTACTS: &str = "SELECT c.customer, c.identity, COALESCE(i.name, ''), c.added_at, c.way \
                        FROM wecom_contacts c LEFT JOIN identities i \
                        ON i.org = c.org AND i.id = c.identity \
                        WHERE c.org = $1 AND c.account = $2 AND c.staff = $3 \
                        AND c.gone_at IS NULL ORDER BY c.customer";
const COUNTS: &str = "SELECT staff, COUNT(*) FROM wecom_contacts WHERE org = $1 AND account = $2 \
                      AND gone_at IS NULL GROUP BY staff ORDER BY staff";
// The account of somebody who was seen elsewhere; a name that is known there stays.
const KEEP: &str = "INSERT INTO wecom_contacts (org, account, staff, customer, identity, \
                    added_at, state, way, remark, tags, half, gone_at, gone_how, read_at) \
                    SELECT $1, $2, r.staff, r.customer, (SELECT i.id FROM identities i \
                    WHERE i.org = $1 AND i.platform = 'wecom' AND i.key = r.customer), r.added, \
                    '', r.way, '', '[]', NULL, NULL, '', $3 FROM {rows:$4(staff text, \
                    customer text, added int, way int)} AS r WHERE true \
                    ON CONFLICT (org, account, staff, customer) DO UPDATE SET gone_at = NULL, \
                    gone_how = '', read_at = excluded.read_at, \
                    added_at = COALESCE(excluded.added_at, wecom_contacts.added_at), \
                    way = COALESCE(excluded.way, wecom_contacts.way)";
const BEFORE: &str = "SELECT h.kind, h.held, h.changed_at FROM wecom_handed h \
                      WHERE h.org = $1 AND h.account = $2 AND h.state = $4 AND ((h.kind = 0 \
                      AND h.held IN (SELECT c.customer FROM wecom_contacts c WHERE c.org = $1 \
                      AND c.account = $2 AND c.staff = $3)) OR (h.kind = 1 AND h.held IN \
                      (SELECT g.chat FROM wecom_groups g WHERE g.org = $1 AND g.account = $2 \
                      AND g.owner = $3))) ORDER BY h.changed_at";

impl Store {
    /// Customers whom somebody of the company has, by id.
    pub async fn held_contacts(&self, id: WecomId, userid: &str) -> Result<Vec<HeldContact>> {
        let mut values = whose(id).to_vec();
        values.push(userid.into());
        self.wecom_rows(CONTACTS, values, contact).await
    }

    /// How many customers each has, by `userid`; who has none is not among them.
    pub async fn held_counts(&self, id: WecomId) -> Result<Vec<HeldCount>> {
        let read = |mut row: Row| Ok(HeldCount { staff: row.text(0)?, contacts: row.small(1)? });
        self.wecom_rows(COUNTS, whose(id).to_vec(), read).await
    }

    /// Notes that these customers are somebody's, and since when where that is told; of those that
    /// are known all else stays.
    pub async fn keep_wecom_contacts(&self, id: WecomId, page: WecomPage<WecomKept>) -> Result<()> {
        let cells = |row: &WecomKept| {
            let key = (row.staff.clone(), row.customer.clone());
            let added = row.added.map(|added| added.0);
            (key, json!([text(&row.staff), text(&row.customer), added, row.way]))
        };
        self.put_wecom(id, KEEP, (page, cells)).await
    }

    /// Which of what somebody holds was handed over before, and when, oldest first.
    pub async fn handed_before(&self, id: WecomId, userid: &str) -> Result<Vec<HandedBefore>> {
        let mut values = whose(id).to_vec();
        values.extend([userid.into(), HandState::Done.number().into()]);
        let rows = self.wecom_rows(BEFORE, values, before).await?;
        Ok(rows.into_iter().flatten().collect())
    }
}

fn contact(mut row: Row) -> Result<HeldContact> {
    Ok(HeldContact {
        customer: row.text(0)?,
        identity: identity(row.opt_int(1)?),
        name: row.text(2)?,
        added: row.opt_int(3)?.map(Millis),
        way: row.opt_int(4)?,
    })
}

fn before(mut row: Row) -> Result<Option<HandedBefore>> {
    let kind = HeldKind::of(row.int(0)?);
    let (held, at) = (row.text(1)?, Millis(row.int(2)?));
    Ok(kind.map(|kind| HandedBefore { kind, held, at }))
}
