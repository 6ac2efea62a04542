//! What is refused, and in which order of precedence.

use domain::{
    Entrance, EventWhat, IdentityId, JoinManner, LeaveManner, Media, Millis, Origin, Said,
};
use engine::Refusal;

use crate::scene::{ANN, BOB, HOST, KIM, Scene, XIAOLIN, join, message, post};

const STRANGER: IdentityId = IdentityId(77);

fn announce(text: &str) -> EventWhat {
    EventWhat::Announce { text: text.into() }
}

fn rules(text: &str) -> EventWhat {
    EventWhat::Rules { text: text.into() }
}

fn close() -> EventWhat {
    EventWhat::Close { farewell: "".into() }
}

fn rename(name: &str) -> EventWhat {
    EventWhat::Rename { name: name.into() }
}

fn recall(said: Option<Said>) -> EventWhat {
    EventWhat::Recall { of: 5, said }
}

fn pin(of: i64, said: Option<Said>, on: bool) -> EventWhat {
    EventWhat::Pin { of, said, on }
}

fn mute(who: IdentityId, until: Option<i64>) -> EventWhat {
    EventWhat::Mute { who, until: until.map(Millis) }
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "reads as a row of a table")]
fn refused(scene: &mut Scene, who: IdentityId, what: EventWhat, why: Refusal) {
    let before = scene.clone();
    let decided = scene.ask(who, what.clone());
    assert_eq!(decided, Err(why), "{what:?}");
    assert_eq!(scene.state, before.state, "a refused event changes nothing: {what:?}");
    assert_eq!(scene.next, before.next);
}

#[test]
fn only_who_is_in_writes_and_only_keepers_keep_order() {
    let mut scene = Scene::group();
    let said = scene.said(BOB);
    let muted = mute(BOB, Some(scene.now + 1000));
    for what in [message("你好"), rename("Neo"), EventWhat::Leave { how: LeaveManner::Left }] {
        refused(&mut scene, STRANGER, what, Refusal::NotMember);
    }
    refused(&mut scene, STRANGER, announce("x"), Refusal::NotMember);
    let for_keepers = [
        announce("x"),
        rules("x"),
        close(),
        EventWhat::Reopen,
        pin(5, said, true),
        muted,
        EventWhat::Remove { who: BOB },
        EventWhat::Retitle { name: "新群".into() },
    ];
    for what in for_keepers {
        refused(&mut scene, ANN, what, Refusal::KeepersOnly);
    }
    refused(&mut scene, ANN, join("Ann"), Refusal::AlreadyIn);
    refused(&mut scene, IdentityId::NOBODY, join("Zed"), Refusal::NotMember);
}

#[test]
fn nobody_outside_asks_for_a_timer() {
    let mut scene = Scene::group();
    let due = EventWhat::Due { timer: "room:mute:1".into(), due: Millis(0) };
    refused(&mut scene, KIM, due, Refusal::KeepersOnly);
}

#[test]
fn texts_are_neither_empty_nor_endless() {
    let mut scene = Scene::group();
    refused(&mut scene, ANN, message(" \u{3000}\n"), Refusal::Empty);
    refused(&mut scene, ANN, message(&"字".repeat(4001)), Refusal::TooLong { limit: 4000 });
    assert!(scene.ask(ANN, message(&"字".repeat(4000))).is_ok());
    let mut picture = post("");
    picture.features = picture.features.with_media(Media::Image);
    assert!(scene.ask(ANN, EventWhat::Message(picture)).is_ok(), "a picture needs no words");
    let endless = announce(&"字".repeat(2001));
    refused(&mut scene, KIM, endless, Refusal::TooLong { limit: 2000 });
    refused(&mut scene, KIM, rules(&"字".repeat(4001)), Refusal::TooLong { limit: 4000 });
    let reaction = |emoji: &str| EventWhat::Reaction { of: 5, emoji: emoji.into() };
    refused(&mut scene, ANN, reaction(""), Refusal::Empty);
    refused(&mut scene, ANN, reaction(&"👍".repeat(17)), Refusal::TooLong { limit: 16 });
    assert!(scene.ask(ANN, reaction("👩‍👩‍👧‍👦")).is_ok());
}

