//! The platform's own figures (统计): of each owner's groups, and of what staff wrote to customers,
//! day by day. Not every app may ask for them: a company is read whole without.
//!
//! Invariants: today is not told yet, and 180 days back is the oldest; what is asked for again
//! takes the place of what was told before; a person of whom nothing is told leaves no rows, so
//! that nothing told is never nought. Of one person at a time, because of several only sums are
//! told: two calls a day each, and at the first time one for each 30 days.

use std::collections::BTreeSet;

use chat::wecom::calls::contacts::Behaviour;
use chat::wecom::calls::groups::{DayFigures, FIGURE_BACK_DAYS_MAX, FIGURE_DAYS_MAX, FigureDays};
use chat::wecom::{CallError, Next};
use domain::{Day, Millis};
use store::{WecomDay, WecomMove, WecomPage, WecomPullRow, WecomRun, WecomStaffDay, wecom_day};

use crate::wecom::pull::{Pull, Stop};

/// The word of this step.
pub(in crate::wecom) const STEP: &str = "figures";
/// So many days are asked for again: the platform may still have been counting.
const AGAIN_DAYS: i32 = 3;
/// They are asked for so often, in milliseconds.
const EVERY_MS: i64 = 12 * Millis::HOUR;

impl Pull {
    /// Reads what is new since the last time; goes on where it stood.
    pub(super) async fn figures(&self, pulls: &[WecomPullRow]) {
        let known = pulls.iter().find(|row| row.run.step == STEP);
        let now = self.now();
        let (run, from) = match known {
            Some(row) if row.ended.is_none() => (row.run.clone(), row.cursor.parse().unwrap_or(0)),
            Some(row) if row.ended.is_some_and(|at| now.since(at) < EVERY_MS) => return,
            _ => match self.store().begin_wecom_pull(self.id, STEP, now).await {
                Ok(run) => (run, 0),
                Err(_) => return,
            },
        };
        let stopped = self.figures_from(&run, from).await;
        self.ended(&run, stopped).await;
    }

    async fn figures_from(&self, run: &WecomRun, from: usize) -> Result<(), Stop> {
        let groups = self.store().wecom_groups(self.id).await?;
        let owners: BTreeSet<String> = groups
            .into_iter()
            .filter(|row| row.missing.is_none() && !row.owner.is_empty())
            .map(|row| row.owner)
            .collect();
        let staff = self.store().wecom_staff(self.id).await?;
        let follow: BTreeSet<String> = staff
            .into_iter()
            .filter(|row| row.follows && row.missing.is_none())
            .map(|row| row.userid)
            .collect();
        // In a fixed order, so that a place in it means the same after a stop.
        let people: Vec<&String> = owners.union(&follow).collect();
        let last = wecom_day(run.began).plus(-1);
        for (nth, person) in people.iter().enumerate().skip(from) {
            let (mut groups, mut chats) = (Vec::new(), Vec::new());
            let [of_groups, of_chats] = self.store().wecom_last_days(self.id, person).await?;
            for days in self.windows(of_groups, last).filter(|_| owners.contains(*person)) {
                groups.extend(self.of_owner(person, days).await?);
            }
            for days in self.windows(of_chats, last).filter(|_| follow.contains(*person)) {
                chats.extend(self.of_staff(person, days).await?);
            }
            let (at, moved) = (self.now(), None);
            self.store().put_wecom_days(self.id, WecomPage { at, rows: groups, moved }).await?;
            let moved = WecomMove {
                run: run.clone(),
                cursor: (nth + 1).to_string(),
                done: 1,
                total: u32::try_from(people.len()).ok(),
            };
            let page = WecomPage { at, rows: chats, moved: Some(moved) };
            self.store().put_wecom_staff_days(self.id, page).await?;
            self.desk.log.write(self.store(), self.id, false).await;
        }
        Ok(())
    }

    /// Stretches of at most 30 days that are to be asked for, from what was told up to `last`.
    fn windows(&self, told: Option<Day>, last: Day) -> impl Iterator<Item = (Day, Day)> {
        let back = i32::try_from(FIGURE_BACK_DAYS_MAX).unwrap_or(180);
        let oldest = wecom_day(self.now()).plus(-back);
        let first = told.map_or(oldest, |told| told.plus(1 - AGAIN_DAYS)).max(oldest);
        windows(first, last).into_iter()
    }

    async fn of_owner(&self, owner: &str, days: (Day, Day)) -> Result<Vec<WecomDay>, Stop> {
        let (first, last) = (noon(days.0), noon(days.1));
        let asked = FigureDays { first, last, owners: vec![owner.to_owned()] };
        let told = allowed(self.client().figures_by_day(&asked).await)?;
        Ok(told.iter().map(|row| of_day(owner, row)).collect())
    }

    async fn of_staff(&self, userid: &str, days: (Day, Day)) -> Result<Vec<WecomStaffDay>, Stop> {
        let told = self.client().behaviour(userid, (noon(days.0), noon(days.1))).await;
        Ok(allowed(told)?.iter().map(|row| of_chats(userid, row)).collect())
    }
}

/// Rows; none of somebody of whom the platform tells nothing.
fn allowed<T>(told: Result<Vec<T>, CallError>) -> Result<Vec<T>, Stop> {
    match told {
        Err(error) if error.next() == Next::Drop => Ok(Vec::new()),
        told => Ok(told?),
    }
}

/// Stretches of at most 30 days from one day to another, both among them; the latest first.
fn windows(first: Day, last: Day) -> Vec<(Day, Day)> {
    let span = i32::try_from(FIGURE_DAYS_MAX).unwrap_or(30);
    let mut windows = Vec::new();
    let mut end = last;
    while end >= first {
        let begin = end.plus(1 - span).max(first);
        windows.push((begin, end));
        end = begin.plus(-1);
    }
    windows
}

/// A moment in the middle of a day of UTC+8.
fn noon(day: Day) -> Millis {
    Millis(i64::from(day.0) * Millis::DAY + 4 * Millis::HOUR)
}

fn of_day(owner: &str, row: &DayFigures) -> WecomDay {
    let told = row.data;
    WecomDay {
        owner: owner.to_owned(),
        day: wecom_day(row.day),
        new_chats: number(told.new_chat_cnt),
        chats: number(told.chat_total),
        chats_with_messages: number(told.chat_has_msg),
        new_members: number(told.new_member_cnt),
        members: number(told.member_total),
        members_with_messages: number(told.member_has_msg),
        messages: number(told.msg_total),
    }
}

fn of_chats(userid: &str, row: &Behaviour) -> WecomStaffDay {
    // Hundredths of a percent are far below what an integer holds.
    #[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
    let replied = row.replied.map(|part| (part.clamp(0.0, 100.0) * 100.0).round() as i64);
    WecomStaffDay {
        userid: userid.to_owned(),
        day: wecom_day(row.day),
        chats: number(row.chats),
        messages: number(row.messages),
        replied: replied.map(number),
        reply_min: row.reply_min.map(number),
        dropped: number(row.dropped),
        applied: number(row.applied),
        added: number(row.added),
    }
}

fn number(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_year_is_asked_for_in_stretches_of_thirty_days_without_a_gap() {
        let all = windows(Day(20_000), Day(20_178));
        assert_eq!(all.len(), 6);
        assert_eq!((all[0], all[5]), ((Day(20_149), Day(20_178)), (Day(20_000), Day(20_028))));
        assert!(all.windows(2).all(|two| two[1].1.plus(1) == two[0].0));
        assert!(windows(Day(5), Day(4)).is_empty());
        assert_eq!(wecom_day(noon(Day(20_000))), Day(20_000));
    }
}
