//! What newcomers do first, reckoned by hand.

use crate::diary::{Diary, FIRST, base, close, day, figure, group, span, value};
use insights::{Figure, GroupPages, Missing};

// catalogue: P05
#[test]
fn activation_is_the_first_effective_message_within_seven_days() {
    let mut diary = Diary::new();
    (1..=6).for_each(|who| _ = diary.join(0, who));
    diary.say(0, 1, 1).say(6, 2, 1).say(7, 3, 1).speak(2, 10, 4, (3, 0));
    diary.join(5, 7).say(5, 7, 1).say(10, 1, 1);
    let pages = diary.pages();
    // 1 and 2 in time, 3 a day late, 4 only chatter; 7 has not had seven days yet.
    assert_eq!(base("activation", group(&pages), span(0, 10)), (2.0, 6.0));
}

#[test]
fn the_time_to_the_first_word_says_how_many_spoke() {
    let mut diary = Diary::new();
    (1..=5).for_each(|who| _ = diary.join(0, who)); // at 9:00
    diary.ask(0, 1, FIRST); // 1 hour
    diary.ask(1, 2, FIRST); // 25 hours
    diary.ask(2, 3, FIRST); // 49 hours
    diary.ask(2, 99, FIRST); // did not join
    let pages = diary.pages();
    let hours = value("time_to_first_word", group(&pages), span(0, 2)) / 3_600_000.0;
    assert!(close(hours, 25.0));
    assert_eq!(base("time_to_first_word", group(&pages), span(0, 2)), (3.0, 5.0));
}

#[test]
fn new_contributors_are_known_once_there_is_a_past() {
    let mut diary = Diary::new();
    diary.all_say(0, 1..=4).all_say(5, 3..=6);
    let pages = diary.pages();
    assert!(close(value("new_contributors", group(&pages), span(1, 5)), 2.0));
    let all = figure("new_contributors", group(&pages), span(0, 5));
    assert_eq!(all, Figure::Unknown(Missing::WindowTooShort));
    let founded = GroupPages { founded: Some(day(0)), ..group(&pages) };
    assert!(close(value("new_contributors", founded, span(0, 5)), 6.0));
}
