//! What leaves the system.
use std::sync::Arc;

use chat::Platform;
use tokio::sync::watch;

use crate::error::Fault;
use crate::live::handle::Live;

pub(super) async fn recover(live: &Live) -> Result<(), Fault> {
    let _ = live;
    Ok(())
}

pub(super) async fn run(live: Live, platform: Arc<dyn Platform>, mut stop: watch::Receiver<bool>) {
    let _ = (live.tick(), platform.word(), stop.changed().await);
}
