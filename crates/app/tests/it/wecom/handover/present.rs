//! Members who are still there: words to customers, days of groups, letters.

use app::wecom::Stay;
use domain::{HandState, HeldKind, Millis};
use practice::wecom::books::TransferStatus;

use crate::wecom::handover::{A_DAY, count, to};
use crate::wecom::{Scene, owner};

const GROUPS: &str = "externalcontact/groupchat/onjob_transfer";

#[tokio::test(flavor = "multi_thread")]
async fn who_is_there_hands_over_with_words_and_the_same_customers_rest_then() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 8).await;
        let id = scene.connected().await;
        let takers = scene.takers();
        let (giver, taker) = (takers[0].clone(), takers[1].clone());
        let mut form = to(&giver, &[&taker]);
        form.words = "您好，后续由我的同事继续为您服务。".to_owned();
        let begun = scene.begins(id, &form).await;
        let told = scene.practice.read(|books| {
            books.transfers.iter().map(|one| one.words.clone()).collect::<Vec<String>>()
        });
        assert!(!told.is_empty() && told.iter().all(|words| *words == form.words), "{told:?}");
        scene.pass(2 * Millis::MINUTE);
        scene.goes_on(id).await;
        scene.pass(A_DAY);
        scene.goes_on(id).await;
        let view = scene.shown(id, begun).await;
        assert!(view.items.iter().all(|one| one.state == HandState::Done), "{:?}", view.items);
        scene.holds_as_the_books(id).await;
        scene.again(id).await;
        scene.holds_as_the_books(id).await;
        // Handed on at once: every one of those rests for ninety days; groups do not.
        let next = to(&taker, &[&takers[2]]);
        let draft = scene.console.draft_handover(&owner(), id.account, &next).await.unwrap();
        let moved = count(&view, HeldKind::Contact, HandState::Done);
        let bonds = scene.practice.read(|books| books.bonds[&taker].len());
        assert!(draft.resting as usize == moved, "{} of {moved}", draft.resting);
        assert_eq!(draft.days.iter().map(|day| day.contacts as usize).sum::<usize>(), bonds);
        assert!(draft.takes_days > 90, "{}", draft.takes_days);
        scene.place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_groups_go_on_a_day_and_the_others_follow() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = {
        let takers = scene.takers();
        let giver = takers[0].clone();
        scene.practice.write(|books| {
            let now = Millis(crate::live::NOON);
            for nth in 0..310 {
                books.make_group(&giver, &format!("新群{nth}"), now).unwrap();
            }
        });
        scene.connected().await
    };
    let takers = scene.takers();
    let mut form = to(&takers[0], &[&takers[1]]);
    form.takers[0].1 = app::wecom::Takes::Groups;
    let draft = scene.console.draft_handover(&owner(), id.account, &form).await.unwrap();
    assert_eq!((draft.takes_days, draft.days.len(), draft.days[0].groups), (2, 2, 300));
    assert!(draft.stays.iter().all(|stay| stay.why == Stay::NoTaker));
    let begun = scene.begins(id, &form).await;
    let view = scene.shown(id, begun).await;
    assert_eq!(count(&view, HeldKind::Group, HandState::Waiting), 300);
    assert_eq!(scene.asked(GROUPS), 3);
    for _ in 0..30 {
        scene.pass(Millis::HOUR);
        scene.goes_on(id).await;
    }
    let view = scene.shown(id, begun).await;
    assert!(view.items.iter().all(|one| one.state == HandState::Done), "{:?}", view.row);
    assert_eq!(scene.asked(GROUPS), 4, "no call is refused");
    scene.holds_as_the_books(id).await;
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_was_full_before_puts_groups_off() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let takers = scene.takers();
    scene.practice.write(|books| {
        let today = practice::wecom::books::day_of(Millis(crate::live::NOON));
        books.handed_groups.insert(takers[0].clone(), (today, 300));
    });
    let mut form = to(&takers[0], &[&takers[1]]);
    form.takers[0].1 = app::wecom::Takes::Groups;
    let begun = scene.begins(id, &form).await;
    let view = scene.shown(id, begun).await;
    assert!(view.items.iter().all(|one| one.state == HandState::Planned && one.tries == 1));
    scene.pass(A_DAY);
    scene.goes_on(id).await;
    scene.pass(2 * Millis::MINUTE);
    scene.goes_on(id).await;
    let view = scene.shown(id, begun).await;
    assert!(view.row.ended.is_some() && view.items.iter().all(|one| one.state == HandState::Done));
    let waits = scene
        .practice
        .read(|books| books.transfers.iter().any(|one| one.status == TransferStatus::Waiting));
    assert!(!waits);
    scene.holds_as_the_books(id).await;
    scene.place.live.stop().await;
}
