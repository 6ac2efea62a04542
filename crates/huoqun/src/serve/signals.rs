//! Being asked to stop.

use std::future::Future;

/// Waits for Ctrl-C or, where there is such a thing, the signal to end.
pub(super) fn asked_to_stop() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    #[cfg(unix)]
    let mut end = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            // Without a way to hear of Ctrl-C there is still the other one.
            heard = tokio::signal::ctrl_c() => if heard.is_err() { end.recv().await; },
            _ = end.recv() => {}
        }
        #[cfg(not(unix))]
        let _heard = tokio::signal::ctrl_c().await;
    })
}
