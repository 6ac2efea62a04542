//! Many letters that come at once are kept in one commit; those that are not believed are counted.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use domain::Millis;
use store::{Store, WecomId, WecomLetter};
use tokio::sync::{Notify, mpsc, oneshot};

/// Letters of one commit, at most; as many may wait for the next one.
const AT_ONCE: usize = 1_000;

/// Where letters wait to be kept.
#[derive(Debug, Default)]
pub(in crate::wecom) struct Mailbox {
    slot: OnceLock<mpsc::Sender<Posted>>,
    /// Rung when letters were kept.
    pub(in crate::wecom) bell: Arc<Notify>,
    /// Rung when codes for welcomes were among them.
    pub(in crate::wecom) newcomers: Arc<Notify>,
}

#[derive(Debug)]
struct Posted {
    id: WecomId,
    letter: WecomLetter,
    kept: oneshot::Sender<bool>,
}

impl Mailbox {
    /// Keeps a letter; an error when it cannot be kept now, or too many wait.
    pub(super) async fn put(
        &self,
        store: &Store,
        (id, letter): (WecomId, WecomLetter),
    ) -> Result<(), ()> {
        let slot = self.slot.get_or_init(|| {
            let (slot, posted) = mpsc::channel(AT_ONCE);
            let bells = [Arc::clone(&self.bell), Arc::clone(&self.newcomers)];
            tokio::spawn(keep(store.clone(), posted, bells));
            slot
        });
        let (kept, answer) = oneshot::channel();
        slot.try_send(Posted { id, letter, kept }).map_err(drop)?;
        if answer.await.unwrap_or(false) { Ok(()) } else { Err(()) }
    }
}

/// Keeps what comes until nobody can post any more.
async fn keep(store: Store, mut posted: mpsc::Receiver<Posted>, bells: [Arc<Notify>; 2]) {
    let [bell, newcomers] = bells;
    let mut some = Vec::new();
    while posted.recv_many(&mut some, AT_ONCE).await > 0 {
        let mut of_company: BTreeMap<WecomId, (Vec<WecomLetter>, Vec<_>)> = BTreeMap::new();
        for one in some.drain(..) {
            let (letters, waiting) = of_company.entry(one.id).or_default();
            letters.push(one.letter);
            waiting.push(one.kept);
        }
        for (id, (letters, waiting)) in of_company {
            let kept = store.put_wecom_letters(id, &letters).await.is_ok();
            if kept && letters.iter().any(|letter| letter.welcome.is_some()) {
                newcomers.notify_one();
            }
            for one in waiting {
                // Who asked may have gone; the letter is kept all the same.
                let _ = one.send(kept);
            }
        }
        bell.notify_one();
    }
}

/// Callbacks that were not believed, by company and why: counted in memory, because anybody can
/// send them, and written a few times a second at most.
#[derive(Debug, Default)]
pub(in crate::wecom) struct Refusals(Mutex<Refused>);

/// By company and why: the latest, and how many.
type Refused = BTreeMap<(WecomId, &'static str), (Millis, u64)>;

impl Refusals {
    pub(super) fn add(&self, what: (WecomId, &'static str), at: Millis) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (latest, count) = counts.entry(what).or_default();
        *latest = at;
        *count += 1;
    }

    /// Writes what was counted; what cannot be written now is lost, as nothing hangs on it.
    pub(in crate::wecom) async fn write(&self, store: &Store) {
        let counts = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for ((id, fate), (at, count)) in counts {
            let _ = store.count_wecom_post(id, &[(at, fate, count)]).await;
        }
    }
}
