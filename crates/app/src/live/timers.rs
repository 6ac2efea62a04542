//! Timers that fall due become events of their groups.
use tokio::sync::watch;

use crate::live::handle::Live;

pub(super) async fn run(live: Live, mut stop: watch::Receiver<bool>) {
    let _ = (live.tick(), stop.changed().await);
}
