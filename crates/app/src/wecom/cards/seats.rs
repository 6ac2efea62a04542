//! Who of staff is who on the platform: to whom cards go.

use domain::{Actor, May, StaffId};
use serde_json::json;
use store::{WecomId, WecomSeat, WecomSeatRow};

use crate::console::{About, Console, Denied, FieldError};
use crate::wecom::companies::reaches;

/// Nobody is disturbed from 22:00 to 8:00 unless it is said otherwise.
const QUIET: (u16, u16) = (22 * 60, 8 * 60);

/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;

/// A company in which somebody may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatPlace {
    /// Its number.
    pub account: i64,
    /// Its `corpid`.
    pub corp: String,
    /// Its app has a number (`agentid`): without one no card goes out.
    pub has_agent: bool,
    /// Its people who are there: `userid` and name.
    pub people: Vec<(String, String)>,
}

/// Who somebody of staff is on the platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneSeat {
    /// Companies that are connected.
    pub places: Vec<SeatPlace>,
    /// Who it is said that they are.
    pub now: Option<WecomSeatRow>,
    /// Who they may be: the only one of the same name whom nobody is.
    pub suggested: Option<(i64, String)>,
    /// From this minute of the day until that one no card goes out.
    pub quiet: (u16, u16),
}

/// What somebody chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeatForm {
    /// Company and `userid`; `None`: nobody.
    pub who: Option<(i64, String)>,
    /// From when no card goes out, such as `22:00`.
    pub quiet_from: String,
    /// Until when.
    pub quiet_to: String,
}

impl Console {
    /// Who somebody of staff is, and who they could be. Only for who sees companies.
    pub async fn phone_seat(&self, actor: &Actor, staff: StaffId) -> Result<PhoneSeat, Denied> {
        reaches(actor, May::Lead)?;
        let colleague = self.colleague(actor, staff).await?;
        let (store, org) = (self.store(), actor.org);
        let seats = store.wecom_seats(org).await?;
        let mut seat = PhoneSeat { quiet: QUIET, ..PhoneSeat::default() };
        let mut alike = Vec::new();
        for row in store.wecom_accounts(org).await?.into_iter().filter(|row| row.gone.is_none()) {
            let account = row.id.account;
            let people = store.wecom_staff(row.id).await?.into_iter();
            let people: Vec<(String, String)> = people
                .filter(|one| one.missing.is_none())
                .map(|one| (one.userid, one.name))
                .collect();
            let taken = |userid: &str| {
                seats.iter().any(|row| {
                    row.seat.account == account && row.seat.userid.eq_ignore_ascii_case(userid)
                })
            };
            let same = people.iter().filter(|(_, name)| name.trim() == colleague.row.name.trim());
            alike.extend(
                same.filter(|(id, _)| !taken(id)).map(|(userid, _)| (account, userid.clone())),
            );
            let (corp, has_agent) = (row.corp, row.access.agent.is_some());
            seat.places.push(SeatPlace { account, corp, has_agent, people });
        }
        seat.now = seats.into_iter().find(|row| row.seat.staff == staff);
        if let Some(now) = &seat.now {
            seat.quiet = now.seat.quiet;
        } else if let [one] = alike.as_slice() {
            seat.suggested = Some(one.clone());
        }
        Ok(seat)
    }

    /// Says who somebody of staff is. Fields: `who` (`unknown`, `taken`), `quiet_from`, `quiet_to`
    /// (`not_a_time`).
    pub async fn put_phone_seat(
        &self,
        actor: &Actor,
        staff: StaffId,
        form: &SeatForm,
    ) -> Result<(), Denied> {
        reaches(actor, May::Lead)?;
        self.colleague(actor, staff).await?;
        let told = json!({ "staff": staff.0 });
        let about = About { told, ..About::default() };
        let Some((account, userid)) = &form.who else {
            let acting = self.acting(actor, May::Lead, "staff.phone_dropped", about)?;
            self.store().drop_wecom_seat(acting, staff).await?;
            return Ok(());
        };
        let mut wrong = Vec::new();
        let mut minute = |field, text: &str| {
            minute(text).unwrap_or_else(|| {
                wrong.push(FieldError { field, code: "not_a_time" });
                0
            })
        };
        let quiet = (minute("quiet_from", &form.quiet_from), minute("quiet_to", &form.quiet_to));
        let id = WecomId { org: actor.org, account: *account };
        let known = self.store().wecom_account(id).await?.filter(|row| row.gone.is_none());
        let people = match known {
            Some(row) => self.store().wecom_staff(row.id).await?,
            None => Vec::new(),
        };
        let one = people.into_iter().find(|one| one.userid == *userid && one.missing.is_none());
        let Some(one) = one else {
            wrong.push(FieldError { field: "who", code: "unknown" });
            return Err(Denied::Wrong(wrong));
        };
        if !wrong.is_empty() {
            return Err(Denied::Wrong(wrong));
        }
        let acting = self.acting(actor, May::Lead, "staff.phone_set", about)?;
        let seat = WecomSeat { staff, account: *account, userid: one.userid, quiet };
        if self.store().put_wecom_seat(acting, seat).await? {
            Ok(())
        } else {
            Err(Denied::field("who", "taken"))
        }
    }
}

/// A time of the day, such as `22:00`, in minutes.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let minutes = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && minutes < DAY_MINUTES).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use super::minute;

    #[test]
    fn a_time_is_an_hour_and_a_minute() {
        let table = [
            ("22:00", Some(1_320)),
            (" 8:05", Some(485)),
            ("24:00", None),
            ("9:60", None),
            ("x", None),
        ];
        for (text, minutes) in table {
            assert_eq!(minute(text), minutes, "{text}");
        }
    }
}
