//! Pulls that are cut off, refused and taken up again.

use app::wecom::{Standstill, StepState};
use domain::Millis;
use practice::wecom::{Family, Fault};

use crate::wecom::{Scene, is_through, owner};

type Set = fn(&mut practice::wecom::Faults);

/// How often a call was made.
fn calls(scene: &Scene, path: &str) -> usize {
    scene.practice.calls().iter().filter(|call| call.path.ends_with(path)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pull_that_is_cut_off_goes_on_where_it_stood() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 4).await;
        scene.practice.faults(|faults| faults.details_late_ms = 0);
        scene.practice.limits(|limits| limits.call_minute = 15);
        let id = {
            let form = scene.form();
            let connected = scene.console.connect_company(&owner(), &form).await.unwrap();
            let app::wecom::Connected::Now(id) = connected else { panic!("{connected:?}") };
            id
        };
        let steps = scene.rested(id).await;
        let StepState::Still(Standstill { word, .. }) = &steps[2].state else {
            panic!("{steps:?}")
        };
        assert_eq!(word, "limit");
        assert!(steps[2].done >= 10 && steps[2].done <= 15, "{steps:?}");
        let (lists, read) = (calls(&scene, "groupchat/list"), steps[2].done);
        scene.practice.limits(|limits| limits.call_minute = 10_000);
        scene.pass(2 * Millis::MINUTE);
        let steps = scene.again(id).await;
        assert!(is_through(&steps), "{steps:?}");
        assert_eq!(calls(&scene, "groupchat/list"), lists, "the list is not asked for again");
        assert!(steps[2].done > read);
        scene.equals_the_books(id).await;
        scene.place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_has_to_set_right_is_told_in_plain_words_and_nothing_is_lost() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 5).await;
    let id = scene.connected().await;
    let before = scene.present(id).await;
    let cases: [(&str, usize, Set); 3] = [
        ("address", 0, |faults| faults.untrusted = true),
        ("permission", 1, |faults| {
            faults.revoked.insert(Family::Groups);
        }),
        ("disabled", 0, |faults| faults.disabled = true),
    ];
    for (told, at, set) in cases {
        scene.practice.faults(set);
        let steps = scene.again(id).await;
        let StepState::Still(still) = &steps[at].state else { panic!("{told}: {steps:?}") };
        assert_eq!(still.word, told, "{still:?}");
        if told == "address" {
            assert!(still.said.contains("127.0.0.1"), "{still:?}");
        }
        assert_eq!(scene.present(id).await, before, "{told}: nothing is lost");
        scene.practice.faults(practice::wecom::Faults::clear);
        assert!(is_through(&scene.again(id).await), "{told}");
    }
    // A group that cannot be read stands beside the others.
    let chat = before[0].chat.clone();
    scene.practice.faults(|faults| {
        faults.plan("externalcontact/groupchat/get", 1, Fault::Code(90_501));
    });
    assert!(is_through(&scene.again(id).await));
    let groups = scene.store.wecom_groups(id).await.unwrap();
    assert_eq!(groups.iter().filter(|row| !row.failure.is_empty()).count(), 1, "{chat}");
    assert_eq!(scene.present(id).await.len(), before.len());
    scene.place.live.stop().await;
}
