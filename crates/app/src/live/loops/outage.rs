//! A database that goes away and comes back: told once each, and asked again until it answers.
//!
//! Invariant: one outage is two lines for whoever runs the program, however much fails in it.

use domain::Millis;
use tokio::sync::watch;

use crate::live::handle::Live;

/// Tells of outages and looks whether they are over, until told to stop.
pub(in crate::live) async fn run(live: Live, mut stop: watch::Receiver<bool>) {
    let mut outage = live.store().outage();
    let mut since: Option<Millis> = None;
    loop {
        let now = outage.borrow_and_update().clone();
        match (&now, since) {
            (Some(outage), None) => {
                live.settings().report.tell(&format!("{}: it is asked again", outage.why));
                since = Some(live.clock().now());
            }
            (None, Some(began)) => {
                let seconds = (live.clock().now().0 - began.0) / 1_000;
                let what = format!("the database answers again after {seconds} s");
                live.settings().report.tell(&what);
                since = None;
            }
            _ => {}
        }
        if now.is_some() {
            // Who finds out is the store; the pause is over when its time is.
            let _ = live.store().probe().await;
            let _ = tokio::time::timeout(live.tick(), stop.wait_for(|stop| *stop)).await;
        }
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            changed = outage.changed(), if now.is_none() => if changed.is_err() { return },
            () = std::future::ready(()), if now.is_some() => {}
        }
    }
}
