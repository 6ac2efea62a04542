//! Actions leave once, are tried again when that is safe, and come to staff when it is not.

use super::{NOON, ORG, Place, SetClock, plant, start_with, until};
use app::live::{Stored, TaskState};
use chat::{Errand, Outcome, Platform, Quota, Sending};
use domain::{Action, ActionKind, ActorClass, Capability, GroupId, Millis, OrgId, Seq};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use store::{OutboxRow, OutboxState};

/// A platform that answers as it is told.
#[derive(Default)]
struct Scripted {
    outcomes: Mutex<VecDeque<Outcome>>,
    sent: Mutex<Vec<Errand>>,
}

impl Platform for Scripted {
    fn word(&self) -> &'static str {
        "web"
    }

    fn capability(&self, _: ActionKind) -> Capability {
        Capability::Auto
    }

    fn quota(&self) -> Quota {
        Quota { actions: 100, window_ms: 1_000 }
    }

    fn send<'a>(&'a self, errand: &'a Errand) -> Sending<'a, Outcome> {
        self.sent.lock().unwrap().push(errand.clone());
        let outcome = self.outcomes.lock().unwrap().pop_front();
        Box::pin(async move { outcome.unwrap_or(Outcome::Sent { result: "42".to_owned() }) })
    }

    fn query<'a>(&'a self, _: &'a Errand) -> Sending<'a, Option<Outcome>> {
        Box::pin(async { None })
    }
}

async fn open(
    database: &testkit::Database,
    outcomes: impl IntoIterator<Item = Outcome>,
) -> (Place, Arc<Scripted>) {
    let platform = Arc::new(Scripted::default());
    platform.outcomes.lock().unwrap().extend(outcomes);
    let clock = SetClock::at(NOON);
    let all: Vec<Arc<dyn Platform>> = vec![Arc::<Scripted>::clone(&platform)];
    let live = start_with(database, &clock, all).await;
    (Place::open_on(live, clock).await, platform)
}

fn action(group: GroupId, state: OutboxState) -> OutboxRow {
    let post = Action::Post { text: "欢迎".into(), reply_to: None, class: ActorClass::Host };
    OutboxRow {
        org: OrgId(1),
        group,
        seq: Seq(1),
        n: 0,
        platform: "web".to_owned(),
        kind: "post".to_owned(),
        action: post.to_text(),
        state,
        tries: 0,
        next_at: Millis(NOON),
        changed: Millis(NOON),
        result: String::new(),
    }
}

async fn in_state(database: &testkit::Database, state: OutboxState) -> OutboxRow {
    let store = database.open().await;
    let store = &store;
    until(|| async move { store.outbox(ORG, state, 10).await.unwrap().pop() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_sent_once_and_what_the_platform_said_is_kept() {
    for database in testkit::databases().await {
        let (place, platform) = open(&database, []).await;
        let row = action(place.group, OutboxState::Planned);
        plant(&database, place.group, |write| write.outbox.push(row)).await;
        assert_eq!(in_state(&database, OutboxState::Sent).await.result, "42");
        place.live.stop().await;
        let sent = platform.sent.lock().unwrap();
        assert_eq!(sent.len(), 1);
        assert_eq!((sent[0].id, sent[0].tries), ((Seq(1), 0), 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_certainly_not_done_is_tried_again_after_a_pause() {
    for database in testkit::databases().await {
        let busy = Outcome::NotNow { why: "slow down".to_owned(), after_ms: Some(5_000) };
        let (place, platform) = open(&database, [busy]).await;
        let row = action(place.group, OutboxState::Planned);
        plant(&database, place.group, |write| write.outbox.push(row)).await;
        let store = database.open().await;
        let store = &store;
        let waiting = until(|| async move {
            let rows = store.outbox(ORG, OutboxState::Planned, 10).await.unwrap();
            rows.into_iter().find(|row| row.tries == 1)
        })
        .await;
        assert!(waiting.next_at >= Millis(NOON + 5_000), "{waiting:?}");
        assert_eq!(platform.sent.lock().unwrap().len(), 1);
        place.clock.set(waiting.next_at.0);
        in_state(&database, OutboxState::Sent).await;
        place.live.stop().await;
        assert_eq!(platform.sent.lock().unwrap().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_may_have_arrived_is_left_to_a_person() {
    for database in testkit::databases().await {
        let lost = Outcome::Unknown { why: "the connection broke".to_owned() };
        let (place, platform) = open(&database, [lost]).await;
        let row = action(place.group, OutboxState::Planned);
        plant(&database, place.group, |write| write.outbox.push(row)).await;
        in_state(&database, OutboxState::Unknown).await;
        let tasks = place.live.tasks(ORG, TaskState::Open, 10).await.unwrap();
        assert_eq!((tasks.len(), tasks[0].name.as_str()), (1, "check_outcome:1:0"));
        place.clock.pass(24 * 3_600_000);
        place.live.stop().await;
        assert_eq!(platform.sent.lock().unwrap().len(), 1, "never blindly repeated");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_on_its_way_when_the_program_died_is_unknown_at_the_next_start() {
    for database in testkit::databases().await {
        let (place, _) = open(&database, []).await;
        place.live.stop().await;
        let row = action(place.group, OutboxState::Sending);
        plant(&database, place.group, |write| write.outbox.push(row)).await;
        let platform = Arc::new(Scripted::default());
        let all: Vec<Arc<dyn Platform>> = vec![Arc::<Scripted>::clone(&platform)];
        let live = start_with(&database, &place.clock, all).await;
        in_state(&database, OutboxState::Unknown).await;
        assert_eq!(live.tasks(ORG, TaskState::Open, 10).await.unwrap().len(), 1);
        live.stop().await;
        assert!(platform.sent.lock().unwrap().is_empty());
    }
}
