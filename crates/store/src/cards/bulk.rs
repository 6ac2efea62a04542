//! Bulk changes: many cards in one transaction, and back.
//!
//! Invariant: taking back restores the cards that still stand as the bulk change left them, and
//! leaves alone those that somebody changed since.

use domain::{GroupId, Millis, OrgId, StaffId};
use serde::{Deserialize, Serialize};

use crate::cards::card::{CardChange, CardRow, Turned, of, put, turn};
use crate::fault::{Fault, Result};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::{Acting, note, number};

/// A bulk change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkRow {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Millis,
    /// By whom.
    pub staff: StaffId,
    /// How many groups it changed.
    pub groups: Vec<GroupId>,
    /// When it was taken back.
    pub undone: Option<Millis>,
}

/// What taking back a bulk change did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// Cards that are as they were.
    pub restored: u32,
    /// Groups whose cards somebody changed since: left alone.
    pub kept: Vec<GroupId>,
}

/// One card as a bulk change found and left it.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    group: i64,
    before: Said,
    after: Said,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    kind: String,
    owner: i64,
    backup: i64,
    about: String,
    tags: Vec<String>,
}

impl Said {
    fn of(card: &CardRow) -> Self {
        Self {
            kind: card.kind.clone(),
            owner: card.owner.0,
            backup: card.backup.0,
            about: card.about.clone(),
            tags: card.tags.clone(),
        }
    }

    fn card(self, group: GroupId, changed: Millis) -> CardRow {
        CardRow {
            group,
            kind: self.kind,
            owner: StaffId(self.owner),
            backup: StaffId(self.backup),
            about: self.about,
            tags: self.tags,
            changed,
        }
    }
}

impl Store {
    /// Changes the cards of many groups in one transaction: the number of the bulk change and how
    /// many cards are other ones now. `None` when nothing would change.
    pub async fn change_cards(
        &self,
        acting: Acting,
        groups: Vec<GroupId>,
        change: CardChange,
    ) -> Result<Option<(i64, usize)>> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let turned = turn(&mut conn, &acting, &groups, &change).await?;
                if turned.is_empty() {
                    return Ok(None);
                }
                put(&mut conn, &acting, &turned).await?;
                let id = number(&mut conn, acting.org, "bulk_changes").await?;
                let kept: Vec<Kept> = turned.iter().map(kept).collect();
                let sql = "INSERT INTO bulk_changes (org, id, at, staff, before) \
                           VALUES ($1, $2, $3, $4, $5)";
                let before = serde_json::json!(kept).to_string();
                let values = [
                    acting.org.0.into(),
                    id.into(),
                    acting.at.0.into(),
                    acting.staff.0.into(),
                    before.as_str().into(),
                ];
                conn.run(sql, &values).await?;
                note(&mut conn, &acting).await?;
                Ok(Some((id, turned.len())))
            })
        }))
        .await
    }

    /// One bulk change.
    pub async fn bulk_change(&self, org: OrgId, id: i64) -> Result<Option<BulkRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT at, staff, before, undone_at FROM bulk_changes \
                           WHERE org = $1 AND id = $2";
                let row = conn.row(sql, &[org.0.into(), id.into()]).await?;
                row.map(|row| bulk(id, row)).transpose()
            })
        }))
        .await
    }

    /// Takes a bulk change back. `None` when there is none, or it was taken back already.
    pub async fn take_back(&self, acting: Acting, id: i64) -> Result<Option<TakenBack>> {
        self.write(job(move |mut conn| {
            Box::pin(async move { taken_back(&mut conn, &acting, id).await })
        }))
        .await
    }
}

/// Puts back what nobody changed since.
async fn taken_back(conn: &mut Conn<'_>, acting: &Acting, id: i64) -> Result<Option<TakenBack>> {
    let sql = "UPDATE bulk_changes SET undone_at = $3 WHERE org = $1 AND id = $2 \
               AND undone_at IS NULL RETURNING before";
    let values = [acting.org.0.into(), id.into(), acting.at.0.into()];
    let Some(mut row) = conn.row(sql, &values).await? else { return Ok(None) };
    let list = read(&row.text(0)?)?;
    let groups: Vec<GroupId> = list.iter().map(|one| GroupId(one.group)).collect();
    let mut cards = of(conn, acting.org, &groups).await?;
    let mut taken = TakenBack::default();
    let mut turned = Vec::new();
    for one in list {
        let group = GroupId(one.group);
        let now = cards.remove(&group).unwrap_or_else(|| CardRow::empty(group));
        if Said::of(&now) == one.after {
            let after = one.before.card(group, acting.at);
            turned.push(Turned { before: now, after });
            taken.restored += 1;
        } else {
            taken.kept.push(group);
        }
    }
    put(conn, acting, &turned).await?;
    note(conn, acting).await?;
    Ok(Some(taken))
}

fn kept(one: &Turned) -> Kept {
    Kept { group: one.before.group.0, before: Said::of(&one.before), after: Said::of(&one.after) }
}

fn read(before: &str) -> Result<Vec<Kept>> {
    serde_json::from_str(before).map_err(|error| Fault::Damaged { what: error.to_string() })
}

fn bulk(id: i64, mut row: Row) -> Result<BulkRow> {
    let list = read(&row.text(2)?)?;
    Ok(BulkRow {
        id,
        at: Millis(row.int(0)?),
        staff: StaffId(row.int(1)?),
        groups: list.iter().map(|one| GroupId(one.group)).collect(),
        undone: row.opt_int(3)?.map(Millis),
    })
}
