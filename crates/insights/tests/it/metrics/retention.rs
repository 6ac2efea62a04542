//! Still in and still active, kept apart.

use crate::diary::{Diary, base, day, figure, group, span, words_only};
use insights::{Figure, GroupPages, Missing, Need};

/// Ten join on day 0, ten on day 20. Of the first, 1 and 2 leave on day 5, 3 on day 10; 4–7
/// write on day 8, 4 also on day 31. The data end on day 31.
fn two_waves() -> Diary {
    let mut diary = Diary::new();
    (1..=10).for_each(|who| _ = diary.join(0, who));
    (11..=20).for_each(|who| _ = diary.join(20, who));
    diary.leave(5, 1).leave(5, 2).leave(10, 3).leave(26, 11);
    diary.all_say(1, 1..=3).all_say(8, 4..=7).say(31, 4, 1).say(28, 12, 1);
    diary
}

// catalogue: P05
#[test]
fn still_in_is_counted_over_those_who_have_reached_the_age() {
    let pages = two_waves().pages();
    let group = group(&pages);
    // Day 7: 8 of 10 and 9 of 10; day 30: only the first ten are old enough, 7 of them are in.
    assert_eq!(base("retention_7d_in", group, span(0, 31)), (17.0, 20.0));
    assert_eq!(base("retention_30d_in", group, span(0, 31)), (7.0, 10.0));
    let late = figure("retention_30d_in", group, span(20, 31));
    assert_eq!(late, Figure::Unknown(Missing::NothingToMeasure));
}

// catalogue: P13
#[test]
fn in_and_active_are_never_mixed() {
    let pages = two_waves().pages();
    let group = group(&pages);
    // Wrote on the 7th day or later: 4–7 and 12 (joined on 20, wrote on 28).
    assert_eq!(base("retention_7d_active", group, span(0, 31)), (5.0, 20.0));
    assert_eq!(base("retention_30d_active", group, span(0, 31)), (1.0, 10.0));
}

// catalogue: P13
#[test]
fn where_joins_are_not_told_first_posts_stand_for_them_and_in_is_unknown() {
    let pages = two_waves().pages();
    let group = GroupPages { evidence: words_only(), ..group(&pages) };
    // First posts: 1–3 on day 1, 4–7 on day 8, 12 on day 28; the latter has not reached 7 days.
    // Only 4 wrote 7 days after the first post.
    assert_eq!(base("retention_7d_active", group, span(0, 31)), (1.0, 7.0));
    let unknown = Figure::Unknown(Missing::NotInSource(Need::Joins));
    assert_eq!(figure("retention_7d_in", group, span(0, 31)), unknown);
    assert_eq!(day(31).weekday(), 3);
}

// catalogue: P05
#[test]
fn who_left_and_came_back_is_in_again() {
    let mut diary = two_waves();
    diary.join(6, 1);
    let pages = diary.pages();
    assert_eq!(base("retention_7d_in", group(&pages), span(0, 19)), (9.0, 10.0));
}
