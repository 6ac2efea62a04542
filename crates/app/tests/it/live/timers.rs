//! Timers fire when they fall due, once, whatever happens to the program and its clock.

use super::{NOON, ORG, Place, event, join, plant, start, until};
use app::live::{Live, TaskState};
use domain::{
    ActorClass, Event, EventWhat, FactKind, GroupId, IdentityId, Millis, OrgId, Seq, ServiceKind,
};
use store::TimerRow;

const MINUTE: i64 = 60_000;

async fn keeper(place: &Place) -> IdentityId {
    let kim = place.live.guest(ORG, "kim", "Kim").await.unwrap();
    let come = Event { class: ActorClass::Staff, ..join(place.group, kim, 2, "Kim") };
    place.live.submit(ORG, come).await.unwrap();
    kim
}

async fn mute(place: &Place, kim: IdentityId, until: i64) {
    let what = EventWhat::Mute { who: place.ann, until: Some(Millis(until)) };
    let mute = Event { class: ActorClass::Staff, ..event(place.group, kim, 3, what) };
    place.live.submit(ORG, mute).await.unwrap();
}

/// How often the log says that somebody may speak again.
async fn endings(live: &Live, group: GroupId) -> usize {
    let lines = live.lines_after(ORG, group, Seq(0), 100).await.unwrap();
    let is_end = |fact: &domain::Fact| {
        fact.kind == FactKind::Service && fact.detail == ServiceKind::Unmute as u8
    };
    lines.iter().filter(|line| is_end(&line.fact)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silence_ends_once_although_the_program_slept_and_the_clock_went_back() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let kim = keeper(&place).await;
        mute(&place, kim, NOON + 10 * MINUTE).await;
        place.live.stop().await;
        place.clock.pass(30 * MINUTE);
        let live = start(&database, &place.clock).await;
        let live = &live;
        until(|| async { (endings(live, place.group).await > 0).then_some(()) }).await;
        place.clock.set(NOON);
        live.submit(ORG, event(place.group, place.ann, 9, rename("Anna"))).await.unwrap();
        place.clock.set(NOON + 60 * MINUTE);
        live.submit(ORG, event(place.group, place.ann, 10, rename("Anne"))).await.unwrap();
        live.stop().await;
        assert_eq!(database.open().await.next_due().await.unwrap(), None);
        assert_eq!(endings(live, place.group).await, 1);
    }
}

fn rename(name: &str) -> EventWhat {
    EventWhat::Rename { name: name.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_nobody_answers_becomes_a_task() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        place.say(10, "请问明天几点集合？").await;
        assert!(place.live.tasks(ORG, TaskState::Open, 10).await.unwrap().is_empty());
        place.clock.pass(2 * 60 * MINUTE);
        let task =
            until(|| async { place.live.tasks(ORG, TaskState::Open, 10).await.unwrap().pop() })
                .await;
        assert_eq!((task.about, task.who), (Some(10), place.ann));
        assert!(place.live.close_task(ORG, task.group, &task.name).await.unwrap());
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_moves_on_by_the_clock_on_the_wall() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        // 20:00 in Shanghai is 12:00 UTC.
        let timer = |name: &str, missed: &str| TimerRow {
            org: OrgId(1),
            group: place.group,
            name: name.to_owned(),
            due: Millis(NOON),
            rule: Some("20:00 daily".to_owned()),
            missed: missed.to_owned(),
        };
        let words = ["late", "skip", "merge"];
        let timers = words.map(|word| timer(&format!("none:{word}"), word));
        place.clock.pass(3 * 24 * 60 * MINUTE + MINUTE);
        plant(&database, place.group, |write| write.timers.extend(timers)).await;
        let store = database.open().await;
        let next = NOON + 4 * 24 * 60 * MINUTE;
        let store = &store;
        until(
            || async move { (store.next_due().await.unwrap() == Some(Millis(next))).then_some(()) },
        )
        .await;
        assert_eq!(store.due_timers(Millis(next), 10).await.unwrap().len(), 3);
        place.live.stop().await;
    }
}
