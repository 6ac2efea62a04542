//! What goes to whom: written down, to be sent.

use std::collections::HashSet;

use domain::{May, Millis, StaffId, Zone};
use report::Lang;
use store::{NewWecomCard, WecomCardRow, WecomSeatRow};

use crate::console::{Console, Denied, Item, Look, Reason, Row};
use crate::wecom::cards::{CardFace, CardTold};

/// So long after a card the next one to the same person waits: what comes meanwhile goes together.
/// Far below what the platform lets through in silence (30 a minute, 1,000 an hour).
pub(super) const GAP_MS: i64 = 5 * Millis::MINUTE;

/// To-dos that one card speaks of, at most.
const TODOS_MAX: usize = 30;

/// Rows that may wait for the page are no cards: only what is pressing enough.
const URGENCY_MAX: u8 = 3;

impl Console {
    pub(super) async fn plan_cards(&self, face: &CardFace) -> Result<(), Denied> {
        let org = face.org;
        let mut accounts = self.store().wecom_accounts(org).await?;
        accounts.retain(|row| row.gone.is_none() && row.access.agent.is_some());
        let mut seats = self.store().wecom_seats(org).await?;
        seats.retain(|row| {
            let connected = accounts.iter().any(|account| account.id.account == row.seat.account);
            connected && row.refused.is_none()
        });
        if seats.is_empty() {
            return Ok(());
        }
        let zone = self.zone(org).await?;
        for row in seats {
            if !is_quiet(row.seat.quiet, (self.now(), &zone)) {
                self.plan_card(face, &row, &zone).await?;
            }
        }
        Ok(())
    }

    async fn plan_card(
        &self,
        face: &CardFace,
        row: &WecomSeatRow,
        zone: &Zone,
    ) -> Result<(), Denied> {
        let (org, staff, now) = (face.org, row.seat.staff, self.now());
        let last = self.store().last_wecom_card(org, staff).await?;
        if last.is_some_and(|last| now.since(last) < GAP_MS) {
            return Ok(());
        }
        let Some(actor) = self.staff_actor(org, staff).await? else { return Ok(()) };
        if !actor.may(May::Tend) {
            return Ok(());
        }
        let known = self.store().wecom_card_rows_of(org, staff).await?;
        let known: HashSet<WecomCardRow> = known.into_iter().collect();
        let look = Look { mine: true, limit: usize::MAX, ..Look::default() };
        let rows = self.today_rows(&actor, &look).await?;
        let fresh = |row: &Row| {
            let is_own = matches!(&row.reason, Reason::Reported(it) if it.staff == staff);
            let pressing = row.urgency <= URGENCY_MAX && !is_own;
            pressing && !known.contains(&state(row, (now, zone)))
        };
        let mut rows: Vec<Row> = rows.into_iter().filter(fresh).collect();
        rows.truncate(TODOS_MAX);
        if rows.is_empty() {
            return Ok(());
        }
        let states = rows.iter().map(|row| state(row, (now, zone))).collect();
        let items = self.dressed(&actor, rows).await?;
        self.write_card(face, (row, staff), (states, &items)).await
    }

    async fn write_card(
        &self,
        face: &CardFace,
        (row, staff): (&WecomSeatRow, StaffId),
        (rows, items): (Vec<WecomCardRow>, &[Item]),
    ) -> Result<(), Denied> {
        let lang = self.known_tongue(face.org).unwrap_or(Lang::Zh);
        let words = (face.words)(CardTold { items, lang });
        let words = serde_json::to_string(&words).unwrap_or_default();
        let (account, userid) = (row.seat.account, row.seat.userid.clone());
        let new = NewWecomCard { account, staff, userid, words, rows, at: self.now() };
        // None: somebody else wrote it meanwhile.
        self.store().plan_wecom_card(face.org, new).await?;
        Ok(())
    }
}

/// A row in the state in which it goes out once. New members are told once a day and group,
/// however many come.
pub(super) fn state(row: &Row, (now, zone): (Millis, &Zone)) -> WecomCardRow {
    let level = match row.reason {
        Reason::Newcomer | Reason::Newcomers(..) => i64::from(zone.local(now).day.0),
        _ => row.level,
    };
    WecomCardRow { source: row.source.to_owned(), key: row.key.clone(), level }
}

/// Whether somebody is left alone now: from the first minute of the day until the second, over
/// midnight where that is later.
pub(super) fn is_quiet((from, to): (u16, u16), (now, zone): (Millis, &Zone)) -> bool {
    let civil = zone.civil(now);
    let of = |number: i8| u16::try_from(number).unwrap_or(0);
    let minute = of(civil.hour()) * 60 + of(civil.minute());
    match from.cmp(&to) {
        std::cmp::Ordering::Equal => false,
        std::cmp::Ordering::Less => (from..to).contains(&minute),
        std::cmp::Ordering::Greater => minute >= from || minute < to,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_night_reaches_over_midnight() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        // 22 November 2026, 20:05 in Shanghai.
        let evening = 1_795_349_100_000;
        let at = |hours: i64| (Millis(evening + hours * Millis::HOUR), &zone);
        let night = (22 * 60, 8 * 60);
        let quiet: Vec<bool> = [0, 2, 5, 11, 12].map(|hours| is_quiet(night, at(hours))).into();
        assert_eq!(quiet, [false, true, true, true, false]);
        assert!(!is_quiet((0, 0), at(2)), "the same twice is never");
        assert!(is_quiet((20 * 60, 21 * 60), at(0)) && !is_quiet((20 * 60, 21 * 60), at(1)));
    }
}
