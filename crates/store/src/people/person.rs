//! Everything of one person, read at one moment.

use domain::{GroupId, IdentityId, JoinManner, LeaveManner, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::people::merges::{self, lead};
use crate::people::{
    AccountRow, MergeRow, PersonRecord, PersonStay, attributes, blacklist, notes, tagging,
};
use crate::projection::Page;
use crate::sql::{Conn, Row, job};
use crate::store::Store;

const ACCOUNTS: &str = "SELECT i.id, i.platform, i.key, COALESCE(i.name, ''), i.class \
                        FROM {rows:$2(id int)} AS w CROSS JOIN identities i \
                        WHERE i.org = $1 AND i.id = w.id ORDER BY w.ord";
const LIVE: &str = "SELECT m.identity, m.grp, m.n, m.joined_at, COALESCE(s.how, 1), \
                    COALESCE(s.brought_by, 0), m.left_at, COALESCE(s.left_how, 0), m.via, m.name, \
                    m.class FROM {rows:$2(id int)} AS w CROSS JOIN members m \
                    LEFT JOIN stays s ON s.org = m.org AND s.grp = m.grp \
                    AND s.identity = m.identity AND s.n = m.n \
                    WHERE m.org = $1 AND m.identity = w.id";
const IMPORTED: &str = "SELECT s.identity, s.grp, s.n, s.joined_at, s.how, s.brought_by, \
                        s.left_at, COALESCE(s.left_how, 0), '', '', NULL \
                        FROM {rows:$2(id int)} AS w CROSS JOIN stays s \
                        WHERE s.org = $1 AND s.identity = w.id AND NOT EXISTS \
                        (SELECT 1 FROM heads h WHERE h.org = s.org AND h.grp = s.grp)";
const NAMED_IN: &str = "SELECT DISTINCT g.grp FROM {rows:$2(id int)} AS w \
                        CROSS JOIN import_identities n JOIN imports p ON p.org = n.org \
                        AND p.id = n.import_id AND p.state = 1 JOIN import_groups g \
                        ON g.org = n.org AND g.import_id = n.import_id \
                        WHERE n.org = $1 AND n.identity = w.id ORDER BY 1 LIMIT 50";
const MAIN: &str = "SELECT grp, by_staff, at FROM main_groups WHERE org = $1 AND identity = $2";
const LAST_PAGES: &str = "SELECT day, settings_version, through_seq, page FROM pages \
                          WHERE org = $1 AND grp = $2 AND day < $3 ORDER BY day DESC LIMIT $4";

impl Store {
    /// Everything of the person that an identity belongs to; `None` when there is none.
    pub async fn person(&self, org: OrgId, id: IdentityId) -> Result<Option<PersonRecord>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let Some(lead) = lead(&mut conn, org, id).await? else { return Ok(None) };
                record(&mut conn, org, lead).await.map(Some)
            })
        }))
        .await
    }

    /// The last day pages of a group before a day, the latest first, at most `limit`.
    pub async fn last_pages(
        &self,
        org: OrgId,
        group: GroupId,
        (before_day, limit): (i32, u32),
    ) -> Result<Vec<Page>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let (before, limit) = (i64::from(before_day), i64::from(limit));
                let values = [org.0.into(), group.0.into(), before.into(), limit.into()];
                let rows = conn.rows(LAST_PAGES, &values).await?;
                rows.into_iter().map(crate::projection::page).collect()
            })
        }))
        .await
    }
}

async fn record(conn: &mut Conn<'_>, org: OrgId, lead: IdentityId) -> Result<PersonRecord> {
    let merged = merges::of(conn, org, lead).await?;
    let mut list = vec![[lead.0]];
    list.extend(merged.iter().map(|row| [row.identity.0]));
    let ids = serde_json::json!(list).to_string();
    let values = [org.0.into(), ids.as_str().into()];
    let accounts = conn.rows(ACCOUNTS, &values).await?;
    let accounts = accounts.into_iter().map(|row| account(row, &merged)).collect::<Result<_>>()?;
    let mut stays = Vec::new();
    for sql in [LIVE, IMPORTED] {
        for row in conn.rows(sql, &values).await? {
            stays.push(stay(row)?);
        }
    }
    stays.sort_by_key(|stay: &PersonStay| (stay.joined, stay.group, stay.identity, stay.n));
    let named_in = conn.rows(NAMED_IN, &values).await?;
    let main = conn.row(MAIN, &[org.0.into(), i64::from(lead.0).into()]).await?;
    let main = match main {
        Some(row) => Some((GroupId(row.int(0)?), StaffId(row.int(1)?), Millis(row.int(2)?))),
        None => None,
    };
    Ok(PersonRecord {
        lead,
        accounts,
        stays,
        named_in: named_in.iter().map(|row| row.int(0).map(GroupId)).collect::<Result<_>>()?,
        tags: tagging::of(conn, org, &ids).await?,
        notes: notes::of(conn, org, &ids).await?,
        attributes: attributes::of(conn, org, &ids).await?,
        main,
        blacklist: blacklist::of(conn, org, &ids).await?,
    })
}

fn account(mut row: Row, merged: &[MergeRow]) -> Result<AccountRow> {
    let id = IdentityId(row.small(0)?);
    Ok(AccountRow {
        id,
        platform: row.text(1)?,
        key: row.text(2)?,
        name: row.text(3)?,
        class: row.opt_int(4)?.and_then(|class| u8::try_from(class).ok()),
        merged: merged.iter().find(|merge| merge.identity == id).cloned(),
    })
}

fn stay(mut row: Row) -> Result<PersonStay> {
    let [how, left_how] = [row.small::<u8>(4)?, row.small::<u8>(7)?];
    Ok(PersonStay {
        identity: IdentityId(row.small(0)?),
        group: GroupId(row.int(1)?),
        n: row.small(2)?,
        joined: row.opt_int(3)?.map(Millis),
        how: JoinManner::from_code(how).unwrap_or(JoinManner::Unknown),
        by: IdentityId(row.small(5)?),
        left: row.opt_int(6)?.map(Millis),
        left_how: LeaveManner::from_code(left_how).unwrap_or(LeaveManner::Unknown),
        via: row.text(8)?,
        name: row.text(9)?,
        class: row.opt_int(10)?.and_then(|class| u8::try_from(class).ok()),
    })
}
