//! How often the projector reads groups from the log, and what a bug in a fold costs.

use std::sync::{Arc, Mutex};

use domain::{
    ActorClass, Event, EventWhat, FeatureWord, GroupId, IdentityId, Millis, OrgId, Origin, Post,
    SourceKey,
};

use crate::live::project::Projector;
use crate::live::{Clock, Live, LiveSettings, NewGroup, Report};

const ORG: OrgId = OrgId(1);

/// Sunday, 22 November 2026, 12:00 UTC.
const NOON: i64 = 1_795_348_800_000;

/// Counts what is folded from the log, and fails when it is told to.
#[derive(Debug, Default)]
pub(super) struct Tries {
    loads: u32,
    fails: bool,
}

impl Tries {
    pub(super) fn count(&mut self) {
        self.loads += 1;
        assert!(!std::mem::take(&mut self.fails), "no fold");
    }
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Millis {
        Millis(NOON)
    }
}

/// A pipeline whose own projector sleeps, and one to be led by the hand.
async fn open(database: &testkit::Database, report: Report) -> (Live, Projector, GroupId) {
    // Its own projector looks once at the start, before there is anything.
    let settings = LiveSettings { page_every_ms: Millis::DAY, report, ..LiveSettings::default() };
    let store = database.open().await;
    let live = Live::start(store, Arc::new(Noon), Vec::new(), settings).await.unwrap();
    while live.telling().tails.noted() > 0 {
        tokio::task::yield_now().await;
    }
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let new = NewGroup { name: "晨跑".to_owned(), zone: "UTC".to_owned() };
    let group = live.open_group(ORG, new).await.unwrap();
    let projector = Projector::new(live.clone());
    (live, projector, group)
}

async fn told(live: &Live, group: GroupId, events: impl Iterator<Item = (i64, i64)>) {
    let ann = live.guest(ORG, "ann", "Ann").await.unwrap();
    let told = |(key, at): (i64, i64)| Event {
        group,
        key: SourceKey { key, part: 0 },
        at: Millis(at),
        actor: ann,
        class: ActorClass::Member,
        origin: Origin::Told,
        what: EventWhat::Message(Post {
            text: "早".into(),
            features: FeatureWord::default(),
            text_hash: 0,
            reply_to: None,
            calls: IdentityId::NOBODY,
        }),
    };
    let answers = live.submit_many(ORG, events.map(told).collect()).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
}

#[tokio::test]
async fn many_late_events_of_a_group_in_one_batch_read_it_once() {
    for database in testkit::databases().await {
        let (live, mut projector, group) = open(&database, Report::default()).await;
        told(&live, group, (0..10).map(|n| (n, NOON - 1_000 + n))).await;
        assert!(projector.round().await.is_some());
        let before = projector.tries.loads;
        // Ten days, the latest first: each sorts before all that was folded.
        told(&live, group, (1..200).map(|n| (100 + n, NOON - n * Millis::DAY / 20))).await;
        assert!(projector.round().await.is_some());
        assert_eq!(projector.tries.loads, before + 1, "not once for each");
        assert!(live.store().behind(ORG).await.unwrap().is_empty());
        assert!(live.store().pages(ORG, group, None, None).await.unwrap().len() >= 10);
        live.stop().await;
    }
}

#[tokio::test]
async fn a_bug_in_one_fold_is_reported_and_the_group_is_folded_from_the_log() {
    for database in testkit::databases().await {
        let reports: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = Arc::clone(&reports);
        let report = Report::new(move |what| kept.lock().unwrap().push(what.to_owned()));
        let (live, mut projector, group) = open(&database, report).await;
        told(&live, group, (0..10).map(|n| (n, NOON - 1_000 + n))).await;
        projector.tries.fails = true;
        assert_eq!(projector.round().await, None, "the pages lie behind");
        assert!(reports.lock().unwrap().iter().any(|what| what.contains("a bug: no fold")));
        assert!(projector.round().await.is_some());
        assert!(live.store().behind(ORG).await.unwrap().is_empty());
        live.stop().await;
    }
}
