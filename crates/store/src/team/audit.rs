//! The audit log: who of staff did what, when, to which group or person.

use domain::{GroupId, IdentityId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::rows::group_table;

/// An act of staff: the line of the audit log that goes with a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// In which organisation.
    pub org: OrgId,
    /// Who; nobody for the program itself.
    pub staff: StaffId,
    /// When.
    pub at: Millis,
    /// Stable word of the act, such as `group.changed`.
    pub act: &'static str,
    /// About which group.
    pub group: Option<GroupId>,
    /// About which person.
    pub person: Option<IdentityId>,
    /// JSON of codes and numbers; never a secret.
    pub about: String,
}

/// A line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Number within the organisation: a later line has a larger one.
    pub id: i64,
    /// When.
    pub at: Millis,
    /// Who; nobody for the program itself.
    pub staff: StaffId,
    /// Stable word of the act.
    pub act: String,
    /// About which group.
    pub group: Option<GroupId>,
    /// About which person.
    pub person: Option<IdentityId>,
    /// JSON of codes and numbers.
    pub about: String,
}

/// Which lines of the audit log are wanted; what is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// By whom.
    pub staff: Option<StaffId>,
    /// The word of the act.
    pub act: Option<String>,
    /// About which group.
    pub group: Option<GroupId>,
    /// From this moment on.
    pub from: Option<Millis>,
    /// Before this moment.
    pub to: Option<Millis>,
    /// Below this number.
    pub before: Option<i64>,
    /// Only those about these groups, and those by this one.
    pub within: Option<(Vec<GroupId>, StaffId)>,
    /// At most so many.
    pub limit: u32,
}

const LINES: &str = "SELECT id, at, staff, act, grp, person, about FROM audit WHERE org = $1 \
                     AND ($2 IS NULL OR staff = $2) AND ($3 IS NULL OR act = $3) \
                     AND ($4 IS NULL OR grp = $4) AND ($5 IS NULL OR at >= $5) \
                     AND ($6 IS NULL OR at < $6) AND ($7 IS NULL OR id < $7) \
                     AND ($8 IS NULL OR staff = $8 \
                     OR grp IN (SELECT t.grp FROM {rows:$9(grp int)} AS t)) \
                     ORDER BY id DESC LIMIT $10";
// From one act to the next by the index: the log has many lines and few kinds of them.
const ACTS: &str = "WITH RECURSIVE acts (act) AS (\
                    SELECT MIN(act) FROM audit WHERE org = $1 UNION ALL \
                    SELECT (SELECT MIN(n.act) FROM audit n WHERE n.org = $1 AND n.act > acts.act) \
                    FROM acts WHERE acts.act IS NOT NULL) \
                    SELECT act FROM acts WHERE act IS NOT NULL ORDER BY act";

impl Store {
    /// Lines of the audit log, the newest first.
    pub async fn audit(&self, org: OrgId, query: AuditQuery) -> Result<Vec<AuditRow>> {
        let (groups, own) =
            query.within.map_or((Vec::new(), None), |(groups, own)| (groups, Some(own.0)));
        let act = query.act.as_deref();
        let values = [
            org.0.into(),
            query.staff.map(|staff| staff.0).into(),
            act.map_or(crate::sql::Value::Text(None), Into::into),
            query.group.map(|group| group.0).into(),
            query.from.map(|from| from.0).into(),
            query.to.map(|to| to.0).into(),
            query.before.into(),
            own.into(),
            group_table(&groups).as_str().into(),
            i64::from(query.limit).into(),
        ];
        self.read(job(move |mut conn| {
            Box::pin(
                async move { conn.rows(LINES, &values).await?.into_iter().map(line).collect() },
            )
        }))
        .await
    }

    /// The words of all acts that the audit log holds.
    pub async fn audit_acts(&self, org: OrgId) -> Result<Vec<String>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(ACTS, &[org.0.into()]).await?;
                rows.into_iter().map(|mut row| row.text(0)).collect()
            })
        }))
        .await
    }
}

fn line(mut row: Row) -> Result<AuditRow> {
    let person = row.opt_int(5)?.and_then(|person| u32::try_from(person).ok());
    Ok(AuditRow {
        id: row.int(0)?,
        at: Millis(row.int(1)?),
        staff: StaffId(row.int(2)?),
        act: row.text(3)?,
        group: row.opt_int(4)?.map(GroupId),
        person: person.map(IdentityId),
        about: row.text(6)?,
    })
}

const NOTE: &str = "INSERT INTO audit (org, id, at, staff, act, grp, person, about) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Notes an act in the transaction of its change.
pub(crate) async fn note(conn: &mut Conn<'_>, acting: &Acting) -> Result<()> {
    let id = number(conn, acting.org, "audit").await?;
    let values = [
        acting.org.0.into(),
        id.into(),
        acting.at.0.into(),
        acting.staff.0.into(),
        acting.act.into(),
        acting.group.map(|group| group.0).into(),
        acting.person.map(|person| i64::from(person.0)).into(),
        acting.about.as_str().into(),
    ];
    conn.run(NOTE, &values).await.map(drop)
}

/// The next number of a kind of rows within an organisation: from 1, never given twice.
pub(crate) async fn number(conn: &mut Conn<'_>, org: OrgId, what: &str) -> Result<i64> {
    let sql = "INSERT INTO counters (name, next) VALUES ($1, 2) \
               ON CONFLICT (name) DO UPDATE SET next = counters.next + 1 RETURNING next - 1";
    let row = conn.row(sql, &[format!("{what}:{}", org.0).as_str().into()]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}