#[test]
fn names_are_short_plain_and_ones_own() {
    let mut scene = Scene::group();
    refused(&mut scene, ANN, rename("  "), Refusal::Empty);
    refused(&mut scene, ANN, rename(&"名".repeat(25)), Refusal::TooLong { limit: 24 });
    for name in ["A\u{202e}nn", "小\u{200b}林", "A\nB", " Ann2", "\u{feff}Kim", "K\u{2066}im"] {
        refused(&mut scene, ANN, rename(name), Refusal::Name);
        refused(&mut scene, STRANGER, join(name), Refusal::Name);
    }
    refused(&mut scene, ANN, rename("小林"), Refusal::NameTaken);
    refused(&mut scene, ANN, rename("KIM"), Refusal::NameTaken);
    refused(&mut scene, STRANGER, join("bob"), Refusal::NameTaken);
    refused(&mut scene, ANN, rename("Ann"), Refusal::NoChange);
    assert!(scene.ask(ANN, rename("ANN")).is_ok(), "one's own name in other letters");
    scene.ask(BOB, EventWhat::Leave { how: LeaveManner::Left }).unwrap();
    assert!(scene.ask(ANN, rename("Bob")).is_ok(), "who left keeps no name");
}

#[test]
fn members_take_back_their_own_for_ten_minutes_and_keepers_anything() {
    let mut scene = Scene::group();
    let said = scene.said(ANN);
    refused(&mut scene, BOB, recall(said), Refusal::NoSuchMessage);
    refused(&mut scene, ANN, recall(None), Refusal::NoSuchMessage);
    refused(&mut scene, KIM, recall(None), Refusal::NoSuchMessage);
    scene.after(10 * Millis::MINUTE);
    assert!(scene.ask(ANN, recall(said)).is_ok());
    scene.after(2);
    refused(&mut scene, ANN, recall(said), Refusal::TooLate { minutes: 10 });
    scene.after(Millis::DAY);
    assert!(scene.ask(HOST, recall(said)).is_ok());
    let edit = EventWhat::Edit { of: 5, said, text: "别的".into() };
    refused(&mut scene, KIM, edit.clone(), Refusal::NoSuchMessage);
    refused(&mut scene, ANN, edit, Refusal::TooLate { minutes: 10 });
}

#[test]
fn a_closed_group_is_only_left_or_opened_again() {
    let mut scene = Scene::group();
    refused(&mut scene, KIM, EventWhat::Reopen, Refusal::NoChange);
    scene.ask(KIM, close()).unwrap();
    let said = scene.said(ANN);
    for what in [message("还有人吗"), close(), announce("x"), recall(said), rename("K")] {
        refused(&mut scene, KIM, what, Refusal::Closed);
    }
    refused(&mut scene, STRANGER, join("Zed"), Refusal::Closed);
    refused(&mut scene, ANN, EventWhat::Reopen, Refusal::KeepersOnly);
    assert!(scene.ask(BOB, EventWhat::Leave { how: LeaveManner::Left }).is_ok());
    assert!(scene.ask(KIM, EventWhat::Reopen).is_ok());
    assert!(scene.ask(ANN, message("回来了")).is_ok());
}

// catalogue: D17
#[test]
fn nobody_comes_in_without_accepting_the_rules_in_force() {
    let mut scene = Scene::group();
    let accepting = |version| {
        EventWhat::Join(Entrance {
            name: "Zed".into(),
            how: JoinManner::Link,
            by: IdentityId::NOBODY,
            via: "".into(),
            rules: version,
        })
    };
    scene.ask(KIM, rules("不发广告")).unwrap();
    let first = Refusal::RulesNotAccepted { version: 1 };
    refused(&mut scene, STRANGER, accepting(0), first);
    scene.ask(KIM, rules("不发广告，不刷屏")).unwrap();
    let second = Refusal::RulesNotAccepted { version: 2 };
    refused(&mut scene, STRANGER, accepting(1), second);
    scene.ask(STRANGER, accepting(2)).unwrap();
    assert_eq!(scene.roster.present(STRANGER).unwrap().rules, 2);
    scene.ask(KIM, rules(" ")).unwrap();
    refused(&mut scene, KIM, rules(""), Refusal::NoChange);
    assert!(scene.ask(IdentityId(78), join("Yan")).is_ok(), "no rules, nothing to accept");
    scene.ask(KIM, rules("从头来过")).unwrap();
    let third = Refusal::RulesNotAccepted { version: 3 };
    refused(&mut scene, IdentityId(79), join("Yu"), third);
}

