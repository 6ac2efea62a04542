//! The handle of the live pipeline: start, submit, stop.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{Event, GroupId, OrgId};
use rustc_hash::FxHashSet;
use store::{Acting, Store};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::error::Fault;
use crate::live::book::Book;
use crate::live::intake::{self, Dressing};
use crate::live::judges::{self, Judges};
use crate::live::loops::{leases, outage, restart};
use crate::live::outbox;
use crate::live::project;
use crate::live::receipt::{Receipt, Refused};
use crate::live::settings::{Clock, LiveSettings};
use crate::live::timers;
use crate::live::watch::Watching;
use crate::live::writer::{
    Answered, Ask, Desk, Entry, Errands, Held, Look, Queue, Telling, Writer,
};

/// Looks that wait, at most.
const LOOKS_MAX: usize = 1_024;

/// The live pipeline. Cheap to clone; all clones are the same pipeline.
#[derive(Clone)]
pub struct Live {
    inner: Arc<Inner>,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Live({:?})", self.inner.store)
    }
}

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    settings: LiveSettings,
    asks: mpsc::Sender<Ask>,
    looks: mpsc::Sender<Look>,
    desk: Arc<Mutex<Desk>>,
    telling: Telling,
    errands: Errands,
    /// Told to the loops that submit; then to the writer; then to the pages.
    stops: [watch::Sender<bool>; 3],
    tasks: Mutex<[Vec<JoinHandle<()>>; 3]>,
    pages: watch::Receiver<u64>,
    /// Groups of which something told waits in the intake because another node held them.
    detour: Mutex<FxHashSet<(OrgId, GroupId)>>,
    draining: tokio::sync::Mutex<()>,
    drained_at: Mutex<Option<Instant>>,
    judges: Judges,
}

impl Live {
    /// Starts the pipeline on a database and takes up what an earlier run left: actions on their
    /// way are unknown, waiting events are decided, overdue timers fire, late pages are written.
    pub async fn start(
        store: Store,
        clock: Arc<dyn Clock>,
        platforms: Vec<Arc<dyn chat::Platform>>,
        settings: LiveSettings,
    ) -> Result<Self, Fault> {
        Self::start_on(Arc::new(store.clone()), (store, clock), platforms, settings).await
    }

    /// The same with something between the writer and the store.
    pub async fn start_on(
        book: Arc<dyn Book>,
        (store, clock): (Store, Arc<dyn Clock>),
        platforms: Vec<Arc<dyn chat::Platform>>,
        settings: LiveSettings,
    ) -> Result<Self, Fault> {
        let (asks, waiting) = mpsc::channel(settings.waiting_max.max(1));
        let (looks, looking) = mpsc::channel(LOOKS_MAX);
        let (through, pages) = watch::channel(0);
        let stops = std::array::from_fn(|_| watch::channel(false).0);
        let (errands, telling) = (Errands::new(platforms), Telling::default());
        let told = (errands.clone(), telling.clone());
        let writer = Writer::new(book, Arc::clone(&clock), told, settings.clone());
        let inner = Arc::new(Inner {
            store,
            clock,
            asks,
            looks,
            desk: writer.shared_desk(),
            telling,
            errands,
            stops,
            tasks: Mutex::default(),
            pages,
            detour: Mutex::default(),
            draining: tokio::sync::Mutex::default(),
            drained_at: Mutex::default(),
            judges: Judges::default(),
            settings,
        });
        let live = Self { inner };
        live.read_judges().await?;
        let [first, second, third] = &live.inner.stops;
        project::find_late(&live).await?;
        let stop = third.subscribe();
        live.keep_going(2, "the projector", move |live, is_again| {
            project::run(live, through.clone(), (stop.clone(), is_again))
        });
        let queue = Queue { asks: waiting, looks: looking, stop: second.subscribe() };
        live.keep(1, queue.run(writer, live.settings().clone()));
        let stop = second.subscribe();
        live.keep_going(1, "the lease", move |live, _| leases::run(live, stop.clone()));
        let stop = second.subscribe();
        live.keep_going(1, "the watch over the database", move |live, _| {
            outage::run(live, stop.clone())
        });
        if let Err(fault) = live.recover().await {
            live.stop().await;
            return Err(fault);
        }
        let stop = first.subscribe();
        live.keep_going(0, "the intake", move |live, _| intake::run(live, stop.clone()));
        let stop = first.subscribe();
        live.keep_going(0, "the judging anew", move |live, _| judges::run(live, stop.clone()));
        let stop = first.subscribe();
        live.keep_going(0, "the timers", move |live, _| timers::run(live, stop.clone()));
        for platform in live.inner.errands.platforms() {
            let (platform, stop) = (Arc::clone(platform), first.subscribe());
            live.keep_going(0, "the outbox", move |live, _| {
                outbox::run(live, Arc::clone(&platform), stop.clone())
            });
        }
        Ok(live)
    }

