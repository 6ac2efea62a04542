//! Companies that are connected (`wecom_accounts`).
//!
//! Invariant: an organisation has a company (`corp`) once. One that is connected again after it
//! was disconnected is the same row, so that what was pulled of it goes on.

use domain::{Millis, OrgId};

use crate::fault::Result;
use crate::sql::{Conn, Row, Value, job};
use crate::store::Store;
use crate::team::{Acting, note, number};
use crate::wecom::page::{count, whose};
use crate::wecom::{NewWecom, WecomAccess, WecomAccountRow, WecomId};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT org, id, corp, agent, sealed, api, hook, made_at, changed_at, gone_at, \
             group_max FROM wecom_accounts ",
            $rest
        )
    };
}

const ALL: &str = select!("WHERE org = $1 ORDER BY id");
const ONE: &str = select!("WHERE org = $1 AND id = $2");
const HOOKED: &str = select!("WHERE hook = $1 AND gone_at IS NULL");
const ADD: &str = "INSERT INTO wecom_accounts (org, id, agent, sealed, api, hook, changed_at, \
                   group_max, corp, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7) \
                   ON CONFLICT (org, corp) DO NOTHING";
const GONE: &str = "SELECT id FROM wecom_accounts WHERE org = $1 AND corp = $2 \
                    AND gone_at IS NOT NULL";
const REVIVE: &str = "UPDATE wecom_accounts SET agent = $3, sealed = $4, api = $5, hook = $6, \
                      changed_at = $7, group_max = $8, gone_at = NULL WHERE org = $1 AND id = $2 \
                      AND gone_at IS NOT NULL";
const FORGET_PULLS: &str = "DELETE FROM wecom_pulls WHERE org = $1 AND account = $2";
const CHANGE: &str = "UPDATE wecom_accounts SET agent = $3, sealed = $4, api = $5, hook = $6, \
                      changed_at = $7, group_max = $8 WHERE org = $1 AND id = $2 \
                      AND gone_at IS NULL";
const END: &str = "UPDATE wecom_accounts SET gone_at = $3 WHERE org = $1 AND id = $2 \
                   AND gone_at IS NULL";

impl Store {
    /// Connects a company; `None` when the organisation is connected with it already. One that
    /// was disconnected keeps its number, and its pulls begin anew. The act is `wecom.connected`.
    /// A hook that is taken is [`crate::Fault::Constraint`].
    pub async fn connect_wecom(&self, new: NewWecom, acting: Acting) -> Result<Option<WecomId>> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let connected = connect(&mut conn, new, &acting).await?;
                if connected.is_some() {
                    note(&mut conn, &acting).await?;
                }
                Ok(connected)
            })
        }))
        .await
    }

    /// Changes how a connected company is reached; whether there is one. The act is
    /// `wecom.changed`.
    pub async fn change_wecom(
        &self,
        account: i64,
        new: WecomAccess,
        acting: Acting,
    ) -> Result<bool> {
        let id = WecomId { org: acting.org, account };
        self.noted(CHANGE, access(id, new, acting.at), acting).await
    }

    /// Disconnects a company; whether it was connected. All that is known of it stays. The act is
    /// `wecom.disconnected`.
    pub async fn disconnect_wecom(&self, account: i64, acting: Acting) -> Result<bool> {
        let values = vec![acting.org.0.into(), account.into(), acting.at.0.into()];
        self.noted(END, values, acting).await
    }

    /// All companies of an organisation, also disconnected ones, by number.
    pub async fn wecom_accounts(&self, org: OrgId) -> Result<Vec<WecomAccountRow>> {
        self.wecom_rows(ALL, vec![org.0.into()], account).await
    }

    /// A company, also a disconnected one.
    pub async fn wecom_account(&self, id: WecomId) -> Result<Option<WecomAccountRow>> {
        Ok(self.wecom_rows(ONE, whose(id).to_vec(), account).await?.pop())
    }

    /// The connected company whose callbacks have this word in their address. It is not told an
    /// organisation: the word tells it.
    pub async fn wecom_by_hook(&self, hook: &str) -> Result<Option<WecomAccountRow>> {
        Ok(self.wecom_rows(HOOKED, vec![hook.into()], account).await?.pop())
    }
}

async fn connect(conn: &mut Conn<'_>, new: NewWecom, acting: &Acting) -> Result<Option<WecomId>> {
    let (org, corp) = (acting.org, new.corp.as_str().into());
    if let Some(row) = conn.row(GONE, &[org.0.into(), corp]).await? {
        let id = WecomId { org, account: row.int(0)? };
        if conn.run(REVIVE, &access(id, new.access, acting.at)).await? == 0 {
            return Ok(None);
        }
        conn.run(FORGET_PULLS, &whose(id)).await?;
        return Ok(Some(id));
    }
    let id = WecomId { org, account: number(conn, org, "wecom_accounts").await? };
    let mut values = access(id, new.access, acting.at);
    values.push(new.corp.as_str().into());
    let added = conn.run(ADD, &values).await? == 1;
    Ok(added.then_some(id))
}

fn access(id: WecomId, access: WecomAccess, at: Millis) -> Vec<Value> {
    vec![
        id.org.0.into(),
        id.account.into(),
        access.agent.into(),
        access.sealed.into(),
        access.api.as_str().into(),
        access.hook.as_str().into(),
        at.0.into(),
        access.group_max.map(i64::from).into(),
    ]
}

fn account(mut row: Row) -> Result<WecomAccountRow> {
    Ok(WecomAccountRow {
        id: WecomId { org: OrgId(row.int(0)?), account: row.int(1)? },
        corp: row.text(2)?,
        access: WecomAccess {
            agent: row.opt_int(3)?,
            sealed: row.bytes(4)?,
            api: row.text(5)?,
            hook: row.text(6)?,
            group_max: count(&row, 10)?,
        },
        made: Millis(row.int(7)?),
        changed: Millis(row.int(8)?),
        gone: row.opt_int(9)?.map(Millis),
    })
}
