//! Things on their way.

use domain::{HandState, HeldKind, Millis};

use crate::fault::Result;
use crate::sql::{Conn, Row, Value, job};
use crate::store::Store;
use crate::team::{Acting, note};
use crate::wecom::WecomId;
use crate::wecom::handovers::{HandedChange, HandedOpen, HandedRow};
use crate::wecom::page::whose;

macro_rules! columns {
    () => {
        "h.kind, h.held, h.name, h.taker, h.state, h.code, h.due_at, h.asked_at, h.until_at, \
         h.tries, h.changed_at"
    };
}

const ALL: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM wecom_handed h WHERE h.org = $1 AND h.account = $2 AND h.handover = $3 \
     ORDER BY h.kind, h.held"
);
const CHANGE: &str = "UPDATE wecom_handed SET taker = $7, state = $8, code = $9, due_at = $10, \
                      asked_at = $11, until_at = $12, tries = $13, changed_at = $14 \
                      WHERE org = $1 AND account = $2 AND handover = $3 AND kind = $4 \
                      AND held = $5 AND state = $6";
const REOPEN: &str = "UPDATE wecom_handovers SET next_at = $4, ended_at = NULL WHERE org = $1 \
                      AND account = $2 AND id = $3";
const OPEN_OF: &str = concat!(
    "SELECT ",
    columns!(),
    ", h.handover FROM wecom_handed h WHERE h.org = $1 AND h.account = $2 AND h.kind = $3 \
     AND h.held = $4 AND h.taker = $5 AND h.state IN (1, 2) ORDER BY h.handover DESC"
);

const STUCK: &str = "SELECT h.held, h.taker FROM wecom_handed h JOIN wecom_handovers j \
                     ON j.org = h.org AND j.account = h.account AND j.id = h.handover \
                     WHERE h.org = $1 AND h.account = $2 AND j.giver = $3 AND j.id <> $4 \
                     AND h.kind = 0 AND h.state IN (4, 5)";

impl Store {
    /// Customers who said no, or were too many, in other hand-overs of the same giver than this
    /// one, with who was to take them: the platform still tells of those.
    pub async fn handed_stuck(
        &self,
        id: WecomId,
        (giver, handover): (&str, i64),
    ) -> Result<Vec<(String, String)>> {
        let mut values = whose(id).to_vec();
        values.extend([giver.into(), handover.into()]);
        self.wecom_rows(STUCK, values, |mut row| Ok((row.text(0)?, row.text(1)?))).await
    }

    /// Everything of a hand-over, customers first, by id.
    pub async fn handed(&self, id: WecomId, handover: i64) -> Result<Vec<HandedRow>> {
        let mut values = whose(id).to_vec();
        values.push(handover.into());
        let rows = self.wecom_rows(ALL, values, handed).await?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// Changes things in one transaction; how many of them were as they were seen. The others
    /// stay as they are.
    pub async fn change_handed(
        &self,
        (id, handover): (WecomId, i64),
        changes: Vec<HandedChange>,
    ) -> Result<u64> {
        self.write(job(move |mut conn| {
            Box::pin(async move { change(&mut conn, (id, handover), &changes).await })
        }))
        .await
    }

    /// The same by staff, with the act of the audit log; the hand-over goes on at once.
    pub async fn retake_handed(
        &self,
        (id, handover): (WecomId, i64),
        changes: Vec<HandedChange>,
        acting: Acting,
    ) -> Result<u64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let count = change(&mut conn, (id, handover), &changes).await?;
                if count > 0 {
                    let mut values = whose(id).to_vec();
                    values.extend([handover.into(), acting.at.0.into()]);
                    conn.run(REOPEN, &values).await?;
                    note(&mut conn, &acting).await?;
                }
                Ok(count)
            })
        }))
        .await
    }

    /// What is on its way to this taker under this id, the latest hand-over first.
    pub async fn handed_open(
        &self,
        id: WecomId,
        (kind, held): (HeldKind, &str),
        taker: &str,
    ) -> Result<Vec<HandedOpen>> {
        let mut values = whose(id).to_vec();
        values.extend([kind.number().into(), held.into(), taker.into()]);
        let read = |row: Row| Ok((row.int(11)?, handed(row)?));
        let rows = self.wecom_rows(OPEN_OF, values, read).await?;
        let mut open = Vec::new();
        for (handover, row) in rows {
            if let Some((handover, row)) = self.handover(id, handover).await?.zip(row) {
                open.push(HandedOpen { handover, row });
            }
        }
        Ok(open)
    }
}

async fn change(
    conn: &mut Conn<'_>,
    (id, handover): (WecomId, i64),
    changes: &[HandedChange],
) -> Result<u64> {
    let mut count = 0;
    for HandedChange { was, row } in changes {
        let when = |at: Option<Millis>| Value::from(at.map(|at| at.0));
        let mut values = whose(id).to_vec();
        values.extend([
            handover.into(),
            row.kind.number().into(),
            row.held.as_str().into(),
            was.number().into(),
            row.taker.as_str().into(),
            row.state.number().into(),
            row.code.into(),
            row.due.0.into(),
            when(row.asked),
            when(row.until),
            i64::from(row.tries).into(),
            row.changed.0.into(),
        ]);
        count += conn.run(CHANGE, &values).await?;
    }
    Ok(count)
}

fn handed(mut row: Row) -> Result<Option<HandedRow>> {
    let Some((kind, state)) = HeldKind::of(row.int(0)?).zip(HandState::of(row.int(4)?)) else {
        return Ok(None);
    };
    Ok(Some(HandedRow {
        kind,
        held: row.text(1)?,
        name: row.text(2)?,
        taker: row.text(3)?,
        state,
        code: row.opt_int(5)?,
        due: Millis(row.int(6)?),
        asked: row.opt_int(7)?.map(Millis),
        until: row.opt_int(8)?.map(Millis),
        tries: row.small(9)?,
        changed: Millis(row.int(10)?),
    }))
}
