//! People as lists show them: name, groups now, tags that count.

use std::collections::{HashMap, HashSet};

use domain::{GroupId, IdentityId, Millis, OrgId};

use crate::fault::Result;
use crate::people::FaceRow;
use crate::sql::{Conn, Row};

/// Accounts of the persons of a list: leading identity and identity.
const IDS: &str = "SELECT w.id, w.id FROM {rows:$2(id int)} AS w UNION ALL \
                   SELECT m.person, m.identity FROM {rows:$2(id int)} AS w \
                   CROSS JOIN merges m WHERE m.org = $1 AND m.person = w.id";
const HEADS: &str = "SELECT i.id, i.platform, i.key, COALESCE(i.name, ''), i.class \
                     FROM {rows:$2(id int)} AS w CROSS JOIN identities i \
                     WHERE i.org = $1 AND i.id = w.id ORDER BY w.ord";
const STAYS: &str = "SELECT m.identity, m.grp, m.joined_at, m.left_at, m.class \
                     FROM {rows:$2(id int)} AS w CROSS JOIN members m \
                     WHERE m.org = $1 AND m.identity = w.id UNION ALL \
                     SELECT s.identity, s.grp, CASE WHEN s.how = 8 THEN NULL ELSE s.joined_at END, \
                     s.left_at, NULL FROM {rows:$2(id int)} AS w CROSS JOIN stays s \
                     WHERE s.org = $1 AND s.identity = w.id AND NOT EXISTS \
                     (SELECT 1 FROM heads h WHERE h.org = $1 AND h.grp = s.grp)";
const TAGS: &str = "SELECT p.identity, p.tag, t.name FROM {rows:$2(id int)} AS w \
                    CROSS JOIN person_tags p JOIN tags t ON t.org = p.org AND t.id = p.tag \
                    WHERE p.org = $1 AND p.identity = w.id AND p.gone_at IS NULL \
                    AND (p.until_at IS NULL OR p.until_at > $3) ORDER BY p.made_at, p.tag";
const BARS: &str = "SELECT DISTINCT b.identity FROM {rows:$2(id int)} AS w CROSS JOIN blacklist b \
                    WHERE b.org = $1 AND b.identity = w.id AND b.lifted_at IS NULL";

/// These people in their order; unknown ones are left out, and so are stays in groups outside of
/// `scope`, where there is one.
pub(super) async fn of(
    conn: &mut Conn<'_>,
    org: OrgId,
    leads: &[IdentityId],
    (now, scope): (Millis, Option<&[GroupId]>),
) -> Result<Vec<FaceRow>> {
    let scope: Option<HashSet<&GroupId>> = scope.map(|groups| groups.iter().collect());
    let list = |ids: Vec<[u32; 1]>| serde_json::json!(ids).to_string();
    let wanted = list(leads.iter().map(|id| [id.0]).collect());
    let values = [org.0.into(), wanted.as_str().into()];
    let rows = conn.rows(HEADS, &values).await?;
    let mut faces = rows.into_iter().map(face).collect::<Result<Vec<_>>>()?;
    let at: HashMap<u32, usize> = faces.iter().zip(0..).map(|(one, at)| (one.lead.0, at)).collect();
    let mut place = HashMap::new();
    for row in conn.rows(IDS, &values).await? {
        if let Some(at) = at.get(&row.small(0)?) {
            place.insert(row.small::<u32>(1)?, *at);
        }
    }
    let ids = list(place.keys().map(|id| [*id]).collect());
    let values = [org.0.into(), ids.as_str().into(), now.0.into()];
    let find = |row: &Row| -> Result<usize> {
        Ok(place.get(&row.small(0)?).copied().unwrap_or(usize::MAX))
    };
    for at in place.values() {
        faces.get_mut(*at).into_iter().for_each(|face| face.accounts += 1);
    }
    let whom = values.get(..2).unwrap_or_default();
    for row in conn.rows(STAYS, whom).await? {
        let Some(face) = faces.get_mut(find(&row)?) else { continue };
        let group = GroupId(row.int(1)?);
        if scope.as_ref().is_some_and(|groups| !groups.contains(&group)) {
            continue;
        }
        face.joined = face.joined.max(row.opt_int(2)?.map(Millis));
        if row.opt_int(3)?.is_none() {
            face.groups.push(group);
            let class = row.opt_int(4)?.and_then(|class| u8::try_from(class).ok());
            face.class = face.class.max(class);
        }
    }
    for mut row in conn.rows(TAGS, &values).await? {
        let Some(face) = faces.get_mut(find(&row)?) else { continue };
        face.tags.push((row.int(1)?, row.text(2)?));
    }
    for row in conn.rows(BARS, whom).await? {
        faces.get_mut(find(&row)?).into_iter().for_each(|face| face.blacklisted = true);
    }
    for face in &mut faces {
        face.groups.sort_unstable();
        face.groups.dedup();
        face.tags.dedup();
    }
    Ok(faces)
}

fn face(mut row: Row) -> Result<FaceRow> {
    Ok(FaceRow {
        lead: IdentityId(row.small(0)?),
        platform: row.text(1)?,
        key: row.text(2)?,
        name: row.text(3)?,
        class: row.opt_int(4)?.and_then(|class| u8::try_from(class).ok()),
        accounts: 0,
        groups: Vec::new(),
        joined: None,
        tags: Vec::new(),
        blacklisted: false,
    })
}
