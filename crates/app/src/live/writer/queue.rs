//! The loop around the writer: takes what waits, up to a batch, and answers.
//!
//! Invariants: bounded; what was taken in is answered, also while stopping and after a bug.

use std::time::Duration;

use domain::{GroupId, OrgId};
use tokio::sync::{mpsc, oneshot, watch};

use crate::error::Fault;
use crate::live::loops::restart::caught;
use crate::live::receipt::Refused;
use crate::live::settings::LiveSettings;
use crate::live::writer::{Answered, Entry, Writer};

/// Entries that want their answers together.
pub(crate) struct Ask {
    pub(crate) entries: Vec<Entry>,
    pub(crate) reply: oneshot::Sender<Vec<Answered>>,
}

/// Somebody wants to look at a group that is not in memory; told when it is.
pub(crate) struct Look {
    pub(crate) place: (OrgId, GroupId),
    pub(crate) reply: oneshot::Sender<Result<(), Refused>>,
}

/// The receiving ends.
pub(crate) struct Queue {
    pub(crate) asks: mpsc::Receiver<Ask>,
    pub(crate) looks: mpsc::Receiver<Look>,
    pub(crate) stop: watch::Receiver<bool>,
}

impl Queue {
    /// Runs the writer until it is told to stop and everything taken in is answered.
    pub(crate) async fn run(mut self, mut writer: Writer, settings: LiveSettings) {
        let tick = Duration::from_millis(u64::try_from(settings.tick_ms).unwrap_or(1_000));
        let batch_max = settings.batch_max;
        let mut is_stopping = false;
        loop {
            tokio::select! {
                biased;
                _ = self.stop.changed(), if !is_stopping => {
                    is_stopping = true;
                    self.asks.close();
                }
                Some(look) = self.looks.recv() => {
                    // Who went away in between does not want it any more.
                    let held = caught(writer.hold(look.place)).await;
                    let held = held.unwrap_or_else(|why| {
                        writer.afresh([look.place], &why);
                        Err(bug(why))
                    });
                    drop(look.reply.send(held));
                }
                ask = tokio::time::timeout(tick, self.asks.recv()) => match ask {
                    Ok(Some(ask)) => self.batch(&mut writer, ask, batch_max).await,
                    Ok(None) => break,
                    Err(_) => {
                        if let Err(why) = caught(writer.heal()).await {
                            writer.afresh([], &why);
                        }
                    }
                },
            }
        }
    }

    async fn batch(&mut self, writer: &mut Writer, first: Ask, batch_max: usize) {
        let mut entries = first.entries;
        let mut replies = vec![(first.reply, entries.len())];
        while entries.len() < batch_max
            && let Ok(ask) = self.asks.try_recv()
        {
            replies.push((ask.reply, ask.entries.len()));
            entries.extend(ask.entries);
        }
        let places: Vec<_> = entries.iter().map(|entry| (entry.org, entry.group())).collect();
        let answers = caught(writer.turn(entries)).await.unwrap_or_else(|why| {
            let count = places.len();
            writer.afresh(places, &why);
            vec![Err(bug(why)); count]
        });
        let mut answers = answers.into_iter();
        for (reply, count) in replies {
            // Who went away in between does not want the answer any more.
            drop(reply.send(answers.by_ref().take(count).collect()));
        }
    }
}

/// What is answered when nobody knows what became of a batch.
fn bug(why: String) -> Refused {
    Refused::from(Fault::Unreadable(why))
}
