//! A welcome is sent at most once, whatever fails or dies when.

use domain::Millis;
use practice::wecom::Fault;
use store::WelcomeState;

use crate::wecom::welcomes::{Welcoming, words};

const SEND: &str = "externalcontact/send_welcome_msg";

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_told_twice_brings_one_welcome() {
    for database in testkit::databases().await {
        let all = Welcoming::set(&database, 11).await;
        all.saved(words("欢迎，{昵称}")).await;
        let (code, letter) = all.comes("小雨", (&all.staff[0], "a"));
        all.told(&letter).await;
        // The same code in another letter, and the same letter again.
        let half = letter.replace("add_external", "add_half_external");
        all.told(&half).await;
        let console = &all.scene.console;
        let (one, two) =
            tokio::join!(console.welcome_company_now(all.id), console.welcome_company_now(all.id));
        one.unwrap();
        two.unwrap();
        all.told(&letter).await;
        console.welcome_company_now(all.id).await.unwrap();
        assert_eq!(all.calls(&code).len(), 1, "{:?}", all.calls(&code));
        assert_eq!(all.row(&code).await.state, WelcomeState::Sent);
        assert_eq!(all.text_of(&code), "欢迎，小雨");
        all.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_by_a_program_that_died_is_unknown_and_never_sent_again() {
    for database in testkit::databases().await {
        let all = Welcoming::set(&database, 12).await;
        all.saved(words("欢迎")).await;
        let (code, letter) = all.comes("小雨", (&all.staff[0], ""));
        all.told(&letter).await;
        // The program takes it, and is gone before it notes an answer.
        let now = all.scene.practice.now();
        let taken = all.scene.store.take_welcomes(all.id, (10, now)).await.unwrap();
        assert_eq!(taken.len(), 1);
        let (live, reborn) = all.reborn(&database).await;
        all.told_to(&reborn, &letter).await;
        for _ in 0..3 {
            reborn.welcome_company_now(all.id).await.unwrap();
            assert_eq!(all.row(&code).await.state, WelcomeState::Taken, "it may still be calling");
        }
        all.scene.pass(Millis::MINUTE + 1_000);
        reborn.welcome_company_now(all.id).await.unwrap();
        let row = all.row(&code).await;
        assert_eq!(row.state, WelcomeState::Unknown);
        assert!(row.said.contains("unanswered"), "{}", row.said);
        all.told_to(&reborn, &letter).await;
        reborn.welcome_company_now(all.id).await.unwrap();
        assert_eq!(all.calls(&code), [], "nobody called after the first one died");
        assert_eq!(all.count(WelcomeState::Unknown).await, 1);
        live.stop().await;
        all.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_when_the_program_died_is_welcomed_in_time_or_counted_as_late() {
    let database = testkit::sqlite();
    let all = Welcoming::set(&database, 13).await;
    all.saved(words("欢迎")).await;
    let (soon, letter) = all.comes("甲", (&all.staff[0], ""));
    all.told(&letter).await;
    let (live, reborn) = all.reborn(&database).await;
    all.scene.pass(15_000);
    reborn.welcome_company_now(all.id).await.unwrap();
    assert_eq!(all.row(&soon).await.state, WelcomeState::Sent);
    let (late, letter) = all.comes("乙", (&all.staff[0], ""));
    all.scene.pass(20_001);
    all.told(&letter).await;
    reborn.welcome_company_now(all.id).await.unwrap();
    assert_eq!(all.row(&late).await.state, WelcomeState::Late);
    assert_eq!((all.calls(&late).len(), all.count(WelcomeState::Late).await), (0, 1));
    live.stop().await;
    all.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_of_the_platform_is_told_as_what_it_means() {
    let database = testkit::sqlite();
    let all = Welcoming::set(&database, 14).await;
    all.saved(words("欢迎")).await;
    let plans: [(&[Fault], WelcomeState, usize); 8] = [
        (&[Fault::Code(-1)], WelcomeState::Sent, 2),
        // It is done, but the answer is cut: then the code is used, nobody knows by whom.
        (&[Fault::Cut], WelcomeState::Unknown, 2),
        (&[Fault::Status(502)], WelcomeState::Sent, 2),
        (&[Fault::Code(-1); 9], WelcomeState::Unknown, 4),
        (&[Fault::Code(41_096)], WelcomeState::Sent, 2),
        (&[Fault::Code(41_051)], WelcomeState::Refused, 1),
        (&[Fault::Code(41_053)], WelcomeState::Refused, 1),
        (&[Fault::Code(45_033)], WelcomeState::Sent, 2),
    ];
    for (faults, state, calls) in plans {
        for fault in faults {
            all.scene.practice.faults(|all| all.plan(SEND, 1, *fault));
        }
        let row = all.welcomed("小雨", (&all.staff[0], "")).await;
        all.scene.practice.faults(practice::wecom::Faults::clear);
        assert_eq!(row.state, state, "{faults:?} {}", row.said);
        let made = all.calls(&row.new.code);
        assert_eq!(made.len(), calls, "{faults:?} {made:?}");
        let done = made.iter().filter(|call| call.code == Some(0)).count();
        assert!(done <= 1 && (done == 1) == all.said(&row.new.code).is_some(), "{made:?}");
        all.scene.pass(1_000);
    }
    // Another app was first.
    let (code, letter) = all.comes("小雨", (&all.staff[0], ""));
    all.scene.practice.write(|books| {
        books.welcomes.codes.get_mut(&code).unwrap().said = Some(serde_json::json!({"text": "他"}));
    });
    all.told(&letter).await;
    all.scene.console.welcome_company_now(all.id).await.unwrap();
    let row = all.row(&code).await;
    assert_eq!(row.state, WelcomeState::Refused);
    assert!(row.said.contains("41050"), "{}", row.said);
    // A limit is not knocked at again and again.
    all.scene.practice.faults(|all| all.plan(SEND, 1, Fault::Code(45_009)));
    let first = all.welcomed("丁", (&all.staff[0], "")).await;
    let second = all.welcomed("戊", (&all.staff[0], "")).await;
    assert_eq!((first.state, second.state), (WelcomeState::Refused, WelcomeState::Refused));
    assert_eq!((all.calls(&first.new.code).len(), all.calls(&second.new.code).len()), (1, 0));
    all.stop().await;
}
