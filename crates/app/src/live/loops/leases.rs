//! Keeping what this node holds: leases renewed long before they run out.

use domain::Millis;
use store::Lease;
use tokio::sync::watch;

use crate::live::handle::Live;

/// Renews the lease until told to stop. When that fails the fence of the groups tells, at the
/// next commit, who took them.
pub(in crate::live) async fn run(live: Live, mut stop: watch::Receiver<bool>) {
    let settings = live.settings().clone();
    let third = u64::try_from(settings.lease_ms / 3).unwrap_or(1_000).max(10);
    let mut tick = tokio::time::interval(std::time::Duration::from_millis(third));
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            _ = tick.tick() => {}
        }
        let now = live.clock().now();
        let until = Millis(now.0 + settings.lease_ms);
        let lease = Lease { node: settings.node.clone(), now, until };
        let _ = live.store().renew_lease(&lease).await;
    }
}
