//! Bugs outside of decisions: a panic of the store's answer, of the clock, of a platform. It is
//! reported, nothing that was acknowledged is lost, and the pipeline goes on.

use super::{NOON, ORG, Place, SetClock, post, settings, until};
use app::live::{
    Answer, Book, Clock, Holding, Known, Live, LiveSettings, Refused, Report, TaskState, Wanted,
};
use chat::{Errand, Outcome, Platform, Quota, Sending};
use domain::{Action, ActionKind, ActorClass, Capability, GroupId, Millis, OrgId, Seq, SourceKey};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use store::{IntakeRow, Lease, LiveWrite, OutboxState, Store};

/// Panics so many times.
#[derive(Default)]
struct Bug(AtomicU32);

impl Bug {
    fn times(&self, count: u32) {
        self.0.store(count, Ordering::SeqCst);
    }

    fn is_over(&self) -> bool {
        self.0.load(Ordering::SeqCst) == 0
    }

    fn strike(&self, what: &str) {
        let left = |left: u32| left.checked_sub(1);
        let struck = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, left).is_ok();
        assert!(!struck, "{what}");
    }
}

/// Everything around the pipeline that may have a bug.
struct World {
    store: Store,
    clock: Arc<SetClock>,
    before_commit: Bug,
    after_commit: Bug,
    in_hold: Bug,
    in_clock: Bug,
    in_send: Bug,
    in_quota: Bug,
    told: Mutex<Vec<String>>,
}

impl World {
    fn reports(&self, word: &str) -> usize {
        self.told.lock().unwrap().iter().filter(|told| told.contains(word)).count()
    }
}

impl Clock for World {
    fn now(&self) -> Millis {
        self.in_clock.strike("no time");
        self.clock.now()
    }
}

impl Book for World {
    fn hold(&self, org: OrgId, groups: Vec<GroupId>, lease: Lease) -> Answer<'_, Vec<Holding>> {
        self.in_hold.strike("no hold");
        Book::hold(&self.store, org, groups, lease)
    }

    fn known(&self, org: OrgId, keys: Vec<(GroupId, SourceKey)>) -> Answer<'_, Vec<Known>> {
        Book::known(&self.store, org, keys)
    }

    fn commit(&self, write: LiveWrite) -> Answer<'_, ()> {
        Box::pin(async move {
            self.before_commit.strike("no commit");
            Book::commit(&self.store, write).await?;
            self.after_commit.strike("no answer");
            Ok(())
        })
    }

    fn set_aside(&self, row: IntakeRow) -> Answer<'_, ()> {
        Book::set_aside(&self.store, row)
    }
}

impl Platform for World {
    fn word(&self) -> &'static str {
        "web"
    }

    fn capability(&self, _: ActionKind) -> Capability {
        Capability::Auto
    }

    fn quota(&self) -> Quota {
        self.in_quota.strike("no quota");
        Quota { actions: 100, window_ms: 1_000 }
    }

    fn send<'a>(&'a self, _: &'a Errand) -> Sending<'a, Outcome> {
        self.in_send.strike("no send");
        Box::pin(async { Outcome::Sent { result: "1".to_owned() } })
    }

    fn query<'a>(&'a self, _: &'a Errand) -> Sending<'a, Option<Outcome>> {
        Box::pin(async { None })
    }
}

