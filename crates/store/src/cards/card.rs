//! Cards of groups: read, and changed for many groups at once.

use std::collections::BTreeMap;

use domain::{GroupId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::{Acting, note};

/// What operators say about a group; all empty while nobody said anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRow {
    /// Which group.
    pub group: GroupId,
    /// Kind (A14): `activity`, `benefit`, `member`, `interest`, or empty.
    pub kind: String,
    /// Who keeps it (R01); [`StaffId::NOBODY`] for none.
    pub owner: StaffId,
    /// Who keeps it when the owner cannot.
    pub backup: StaffId,
    /// JSON of everything else; empty for nothing.
    pub about: String,
    /// Tags in the order of their letters.
    pub tags: Vec<String>,
    /// When it was changed last; 0 for never.
    pub changed: Millis,
}

/// What is to become of cards; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardChange {
    /// Kind, or empty for none.
    pub kind: Option<String>,
    /// Owner.
    pub owner: Option<StaffId>,
    /// Back-up.
    pub backup: Option<StaffId>,
    /// JSON of everything else.
    pub about: Option<String>,
    /// Tags to put on.
    pub add: Vec<String>,
    /// Tags to take off.
    pub remove: Vec<String>,
}

/// A card before and after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turned {
    pub(crate) before: CardRow,
    pub(crate) after: CardRow,
}

impl CardRow {
    /// The card of a group of which nobody said anything.
    pub fn empty(group: GroupId) -> Self {
        Self {
            group,
            kind: String::new(),
            owner: StaffId::NOBODY,
            backup: StaffId::NOBODY,
            about: String::new(),
            tags: Vec::new(),
            changed: Millis(0),
        }
    }

    /// The card after a change.
    #[must_use]
    pub fn changed_by(&self, change: &CardChange, now: Millis) -> Self {
        let mut after = self.clone();
        after.kind = change.kind.clone().unwrap_or(after.kind);
        after.owner = change.owner.unwrap_or(after.owner);
        after.backup = change.backup.unwrap_or(after.backup);
        after.about = change.about.clone().unwrap_or(after.about);
        after.tags.retain(|tag| !change.remove.contains(tag));
        after.tags.extend(change.add.iter().cloned());
        after.tags.sort();
        after.tags.dedup();
        if after != *self {
            after.changed = now;
        }
        after
    }
}

impl Store {
    /// The cards of an organisation that say something, by group.
    pub async fn cards(&self, org: OrgId) -> Result<Vec<CardRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT grp, kind, owner, backup, about, changed_at FROM group_cards \
                           WHERE org = $1 ORDER BY grp";
                let rows = conn.rows(sql, &[org.0.into()]).await?;
                let tags = "SELECT grp, tag FROM group_tags WHERE org = $1 ORDER BY grp, tag";
                let tags = conn.rows(tags, &[org.0.into()]).await?;
                together(rows, tags)
            })
        }))
        .await
    }

    /// The card of one group; an empty one where there is none.
    pub async fn card(&self, org: OrgId, group: GroupId) -> Result<CardRow> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let mut cards = of(&mut conn, org, &[group]).await?;
                Ok(cards.remove(&group).unwrap_or_else(|| CardRow::empty(group)))
            })
        }))
        .await
    }

    /// Changes one card; whether it is another one now. A change that changes nothing writes
    /// nothing, not even a line of the audit log.
    pub async fn change_card(
        &self,
        acting: Acting,
        group: GroupId,
        change: CardChange,
    ) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let turned = turn(&mut conn, &acting, &[group], &change).await?;
                if turned.is_empty() {
                    return Ok(false);
                }
                put(&mut conn, &acting, &turned).await?;
                note(&mut conn, &acting).await?;
                Ok(true)
            })
        }))
        .await
    }
}

/// The cards of these groups before and after the change; only those that it changes.
pub(crate) async fn turn(
    conn: &mut Conn<'_>,
    acting: &Acting,
    groups: &[GroupId],
    change: &CardChange,
) -> Result<Vec<Turned>> {
    let mut cards = of(conn, acting.org, groups).await?;
    let turned = groups.iter().map(|group| {
        let before = cards.remove(group).unwrap_or_else(|| CardRow::empty(*group));
        let after = before.changed_by(change, acting.at);
        Turned { before, after }
    });
    Ok(turned.filter(|one| one.before != one.after).collect())
}

