//! The log of scans: gathered, and written twice a second.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::{Millis, OrgId};
use engine::links::Device;
use store::LinkScan;
use tokio::sync::{mpsc, watch};

use crate::console::Console;
use crate::error::Fault;
use crate::links::table::Visitor;

/// How often scans are written: what is younger is lost when the program dies.
const WRITE_MS: u64 = 500;
/// Scans of one statement.
const AT_ONCE: usize = 5_000;

/// One scan that waits to be written.
#[derive(Debug)]
pub(in crate::links) struct Scan {
    pub(super) org: OrgId,
    pub(super) placement: i64,
    pub(super) at: Millis,
    pub(super) n: u64,
    pub(super) target: Arc<str>,
    pub(super) visitor: Visitor,
}

impl Console {
    /// Writes scans until the program stops, and what waits then.
    pub(in crate::links) fn keep_scans(&self) {
        let console = self.clone();
        self.live().aside("the scans of codes", move |stop| {
            let console = console.clone();
            async move { console.write_in_time(stop).await }
        });
    }

    async fn write_in_time(&self, mut stop: watch::Receiver<bool>) {
        let mut tick = tokio::time::interval(Duration::from_millis(WRITE_MS));
        loop {
            let stops = tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => true,
                _ = tick.tick() => false,
            };
            // What cannot be written now is not counted: nobody waits for it.
            let _ = self.write_scans_now().await;
            if stops {
                return;
            }
        }
    }

    /// Writes the scans that wait; how many. Those that cannot be written wait on.
    pub async fn write_scans_now(&self) -> Result<usize, Fault> {
        let mut waiting = self.links().logged.lock().await;
        let mut written = 0;
        while waiting.take() {
            let orgs: Vec<OrgId> = waiting.taken.keys().copied().collect();
            for org in orgs {
                let Some(scans) = waiting.taken.get(&org) else { continue };
                self.store().note_link_scans(org, scans).await?;
                written += scans.len();
                waiting.taken.remove(&org);
            }
        }
        Ok(written)
    }
}

/// Scans on their way into the database.
#[derive(Debug)]
pub(super) struct Waiting {
    log: mpsc::Receiver<Scan>,
    /// Taken, and not written yet.
    taken: BTreeMap<OrgId, Vec<LinkScan>>,
}

impl Waiting {
    pub(super) fn of(log: mpsc::Receiver<Scan>) -> Self {
        Self { log, taken: BTreeMap::new() }
    }

    /// Takes some of what waits; whether there is anything to write.
    fn take(&mut self) -> bool {
        for _ in self.taken.values().map(Vec::len).sum()..AT_ONCE {
            let Ok(scan) = self.log.try_recv() else { break };
            self.taken.entry(scan.org).or_default().push(row(&scan));
        }
        !self.taken.is_empty()
    }
}

fn row(scan: &Scan) -> LinkScan {
    LinkScan {
        placement: scan.placement,
        at: scan.at,
        n: i64::try_from(scan.n).unwrap_or(i64::MAX),
        target: scan.target.to_string(),
        device: match scan.visitor.device {
            Device::Ios => 0,
            Device::Android => 1,
            Device::Computer => 2,
        },
        again: scan.visitor.is_again,
    }
}