async fn open(database: &testkit::Database) -> (Place, Arc<World>) {
    let (store, clock) = (database.open().await, SetClock::at(NOON));
    let world = Arc::new(World {
        store: store.clone(),
        clock: Arc::clone(&clock),
        before_commit: Bug::default(),
        after_commit: Bug::default(),
        in_hold: Bug::default(),
        in_clock: Bug::default(),
        in_send: Bug::default(),
        in_quota: Bug::default(),
        told: Mutex::default(),
    });
    world.in_quota.times(1);
    let told = Arc::clone(&world);
    let report = Report::new(move |what| told.told.lock().unwrap().push(what.to_owned()));
    let settings = LiveSettings { report, lease_ms: 60, ..settings() };
    let (book, now): (Arc<dyn Book>, Arc<dyn Clock>) = (world.clone(), world.clone());
    let platforms: Vec<Arc<dyn Platform>> = vec![world.clone()];
    let live = Live::start_on(book, (store, now), platforms, settings).await.unwrap();
    (Place::open_on(live, clock).await, world)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_writer_goes_on_after_a_bug_and_reads_its_groups_again() {
    for database in testkit::databases().await {
        let (place, world) = open(&database).await;
        let mut watching = place.live.watch(ORG, place.group);
        for (bug, key, is_kept) in
            [(&world.before_commit, 10, false), (&world.after_commit, 11, true)]
        {
            bug.times(1);
            let answer = place.live.submit(ORG, post(place.group, place.ann, key, "在吗")).await;
            assert!(matches!(&answer, Err(Refused::Fault(_))), "{answer:?}");
            assert_eq!(watching.next().await, app::live::Seen::Gap, "the log may hold more");
            let told = place.say(key, "在吗").await;
            assert_eq!(told.again, is_kept, "what was committed is found");
            if !is_kept {
                watching.next().await;
            }
        }
        // Also while a group is read again.
        world.before_commit.times(1);
        world.in_hold.times(1);
        place.live.submit(ORG, post(place.group, place.ann, 12, "在吗")).await.unwrap_err();
        until(|| async { world.in_hold.is_over().then_some(()) }).await;
        until(|| async {
            place.live.submit(ORG, post(place.group, place.ann, 12, "在吗")).await.ok()
        })
        .await;
        assert!(world.reports("the writer begins again after a bug: no") >= 4);
        place.live.caught_up().await;
        place.live.stop().await;
        let store = database.open().await;
        assert_eq!(store.lines(ORG, place.group, Seq(1), 10).await.unwrap().len(), 3);
        assert_eq!(store.behind(ORG).await.unwrap(), Vec::new(), "the pages know all of it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn timers_lease_and_outbox_go_on_after_a_bug() {
    for database in testkit::databases().await {
        let (place, world) = open(&database).await;
        until(|| async { (world.reports("the outbox begins again") > 0).then_some(()) }).await;
        // Whoever asks for the time fails, until each of the loops has met it.
        until(|| async {
            world.in_clock.times(3);
            let all = ["the timers", "the lease"].iter().all(|name| world.reports(name) > 0);
            all.then_some(())
        })
        .await;
        world.in_clock.times(0);
        until(|| async { place.live.submit(ORG, question(&place)).await.ok() }).await;
        world.clock.pass(2 * 3_600_000);
        let live = &place.live;
        let task =
            until(|| async move { live.tasks(ORG, TaskState::Open, 10).await.unwrap().pop() });
        assert_eq!(task.await.about, Some(10));
        place.live.stop().await;
    }
}

fn question(place: &Place) -> domain::Event {
    post(place.group, place.ann, 10, "请问明天几点集合？")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_on_which_the_platform_has_a_bug_is_left_to_a_person_and_others_go_on() {
    for database in testkit::databases().await {
        let (place, world) = open(&database).await;
        world.in_send.times(1);
        for key in [5, 6] {
            let action =
                Action::Post { text: "早".into(), reply_to: None, class: ActorClass::Host };
            let wanted = Wanted { group: place.group, by: place.ann, key, action };
            place.live.act(ORG, wanted).await.unwrap();
        }
        let store = &database.open().await;
        for state in [OutboxState::Unknown, OutboxState::Sent] {
            until(|| async move { store.outbox(ORG, state, 10).await.unwrap().pop() }).await;
        }
        let tasks = place.live.tasks(ORG, TaskState::Open, 10).await.unwrap();
        assert!(tasks.len() == 1 && tasks[0].name.starts_with("check_outcome:"), "{tasks:?}");
        assert_eq!(world.reports("a platform has a bug: no send"), 1);
        place.live.stop().await;
    }
}
