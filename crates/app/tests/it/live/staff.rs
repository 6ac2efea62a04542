//! What staff ask for, confirm and do by hand: task and action go together.

use super::{NOON, ORG, Place, SetClock, start_with, until};
use app::live::{Clock, TaskState, Wanted, asked_by};
use chat::Platform;
use domain::{Action, ActionKind, ActorClass, Capability, IdentityId};
use rehearsal::platform::{Abilities, Rehearsed};
use std::sync::Arc;
use store::{OutboxRow, OutboxState};

fn words(text: &str) -> Action {
    Action::Post { text: text.into(), reply_to: None, class: ActorClass::Host }
}

/// A group on a platform that can do so much.
pub(crate) async fn open(database: &testkit::Database, abilities: Abilities) -> (Place, Rehearsed) {
    let clock = SetClock::at(NOON);
    let shown: Arc<dyn Clock> = Arc::<SetClock>::clone(&clock);
    let platform = Rehearsed::new("web", abilities, shown);
    let all: Vec<Arc<dyn Platform>> = vec![Arc::new(platform.clone())];
    let live = start_with(database, &clock, all).await;
    (Place::open_on(live, clock).await, platform)
}

fn wanted(place: &Place, key: i64, action: Action) -> Wanted {
    Wanted { group: place.group, by: place.ann, key, action }
}

/// The action that went out.
pub(crate) async fn sent(database: &testkit::Database) -> OutboxRow {
    let store = &database.open().await;
    until(|| async move { store.outbox(ORG, OutboxState::Sent, 10).await.unwrap().pop() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_staff_confirm_is_sent_once_they_close_its_task() {
    for database in testkit::databases().await {
        let (place, platform) = open(&database, Abilities::of(Capability::StaffConfirms)).await;
        let id = place.live.act(ORG, wanted(&place, 5, words("早安"))).await.unwrap();
        let again = place.live.act(ORG, wanted(&place, 5, words("早安"))).await.unwrap();
        assert_eq!(id, again, "a double submit asks once");
        let task = place.live.tasks(ORG, TaskState::Open, 10).await.unwrap().pop().unwrap();
        assert_eq!(task.name, format!("carry_out:{}:{}", id.0.0, id.1));
        assert!(platform.arrived().is_empty(), "nothing leaves unconfirmed");
        assert!(place.live.close_task(ORG, place.group, &task.name).await.unwrap());
        let row = sent(&database).await;
        assert_eq!((row.platform.as_str(), (row.seq, row.n)), ("web", id));
        assert_eq!(asked_by(&row.action), Some(place.ann));
        assert!(!place.live.close_task(ORG, place.group, &task.name).await.unwrap());
        place.live.stop().await;
        let arrived = platform.arrived();
        assert_eq!((arrived.len(), arrived[0].times), (1, 1));
        assert_eq!(arrived[0].errand.action, words("早安"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_do_by_hand_is_sent_when_they_say_so_and_holds_nothing_back() {
    for database in testkit::databases().await {
        let abilities = Abilities::all().but(ActionKind::Remove, Capability::ByHand);
        let (place, platform) = open(&database, abilities).await;
        let remove = Action::Remove { who: IdentityId(9) };
        let by_hand = place.live.act(ORG, wanted(&place, 5, remove)).await.unwrap();
        place.clock.pass(1_000);
        let sent_at = place.live.act(ORG, wanted(&place, 6, words("早安"))).await.unwrap();
        let row = sent(&database).await;
        assert_eq!((row.seq, row.n), sent_at, "a task of staff holds no later action back");
        let task = place.live.tasks(ORG, TaskState::Open, 10).await.unwrap().pop().unwrap();
        assert_eq!(task.who, IdentityId(9));
        assert!(place.live.close_task(ORG, place.group, &task.name).await.unwrap());
        let store = database.open().await;
        let row = store.action(ORG, place.group, by_hand).await.unwrap().unwrap();
        assert_eq!((row.state, row.result.as_str()), (OutboxState::Sent, "by staff"));
        place.live.stop().await;
        assert_eq!(platform.arrived().len(), 1);
        assert!(store.outbox(ORG, OutboxState::Planned, 10).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_platform_refused_is_sent_once_staff_did_it_themselves() {
    for database in testkit::databases().await {
        let refusing = Abilities { refused_per_mille: 1_000, ..Abilities::all() };
        let (place, platform) = open(&database, refusing).await;
        let id = place.live.act(ORG, wanted(&place, 5, words("早安"))).await.unwrap();
        let live = &place.live;
        let task =
            until(|| async move { live.tasks(ORG, TaskState::Open, 10).await.unwrap().pop() })
                .await;
        let store = &database.open().await;
        until(|| async move { store.outbox(ORG, OutboxState::Failed, 10).await.unwrap().pop() })
            .await;
        assert!(live.close_task(ORG, place.group, &task.name).await.unwrap());
        let row = store.action(ORG, place.group, id).await.unwrap().unwrap();
        assert_eq!((row.state, row.result.as_str()), (OutboxState::Sent, "by staff"));
        place.live.stop().await;
        assert!(platform.arrived().is_empty());
    }
}
