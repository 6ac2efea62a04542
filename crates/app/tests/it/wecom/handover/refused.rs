//! Who says no, who is too full, who leaves in the middle; by letters and by results.

use domain::{HandState, HeldKind, Millis};
use practice::wecom::books::Contact;

use crate::wecom::handover::{A_DAY, count, to};
use crate::wecom::{Scene, owner, wrong};

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_says_no_stays_and_is_told_with_the_reason() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 8).await;
        let id = scene.connected().await;
        let (leaver, takers) = (scene.leaver(), scene.takers());
        let begun = scene.begins(id, &to(&leaver, &[&takers[0]])).await;
        let who = scene.shown(id, begun).await.items[0].held.clone();
        scene.pass(Millis::HOUR);
        scene.practice.act(|books, now| books.answer_transfer(&who, false, now)).unwrap();
        scene.pass(A_DAY);
        scene.goes_on(id).await;
        let view = scene.shown(id, begun).await;
        assert_eq!(count(&view, HeldKind::Contact, HandState::Refused), 1);
        assert!(view.row.ended.is_some());
        let refused = view.items.iter().find(|one| one.state == HandState::Refused).unwrap();
        assert_eq!(refused.held, who);
        assert!(!view.may_again(refused), "customers who said no are left in peace");
        scene.holds_as_the_books(id).await;
        scene.place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_is_too_full_for_goes_to_the_spare_one() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let (leaver, takers) = (scene.leaver(), scene.takers());
    let mut form = to(&leaver, &[&takers[0]]);
    form.spare = takers[1].clone();
    let begun = scene.begins(id, &form).await;
    scene.practice.write(|books| {
        books.staff.get_mut(&takers[0]).unwrap().contact = Contact::Full;
    });
    scene.pass(A_DAY);
    scene.goes_on(id).await;
    let view = scene.shown(id, begun).await;
    let contacts = view.items.iter().filter(|one| one.kind == HeldKind::Contact);
    assert!(contacts.clone().all(|one| one.taker == takers[1]), "{:?}", view.items);
    assert!(contacts.clone().all(|one| one.state == HandState::Waiting));
    scene.pass(A_DAY);
    scene.goes_on(id).await;
    let view = scene.shown(id, begun).await;
    assert_eq!(count(&view, HeldKind::Contact, HandState::Done), contacts.count());
    scene.holds_as_the_books(id).await;
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_taker_leaves_in_the_middle_the_rest_waits_for_a_person() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let (leaver, takers) = (scene.leaver(), scene.takers());
    let mut form = to(&leaver, &[&takers[0], &takers[1]]);
    form.a_day = "3".to_owned();
    let draft = scene.console.draft_handover(&owner(), id.account, &form).await.unwrap();
    assert!(draft.days.len() > 2 && draft.days.iter().all(|day| day.contacts <= 6));
    let begun = scene.begins(id, &form).await;
    let view = scene.shown(id, begun).await;
    assert_eq!(count(&view, HeldKind::Contact, HandState::Waiting), 6);
    scene.practice.act(|books, now| books.resign(&takers[0], now)).unwrap();
    scene.pass(A_DAY);
    scene.goes_on(id).await;
    let view = scene.shown(id, begun).await;
    let own = |one: &&app::wecom::Handed| {
        one.kind == HeldKind::Contact && one.taker == takers[0] && one.state == HandState::Failed
    };
    let stuck = view.items.iter().filter(own).count();
    assert!(stuck > 0 && view.items.iter().filter(own).all(|one| one.code == Some(60_111)));
    assert_eq!(count(&view, HeldKind::Contact, HandState::Full), 3, "they were on their way");
    // The other one's go on, day by day.
    assert!(view.items.iter().any(|one| {
        one.taker == takers[1] && one.state == HandState::Waiting && one.kind == HeldKind::Contact
    }));
    let pair = (takers[0].as_str(), takers[0].as_str());
    scene.again(id).await;
    let retake = scene.console.retake_handover(&owner(), (id.account, begun), pair).await;
    assert_eq!(wrong(retake.unwrap_err())[0].code, "not_a_taker");
    let pair = (takers[0].as_str(), takers[2].as_str());
    let retaken = scene.console.retake_handover(&owner(), (id.account, begun), pair).await.unwrap();
    assert_eq!(retaken.count, stuck as u64 + 3);
    for _ in 0..120 {
        scene.goes_on(id).await;
        scene.pass(6 * Millis::HOUR);
    }
    scene.goes_on(id).await;
    let view = scene.shown(id, begun).await;
    assert!(view.row.ended.is_some(), "{:?}", view.row);
    assert!(view.items.iter().all(|one| one.state == HandState::Done), "{:?}", view.items);
    scene.again(id).await;
    scene.holds_as_the_books(id).await;
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_keeps_what_was_asked_for_and_takes_the_rest_off_the_list() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let (leaver, takers) = (scene.leaver(), scene.takers());
    let mut form = to(&leaver, &[&takers[0]]);
    form.a_day = "5".to_owned();
    let begun = scene.begins(id, &form).await;
    scene.console.cancel_handover(&owner(), id.account, begun).await.unwrap();
    for _ in 0..3 {
        scene.pass(A_DAY);
        scene.goes_on(id).await;
    }
    let view = scene.shown(id, begun).await;
    assert!(view.row.ended.is_some() && view.row.cancelled.is_some());
    assert_eq!(count(&view, HeldKind::Contact, HandState::Done), 5);
    assert!(count(&view, HeldKind::Contact, HandState::Cancelled) > 0);
    scene.holds_as_the_books(id).await;
    // What was taken off the list can be handed over anew.
    scene.begins(id, &to(&leaver, &[&takers[1]])).await;
    scene.place.live.stop().await;
}
