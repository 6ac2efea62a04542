//! Hand-overs as a whole.

use domain::{HandState, HeldKind, Millis, StaffId};
use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::{Acting, note, number};
use crate::wecom::WecomId;
use crate::wecom::handovers::{HandedCount, HandoverMove, HandoverRow, NewHanded, NewHandover};
use crate::wecom::page::{count, text, whose};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT org, account, id, giver, left_company, words, spare, a_day, staff, made_at, \
             next_at, looked_at, cancelled_at, ended_at, trouble FROM wecom_handovers ",
            $rest
        )
    };
}

const OPEN: &str = "SELECT id FROM wecom_handovers WHERE org = $1 AND account = $2 \
                    AND giver = $3 AND ended_at IS NULL";
const BEGIN: &str = "INSERT INTO wecom_handovers (org, account, id, giver, left_company, words, \
                     spare, a_day, staff, made_at, next_at, trouble) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, '')";
const ITEMS: &str = "INSERT INTO wecom_handed (org, account, handover, kind, held, name, taker, \
                     state, due_at, tries, changed_at) SELECT $1, $2, $3, r.kind, r.held, \
                     r.name, r.taker, 0, r.due, 0, $4 FROM {rows:$5(kind int, held text, \
                     name text, taker text, due int)} AS r WHERE true";
const ALL: &str = select!("WHERE org = $1 AND account = $2 ORDER BY id DESC");
const ONE: &str = select!("WHERE org = $1 AND account = $2 AND id = $3");
const DUE: &str = select!("WHERE org = $1 AND account = $2 AND next_at <= $3 ORDER BY next_at, id");
const MOVE: &str = "UPDATE wecom_handovers SET looked_at = COALESCE($5, looked_at), \
                    trouble = $6, next_at = CASE WHEN $4 IS NULL AND EXISTS (SELECT 1 \
                    FROM wecom_handed h WHERE h.org = $1 AND h.account = $2 AND h.handover = $3 \
                    AND h.state IN (0, 1, 2)) THEN $7 ELSE $4 END, \
                    ended_at = CASE WHEN $4 IS NULL AND NOT EXISTS (SELECT 1 \
                    FROM wecom_handed h WHERE h.org = $1 AND h.account = $2 AND h.handover = $3 \
                    AND h.state IN (0, 1, 2)) THEN $7 ELSE NULL END \
                    WHERE org = $1 AND account = $2 AND id = $3 AND ended_at IS NULL";
const CANCEL: &str = "UPDATE wecom_handovers SET cancelled_at = $4, next_at = $4 WHERE org = $1 \
                      AND account = $2 AND id = $3 AND ended_at IS NULL \
                      AND cancelled_at IS NULL";
const CANCEL_ITEMS: &str = "UPDATE wecom_handed SET state = $5, changed_at = $4 WHERE org = $1 \
                            AND account = $2 AND handover = $3 AND state = 0";
const COUNTS: &str = "SELECT handover, kind, state, COUNT(*) FROM wecom_handed WHERE org = $1 \
                      AND account = $2 GROUP BY handover, kind, state \
                      ORDER BY handover, kind, state";

