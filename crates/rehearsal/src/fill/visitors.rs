//! Real people among the make-believe ones: what they write and that they came in.

use crate::fill::{Ours, Venue};
use app::live::{Line, Seen};
use domain::{ActorClass, FactKind, GroupId, Seq};
use tokio::sync::mpsc;

/// Words of visitors that wait to be answered, at most; more are left alone.
pub(super) const WAITING_MAX: usize = 256;
/// Lines read again at once after a gap.
const LINES: u32 = 200;

/// A line of somebody who is not of the crowd.
#[derive(Clone, Debug)]
pub(super) struct Noticed {
    /// Number of the group in the company.
    pub(super) seat: usize,
    pub(super) line: Line,
}

/// Tells of every message and join of a visitor, until the pipeline stops or nobody listens.
pub(super) async fn watch(
    place: Venue,
    ours: Ours,
    (seat, group): (usize, GroupId),
    tell: mpsc::Sender<Noticed>,
) {
    let mut watching = place.live.watch(place.org, group);
    let mut head = match place.live.room(place.org, group).await {
        Ok(Some(room)) => room.head,
        _ => return,
    };
    loop {
        let lines = match watching.next().await {
            Seen::Line(line) => vec![Line::clone(&line)],
            Seen::Gap => {
                let read = place.live.lines_after(place.org, group, head, LINES).await;
                read.unwrap_or_default()
            }
            Seen::Stopping => return,
        };
        for line in lines.into_iter().filter(|line| line.seq > head).collect::<Vec<_>>() {
            head = Seq(line.seq.0.max(head.0));
            let fact = &line.fact;
            let matters = matches!(fact.kind, FactKind::Message | FactKind::Join);
            let visitor = fact.class == ActorClass::Member && !ours.has(fact.actor);
            if matters && visitor {
                match tell.try_send(Noticed { seat, line }) {
                    Ok(()) | Err(mpsc::error::TrySendError::Full(_)) => {}
                    Err(mpsc::error::TrySendError::Closed(_)) => return,
                }
            }
        }
    }
}
