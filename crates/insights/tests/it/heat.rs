//! Activity by weekday and hour, and the best slots.

use crate::diary::{Diary, group, span, value};
use domain::ActorClass;
use insights::{Heat, Page, Settings, Slot, overview};

fn heat(pages: &[Page], from: i32, to: i32) -> Heat {
    overview(&[group(pages)], span(from, to), &Settings::default()).heat
}

/// Four weeks: on Mondays at 23:00 six people, on Tuesdays at 20:00 four, on Fridays at 12:00
/// five in two of the four weeks.
fn four_weeks() -> Diary {
    let mut diary = Diary::new();
    diary.class(50, ActorClass::Staff).class(51, ActorClass::Bot);
    for week in 0..4 {
        (1..=6).for_each(|who| _ = diary.speak(week * 7, 23, who, (2, 1)));
        (1..=4).for_each(|who| _ = diary.speak(week * 7 + 1, 20, who, (1, 1)));
        if week % 2 == 0 {
            (1..=5).for_each(|who| _ = diary.speak(week * 7 + 4, 12, who, (1, 1)));
        }
        diary.speak(week * 7 + 6, 9, 50, (3, 3)).speak(week * 7 + 6, 9, 51, (3, 3));
    }
    diary
}

// catalogue: F32
// catalogue: P07
#[test]
fn the_best_slot_has_the_highest_expected_reach_outside_quiet_hours() {
    let pages = four_weeks().pages();
    let heat = heat(&pages, 0, 27);
    assert_eq!(heat.weekdays, [4; 7]);
    assert_eq!((heat.messages[0][23], heat.people[0][23]), (48, 24));
    assert_eq!((heat.messages[4][12], heat.people[4][12]), (10, 10));
    // Staff messages are talk, but staff are nobody to be reached; bots are neither.
    assert_eq!((heat.messages[6][9], heat.people[6][9]), (12, 0));
    let slots =
        [Slot { weekday: 1, hour: 20, reach: 4.0 }, Slot { weekday: 4, hour: 12, reach: 2.5 }];
    assert_eq!(heat.best, slots);
    assert!((value("best_slot_reach", group(&pages), span(0, 27)) - 4.0).abs() < 1e-9);
}

// catalogue: F32
#[test]
fn fewer_than_three_weeks_give_no_best_slot() {
    let pages = four_weeks().pages();
    assert_eq!(heat(&pages, 0, 19).best, []);
    assert_eq!(heat(&pages, 0, 20).best.len(), 2);
}

// catalogue: F32
#[test]
fn a_slot_in_which_somebody_was_seen_once_is_chance() {
    let mut diary = Diary::new();
    diary.say(0, 1, 1).say(27, 1, 1);
    let pages = diary.pages();
    assert_eq!(heat(&pages, 0, 27).best, []);
}

// catalogue: F32
#[test]
fn somebody_who_writes_in_two_groups_in_the_same_hour_is_reached_once() {
    let pages = four_weeks().pages();
    let settings = Settings::default();
    let both = overview(&[group(&pages), group(&pages)], span(0, 27), &settings).heat;
    assert_eq!((both.messages[1][20], both.people[1][20]), (32, 16));
}

// catalogue: F32
#[test]
fn a_slot_that_reaches_less_than_one_person_is_none() {
    let mut diary = Diary::new();
    (0..8).for_each(|week| {
        if week != 3 {
            diary.speak(week * 7 + 1, 20, 1, (1, 1));
        }
    });
    diary.speak(55, 9, 2, (1, 1));
    let pages = diary.pages();
    assert_eq!(heat(&pages, 0, 55).best, []);
    // The figure is still told: it is small, not unknown.
    assert!((value("best_slot_reach", group(&pages), span(0, 55)) - 0.875).abs() < 1e-9);
}
