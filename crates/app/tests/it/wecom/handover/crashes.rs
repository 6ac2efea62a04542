//! Cut off anywhere: between asked and answer, after it was taken, before it went out.

use app::wecom::Takes;
use domain::{HandState, HeldKind, Millis};
use practice::wecom::Fault;
use store::{HandedChange, HandedRow, WecomId};

use crate::wecom::handover::{A_DAY, count, to};
use crate::wecom::{Scene, owner};

const LEFT: &str = "externalcontact/resigned/transfer_customer";
const GROUPS: &str = "externalcontact/groupchat/transfer";

/// Customers whom the platform took up twice.
fn asked_twice(scene: &Scene) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    scene.practice.read(|books| {
        let all = books.transfers.iter().map(|one| one.customer.clone());
        all.filter(|one| !seen.insert(one.clone())).collect()
    })
}

/// Calls that its customers need, a hundred in each.
async fn calls(scene: &Scene, id: WecomId, begun: i64) -> usize {
    let view = scene.shown(id, begun).await;
    view.items.iter().filter(|one| one.kind == HeldKind::Contact).count().div_ceil(100)
}

/// Everything to its end, looked at every few minutes at first.
async fn to_the_end(scene: &Scene, id: WecomId, begun: i64) {
    for pause in [2, 2, 12, 12, 60, 60] {
        scene.pass(pause * Millis::MINUTE);
        scene.goes_on(id).await;
    }
    for _ in 0..3 {
        scene.pass(A_DAY);
        scene.goes_on(id).await;
    }
    let view = scene.shown(id, begun).await;
    assert!(view.row.ended.is_some(), "{:?}", view.row);
    assert!(view.items.iter().all(|one| one.state == HandState::Done), "{:?}", view.items);
    assert_eq!(asked_twice(scene), Vec::<String>::new());
    scene.holds_as_the_books(id).await;
}

// Taken by the platform, but nobody heard it: looked up, not repeated.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_before_the_answer_was_lost_is_looked_up() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 8).await;
        let id = scene.connected().await;
        let (leaver, takers) = (scene.leaver(), scene.takers());
        scene.practice.faults(|faults| {
            faults.plan(LEFT, 1, Fault::Cut);
            faults.plan(GROUPS, 1, Fault::Cut);
        });
        let begun = scene.begins(id, &to(&leaver, &[&takers[0]])).await;
        let view = scene.shown(id, begun).await;
        assert!(count(&view, HeldKind::Contact, HandState::Asked) > 0);
        assert_eq!(view.still.as_ref().map(|still| still.word.as_str()), Some("network"));
        let calls = calls(&scene, id, begun).await;
        to_the_end(&scene, id, begun).await;
        assert_eq!((scene.asked(LEFT), scene.asked(GROUPS)), (calls, 1));
        scene.place.live.stop().await;
    }
}

// Not taken (5xx in front of the platform): looked up, found unknown, asked for again.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_taken_is_asked_for_again_after_it_was_looked_up() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let (leaver, takers) = (scene.leaver(), scene.takers());
    for fault in [Fault::Status(502), Fault::Code(-1)] {
        scene.practice.faults(|faults| {
            faults.plan(LEFT, 1, fault);
            faults.plan(GROUPS, 1, fault);
        });
    }
    let begun = scene.begins(id, &to(&leaver, &[&takers[0], &takers[1]])).await;
    to_the_end(&scene, id, begun).await;
    assert!(scene.asked("externalcontact/resigned/transfer_result") > 1);
    scene.place.live.stop().await;
}

/// Everything stands as asked for, as when the program died at that moment.
async fn dies(scene: &Scene, id: WecomId, begun: i64) {
    let now = scene.practice.now();
    let asked = |row: HandedRow| HandedChange {
        was: row.state,
        row: HandedRow { state: HandState::Asked, asked: Some(now), until: None, ..row },
    };
    let rows = scene.store.handed(id, begun).await.unwrap();
    let changes = rows.into_iter().map(asked).collect();
    scene.store.change_handed((id, begun), changes).await.unwrap();
    let calls = scene.asked(LEFT);
    scene.goes_on(id).await;
    assert_eq!(scene.asked(LEFT), calls, "nothing is repeated blindly");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stood_as_asked_when_the_program_died_is_looked_up_first() {
    for went_out in [false, true] {
        let database = testkit::sqlite();
        let scene = Scene::set(&database, 8).await;
        let id = scene.connected().await;
        let (leaver, takers) = (scene.leaver(), scene.takers());
        let form = to(&leaver, &[&takers[0]]);
        let begun = scene.console.begin_handover(&owner(), id.account, &form).await.unwrap();
        let begun = begun.handover;
        if went_out {
            scene.goes_on(id).await;
        }
        dies(&scene, id, begun).await;
        let calls = calls(&scene, id, begun).await;
        to_the_end(&scene, id, begun).await;
        assert_eq!((scene.asked(LEFT), scene.asked(GROUPS)), (calls, 1), "{went_out}");
        scene.place.live.stop().await;
    }
}

// A customer who said no to the same taker before: what is told may be of that time.
#[tokio::test(flavor = "multi_thread")]
async fn an_old_refusal_is_not_taken_for_the_answer_to_a_new_asking() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let (leaver, takers) = (scene.leaver(), scene.takers());
    let mut form = to(&leaver, &[&takers[0]]);
    form.takers[0].1 = Takes::Contacts;
    let begun = scene.begins(id, &form).await;
    let who = scene.shown(id, begun).await.items[0].held.clone();
    scene.practice.act(|books, now| books.answer_transfer(&who, false, now)).unwrap();
    scene.pass(A_DAY);
    scene.goes_on(id).await;
    assert!(scene.shown(id, begun).await.row.ended.is_some());
    let again = scene.console.begin_handover(&owner(), id.account, &form).await.unwrap();
    let again = again.handover;
    dies(&scene, id, again).await;
    scene.pass(2 * Millis::MINUTE);
    scene.goes_on(id).await;
    let view = scene.shown(id, again).await;
    let own = view.items.iter().find(|one| one.held == who).unwrap();
    assert_eq!((own.state, own.code), (HandState::Failed, None), "nobody guesses");
    assert!(view.may_again(own), "a person decides");
    scene.place.live.stop().await;
}
