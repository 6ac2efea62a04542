//! Placements (`link_placements`) and what was spent on them (`link_spends`).

use std::collections::BTreeMap;

use domain::{Day, Millis, OrgId};
use serde_json::json;

use crate::fault::Result;
use crate::links::codes::whose;
use crate::links::{LinkCalled, LinkPlacementRow, LinkSpend, NewLinkPlacement, PlacementSaid};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::{Acting, note, number};

const ALL: &str = "SELECT id, code, slug, name, partner, source, made_at, closed_at \
                   FROM link_placements WHERE org = $1 ORDER BY id";
const CALLED: &str = "SELECT p.slug, p.name, c.company, c.kind, p.closed_at, c.closed_at \
                      FROM link_placements p JOIN link_codes c ON c.org = p.org AND c.id = p.code \
                      WHERE p.org = $1 ORDER BY p.id";
const SPENT: &str = "SELECT placement, day, cents FROM link_spends WHERE org = $1 \
                     ORDER BY placement, day";
const ADD: &str = "INSERT INTO link_placements (org, id, name, partner, source, made_at, code, \
                   slug) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const CHANGE: &str = "UPDATE link_placements SET name = $3, partner = $4, source = $5 \
                      WHERE org = $1 AND id = $2";
const CLOSE: &str = "UPDATE link_placements SET closed_at = $3 \
                     WHERE org = $1 AND id = $2 AND closed_at IS NULL";
const REOPEN: &str = "UPDATE link_placements SET closed_at = NULL \
                      WHERE org = $1 AND id = $2 AND closed_at IS NOT NULL AND $3 IS NOT NULL";
const UNSPEND: &str = "DELETE FROM link_spends WHERE org = $1 AND placement = $2";
const SPEND: &str = "INSERT INTO link_spends (org, placement, day, cents) \
                     SELECT $1, $2, r.day, r.cents FROM {rows:$3(day int, cents int)} AS r";

impl Store {
    /// Makes a placement; its number. A slug that is taken is [`crate::Fault::Constraint`].
    pub async fn add_link_placement(&self, new: NewLinkPlacement, acting: Acting) -> Result<i64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let id = number(&mut conn, acting.org, "link_placements").await?;
                let mut values = said(acting.org, id, &new.said);
                values.extend([acting.at.0.into(), new.code.into(), new.slug.as_str().into()]);
                conn.run(ADD, &values).await?;
                spend(&mut conn, (acting.org, id), &new.said.spends).await?;
                note(&mut conn, &acting).await?;
                Ok(id)
            })
        }))
        .await
    }

    /// Changes what is said of a placement, and all that was spent on it; whether there is one.
    pub async fn change_link_placement(
        &self,
        id: i64,
        new: PlacementSaid,
        acting: Acting,
    ) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let changed = conn.run(CHANGE, &said(acting.org, id, &new)).await? > 0;
                if changed {
                    spend(&mut conn, (acting.org, id), &new.spends).await?;
                    note(&mut conn, &acting).await?;
                }
                Ok(changed)
            })
        }))
        .await
    }

    /// Closes a placement; whether it was open.
    pub async fn close_link_placement(&self, id: i64, acting: Acting) -> Result<bool> {
        self.noted(CLOSE, whose(id, &acting), acting).await
    }

    /// Opens a placement again; whether it was closed.
    pub async fn reopen_link_placement(&self, id: i64, acting: Acting) -> Result<bool> {
        self.noted(REOPEN, whose(id, &acting), acting).await
    }

    /// All placements of an organisation, also closed ones, by number.
    pub async fn link_placements(&self, org: OrgId) -> Result<Vec<LinkPlacementRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let values = [org.0.into()];
                let mut spent: BTreeMap<i64, Vec<LinkSpend>> = BTreeMap::new();
                for row in conn.rows(SPENT, &values).await? {
                    let day = Day(row.small(1)?);
                    let one = LinkSpend { day, cents: row.int(2)? };
                    spent.entry(row.int(0)?).or_default().push(one);
                }
                let rows = conn.rows(ALL, &values).await?;
                rows.into_iter().map(|row| placement(row, &mut spent)).collect()
            })
        }))
        .await
    }

    /// What all placements of an organisation are called, also closed ones, by number.
    pub async fn link_placements_called(&self, org: OrgId) -> Result<Vec<LinkCalled>> {
        self.link_rows(CALLED, vec![org.0.into()], place).await
    }
}

fn place(mut row: Row) -> Result<LinkCalled> {
    let is_closed = row.opt_int(4)?.is_some() || row.opt_int(5)?.is_some();
    Ok(LinkCalled {
        slug: row.text(0)?,
        name: row.text(1)?,
        company: row.opt_int(2)?,
        is_open: !is_closed && row.text(3)? != "web",
    })
}

async fn spend(conn: &mut Conn<'_>, (org, id): (OrgId, i64), spends: &[LinkSpend]) -> Result<()> {
    let mut values = vec![org.0.into(), id.into()];
    conn.run(UNSPEND, &values).await?;
    let rows: Vec<[i64; 2]> = spends.iter().map(|one| [i64::from(one.day.0), one.cents]).collect();
    values.push(json!(rows).to_string().as_str().into());
    conn.run(SPEND, &values).await.map(drop)
}

fn said(org: OrgId, id: i64, said: &PlacementSaid) -> Vec<crate::sql::Value> {
    vec![
        org.0.into(),
        id.into(),
        said.name.as_str().into(),
        said.partner.as_str().into(),
        said.source.as_str().into(),
    ]
}

fn placement(mut row: Row, spent: &mut BTreeMap<i64, Vec<LinkSpend>>) -> Result<LinkPlacementRow> {
    let id = row.int(0)?;
    Ok(LinkPlacementRow {
        id,
        code: row.int(1)?,
        slug: row.text(2)?,
        said: PlacementSaid {
            name: row.text(3)?,
            partner: row.text(4)?,
            source: row.text(5)?,
            spends: spent.remove(&id).unwrap_or_default(),
        },
        made: Millis(row.int(6)?),
        closed: row.opt_int(7)?.map(Millis),
    })
}
