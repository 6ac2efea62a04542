//! Hand-overs go on by themselves.

use std::sync::Arc;
use std::time::Duration;

use domain::Millis;
use rustc_hash::FxHashMap;
use store::WecomId;
use tokio::sync::watch;

use crate::console::{Console, Denied};
use crate::wecom::pull::{Pull, Stop};

/// How often it is looked whether there is something to do.
const LOOK_MS: u64 = 30_000;
/// After a fault a company is left alone for so long.
const REST_MS: i64 = Millis::MINUTE;

impl Console {
    /// Moves hand-overs on when it is time, until the program stops.
    pub fn keep_handing_over(&self) {
        let console = self.clone();
        self.live().aside("the hand-overs of companies", move |stop| {
            let console = console.clone();
            async move { console.hand_over_in_time(stop).await }
        });
    }

    async fn hand_over_in_time(&self, mut stop: watch::Receiver<bool>) {
        let bell = Arc::clone(&self.companies().handing);
        let mut tick = tokio::time::interval(Duration::from_millis(LOOK_MS));
        let mut resting: FxHashMap<WecomId, Millis> = FxHashMap::default();
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                () = bell.notified() => {}
                _ = tick.tick() => {}
            }
            for row in self.connected().await.unwrap_or_default() {
                let (id, now) = (row.id, self.now());
                if resting.get(&id).is_some_and(|until| now < *until) {
                    continue;
                }
                if self.hand_over_company(id).await.is_err() {
                    resting.insert(id, Millis(now.0 + REST_MS));
                }
            }
        }
    }

    /// Does now what hand-overs of a company ask for at this moment.
    pub async fn hand_over_company_now(&self, id: WecomId) -> Result<(), Denied> {
        self.hand_over_company(id).await.map_err(|stop| match stop {
            Stop::Fault(fault) => Denied::Fault(fault),
            Stop::Call(error) => Denied::Fault(crate::Fault::Unreadable(error.to_string())),
            Stop::Ended => Denied::Changed,
        })
    }

    async fn hand_over_company(&self, id: WecomId) -> Result<(), Stop> {
        let due = self.store().handovers_due(id, self.now()).await?;
        if due.is_empty() {
            return Ok(());
        }
        let Ok(row) = self.company_row(id).await else { return Ok(()) };
        let Some(desk) = self.desk(&row) else { return Ok(()) };
        let pull = Pull::of(self.clone(), row, desk);
        let mut stopped = Ok(());
        for job in due {
            // One that fails stops no other.
            stopped = stopped.and(pull.hand_over(job).await);
        }
        pull.desk.log.write(self.store(), id, true).await;
        stopped
    }
}
