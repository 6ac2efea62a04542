//! What goes wrong on the way: tokens that end, answers that break off, secrets and keys that
//! change.

use app::console::{Console, Denied, FieldError};
use app::wecom::{CompanyForm, PullStep, Standstill, StepState, Vault};
use practice::wecom::Fault;

use crate::wecom::{Scene, is_through, owner};

/// Why the first step that is not through stands still.
fn still(steps: &[PullStep]) -> &Standstill {
    let standing = steps.iter().find_map(|step| match &step.state {
        StepState::Still(still) => Some(still),
        _ => None,
    });
    standing.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_goes_through_ended_tokens_and_answers_that_break_off() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 8).await;
        scene.practice.faults(|faults| {
            for (path, fault) in [
                ("gettoken", Fault::Status(502)),
                ("user/simplelist", Fault::Cut),
                ("externalcontact/groupchat/list", Fault::Code(42_001)),
                ("externalcontact/groupchat/get", Fault::Cut),
                ("externalcontact/groupchat/get", Fault::Code(40_014)),
                ("externalcontact/groupchat/get", Fault::Status(500)),
                ("externalcontact/groupchat/get", Fault::Code(-1)),
                ("externalcontact/batch/get_by_user", Fault::Cut),
            ] {
                faults.plan(path, 1, fault);
            }
        });
        let connected = scene.console.connect_company(&owner(), &scene.form()).await.unwrap();
        let app::wecom::Connected::Now(id) = connected else { panic!("{connected:?}") };
        let steps = scene.rested(id).await;
        assert!(is_through(&steps), "{steps:?}");
        scene.equals_the_books(id).await;
        for (userid, theirs) in scene.practice.read(|books| books.bonds.clone()) {
            let ours = scene.store.wecom_contacts_by(id, &userid).await.unwrap();
            assert_eq!(ours.len(), theirs.len(), "{userid}: each once, of who left, too");
        }
        // Taken back in the middle of everything: the next call asks for another.
        scene.practice.revoke_token();
        assert!(is_through(&scene.again(id).await));
        scene.equals_the_books(id).await;
        scene.place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_was_reset_is_named_and_nothing_is_lost() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 9).await;
    let id = scene.connected().await;
    let before = scene.present(id).await;
    scene.practice.revoke_token();
    scene.practice.faults(|faults| faults.plan("gettoken", 1, Fault::Code(40_001)));
    assert_eq!(still(&scene.again(id).await).word, "secret");
    assert_eq!(scene.present(id).await, before);
    // The new one is typed; it is tried, and the reading goes on.
    let form = CompanyForm { corp: String::new(), ..scene.form() };
    scene.console.change_company(&owner(), id.account, &form).await.unwrap();
    assert!(is_through(&scene.rested(id).await));
    scene.equals_the_books(id).await;
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_another_key_file_the_secret_is_locked_until_it_is_typed_again() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 10).await;
    let id = scene.connected().await;
    let before = scene.present(id).await;
    let other = Console::new(scene.place.live.clone());
    other.open_vault(Vault::new(&[8; 32]));
    scene.pass(domain::Millis::MINUTE);
    let refused = other.pull_company(&owner(), id.account).await;
    let Err(Denied::Wrong(fields)) = refused else { panic!("{refused:?}") };
    assert_eq!(fields, [FieldError { field: "secret", code: "locked" }]);
    assert_eq!(scene.present(id).await, before, "nothing is lost");
    other.change_company(&owner(), id.account, &scene.form()).await.unwrap();
    other.pull_company_now(&owner(), id.account).await.unwrap();
    let steps = other.company(&owner(), id.account).await.unwrap().steps;
    assert!(steps.iter().all(|step| !matches!(step.state, StepState::Still(_))), "{steps:?}");
    scene.place.live.stop().await;
}
