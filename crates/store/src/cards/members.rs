//! Who is or was in a group, whether it lives here or was imported: one row a person.

use domain::{GroupId, IdentityId, Millis, OrgId};

use crate::fault::Result;
use crate::sql::{Row, job};
use crate::store::Store;

/// Somebody's last stay in a group, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StayRow {
    /// Who.
    pub identity: IdentityId,
    /// Name: in the group where it lives here, else of the account.
    pub name: String,
    /// Code of the role ([`domain::ActorClass`]); 0 where none was told.
    pub class: u8,
    /// How many stays there were.
    pub stays: u32,
    /// Since when; `None` where the source does not tell.
    pub joined: Option<Millis>,
    /// Until when; `None` while it lasts.
    pub left: Option<Millis>,
    /// Code of how the person came in ([`domain::JoinManner`]), where known.
    pub how: Option<u8>,
    /// Placement of the link that was used.
    pub via: String,
    /// Silent until then.
    pub muted_until: Option<Millis>,
    /// Whether the person ever wrote here; `None` where it is not kept (imports).
    pub has_spoken: Option<bool>,
}

const LIVE: &str = "SELECT m.identity, m.name, m.class, m.n, m.joined_at, m.left_at, \
                    (SELECT s.how FROM stays s WHERE s.org = m.org AND s.grp = m.grp \
                    AND s.identity = m.identity AND s.n = m.n), m.via, m.muted_until, \
                    m.has_spoken FROM members m WHERE m.org = $1 AND m.grp = $2 AND NOT EXISTS \
                    (SELECT 1 FROM members x WHERE x.org = $1 AND x.grp = $2 \
                    AND x.identity = m.identity AND x.n > m.n) ORDER BY m.identity";
const STAYS: &str = "SELECT s.identity, i.name, COALESCE(i.class, 0), s.n, s.joined_at, \
                     s.left_at, s.how, '', NULL, NULL FROM stays s JOIN identities i \
                     ON i.org = s.org AND i.id = s.identity WHERE s.org = $1 AND s.grp = $2 \
                     AND NOT EXISTS (SELECT 1 FROM stays x WHERE x.org = $1 AND x.grp = $2 \
                     AND x.identity = s.identity AND x.n > s.n) ORDER BY s.identity";

impl Store {
    /// The last stay of everybody in a group, by identity: of its roster where it is `live`, else
    /// what imports told.
    pub async fn last_stays(&self, org: OrgId, group: GroupId, live: bool) -> Result<Vec<StayRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = if live { LIVE } else { STAYS };
                let rows = conn.rows(sql, &[org.0.into(), group.0.into()]).await?;
                rows.into_iter().map(stay).collect()
            })
        }))
        .await
    }
}

fn stay(mut row: Row) -> Result<StayRow> {
    let how = row.opt_int(6)?;
    Ok(StayRow {
        identity: IdentityId(row.small(0)?),
        name: row.text(1)?,
        class: row.small(2)?,
        stays: row.small(3)?,
        joined: row.opt_int(4)?.map(Millis),
        left: row.opt_int(5)?.map(Millis),
        how: how.and_then(|how| u8::try_from(how).ok()),
        via: row.text(7)?,
        muted_until: row.opt_int(8)?.map(Millis),
        has_spoken: row.opt_int(9)?.map(|spoken| spoken != 0),
    })
}
