//! What Today reads over all groups at once: each a single statement, however many groups.

use domain::{Fact, GroupId, IdentityId, Millis, OrgId, Seq, SourceKey, StaffId};
use serde_json::json;

use crate::fault::{Fault, Result};
use crate::live::{LineRow, OutboxRow, actions};
use crate::sql::{Row, Value, job};
use crate::store::Store;

/// A group as lists need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTitle {
    /// Its number.
    pub group: GroupId,
    /// Name to show.
    pub name: String,
    /// Platform word.
    pub platform: String,
    /// The place of its next fact.
    pub next: Seq,
    /// Whether it has a head: it lives here.
    pub live: bool,
}

/// Who keeps a group. Who is locked out keeps none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// The group.
    pub group: GroupId,
    /// The owner.
    pub owner: Option<StaffId>,
    /// The back-up.
    pub backup: Option<StaffId>,
}

/// Somebody in a group, by the last stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonIn {
    /// The group.
    pub group: GroupId,
    /// Who.
    pub identity: IdentityId,
    /// Name shown there.
    pub name: String,
    /// Since when.
    pub joined: Millis,
    /// Still in it.
    pub is_in: bool,
}

/// Somebody of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffTitle {
    /// Who.
    pub staff: StaffId,
    /// Name to show.
    pub name: String,
    /// Not locked out.
    pub active: bool,
}

const STAFF: &str = "SELECT id, name, state FROM staff WHERE org = $1 ORDER BY id";
const TITLES: &str = "SELECT g.id, g.name, g.platform, g.next_seq, (SELECT COUNT(*) FROM heads h \
                      WHERE h.org = g.org AND h.grp = g.id) FROM groups g WHERE g.org = $1";
const KEEPINGS: &str = "SELECT c.grp, c.owner, c.backup, COALESCE(o.state, 1), \
                        COALESCE(b.state, 1) FROM group_cards c \
                        LEFT JOIN staff o ON o.org = c.org AND o.id = c.owner \
                        LEFT JOIN staff b ON b.org = c.org AND b.id = c.backup \
                        WHERE c.org = $1 AND (c.owner <> 0 OR c.backup <> 0)";
// Of customer groups on WeCom the platform tells when somebody came (`wecom_newcomers`).
const NEWCOMERS: &str = "SELECT grp, identity, name, joined_at, left_at FROM members \
                         WHERE org = $1 AND joined_at >= $2 AND left_at IS NULL AND class = $3 \
                         AND has_spoken = 0 AND NOT EXISTS (SELECT 1 FROM groups g \
                         WHERE g.org = members.org AND g.id = members.grp \
                         AND g.platform = 'wecom') ORDER BY grp, joined_at, identity";
const PEOPLE: &str = "SELECT m.grp, m.identity, m.name, m.joined_at, m.left_at \
                      FROM {rows:$2(grp int, who int)} AS w CROSS JOIN members m \
                      WHERE m.org = $1 AND m.grp = w.grp AND m.identity = w.who \
                      ORDER BY m.grp, m.identity, m.n";
const CODES: &str = "SELECT l.grp, l.code FROM {rows:$2(grp int)} AS w CROSS JOIN links l \
                     WHERE l.org = $1 AND l.grp = w.grp ORDER BY l.made_at DESC, l.code";
const LINES: &str = "SELECT f.grp, f.at, f.src, f.part, f.body, (SELECT t.text FROM words t \
                     WHERE t.org = f.org AND t.grp = f.grp AND t.seq = f.seq), f.seq \
                     FROM {rows:$2(grp int, src int)} AS w CROSS JOIN facts k CROSS JOIN facts f \
                     WHERE k.org = $1 AND k.grp = w.grp AND k.stream = 0 AND k.src = w.src \
                     AND f.org = $1 AND f.grp = k.grp AND f.seq = k.seq";
const FACTS: &str = "SELECT f.grp, f.at, f.src, f.part, f.body, f.seq \
                     FROM {rows:$2(grp int, seq int)} AS w CROSS JOIN facts f \
                     WHERE f.org = $1 AND f.grp = w.grp AND f.seq > w.seq";
const FAILED: &str = "SELECT org, grp, seq, n, platform, kind, action, state, tries, next_at, \
                      changed_at, result FROM outbox WHERE org = $1 AND state = 3 \
                      AND changed_at >= $2 ORDER BY changed_at DESC LIMIT $3";
const ACTS: &str = "SELECT staff, COUNT(*) FROM (SELECT staff, act, at FROM audit WHERE org = $1 \
                    ORDER BY id DESC LIMIT 2000) AS a WHERE act = $2 AND at >= $3 \
                    GROUP BY staff ORDER BY 2 DESC, 1";

impl Store {
    /// All groups of an organisation, live or imported.
    pub async fn group_titles(&self, org: OrgId) -> Result<Vec<GroupTitle>> {
        self.all(TITLES, vec![org.0.into()], |row| {
            Ok(GroupTitle {
                group: GroupId(row.int(0)?),
                name: row.text(1)?,
                platform: row.text(2)?,
                next: Seq(row.int(3)?),
                live: row.int(4)? > 0,
            })
        })
        .await
    }

