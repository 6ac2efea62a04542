//! Day pages follow the log, whatever order it came in, and equal a rebuild.

use super::{NOON, ORG, Place, event, join, post, start};
use app::Unwatched;
use domain::{Event, EventWhat, IdentityId, LeaveManner, Millis, Origin, SourceKey};
use insights::Settings;

/// A small seeded dice.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Pages and stays as they stand, then as a rebuild makes them.
async fn assert_as_rebuilt(database: &testkit::Database, seed: u64) {
    let store = database.open().await;
    let mut before = Vec::new();
    for group in store.groups(ORG).await.unwrap() {
        before.push(store.stays(ORG, group.id).await.unwrap());
    }
    let rebuilt = app::rebuild(database.url(), &Settings::default(), &Unwatched).await.unwrap();
    assert!(rebuilt.pages > 0, "seed {seed}");
    assert_eq!(rebuilt.unequal, 0, "{} of {} pages, seed {seed}", rebuilt.unequal, rebuilt.pages);
    for (group, before) in store.groups(ORG).await.unwrap().iter().zip(before) {
        assert_eq!(store.stays(ORG, group.id).await.unwrap(), before, "seed {seed}");
    }
}

fn told(mut event: Event, at: i64) -> Event {
    event.at = Millis(at);
    event.origin = Origin::Told;
    event
}

/// What a platform may tell of three people, partly late.
fn happening(dice: &mut Dice, place: &Place, n: i64) -> Event {
    let who = IdentityId(1 + u32::try_from(dice.roll(3)).unwrap());
    let now = place.clock.at_now();
    let late = match dice.roll(10) {
        0 => i64::try_from(dice.roll(20 * 86_400_000)).unwrap(),
        1 => i64::try_from(dice.roll(3_600_000)).unwrap(),
        _ => 0,
    };
    let group = place.group;
    let event = match dice.roll(12) {
        0 => join(group, who, n, "Bob"),
        1 => event(group, who, n, EventWhat::Leave { how: LeaveManner::Left }),
        2 => event(group, who, n, EventWhat::Recall { of: n - 1, said: None }),
        3 => event(group, who, n, EventWhat::Reaction { of: n - 2, emoji: "👍".into() }),
        roll => {
            let text = match roll {
                4 | 5 => "几点出发？",
                6 | 7 => "七点",
                8 => "扣1",
                9 => "今天下雨了吗",
                _ => "好的收到",
            };
            let mut event = post(group, who, n, text);
            if let EventWhat::Message(post) = &mut event.what
                && dice.roll(3) == 0
            {
                post.reply_to = Some(n - 1 - i64::try_from(dice.roll(5)).unwrap());
            }
            event
        }
    };
    told(event, now - late)
}

/// Some weeks of three people, told in batches of any size.
async fn random_weeks(database: &testkit::Database, seed: u64) -> Place {
    let mut dice = Dice(seed);
    let place = Place::open(database).await;
    for name in ["bob", "cai"] {
        place.live.guest(ORG, name, name).await.unwrap();
    }
    for round in 0..40 {
        let mut batch = Vec::new();
        for n in 0..=i64::try_from(dice.roll(12)).unwrap() {
            place.clock.pass(i64::try_from(dice.roll(2 * 3_600_000)).unwrap());
            batch.push(happening(&mut dice, &place, 1_000 + round * 100 + n));
        }
        place.live.submit_many(ORG, batch).await;
        if dice.roll(3) == 0 {
            place.live.caught_up().await;
        }
    }
    place.live.caught_up().await;
    place
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_random_weeks_with_late_events_equal_a_rebuild() {
    for database in testkit::databases().await {
        for seed in 1..4 {
            let place = random_weeks(&database, seed).await;
            assert_as_rebuilt(&database, seed).await;
            place.live.stop().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_there_as_soon_as_they_caught_up_and_go_on_after_a_restart() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        place.say(10, "几点出发？").await;
        place.live.caught_up().await;
        let store = database.open().await;
        let pages = store.pages(ORG, place.group, None, None).await.unwrap();
        let page = insights::Page::decode(&pages[0].bytes).unwrap();
        assert_eq!((pages.len(), page.people.len(), page.items.len()), (1, 1, 1));
        assert_eq!(store.stays(ORG, place.group).await.unwrap().len(), 1);
        place.live.stop().await;
        let live = start(&database, &place.clock).await;
        place.clock.set(NOON + 86_400_000);
        live.submit(ORG, post(place.group, place.ann, 20, "第二天")).await.unwrap();
        live.caught_up().await;
        assert_eq!(store.pages(ORG, place.group, None, None).await.unwrap().len(), 2);
        assert_as_rebuilt(&database, 0).await;
        live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_a_killed_run_left_behind_are_written_at_the_next_start() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        place.live.stop().await;
        // Committed, and never projected: the store alone.
        let store = database.open().await;
        let lease = store::Lease { node: "x".into(), now: Millis(NOON), until: Millis(NOON + 1) };
        let head = store.hold_group(ORG, place.group, &lease).await.unwrap().unwrap();
        let mut write = store::GroupWrite::of(&head);
        let lines = store.lines(ORG, place.group, domain::Seq(0), 1).await.unwrap();
        let fact = domain::Fact { source: SourceKey { key: 77, part: 0 }, ..lines[0].fact };
        write.facts.push(store::NewFact { fact, words: None });
        let write = store::LiveWrite { org: ORG, groups: vec![write], intake_done: Vec::new() };
        store.commit_live(write).await.unwrap();
        assert_eq!(store.behind(ORG).await.unwrap(), vec![place.group]);
        let live = start(&database, &place.clock).await;
        live.caught_up().await;
        assert_eq!(store.behind(ORG).await.unwrap(), Vec::new());
        assert_as_rebuilt(&database, 0).await;
        live.stop().await;
    }
}