    /// Takes up what an earlier run left.
    async fn recover(&self) -> Result<(), Fault> {
        outbox::recover(self).await?;
        self.drain_intake().await
    }

    /// Runs a loop until the pipeline stops; `turn` says when it is waited for.
    fn keep(&self, turn: usize, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = tasks.get_mut(turn) {
            turn.push(tokio::spawn(task));
        }
    }

    /// The same for a loop that begins again after a bug; it is told whether it does.
    fn keep_going<F>(
        &self,
        turn: usize,
        name: &'static str,
        begin: impl Fn(Self, bool) -> F + Send + 'static,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let live = self.clone();
        let begin = move |is_again| begin(live.clone(), is_again);
        self.keep(turn, restart::again(self.clone(), name, begin));
    }

    /// Runs a loop beside the pipeline until it is told to stop, which is when the pages are
    /// written for the last time; after a bug it begins again.
    pub(crate) fn aside<F>(
        &self,
        name: &'static str,
        begin: impl Fn(watch::Receiver<bool>) -> F + Send + 'static,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let [_, _, third] = &self.inner.stops;
        let stop = third.subscribe();
        self.keep_going(2, name, move |_, _| begin(stop.clone()));
    }

    /// Hands an event in and waits for its commit. What the log and the words tell of it (who
    /// wrote the message that it is about; the feature word) is filled in here.
    pub async fn submit(&self, org: OrgId, event: Event) -> Result<Receipt, Refused> {
        let mut answers = self.submit_many(org, vec![event]).await;
        answers.pop().unwrap_or(Err(Refused::Stopping))
    }

    /// The same for somebody of staff: what is committed and the line of the audit log are one.
    pub(crate) async fn submit_by(&self, acting: Acting, event: Event) -> Result<Receipt, Refused> {
        let org = acting.org;
        let dressed = Dressing::new(self, org).dress(vec![event]).await?;
        let by =
            |event| Entry { acting: Some(Box::new(acting.clone())), ..Entry::event(org, event) };
        let mut answers = self.ask(dressed.into_iter().map(by).collect()).await;
        match answers.pop().unwrap_or(Err(Refused::Stopping)) {
            Err(refused) if refused.is_elsewhere() => Err(Refused::Busy),
            answer => answer,
        }
    }

    /// Hands many events in at once, in order; each is answered for itself.
    pub async fn submit_many(&self, org: OrgId, events: Vec<Event>) -> Vec<Answered> {
        let mut answers = Vec::with_capacity(events.len());
        let mut events = events.into_iter().peekable();
        while events.peek().is_some() {
            let some: Vec<Event> = events.by_ref().take(self.inner.settings.batch_max).collect();
            let count = some.len();
            match Dressing::new(self, org).dress(some).await {
                Ok(some) => answers.extend(self.decide(org, some).await),
                Err(fault) => {
                    let refused = Refused::from(fault);
                    answers.extend(std::iter::repeat_n(Err(refused), count));
                }
            }
        }
        answers
    }

    /// Hands entries to the writer; told to come again when too much waits.
    pub(crate) async fn ask(&self, entries: Vec<Entry>) -> Vec<Answered> {
        let count = entries.len();
        let refused = |refused: Refused| std::iter::repeat_n(Err(refused), count).collect();
        let (reply, answer) = oneshot::channel();
        match self.inner.asks.try_send(Ask { entries, reply }) {
            Ok(()) => answer.await.unwrap_or_else(|_| refused(Refused::Stopping)),
            Err(TrySendError::Full(_)) => refused(Refused::Busy),
            Err(TrySendError::Closed(_)) => refused(Refused::Stopping),
        }
    }