    /// Everybody of staff, also those locked out.
    pub async fn staff_titles(&self, org: OrgId) -> Result<Vec<StaffTitle>> {
        self.all(STAFF, vec![org.0.into()], |row| {
            let staff = StaffId(row.int(0)?);
            Ok(StaffTitle { staff, name: row.text(1)?, active: row.int(2)? == 0 })
        })
        .await
    }

    /// Who keeps which group; groups without anybody are left out.
    pub async fn keepings(&self, org: OrgId) -> Result<Vec<Keeping>> {
        self.all(KEEPINGS, vec![org.0.into()], |row| {
            let active = |staff: usize, state: usize| {
                let staff = (row.int(staff)?, row.int(state)?);
                Ok::<_, Fault>((staff.0 != 0 && staff.1 == 0).then_some(StaffId(staff.0)))
            };
            let (owner, backup) = (active(1, 3)?, active(2, 4)?);
            Ok(Keeping { group: GroupId(row.int(0)?), owner, backup })
        })
        .await
    }

    /// Who is in a live group since this moment or later, as a member of this class, and has
    /// never spoken: group by group, the first to come first; without customer groups on WeCom.
    pub async fn newcomers(&self, org: OrgId, since: Millis, class: u8) -> Result<Vec<PersonIn>> {
        let values = vec![org.0.into(), since.0.into(), i64::from(class).into()];
        self.all(NEWCOMERS, values, person).await
    }

    /// The last stay of each of these people in these groups.
    pub async fn people_in(
        &self,
        org: OrgId,
        people: &[(GroupId, IdentityId)],
    ) -> Result<Vec<PersonIn>> {
        let list: Vec<_> = people.iter().map(|(group, who)| (group.0, who.0)).collect();
        let values = vec![org.0.into(), json!(list).to_string().as_str().into()];
        let mut found = self.all(PEOPLE, values, person).await?;
        // The last of several stays stands last.
        found.reverse();
        found.dedup_by_key(|one| (one.group, one.identity));
        Ok(found)
    }

    /// The first code of each of these groups.
    pub async fn first_codes(
        &self,
        org: OrgId,
        groups: &[GroupId],
    ) -> Result<Vec<(GroupId, String)>> {
        let list: Vec<_> = groups.iter().map(|group| [group.0]).collect();
        let values = vec![org.0.into(), json!(list).to_string().as_str().into()];
        self.all(CODES, values, |row| Ok((GroupId(row.int(0)?), row.text(1)?))).await
    }

    /// The messages with these keys, over groups; unknown ones are left out.
    pub async fn lines_at(
        &self,
        org: OrgId,
        keys: &[(GroupId, i64)],
    ) -> Result<Vec<(GroupId, LineRow)>> {
        let list: Vec<_> = keys.iter().map(|(group, key)| (group.0, key)).collect();
        let values = vec![org.0.into(), json!(list).to_string().as_str().into()];
        self.all(LINES, values, |row| {
            let group = GroupId(row.int(0)?);
            let seq = Seq(row.int(6)?);
            let (fact, words) = (fact(row)?, row.opt_text(5)?);
            Ok((group, LineRow { seq, fact, words }))
        })
        .await
    }

    /// Facts of several groups, each after a place of its own; in no order.
    pub async fn facts_after(
        &self,
        org: OrgId,
        places: &[(GroupId, Seq)],
    ) -> Result<Vec<(GroupId, Fact)>> {
        let list: Vec<_> = places.iter().map(|(group, seq)| (group.0, seq.0)).collect();
        let values = vec![org.0.into(), json!(list).to_string().as_str().into()];
        self.all(FACTS, values, |row| Ok((GroupId(row.int(0)?), fact(row)?))).await
    }

    /// Actions that failed for good since then, the latest first.
    pub async fn failed_actions(
        &self,
        org: OrgId,
        since: Millis,
        limit: u32,
    ) -> Result<Vec<OutboxRow>> {
        let values = [org.0.into(), since.0.into(), i64::from(limit).into()];
        self.read(job(move |mut conn| {
            Box::pin(async move { actions(conn.rows(FAILED, &values).await?) })
        }))
        .await
    }

    /// How often each of staff did an act since then, among the last two thousand of all.
    pub async fn acts_since(
        &self,
        org: OrgId,
        act: &str,
        since: Millis,
    ) -> Result<Vec<(StaffId, u32)>> {
        let values = vec![org.0.into(), act.into(), since.0.into()];
        self.all(ACTS, values, |row| Ok((StaffId(row.int(0)?), row.small(1)?))).await
    }

    async fn all<T: Send + 'static>(
        &self,
        sql: &'static str,
        values: Vec<Value>,
        read: fn(&mut Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(sql, &values).await?;
                rows.into_iter().map(|mut row| read(&mut row)).collect()
            })
        }))
        .await
    }
}

fn person(row: &mut Row) -> Result<PersonIn> {
    Ok(PersonIn {
        group: GroupId(row.int(0)?),
        identity: IdentityId(row.small(1)?),
        name: row.text(2)?,
        joined: Millis(row.int(3)?),
        is_in: row.opt_int(4)?.is_none(),
    })
}

fn fact(row: &mut Row) -> Result<Fact> {
    let source = SourceKey { key: row.int(2)?, part: row.small(3)? };
    Fact::from_body(Millis(row.int(1)?), source, &row.bytes(4)?)
        .map_err(|error| Fault::Damaged { what: error.to_string() })
}