impl Store {
    /// Begins a hand-over; its number, or `None` when one of the same giver is open. The act of
    /// the audit log goes with it.
    pub async fn begin_handover(
        &self,
        id: WecomId,
        new: NewHandover,
        acting: Acting,
    ) -> Result<Option<i64>> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let mut values = whose(id).to_vec();
                values.push(new.giver.as_str().into());
                if conn.row(OPEN, &values).await?.is_some() {
                    return Ok(None);
                }
                let handover = number(&mut conn, id.org, "wecom_handovers").await?;
                begin(&mut conn, (id, handover), &new, &acting).await?;
                note(&mut conn, &acting).await?;
                Ok(Some(handover))
            })
        }))
        .await
    }

    /// All hand-overs of a company, the latest first.
    pub async fn handovers(&self, id: WecomId) -> Result<Vec<HandoverRow>> {
        self.wecom_rows(ALL, whose(id).to_vec(), handover).await
    }

    /// One hand-over.
    pub async fn handover(&self, id: WecomId, handover: i64) -> Result<Option<HandoverRow>> {
        let mut values = whose(id).to_vec();
        values.push(handover.into());
        Ok(self.wecom_rows(ONE, values, self::handover).await?.pop())
    }

    /// Hand-overs with something to do at this moment.
    pub async fn handovers_due(&self, id: WecomId, now: Millis) -> Result<Vec<HandoverRow>> {
        let mut values = whose(id).to_vec();
        values.push(now.0.into());
        self.wecom_rows(DUE, values, handover).await
    }

    /// Notes how a hand-over goes on; whether it was open. It does not end while anything of it is
    /// open.
    pub async fn move_handover(
        &self,
        (id, handover): (WecomId, i64),
        moved: HandoverMove,
        at: Millis,
    ) -> Result<bool> {
        let mut values = whose(id).to_vec();
        values.extend([
            handover.into(),
            moved.next.map(|next| next.0).into(),
            moved.looked.map(|looked| looked.0).into(),
            moved.trouble.as_str().into(),
            at.0.into(),
        ]);
        Ok(self.change_wecom_rows(MOVE, values).await? == 1)
    }

    /// Takes off the list what was not asked for yet; whether the hand-over was open and not
    /// cancelled. What was asked for goes on.
    pub async fn cancel_handover(
        &self,
        (id, handover): (WecomId, i64),
        acting: Acting,
    ) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let mut values = whose(id).to_vec();
                values.extend([handover.into(), acting.at.0.into()]);
                if conn.run(CANCEL, &values).await? == 0 {
                    return Ok(false);
                }
                values.push(HandState::Cancelled.number().into());
                conn.run(CANCEL_ITEMS, &values).await?;
                note(&mut conn, &acting).await?;
                Ok(true)
            })
        }))
        .await
    }

    /// How many things are in which state, over all hand-overs of a company.
    pub async fn handed_counts(&self, id: WecomId) -> Result<Vec<HandedCount>> {
        let rows = self.wecom_rows(COUNTS, whose(id).to_vec(), |row| counted(&row)).await?;
        Ok(rows.into_iter().flatten().collect())
    }
}

async fn begin(
    conn: &mut Conn<'_>,
    (id, handover): (WecomId, i64),
    new: &NewHandover,
    acting: &Acting,
) -> Result<()> {
    let mut values = whose(id).to_vec();
    values.extend([
        handover.into(),
        new.giver.as_str().into(),
        i64::from(new.left).into(),
        new.words.as_str().into(),
        new.spare.as_str().into(),
        new.a_day.map(i64::from).into(),
        acting.staff.0.into(),
        acting.at.0.into(),
    ]);
    conn.run(BEGIN, &values).await?;
    let cells = |one: &NewHanded| -> Json {
        json!([one.kind.number(), text(&one.held), text(&one.name), text(&one.taker), one.due.0])
    };
    let items: Vec<Json> = new.items.iter().map(cells).collect();
    let mut values = whose(id).to_vec();
    values.extend([handover.into(), acting.at.0.into(), json!(items).to_string().as_str().into()]);
    conn.run(ITEMS, &values).await.map(drop)
}

pub(super) fn handover(mut row: Row) -> Result<HandoverRow> {
    Ok(HandoverRow {
        id: WecomId { org: domain::OrgId(row.int(0)?), account: row.int(1)? },
        handover: row.int(2)?,
        giver: row.text(3)?,
        left: row.int(4)? != 0,
        words: row.text(5)?,
        spare: row.text(6)?,
        a_day: count(&row, 7)?,
        by: StaffId(row.int(8)?),
        made: Millis(row.int(9)?),
        next: row.opt_int(10)?.map(Millis),
        looked: row.opt_int(11)?.map(Millis),
        cancelled: row.opt_int(12)?.map(Millis),
        ended: row.opt_int(13)?.map(Millis),
        trouble: row.text(14)?,
    })
}

fn counted(row: &Row) -> Result<Option<HandedCount>> {
    let (kind, state) = (HeldKind::of(row.int(1)?), HandState::of(row.int(2)?));
    let (handover, count) = (row.int(0)?, row.small(3)?);
    Ok(kind.zip(state).map(|(kind, state)| HandedCount { handover, kind, state, count }))
}
