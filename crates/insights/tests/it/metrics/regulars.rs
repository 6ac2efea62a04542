//! Who fell silent, came back or returned, reckoned by hand.

use crate::diary::{Diary, base, close, day, figure, group, id, span, value};
use insights::{Figure, LostRegular, Missing, Settings, overview};

/// Day 0–139. 1 writes every tenth day to the end, 2 until day 60 and again on day 139, 3 until
/// day 90, 4 three times only, 5 on day 10 and 105.
fn long() -> Diary {
    let mut diary = Diary::new();
    (0..14).for_each(|n| _ = diary.say(n * 10 + 9, 1, 1));
    (0..6).for_each(|n| _ = diary.say(n * 10 + 10, 2, 2));
    (0..9).for_each(|n| _ = diary.say(n * 10 + 10, 3, 1));
    diary.say(0, 4, 3).say(10, 5, 1).say(105, 5, 1);
    diary
}

#[test]
fn lost_regulars_wrote_often_before_and_nothing_now() {
    let pages = long().pages();
    // Now = days 110–139; before = 20–109: 2 wrote 10 (days 20–60), 3 wrote 8 (20–90).
    assert!(close(value("lost_regulars", group(&pages), span(0, 139)), 2.0));
    let overview = overview(&[group(&pages)], span(0, 139), &Settings::default());
    let lost = |who, messages_before, last| LostRegular {
        who: id(who),
        messages_before,
        last_day: day(last),
    };
    assert_eq!(overview.lost, [lost(2, 10, 60), lost(3, 8, 90)]);
    let early = figure("lost_regulars", group(&pages), span(0, 20));
    assert_eq!(early, Figure::Unknown(Missing::WindowTooShort));
}

#[test]
fn lost_regulars_are_the_same_in_a_week_and_in_a_year_that_end_on_one_day() {
    let pages = long().pages();
    let lost = |from| {
        let of = overview(&[group(&pages)], span(from, 138), &Settings::default());
        (of.lost, of.health.causes)
    };
    // 2 and 3 wrote nothing on days 109–138; 1 wrote every tenth day, and none in the last week.
    let week = lost(132);
    assert_eq!(week, lost(0));
    assert_eq!(week.0.iter().map(|lost| lost.who).collect::<Vec<_>>(), [id(2), id(3)]);
    assert!(close(value("lost_regulars", group(&pages), span(132, 138)), 2.0));
    let short = figure("lost_regulars", group(&pages), span(50, 56));
    assert_eq!(short, Figure::Unknown(Missing::WindowTooShort), "no 30 days lie before the 30");
}

#[test]
fn reactivated_wrote_again_after_ninety_quiet_days() {
    let pages = long().pages();
    // 5: day 10 and again 105; nobody else was quiet so long.
    assert!(close(value("reactivated", group(&pages), span(100, 139)), 1.0));
    assert!(close(value("reactivated", group(&pages), span(110, 139)), 0.0));
    let early = figure("reactivated", group(&pages), span(0, 50));
    assert_eq!(early, Figure::Unknown(Missing::WindowTooShort));
}

#[test]
fn returning_posters_also_wrote_in_the_period_before() {
    let mut diary = Diary::new();
    diary.all_say(0, 1..=4).all_say(10, 3..=9);
    let pages = diary.pages();
    // Days 7–13 against 0–6: 3 and 4 of seven.
    assert_eq!(base("returning_rate", group(&pages), span(7, 13)), (2.0, 7.0));
    let first = figure("returning_rate", group(&pages), span(0, 6));
    assert_eq!(first, Figure::Unknown(Missing::WindowTooShort));
}
