//! A phone that watches a group: what is told live, and the log after a gap or a reconnect.

use super::halt::Halted;
use super::node::Node;
use crate::live::ORG;
use app::live::{Line, Seen, Watching};
use domain::{GroupId, Seq};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

pub(crate) struct View {
    pub(crate) group: GroupId,
    pub(crate) lines: Vec<Line>,
    watching: Option<Watching>,
    has_gap: bool,
}

impl View {
    pub(crate) fn of(group: GroupId) -> Self {
        Self { group, lines: Vec::new(), watching: None, has_gap: true }
    }

    /// The connection is gone.
    pub(crate) fn disconnect(&mut self) {
        self.watching = None;
    }

    fn last(&self) -> Seq {
        self.lines.last().map_or(Seq(0), |line| line.seq)
    }

    /// Takes everything that was told.
    pub(crate) fn look(&mut self, node: &Node) -> Result<(), Halted> {
        let mut watching = self.watching.take().unwrap_or_else(|| {
            self.has_gap = true;
            node.live.watch(ORG, self.group)
        });
        loop {
            if self.has_gap {
                let read = node.live.lines_after(ORG, self.group, self.last(), 100_000);
                self.lines.extend(node.run(read)?.unwrap());
                self.has_gap = false;
            }
            let told = pin!(watching.next()).poll(&mut Context::from_waker(Waker::noop()));
            match told {
                Poll::Ready(Seen::Line(line)) if line.seq > self.last() => {
                    assert_eq!(line.seq.0, self.last().0 + 1, "told with a hole before: {line:?}");
                    self.lines.push((*line).clone());
                }
                Poll::Ready(Seen::Line(line)) => {
                    let known = self.lines.iter().find(|known| known.seq == line.seq);
                    let known = known.map(|known| known.fact);
                    assert_eq!(known, Some(line.fact), "told differently the second time");
                }
                Poll::Ready(Seen::Gap) => self.has_gap = true,
                Poll::Ready(Seen::Stopping) => return Ok(()),
                Poll::Pending => break,
            }
        }
        self.watching = Some(watching);
        Ok(())
    }
}