/// The cards of these groups that say something.
pub(crate) async fn of(
    conn: &mut Conn<'_>,
    org: OrgId,
    groups: &[GroupId],
) -> Result<BTreeMap<GroupId, CardRow>> {
    let list: Vec<[i64; 1]> = groups.iter().map(|group| [group.0]).collect();
    let list = serde_json::json!(list).to_string();
    let values = [org.0.into(), list.as_str().into()];
    let sql = "SELECT c.grp, c.kind, c.owner, c.backup, c.about, c.changed_at FROM group_cards c \
               WHERE c.org = $1 AND c.grp IN (SELECT w.grp FROM {rows:$2(grp int)} AS w)";
    let rows = conn.rows(sql, &values).await?;
    let tags = "SELECT c.grp, c.tag FROM group_tags c WHERE c.org = $1 \
                AND c.grp IN (SELECT w.grp FROM {rows:$2(grp int)} AS w) ORDER BY c.grp, c.tag";
    let tags = conn.rows(tags, &values).await?;
    Ok(together(rows, tags)?.into_iter().map(|card| (card.group, card)).collect())
}

/// Writes cards as they are after a change, with their tags.
pub(crate) async fn put(conn: &mut Conn<'_>, acting: &Acting, turned: &[Turned]) -> Result<()> {
    let row = |one: &Turned| {
        let after = &one.after;
        let (owner, backup) = (after.owner.0, after.backup.0);
        serde_json::json!([after.group.0, after.kind, owner, backup, after.about, after.changed.0])
    };
    let rows: Vec<_> = turned.iter().map(row).collect();
    let rows = serde_json::json!(rows).to_string();
    let sql = "INSERT INTO group_cards (org, grp, kind, owner, backup, about, changed_at) \
               SELECT $1, w.grp, w.kind, w.owner, w.backup, w.about, w.changed \
               FROM {rows:$2(grp int, kind text, owner int, backup int, about text, changed int)} \
               AS w WHERE w.grp > 0 ON CONFLICT (org, grp) DO UPDATE SET kind = excluded.kind, \
               owner = excluded.owner, backup = excluded.backup, about = excluded.about, \
               changed_at = excluded.changed_at";
    conn.run(sql, &[acting.org.0.into(), rows.as_str().into()]).await?;
    let differ = |from: &CardRow, to: &CardRow| -> Vec<(i64, String)> {
        let gone = from.tags.iter().filter(|tag| !to.tags.contains(tag));
        gone.map(|tag| (from.group.0, tag.clone())).collect()
    };
    let off: Vec<_> = turned.iter().flat_map(|one| differ(&one.before, &one.after)).collect();
    let on: Vec<_> = turned.iter().flat_map(|one| differ(&one.after, &one.before)).collect();
    let off = serde_json::json!(off).to_string();
    let sql = "DELETE FROM group_tags WHERE org = $1 AND (grp, tag) IN \
               (SELECT w.grp, w.tag FROM {rows:$2(grp int, tag text)} AS w)";
    conn.run(sql, &[acting.org.0.into(), off.as_str().into()]).await?;
    let on = serde_json::json!(on).to_string();
    let sql = "INSERT INTO group_tags (org, grp, tag, by_staff, made_at) \
               SELECT $1, w.grp, w.tag, $3, $4 FROM {rows:$2(grp int, tag text)} AS w \
               WHERE w.grp > 0 ON CONFLICT (org, grp, tag) DO NOTHING";
    let values =
        [acting.org.0.into(), on.as_str().into(), acting.staff.0.into(), acting.at.0.into()];
    conn.run(sql, &values).await.map(drop)
}

fn together(rows: Vec<Row>, tags: Vec<Row>) -> Result<Vec<CardRow>> {
    let mut cards = BTreeMap::new();
    for mut row in rows {
        let group = GroupId(row.int(0)?);
        let card = CardRow {
            group,
            kind: row.text(1)?,
            owner: StaffId(row.int(2)?),
            backup: StaffId(row.int(3)?),
            about: row.text(4)?,
            tags: Vec::new(),
            changed: Millis(row.int(5)?),
        };
        cards.insert(group, card);
    }
    for mut row in tags {
        let group = GroupId(row.int(0)?);
        cards.entry(group).or_insert_with(|| CardRow::empty(group)).tags.push(row.text(1)?);
    }
    Ok(cards.into_values().collect())
}
