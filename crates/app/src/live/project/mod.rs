//! Day pages of live groups, at most a second behind the log.

mod tail;

pub(crate) use tail::{Tail, Tails};

use tokio::sync::watch;

use crate::error::Fault;
use crate::live::handle::Live;

pub(super) async fn find_late(live: &Live) -> Result<(), Fault> {
    let _ = live;
    Ok(())
}

pub(super) async fn run(live: Live, through: watch::Sender<u64>, mut stop: watch::Receiver<bool>) {
    let _ = (live.tick(), through, stop.changed().await);
}
