//! Loops go on after a bug: a panic is caught and reported, and the loop begins again with what
//! the store knows.
//!
//! Nothing is printed here: the binary says where reports go.

use std::any::Any;
use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use crate::live::handle::Live;

/// Where bugs that were caught are told.
#[derive(Clone)]
pub struct Report(Arc<dyn Fn(&str) + Send + Sync>);

impl Report {
    /// Tells them to this function, in words for whoever runs the program.
    pub fn new(tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(crate) fn tell(&self, what: &str) {
        (self.0)(what);
    }
}

impl Default for Report {
    fn default() -> Self {
        Self::new(|_| {})
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Report")
    }
}

/// Runs a loop until it ends by itself; after a panic it begins again, a tick later.
pub(in crate::live) async fn again<F>(live: Live, name: &'static str, begin: impl Fn(bool) -> F)
where
    F: Future<Output = ()>,
{
    let mut is_again = false;
    while let Err(why) = caught(begin(is_again)).await {
        live.settings().report.tell(&format!("{name} begins again after {why}"));
        is_again = true;
        // The pause is over when its time is.
        let _ = tokio::time::timeout(live.tick(), std::future::pending::<()>()).await;
    }
}

/// Waits for something that may panic; the error is what the panic said.
pub(crate) async fn caught<T>(work: impl Future<Output = T>) -> Result<T, String> {
    let mut work = pin!(work);
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        polled.map_or_else(|panic| Poll::Ready(Err(said(&*panic))), |polled| polled.map(Ok))
    })
    .await
}

/// What a panic said.
pub(crate) fn said(panic: &(dyn Any + Send)) -> String {
    let word = panic.downcast_ref::<&str>().map(|word| (*word).to_owned());
    let word = word.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("a bug: {}", word.unwrap_or_default())
}
