//! Announcement, rules, pins and closing, as the state keeps them.

use domain::{EventWhat, Millis, Seq};

use crate::scene::{ANN, KIM, Scene};

fn announce(text: &str) -> EventWhat {
    EventWhat::Announce { text: text.into() }
}

fn pin(of: i64, scene: &Scene) -> EventWhat {
    EventWhat::Pin { of, said: scene.said(ANN), on: true }
}

#[test]
fn the_announcement_in_force_says_version_author_and_place_of_its_words() {
    let mut scene = Scene::group();
    for version in 1..=2 {
        scene.after(1000);
        let seq = Seq(scene.next);
        scene.ask(KIM, announce("周五晚八点直播")).unwrap();
        let notice = scene.state.room.announcement.unwrap();
        assert_eq!((notice.version, Seq(notice.seq), notice.by), (version, seq, KIM.0));
        assert_eq!(notice.at, scene.now);
    }
    scene.ask(KIM, announce("")).unwrap();
    assert_eq!(scene.state.room.announcement, None);
    scene.ask(KIM, announce("改到周六")).unwrap();
    assert_eq!(scene.state.room.announcement.unwrap().version, 3, "no version is given twice");
}

#[test]
fn pins_show_the_latest_first_and_drop_what_was_taken_back() {
    let mut scene = Scene::group();
    for of in [4, 7, 5] {
        let what = pin(of, &scene);
        scene.ask(KIM, what).unwrap();
    }
    assert_eq!(scene.state.room.pins, [5, 7, 4]);
    let said = scene.said(ANN);
    scene.ask(ANN, EventWhat::Recall { of: 7, said }).unwrap();
    assert_eq!(scene.state.room.pins, [5, 4]);
}

#[test]
fn of_more_pins_than_are_kept_the_oldest_give_way() {
    let mut scene = Scene::group();
    for of in 1..=30 {
        scene.told(KIM, EventWhat::Pin { of, said: None, on: true });
    }
    assert_eq!(scene.state.room.pins, (21..=30).rev().collect::<Vec<_>>());
}

#[test]
fn closing_keeps_pins_and_the_first_moment() {
    let mut scene = Scene::group();
    let what = pin(4, &scene);
    scene.ask(KIM, what).unwrap();
    scene.ask(KIM, EventWhat::Close { farewell: "感谢大家".into() }).unwrap();
    let closed = scene.state.room.closed;
    assert!(closed.is_some_and(|at| at >= scene.now));
    scene.after(Millis::DAY);
    scene.told(KIM, EventWhat::Close { farewell: "".into() });
    assert_eq!((scene.state.room.closed, scene.state.room.pins.as_slice()), (closed, &[4][..]));
    scene.ask(KIM, EventWhat::Reopen).unwrap();
    assert_eq!(scene.state.room.closed, None);
}
