//! What letters tell of customers on the way (`transfer_fail`).

use domain::{HeldKind, Millis};
use engine::handover::Answer;
use store::HandoverMove;

use crate::wecom::handover::round::Round;
use crate::wecom::pull::{Pull, Stop};

/// The customer said no.
const REFUSED: &str = "customer_refused";
/// The other has too many customers.
const FULL: &str = "customer_limit_exceed";

impl Pull {
    /// A customer did not change hands. What is not told of the latest asking, or twice, changes
    /// nothing.
    pub(in crate::wecom) async fn hand_over_failed(
        &self,
        (taker, customer): (&str, &str),
        (reason, at): (&str, Millis),
    ) -> Result<(), Stop> {
        let answer = match reason {
            REFUSED => Answer::Refused,
            FULL => Answer::Full,
            // The platform is asked what came of it.
            _ => return Ok(()),
        };
        let held = (HeldKind::Contact, customer);
        for open in self.store().handed_open(self.id, held, taker).await? {
            let asked = open.row.asked.unwrap_or(open.row.changed);
            // Letters tell moments in whole seconds.
            if at.0 + 1_000 <= asked.0 {
                continue;
            }
            let job = open.handover;
            let number = job.handover;
            let mut round = Round { pull: self, job, items: vec![open.row] };
            round.answered(vec![(0, answer)]).await?;
            // It may be the last one, or be planned anew.
            let moved = HandoverMove { next: Some(self.now()), ..HandoverMove::default() };
            self.store().move_handover((self.id, number), moved, self.now()).await?;
            self.console.companies().handing.notify_one();
        }
        Ok(())
    }
}