    /// The same, waiting for room: for the loops of the pipeline itself.
    pub(crate) async fn ask_patiently(&self, entries: Vec<Entry>) -> Vec<Answered> {
        let count = entries.len();
        let (reply, answer) = oneshot::channel();
        let sent = self.inner.asks.send(Ask { entries, reply }).await;
        let answered = if sent.is_ok() { answer.await.ok() } else { None };
        answered.unwrap_or_else(|| std::iter::repeat_n(Err(Refused::Stopping), count).collect())
    }

    /// Waits until the writer has done what waits for it now.
    pub(crate) async fn wait_for_room(&self) {
        self.ask_patiently(Vec::new()).await;
    }

    /// Looks at a group as it was committed last; waits for no commit.
    pub(crate) async fn look<T>(
        &self,
        place: (OrgId, GroupId),
        look: impl Fn(&Held) -> T + Send + Sync,
    ) -> Result<T, Refused> {
        loop {
            if let Some(seen) = self.glance(place, &look) {
                return Ok(seen);
            }
            let (reply, answer) = oneshot::channel();
            let sent = self.inner.looks.send(Look { place, reply }).await;
            sent.map_err(|_| Refused::Stopping)?;
            answer.await.unwrap_or(Err(Refused::Stopping))?;
        }
    }

    /// The same for a group that is in memory.
    fn glance<T>(&self, place: (OrgId, GroupId), look: impl Fn(&Held) -> T) -> Option<T> {
        let desk = self.inner.desk.lock().unwrap_or_else(PoisonError::into_inner);
        desk.held(place).map(look)
    }

    /// Watches a group from now on; read the log after this call to see what came before.
    pub fn watch(&self, org: OrgId, group: GroupId) -> Watching {
        self.inner.telling.hub.watch((org, group))
    }

    /// Waits until the pages know everything that was committed before this call; returns early
    /// when the pipeline stops.
    pub async fn caught_up(&self) {
        let wanted = self.inner.telling.tails.noted();
        let mut pages = self.inner.pages.clone();
        self.inner.telling.tails.hurry.notify_one();
        // Fails only when the projector is gone.
        let _ = pages.wait_for(|through| *through >= wanted).await;
    }

    /// Stops: takes nothing in any more, commits what was taken in, writes the pages, gives the
    /// groups back. Watchers are told.
    pub async fn stop(&self) {
        for turn in 0..self.inner.stops.len() {
            if let Some(stop) = self.inner.stops.get(turn) {
                stop.send_replace(true);
            }
            let tasks = {
                let mut tasks = self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner);
                tasks.get_mut(turn).map(std::mem::take).unwrap_or_default()
            };
            for task in tasks {
                // A loop that panicked has stopped, too.
                let _ = task.await;
            }
        }
        self.inner.telling.hub.stop();
        // When this fails the leases run out by themselves.
        let _ = self.inner.store.release_leases(&self.inner.settings.node).await;
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.inner.clock
    }

    pub(crate) fn settings(&self) -> &LiveSettings {
        &self.inner.settings
    }

    pub(crate) fn judges(&self) -> &Judges {
        &self.inner.judges
    }

    pub(crate) fn telling(&self) -> &Telling {
        &self.inner.telling
    }

    /// The platform of this process with this word.
    pub(crate) fn platform(&self, word: &str) -> Option<Arc<dyn chat::Platform>> {
        self.inner.errands.platforms().iter().find(|one| one.word() == word).cloned()
    }

    /// Changed only while [`Self::draining`] is held.
    pub(crate) fn detour(&self) -> MutexGuard<'_, FxHashSet<(OrgId, GroupId)>> {
        self.inner.detour.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When the intake was looked through last.
    pub(crate) fn drained_at(&self) -> MutexGuard<'_, Option<Instant>> {
        self.inner.drained_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn draining(&self) -> &tokio::sync::Mutex<()> {
        &self.inner.draining
    }

    /// Submissions that wait for the writer, and how many may.
    pub fn queue(&self) -> (usize, usize) {
        let room = self.inner.asks.max_capacity();
        (room - self.inner.asks.capacity(), room)
    }

    /// Whether it was told to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        let [first, ..] = &self.inner.stops;
        *first.borrow()
    }

    /// Whether the database is out of reach, as far as is known.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.inner.store.outage().borrow().is_some()
    }

    /// The longest that a loop sleeps.
    pub(crate) fn tick(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.inner.settings.tick_ms).unwrap_or(1_000))
    }
}
