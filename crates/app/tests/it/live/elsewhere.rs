//! Two nodes on one database: what is told of a group of the other one is kept and comes in once,
//! in order, when the group can be had; what is asked comes again.

use super::{NOON, ORG, Place, SetClock, post, settings, until};
use app::live::{Clock, Line, Live, LiveSettings, Refused};
use domain::{ActorClass, Event, GroupId, IdentityId, Millis, Origin, Seq};
use std::sync::Arc;
use store::Lease;

const LEASE_MS: i64 = 60_000;

async fn node(database: &testkit::Database, clock: &Arc<SetClock>, name: &str) -> Live {
    let settings = LiveSettings { node: name.to_owned(), lease_ms: LEASE_MS, ..settings() };
    let clock: Arc<dyn Clock> = Arc::<SetClock>::clone(clock);
    Live::start(database.open().await, clock, Vec::new(), settings).await.unwrap()
}

fn told(group: GroupId, who: IdentityId, key: i64, text: &str) -> Event {
    let event = post(group, who, key, text);
    Event { origin: Origin::Told, class: ActorClass::Member, at: Millis(NOON + key), ..event }
}

async fn lines(live: &Live, group: GroupId) -> Vec<Line> {
    live.lines_after(ORG, group, Seq(1), 100).await.unwrap()
}

async fn words(live: &Live, group: GroupId, count: usize) -> Vec<String> {
    let all = until(|| async move {
        let lines = lines(live, group).await;
        (lines.len() >= count).then_some(lines)
    })
    .await;
    all.into_iter().map(|line| line.words.unwrap().into()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_of_a_group_of_another_node_is_kept_and_decided_by_its_holder() {
    for database in testkit::databases().await {
        let clock = SetClock::at(NOON);
        let one = node(&database, &clock, "one").await;
        let two = node(&database, &clock, "two").await;
        let Place { live: one, group, ann, .. } = Place::open_on(one, Arc::clone(&clock)).await;
        let asked = two.submit(ORG, post(group, ann, 9, "让一让")).await;
        assert!(matches!(asked, Err(Refused::Busy)), "{asked:?}");
        let texts = ["一", "二", "三"];
        let events = texts.iter().zip(10..).map(|(text, key)| told(group, ann, key, text));
        for answer in two.submit_many(ORG, events.collect()).await {
            assert!(answer.as_ref().is_ok_and(|receipt| receipt.waits()), "{answer:?}");
        }
        assert_eq!(words(&one, group, 3).await, texts);
        one.stop().await;
        two.stop().await;
        let store = database.open().await;
        assert!(store.waiting_intake(0, 10).await.unwrap().is_empty());
        assert_eq!(store.lines(ORG, group, Seq(1), 10).await.unwrap().len(), 3, "once");
    }
}

/// A holder that will never come back: its lease is all that is left of it.
async fn held_by_the_dead(database: &testkit::Database, until: i64) -> (Place, Live) {
    let clock = SetClock::at(NOON);
    let place = Place::open_on(node(database, &clock, "one").await, Arc::clone(&clock)).await;
    place.live.stop().await;
    let store = database.open().await;
    let lease = Lease { node: "dead".to_owned(), now: Millis(NOON), until: Millis(until) };
    assert!(store.hold_group(ORG, place.group, &lease).await.unwrap().is_some());
    let two = node(database, &clock, "two").await;
    (place, two)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_comes_in_order_and_once_when_the_lease_runs_out() {
    for database in testkit::databases().await {
        let (place, two) = held_by_the_dead(&database, NOON + LEASE_MS).await;
        let (group, ann) = (place.group, place.ann);
        let texts = ["一", "二", "三", "四"];
        let mut events = texts.iter().zip(10..).map(|(text, key)| told(group, ann, key, text));
        for event in events.by_ref().take(3) {
            assert!(two.submit(ORG, event).await.unwrap().waits());
        }
        assert!(lines(&two, group).await.is_empty(), "nobody writes into a group of another");
        place.clock.pass(LEASE_MS + 1);
        // Told when the group can be had, but behind the others.
        for event in events {
            two.submit(ORG, event).await.unwrap();
        }
        assert_eq!(words(&two, group, 4).await, texts);
        let again = two.submit(ORG, told(group, ann, 11, "二")).await.unwrap();
        assert!(again.again || again.waits(), "{again:?}");
        two.drain_intake().await.unwrap();
        two.stop().await;
        let store = database.open().await;
        assert!(store.waiting_intake(0, 10).await.unwrap().is_empty());
        assert_eq!(store.lines(ORG, group, Seq(1), 10).await.unwrap().len(), 4, "once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_earlier_run_kept_comes_before_what_is_told_now() {
    for database in testkit::databases().await {
        let (place, two) = held_by_the_dead(&database, NOON + LEASE_MS).await;
        let (group, ann) = (place.group, place.ann);
        for (text, key) in [("一", 10), ("二", 11)] {
            assert!(two.submit(ORG, told(group, ann, key, text)).await.unwrap().waits());
        }
        two.stop().await;
        let three = node(&database, &place.clock, "three").await;
        place.clock.pass(LEASE_MS + 1);
        three.submit(ORG, told(group, ann, 12, "三")).await.unwrap();
        assert_eq!(words(&three, group, 3).await, ["一", "二", "三"]);
        three.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_comes_in_when_the_holder_gives_the_group_back() {
    for database in testkit::databases().await {
        let (place, two) = held_by_the_dead(&database, NOON + 1_000 * LEASE_MS).await;
        assert!(two.submit(ORG, told(place.group, place.ann, 10, "一")).await.unwrap().waits());
        database.open().await.release_leases("dead").await.unwrap();
        assert_eq!(words(&two, place.group, 1).await, ["一"]);
        two.stop().await;
    }
}
