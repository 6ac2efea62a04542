//! From the plan to the end: customers and groups of somebody who left.

use app::console::{Denied, FieldError};
use app::wecom::{HandoverForm, LeftRead, Stay, Takes};
use domain::{Actor, HandState, HeldKind, Millis, Role};
use practice::wecom::{Family, Fault};

use crate::wecom::handover::{A_DAY, count, to};
use crate::wecom::{Scene, owner, wrong};

const LEFT: &str = "externalcontact/resigned/transfer_customer";

// catalogue: U21
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_with_the_leaver_and_our_books_equal_the_companys() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 8).await;
        let id = scene.connected().await;
        let leaver = scene.leaver();
        let holders = scene.console.holders(&owner(), id.account).await.unwrap();
        assert!(matches!(holders.left_read, LeftRead::At(_)), "{:?}", holders.left_read);
        let held = &holders.all[0];
        assert_eq!((held.userid.as_str(), held.left), (leaver.as_str(), true));
        let (contacts, groups) = scene.practice.read(|books| {
            let groups = books.groups.values().filter(|group| group.owner == leaver).count();
            (books.bonds[&leaver].len(), groups)
        });
        assert_eq!((held.contacts as usize, held.groups as usize), (contacts, groups));
        assert!(contacts > 10 && groups > 1, "{contacts} {groups}");
        scene.holds_as_the_books(id).await;
        let takers = scene.takers();
        let form = to(&leaver, &[&takers[0], &takers[1]]);
        let draft = scene.console.draft_handover(&owner(), id.account, &form).await.unwrap();
        assert_eq!((draft.takes_days, draft.stays.len()), (2, 0));
        let shares: Vec<u32> = draft.shares.iter().map(|share| share.contacts).collect();
        assert_eq!(shares.iter().sum::<u32>() as usize, contacts);
        assert!(shares[0] - shares[1] <= 1, "{shares:?}");
        assert_eq!(scene.asked(LEFT), 0, "a plan asks for nothing");
        let begun = scene.begins(id, &form).await;
        let view = scene.shown(id, begun).await;
        assert_eq!(count(&view, HeldKind::Contact, HandState::Waiting), contacts);
        assert_eq!(view.next_until(), Some(Millis(scene.practice.now().0 + Millis::DAY)));
        // Groups change hands at once; that is looked up a minute later.
        scene.pass(2 * Millis::MINUTE);
        scene.goes_on(id).await;
        let view = scene.shown(id, begun).await;
        assert_eq!(count(&view, HeldKind::Group, HandState::Done), groups);
        assert!(view.row.ended.is_none());
        scene.pass(A_DAY);
        scene.goes_on(id).await;
        let view = scene.shown(id, begun).await;
        assert_eq!(count(&view, HeldKind::Contact, HandState::Done), contacts);
        assert!(view.row.ended.is_some() && view.still.is_none());
        scene.holds_as_the_books(id).await;
        let holders = scene.console.holders(&owner(), id.account).await.unwrap();
        let held = holders.of(&leaver);
        assert!(held.is_none_or(|one| one.contacts + one.groups == 0), "{held:?}");
        let findings = scene.console.company_findings(&owner(), id.account).await.unwrap();
        assert!(findings.ownerless.iter().all(|one| one.owner != leaver));
        // And the same after everything was read anew.
        scene.again(id).await;
        scene.holds_as_the_books(id).await;
        assert_eq!(scene.asked(LEFT), 2, "one call for each taker");
        scene.place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_by_its_field_and_leads_alone_hand_over() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let (leaver, takers) = (scene.leaver(), scene.takers());
    let right = to(&leaver, &[&takers[0]]);
    let (two, mut none) = (takers[1].clone(), right.clone());
    none.takers = Default::default();
    let mut twice = right.clone();
    twice.takers[1] = (takers[0].clone(), Takes::Groups);
    let cases: [(HandoverForm, &'static str, &'static str); 8] = [
        (none, "t1", "missing"),
        (to(&leaver, &[&leaver]), "t1", "not_a_taker"),
        (to(&leaver, &[&two, "nobody"]), "t2", "not_a_taker"),
        (twice, "t2", "twice"),
        (HandoverForm { spare: takers[0].clone(), ..right.clone() }, "spare", "a_taker"),
        (HandoverForm { spare: "x".into(), ..right.clone() }, "spare", "not_a_taker"),
        (HandoverForm { a_day: "0".into(), ..right.clone() }, "a_day", "not_a_number"),
        (HandoverForm { words: "好".repeat(201), ..right.clone() }, "words", "too_long"),
    ];
    for (form, field, code) in cases {
        let denied = scene.console.begin_handover(&owner(), id.account, &form).await.unwrap_err();
        assert_eq!(wrong(denied), vec![FieldError { field, code }], "{form:?}");
    }
    let nobody = to("nobody", &[&two]);
    let denied = scene.console.begin_handover(&owner(), id.account, &nobody).await.unwrap_err();
    assert!(matches!(denied, Denied::Missing), "{denied}");
    let keeper = Actor { role: Role::Operator, ..owner() };
    let denied = scene.console.begin_handover(&keeper, id.account, &right).await.unwrap_err();
    assert!(matches!(denied, Denied::NotAllowed(_)), "{denied}");
    assert!(scene.console.handovers(&owner(), id.account).await.unwrap().is_empty());
    scene.begins(id, &right).await;
    let denied = scene.console.begin_handover(&owner(), id.account, &right).await.unwrap_err();
    assert_eq!(wrong(denied), vec![FieldError { field: "giver", code: "open" }]);
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_one_kind_leaves_the_other_with_the_reason() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let (leaver, takers) = (scene.leaver(), scene.takers());
    let mut form = to(&leaver, &[&takers[0]]);
    form.takers[0].1 = Takes::Groups;
    let draft = scene.console.draft_handover(&owner(), id.account, &form).await.unwrap();
    let stays: Vec<(HeldKind, Stay)> = draft.stays.iter().map(|one| (one.kind, one.why)).collect();
    assert_eq!(stays, [(HeldKind::Contact, Stay::NoTaker)]);
    assert_eq!(draft.takes_days, 1);
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_has_to_set_right_stands_on_the_page_and_it_goes_on_after() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let (leaver, takers) = (scene.leaver(), scene.takers());
    scene.practice.faults(|faults| {
        faults.revoked.insert(Family::Transfers);
    });
    let begun = scene.begins(id, &to(&leaver, &[&takers[0]])).await;
    let view = scene.shown(id, begun).await;
    assert_eq!(view.still.as_ref().map(|still| still.word.as_str()), Some("permission"));
    assert!(view.items.iter().all(|one| one.state == HandState::Planned));
    scene.goes_on(id).await;
    let calls = scene.asked(LEFT);
    assert_eq!(calls, 1, "not before its time");
    scene.practice.faults(practice::wecom::Faults::clear);
    scene.practice.faults(|faults| faults.plan(LEFT, 1, Fault::Code(45_009)));
    scene.pass(11 * Millis::MINUTE);
    scene.goes_on(id).await;
    let view = scene.shown(id, begun).await;
    assert_eq!(view.still.as_ref().map(|still| still.word.as_str()), Some("limit"));
    scene.pass(61 * Millis::MINUTE);
    scene.goes_on(id).await;
    let view = scene.shown(id, begun).await;
    assert!(view.still.is_none(), "{:?}", view.still);
    assert_eq!(count(&view, HeldKind::Contact, HandState::Planned), 0);
    // An app that may not be told who left reads everything else.
    scene.practice.faults(|faults| {
        faults.revoked.insert(Family::Transfers);
    });
    assert!(crate::wecom::is_through(&scene.again(id).await));
    let holders = scene.console.holders(&owner(), id.account).await.unwrap();
    let LeftRead::Still(still) = holders.left_read else { panic!("{:?}", holders.left_read) };
    assert_eq!(still.word, "permission");
    scene.place.live.stop().await;
}
