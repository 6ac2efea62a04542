//! The live pipeline on both databases.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod bugs;
mod crowd;
mod elsewhere;
mod outbox;
mod pages;
mod setting_aside;
pub(crate) mod staff;
mod submitting;
mod timers;
mod watching;

use app::live::{Clock, Live, LiveSettings, NewGroup};
use domain::{
    ActorClass, Entrance, Event, EventWhat, FeatureWord, GroupId, IdentityId, JoinManner, Millis,
    OrgId, Origin, Post, SourceKey,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

pub(crate) const ORG: OrgId = OrgId(1);

/// Sunday, 22 November 2026, 12:00 UTC.
pub(crate) const NOON: i64 = 1_795_348_800_000;

/// A clock that stands until it is set.
pub(crate) struct SetClock(AtomicI64);

impl SetClock {
    pub(crate) fn at(now: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now)))
    }

    pub(crate) fn set(&self, now: i64) {
        self.0.store(now, Ordering::SeqCst);
    }

    pub(crate) fn at_now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

/// A pipeline with one group and one guest in it.
pub(crate) struct Place {
    pub(crate) live: Live,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) group: GroupId,
    pub(crate) ann: IdentityId,
}

impl Place {
    pub(crate) async fn open(database: &testkit::Database) -> Self {
        let clock = SetClock::at(NOON);
        let live = start(database, &clock).await;
        Self::open_on(live, clock).await
    }

    pub(crate) async fn open_on(live: Live, clock: Arc<SetClock>) -> Self {
        let new = NewGroup { name: "晨跑".to_owned(), zone: "Asia/Shanghai".to_owned() };
        let group = live.open_group(ORG, new).await.unwrap();
        let ann = live.guest(ORG, "ann", "Ann").await.unwrap();
        live.submit(ORG, join(group, ann, 1, "Ann")).await.unwrap();
        Self { live, clock, group, ann }
    }

    pub(crate) async fn say(&self, key: i64, text: &str) -> app::live::Receipt {
        self.live.submit(ORG, post(self.group, self.ann, key, text)).await.unwrap()
    }
}

/// Looks again and again until there is something to see.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(mut look: impl FnMut() -> F) -> T {
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        tokio::task::yield_now().await;
    }
}

/// Writes rows of a group as a commit of its own writer would.
pub(crate) async fn plant(
    database: &testkit::Database,
    group: GroupId,
    rows: impl FnOnce(&mut store::GroupWrite),
) {
    let store = database.open().await;
    let now = Millis(NOON);
    let lease = store::Lease { node: settings().node, now, until: Millis(NOON + 60_000) };
    let head = store.hold_group(ORG, group, &lease).await.unwrap().unwrap();
    let mut write = store::GroupWrite::of(&head);
    rows(&mut write);
    let write = store::LiveWrite { org: ORG, groups: vec![write], intake_done: Vec::new() };
    store.commit_live(write).await.unwrap();
}

pub(crate) fn settings() -> LiveSettings {
    LiveSettings { page_every_ms: 20, tick_ms: 20, ..LiveSettings::default() }
}

pub(crate) async fn start(database: &testkit::Database, clock: &Arc<SetClock>) -> Live {
    start_with(database, clock, Vec::new()).await
}

pub(crate) async fn start_with(
    database: &testkit::Database,
    clock: &Arc<SetClock>,
    platforms: Vec<Arc<dyn chat::Platform>>,
) -> Live {
    let store = database.open().await;
    let clock: Arc<dyn Clock> = Arc::<SetClock>::clone(clock);
    Live::start(store, clock, platforms, settings()).await.unwrap()
}

pub(crate) fn event(group: GroupId, who: IdentityId, key: i64, what: EventWhat) -> Event {
    Event {
        group,
        key: SourceKey { key, part: 0 },
        at: Millis(0),
        actor: who,
        class: ActorClass::Member,
        origin: Origin::Asked,
        what,
    }
}

pub(crate) fn post(group: GroupId, who: IdentityId, key: i64, text: &str) -> Event {
    let post = Post {
        text: text.into(),
        features: FeatureWord::default(),
        text_hash: 0,
        reply_to: None,
        calls: IdentityId::NOBODY,
    };
    event(group, who, key, EventWhat::Message(post))
}

pub(crate) fn join(group: GroupId, who: IdentityId, key: i64, name: &str) -> Event {
    let entrance = Entrance {
        name: name.into(),
        how: JoinManner::Link,
        by: IdentityId::NOBODY,
        via: "".into(),
        rules: 0,
    };
    event(group, who, key, EventWhat::Join(entrance))
}
