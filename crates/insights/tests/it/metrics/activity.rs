//! How much is said and by how many, silence and stickiness, reckoned by hand.

use crate::diary::{Diary, base, close, day, figure, group, span, value};
use domain::ActorClass;
use insights::{Figure, GroupPages, Missing, Need};

// catalogue: P18
#[test]
fn messages_per_day_count_silent_days_and_staff_but_no_bots() {
    let mut diary = Diary::new();
    diary.class(50, ActorClass::Staff).class(51, ActorClass::Bot);
    diary.say(0, 1, 600).say(0, 50, 20).say(0, 51, 999).say(4, 1, 380);
    let pages = diary.pages();
    assert_eq!(base("messages_per_day", group(&pages), span(0, 4)), (1000.0, 5.0));
    assert_eq!(base("speakers_per_day", group(&pages), span(0, 4)), (3.0, 5.0));
    assert_eq!(base("messages_per_speaker", group(&pages), span(0, 4)), (980.0, 1.0));
}

// catalogue: P19
#[test]
fn active_and_silent_members_make_the_whole() {
    let mut diary = Diary::new();
    diary.all_say(0, 1..=9).leave(1, 9).say(2, 1, 1);
    let pages = diary.pages();
    let group = GroupPages { members_given: Some((day(2), 10)), ..group(&pages) };
    // 9 left; 8 of the 10 who are there wrote.
    assert_eq!(base("active_share", group, span(0, 2)), (8.0, 10.0));
    assert_eq!(base("silent_share", group, span(0, 2)), (2.0, 10.0));
    // Only person 1 wrote on the last day.
    assert_eq!(base("active_share", group, span(2, 2)), (1.0, 10.0));
}

// catalogue: P19
#[test]
fn a_number_of_members_below_the_writers_is_no_base() {
    let mut diary = Diary::new();
    diary.all_say(0, 1..=9);
    let pages = diary.pages();
    let group = GroupPages { members_given: Some((day(0), 6)), ..group(&pages) };
    let unknown = Figure::Unknown(Missing::NotInSource(Need::Members));
    assert_eq!(figure("active_share", group, span(0, 0)), unknown);
}

#[test]
fn stickiness_is_measured_over_four_weeks() {
    let mut diary = Diary::new();
    (0..28).for_each(|n| _ = diary.say(n, 1, 1));
    (0..4).for_each(|week| _ = diary.say(week * 7, 2, 1));
    diary.say(3, 3, 1).say(4, 4, 1).say(5, 5, 1);
    let pages = diary.pages();
    // 28 + 4 + 3 person-days ÷ 28 ÷ 5; weeks: 1 and 2 each week, 3–5 in the first.
    let stickiness = value("stickiness", group(&pages), span(0, 27));
    assert!(close(stickiness, 35.0 / 28.0 / 5.0));
    assert!(close(value("wau_mau", group(&pages), span(20, 27)), (5.0 + 6.0) / 4.0 / 5.0));
    let short = figure("stickiness", group(&pages), span(0, 26));
    assert_eq!(short, Figure::Unknown(Missing::WindowTooShort));
}

// catalogue: O05
#[test]
fn silence_is_counted_from_the_last_word_of_a_person() {
    let mut diary = Diary::new();
    diary.class(51, ActorClass::Bot);
    diary.say(0, 1, 1).say(5, 1, 1).say(9, 51, 1);
    let pages = diary.pages();
    assert!(close(value("silent_days", group(&pages), span(0, 9)), 4.0));
    assert!(close(value("silent_days", group(&pages), span(0, 30)), 25.0));
    assert!(close(value("longest_silence", group(&pages), span(0, 6)), 4.0));
    assert!(close(value("longest_silence", group(&pages), span(0, 9)), 4.0));
}
