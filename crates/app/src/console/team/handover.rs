//! Handing over what a leaver has (R01): group by group, so that one that fails stops no other.

use domain::{Actor, GroupId, May, Role, StaffId};
use serde_json::json;
use store::{Acting, Handed, Holdings, StaffRow, StaffState};

use crate::console::team::Colleague;
use crate::console::{About, Console, Denied};

/// What a leaver has, and who could take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Takeover {
    /// Who leaves.
    pub leaver: Colleague,
    /// What they have.
    pub has: Holdings,
    /// Who could take it: active, and more than a reader.
    pub takers: Vec<StaffRow>,
}

/// What is handed over to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handing {
    /// What.
    pub what: Taking,
    /// To whom.
    pub to: StaffId,
}

/// Something to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// A group with its open tasks.
    Group(GroupId),
    /// The notes.
    Notes,
}

/// What handing one thing over came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// What to whom.
    pub handing: Handing,
    /// How many tasks or notes went along; or why not: `gone` (it was not theirs any more),
    /// `taker` (who was to take it cannot), `database` (try again).
    pub came: Result<u32, &'static str>,
    /// Whether the leaver's seat in the chat is over; `None` where there was none.
    pub seat: Option<bool>,
}

impl Console {
    /// What somebody has, to be handed over.
    pub async fn takeover(&self, actor: &Actor, staff: StaffId) -> Result<Takeover, Denied> {
        let leaver = self.mine(actor, staff).await?;
        let has = self.store().holdings(actor.org, staff).await?;
        let mut takers = self.store().staff(actor.org).await?;
        takers.retain(|one| {
            one.id != staff && one.state == StaffState::Active && one.role > Role::ReadOnly
        });
        Ok(Takeover { leaver, has, takers })
    }

    /// How many groups those who are locked out still keep, within the scope.
    pub async fn left_behind(&self, actor: &Actor) -> Result<Vec<(StaffId, u32)>, Denied> {
        let seen = self.colleagues(actor).await?;
        let mut left = self.store().left_behind(actor.org).await?;
        left.retain(|(staff, _)| seen.iter().any(|one| one.row.id == *staff && one.is_mine));
        Ok(left)
    }

    /// Hands over, one after the other; each is whole or not done, and answered for itself.
    /// Doing it again hands over what is left.
    pub async fn hand_over(
        &self,
        actor: &Actor,
        staff: StaffId,
        all: Vec<Handing>,
    ) -> Result<Vec<HandedOver>, Denied> {
        self.mine(actor, staff).await?;
        let mut answers = Vec::with_capacity(all.len());
        for handing in all {
            let came = self.hand_one(actor, staff, handing).await?;
            answers.push(HandedOver { handing, came, seat: None });
        }
        self.seats_changed();
        let ends = self.end_seats((actor.org, actor.staff), Some(staff)).await.unwrap_or_default();
        for one in &mut answers {
            let end = ends.iter().find(|end| one.handing.what == Taking::Group(end.group));
            one.seat = end.map(|end| end.is_over);
        }
        Ok(answers)
    }

    async fn hand_one(
        &self,
        actor: &Actor,
        staff: StaffId,
        handing: Handing,
    ) -> Result<Result<u32, &'static str>, Denied> {
        let ways = (staff, handing.to);
        let told = json!({ "staff": staff.0, "to": handing.to.0 });
        let handed = match handing.what {
            Taking::Group(group) if !actor.sees(group) => Ok(Handed::NotTheirs),
            Taking::Group(group) => {
                let acting = self.handing(actor, "group.handed_over", (Some(group), told))?;
                self.store().hand_over_group(ways, acting).await
            }
            Taking::Notes => {
                let acting = self.handing(actor, "notes.handed_over", (None, told))?;
                self.store().hand_over_notes(ways, acting).await
            }
        };
        Ok(match handed {
            Ok(Handed::Done(along)) => Ok(along),
            Ok(Handed::NotTheirs) => Err("gone"),
            Ok(Handed::NoTaker) => Err("taker"),
            Err(_) => Err("database"),
        })
    }

    fn handing(
        &self,
        actor: &Actor,
        act: &'static str,
        (group, told): (Option<GroupId>, serde_json::Value),
    ) -> Result<Acting, Denied> {
        self.acting(actor, May::Lead, act, About { group, told, ..About::default() })
    }
}
