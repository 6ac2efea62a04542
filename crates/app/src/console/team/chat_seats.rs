//! A leaver's seats in the chats of groups end (R01): who is locked out, loses a group or hands it
//! over is no keeper there any more.
//!
//! Invariant: what has to end is read from what is stored, not remembered: after a crash in
//! between, the loop ends it right after the start.

use std::time::Duration;

use domain::{
    ActorClass, Event, EventWhat, GroupId, LeaveManner, Millis, OrgId, Origin, SourceKey, StaffId,
};
use engine::Refusal;
use serde_json::json;
use store::{Acting, ChatSeat};

use crate::console::Console;
use crate::error::Fault;
use crate::live::Refused;

/// What did not end is tried again after so long.
const AGAIN: Duration = Duration::from_secs(20);

/// A seat that had to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatEnd {
    /// Whose.
    pub staff: StaffId,
    /// In which group.
    pub group: GroupId,
    /// Whether it is over; otherwise it is tried again by itself.
    pub is_over: bool,
}

impl Console {
    /// Starts the loop that ends what an earlier run, another process or a busy moment left. It
    /// ends with the pipeline.
    pub fn start_seats(&self) {
        let console = self.clone();
        self.live().aside("the seats of leavers", move |mut stop| {
            let console = console.clone();
            async move {
                let mut changes = console.seat_changes();
                while !*stop.borrow_and_update() {
                    console.end_all_seats().await;
                    tokio::select! {
                        _ = stop.changed() => {}
                        _ = tokio::time::timeout(AGAIN, changes.changed()) => {}
                    }
                }
            }
        });
    }

    async fn end_all_seats(&self) {
        // What fails now is tried again in a moment.
        for org in self.store().organisations().await.unwrap_or_default() {
            let _ = self.end_seats((org.id, StaffId::NOBODY), None).await;
        }
    }

    /// Ends the seats that have to end, those of one person or all; `by` stands in the audit log.
    pub async fn end_seats(
        &self,
        (org, by): (OrgId, StaffId),
        of: Option<StaffId>,
    ) -> Result<Vec<SeatEnd>, Fault> {
        let mut ends = Vec::new();
        for seat in self.store().seats_over(org).await? {
            if of.is_none_or(|staff| staff == seat.staff) {
                let is_over = self.end_seat((org, by), seat).await;
                ends.push(SeatEnd { staff: seat.staff, group: seat.group, is_over });
            }
        }
        Ok(ends)
    }

    async fn end_seat(&self, (org, by): (OrgId, StaffId), seat: ChatSeat) -> bool {
        let ChatSeat { staff, group, who } = seat;
        let at = self.now();
        let acting = Acting {
            org,
            staff: by,
            at,
            act: "seat.ended",
            group: Some(group),
            person: Some(who),
            about: json!({ "staff": staff.0 }).to_string(),
        };
        let what = EventWhat::Leave { how: LeaveManner::Left };
        let event = Event {
            group,
            key: SourceKey { key: domain::minted_key(at, who.0), part: chat::web::part(&what) },
            at: Millis(0),
            actor: who,
            class: ActorClass::Staff,
            origin: Origin::Asked,
            what,
        };
        let left = self.live().submit_by(acting, event).await;
        matches!(left, Ok(_) | Err(Refused::Domain(Refusal::NotMember)))
    }
}