#[test]
fn who_was_removed_does_not_come_back_by_a_link_for_a_day() {
    let mut scene = Scene::group();
    scene.ask(KIM, EventWhat::Remove { who: BOB }).unwrap();
    refused(&mut scene, KIM, EventWhat::Remove { who: BOB }, Refusal::NoChange);
    refused(&mut scene, BOB, join("Bob"), Refusal::Removed);
    refused(&mut scene, BOB, message("让我进来"), Refusal::NotMember);
    scene.after(Millis::DAY - 10);
    refused(&mut scene, BOB, join("Bob"), Refusal::Removed);
    scene.after(10);
    scene.ask(BOB, join("Bob")).unwrap();
    assert_eq!(scene.roster.present(BOB).unwrap().stay, 2);
}

#[test]
fn pins_are_few_and_of_messages_that_are_there() {
    let mut scene = Scene::group();
    let said = scene.said(ANN);
    refused(&mut scene, KIM, pin(1, None, true), Refusal::NoSuchMessage);
    refused(&mut scene, KIM, pin(1, None, false), Refusal::NoChange);
    for of in 1..=10 {
        scene.ask(KIM, pin(of, said, true)).unwrap();
    }
    refused(&mut scene, KIM, pin(11, said, true), Refusal::TooManyPins { limit: 10 });
    refused(&mut scene, KIM, pin(3, said, true), Refusal::NoChange);
    scene.ask(KIM, pin(3, None, false)).unwrap();
    scene.ask(KIM, pin(11, said, true)).unwrap();
    assert_eq!(scene.state.room.pins, [11, 10, 9, 8, 7, 6, 5, 4, 2, 1]);
}

#[test]
fn what_changes_nothing_is_said_to() {
    let mut scene = Scene::group();
    let (later, earlier) = (scene.now + Millis::HOUR, scene.now - 1);
    for what in [
        announce("  "),
        mute(ANN, None),
        mute(ANN, Some(earlier)),
        mute(STRANGER, Some(later)),
        mute(HOST, Some(later)),
        EventWhat::Remove { who: STRANGER },
    ] {
        refused(&mut scene, KIM, what, Refusal::NoChange);
    }
    scene.ask(KIM, mute(ANN, Some(later))).unwrap();
    refused(&mut scene, KIM, mute(ANN, Some(later)), Refusal::NoChange);
}

#[test]
fn what_was_told_is_noted_whatever_we_should_say() {
    let mut scene = Scene::group();
    scene.ask(KIM, close()).unwrap();
    let said = scene.said(ANN);
    let moves = [
        message(""),
        message(&"字".repeat(9000)),
        join("Kim"),
        rename("A\u{202e}"),
        recall(None),
        recall(said),
        pin(1, None, true),
        announce(&"字".repeat(9000)),
        rules("x"),
        mute(XIAOLIN, Some(scene.now + 1)),
        mute(STRANGER, None),
        EventWhat::Remove { who: STRANGER },
        EventWhat::Leave { how: LeaveManner::Unknown },
        close(),
        EventWhat::Reopen,
    ];
    for what in moves {
        for origin in [Origin::Told, Origin::Cascade, Origin::Timer] {
            let event = scene.event(BOB, origin, what.clone());
            let decision = scene.decide(&event).unwrap();
            assert_eq!(decision.facts.len(), 1, "{what:?} {origin:?}");
        }
    }
}
