//! Our own web chat as a platform: what the outbox sends there is handed in like anything else.

use app::live::{Live, Refused};
use chat::web::Web;
use chat::{Outcome, Platform};
use std::sync::{Arc, OnceLock};

/// Where the pipeline stands once it has started: the platform is made before it.
#[derive(Clone, Default)]
pub(super) struct Slot(Arc<OnceLock<Live>>);

impl Slot {
    /// The platform that hands in to the pipeline in this slot.
    pub(super) fn platform(&self) -> Arc<dyn Platform> {
        let slot = self.clone();
        Arc::new(Web::new(Arc::new(move |org, event| {
            let live = slot.0.get().cloned();
            Box::pin(async move {
                let Some(live) = live else { return not_now("not started yet".to_owned()) };
                match live.submit(org, event).await {
                    Ok(receipt) => Outcome::Sent { result: receipt.seq.0.to_string() },
                    Err(Refused::Domain(refusal)) => Outcome::Refused { why: refusal.to_string() },
                    // Its key makes a second try the same event.
                    Err(other) => not_now(other.to_string()),
                }
            })
        })))
    }

    /// The pipeline has started.
    pub(super) fn fill(&self, live: Live) {
        // It is filled once, by the one who made it.
        let _again = self.0.set(live);
    }
}

fn not_now(why: String) -> Outcome {
    Outcome::NotNow { why, after_ms: None }
}
