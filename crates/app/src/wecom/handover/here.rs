//! What who hands over keeps in huoqun itself: groups with open tasks, and notes.
//!
//! Invariant: it goes the way of the hand-over of our own staff (`console::team`), by its rights,
//! its lines of the audit log and the end of its seats.

use domain::{Actor, StaffId};
use store::{Holdings, WecomId};

use crate::console::{Console, Denied, HandedOver, Handing, StaffRow, Taking};

/// What somebody who hands over keeps here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptHere {
    /// Their account of ours.
    pub staff: i64,
    /// Its name.
    pub name: String,
    /// What they keep.
    pub has: Holdings,
    /// Who could take it.
    pub takers: Vec<StaffRow>,
    /// Whether who asks may not hand it over: it is their own, or that of somebody above. What it
    /// is is not told then.
    pub is_barred: bool,
}

/// What handing it over came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HereCame {
    /// Groups that went.
    pub groups: u32,
    /// Open tasks that went along.
    pub tasks: u32,
    /// Notes that went.
    pub notes: u32,
    /// What did not go, by name (empty for the notes), and why: `taker` (who was to take it
    /// cannot), `database` (try again).
    pub stuck: Vec<(String, &'static str)>,
    /// Groups whose chat they are still in; that is tried again by itself.
    pub seats: u32,
}

impl KeptHere {
    /// Whether there is nothing to hand over.
    pub fn is_empty(&self) -> bool {
        self.has.groups.is_empty() && self.has.notes == 0
    }

    /// Open tasks of all their groups.
    pub fn tasks(&self) -> u32 {
        self.has.groups.iter().map(|group| group.tasks).sum()
    }

    fn all(&self) -> Vec<Taking> {
        let groups = self.has.groups.iter().map(|group| Taking::Group(group.group));
        groups.chain((self.has.notes > 0).then_some(Taking::Notes)).collect()
    }

    fn called(&self, what: Taking) -> String {
        let group = self.has.groups.iter().find(|group| Taking::Group(group.group) == what);
        group.map(|group| group.name.clone()).unwrap_or_default()
    }

    fn came(&self, answers: &[HandedOver]) -> HereCame {
        let mut came = HereCame::default();
        for one in answers {
            match (one.handing.what, one.came) {
                (Taking::Group(_), Ok(tasks)) => {
                    came.groups += 1;
                    came.tasks += tasks;
                }
                (Taking::Notes, Ok(notes)) => came.notes += notes,
                // Somebody gave it to another meanwhile.
                (_, Err("gone")) => {}
                (what, Err(why)) => came.stuck.push((self.called(what), why)),
            }
            came.seats += u32::from(one.seat == Some(false));
        }
        came
    }
}

impl Console {
    /// What somebody of a company keeps here; `None` when nobody of our staff is them.
    pub(super) async fn kept_here(
        &self,
        actor: &Actor,
        id: WecomId,
        giver: &str,
    ) -> Result<Option<KeptHere>, Denied> {
        let seats = self.store().wecom_seats(id.org).await?.into_iter().map(|row| row.seat);
        let mut own =
            seats.filter(|one| one.account == id.account && one.userid.eq_ignore_ascii_case(giver));
        let Some(staff) = own.next().map(|one| one.staff) else { return Ok(None) };
        match self.takeover(actor, staff).await {
            Ok(takeover) => Ok(Some(KeptHere {
                staff: staff.0,
                name: takeover.leaver.row.name,
                has: takeover.has,
                takers: takeover.takers,
                is_barred: false,
            })),
            Err(Denied::NotAllowed(_) | Denied::Wrong(_)) => {
                let name = self.colleague(actor, staff).await?.row.name;
                let (staff, is_barred) = (staff.0, true);
                Ok(Some(KeptHere { staff, name, is_barred, ..KeptHere::default() }))
            }
            Err(Denied::Missing) => Ok(None),
            Err(denied) => Err(denied),
        }
    }

    /// Gives all of it to one of our staff.
    pub(super) async fn hand_over_here(
        &self,
        actor: &Actor,
        kept: &KeptHere,
        to: StaffId,
    ) -> HereCame {
        let all: Vec<Handing> = kept.all().into_iter().map(|what| Handing { what, to }).collect();
        match self.hand_over(actor, StaffId(kept.staff), all).await {
            Ok(answers) => kept.came(&answers),
            Err(_) => HereCame {
                stuck: kept.all().iter().map(|what| (kept.called(*what), "database")).collect(),
                ..HereCame::default()
            },
        }
    }
}

/// Who was chosen to take it.
pub(super) fn chosen_here(
    kept: Option<&KeptHere>,
    typed: &str,
) -> Result<Option<StaffRow>, Denied> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let kept = kept.ok_or(Denied::field("here", "nobody_here"))?;
    if kept.is_barred {
        return Err(Denied::field("here", "above"));
    }
    let taker = kept.takers.iter().find(|one| one.id.0.to_string() == typed);
    Ok(Some(taker.cloned().ok_or(Denied::field("here", "cannot_keep"))?))
}

#[cfg(test)]
mod tests {
    use domain::{GroupId, StaffId};
    use store::{Holdings, KeptGroup};

    use super::{HereCame, KeptHere};
    use crate::console::{HandedOver, Handing, Taking};

    #[test]
    fn what_did_not_go_is_told_by_name_and_what_was_gone_is_no_failure() {
        let group = |n: i64, name: &str| KeptGroup {
            group: GroupId(n),
            name: name.to_owned(),
            as_owner: true,
            tasks: 2,
        };
        let groups = vec![group(1, "一群"), group(2, "二群"), group(3, "三群"), group(4, "四群")];
        let kept = KeptHere { has: Holdings { groups, notes: 5 }, ..KeptHere::default() };
        let outcomes = [Ok(2), Err("gone"), Err("database"), Err("taker"), Ok(5)];
        let answer = |(what, came)| HandedOver {
            handing: Handing { what, to: StaffId(2) },
            came,
            seat: (what == Taking::Group(GroupId(1))).then_some(false),
        };
        let answers: Vec<HandedOver> = kept.all().into_iter().zip(outcomes).map(answer).collect();
        let stuck = vec![("三群".to_owned(), "database"), ("四群".to_owned(), "taker")];
        let came = HereCame { groups: 1, tasks: 2, notes: 5, stuck, seats: 1 };
        assert_eq!(kept.came(&answers), came);
        assert!(!kept.is_empty() && kept.tasks() == 8 && KeptHere::default().is_empty());
    }
}
