//! The cohort grid against a fixture on paper.

use crate::diary::{Diary, day, group, span, words_only};
use domain::ActorClass;
use insights::{CohortGrid, GroupPages, Settings, overview};

fn grid(group: GroupPages<'_>, from: i32, to: i32) -> CohortGrid {
    overview(&[group], span(from, to), &Settings::default()).cohorts
}

/// Monday day 0: 1–4 join (4 is staff); Wednesday day 9: 5 and 6.
fn diary() -> Diary {
    let mut diary = Diary::new();
    diary.class(4, ActorClass::Staff);
    (1..=4).for_each(|who| _ = diary.join(0, who));
    diary.join(9, 5).join(9, 6).leave(2, 1).leave(8, 2).leave(12, 5);
    diary.say(0, 1, 1).say(7, 2, 1).say(30, 3, 1).say(10, 6, 1);
    diary
}

// catalogue: P05
#[test]
fn each_cohort_shows_how_many_of_how_many_have_stayed_at_each_age() {
    let pages = diary().pages();
    let grid = grid(group(&pages), 0, 30);
    assert!(grid.by_join);
    assert_eq!(grid.ages, [1, 3, 7, 14, 30, 60, 90]);
    let [first, second] = grid.cohorts.as_slice() else { panic!("{grid:?}") };
    assert_eq!((first.from, first.to, first.size), (day(0), day(6), 3));
    assert_eq!((second.from, second.to, second.size), (day(7), day(13), 2));
    let of = |k, n| Some((k, n));
    // 1 leaves on day 2, 2 on day 8.
    let expected = [of(3, 3), of(2, 3), of(2, 3), of(1, 3), of(1, 3), None, None];
    assert_eq!(first.still_in, expected);
    // 2 wrote on day 7, 3 on day 30.
    let expected = [of(2, 3), of(2, 3), of(2, 3), of(1, 3), of(1, 3), None, None];
    assert_eq!(first.still_active, expected);
    // 5 leaves on day 12, three days after joining; 6 wrote a day after.
    assert_eq!(second.still_in, [of(2, 2), of(1, 2), of(1, 2), of(1, 2), None, None, None]);
    assert_eq!(second.still_active, [of(1, 2), of(0, 2), of(0, 2), of(0, 2), None, None, None]);
}

// catalogue: P13
#[test]
fn without_joins_the_cohorts_are_of_first_posts_and_in_is_unknown() {
    let pages = diary().pages();
    let grid = grid(GroupPages { evidence: words_only(), ..group(&pages) }, 0, 30);
    assert!(!grid.by_join);
    let sizes: Vec<_> = grid.cohorts.iter().map(|cohort| (cohort.from, cohort.size)).collect();
    assert_eq!(sizes, [(day(0), 1), (day(7), 2), (day(28), 1)]);
    assert!(grid.cohorts.iter().all(|cohort| cohort.still_in == [None; 7]));
    assert_eq!(grid.cohorts[1].still_active[0], Some((0, 2)));
}

#[test]
fn more_than_26_weeks_are_shown_as_months() {
    let mut diary = Diary::new();
    diary.join(0, 1).join(30, 2).join(31, 3).join(182, 4).say(182, 4, 1);
    let pages = diary.pages();
    let months = grid(group(&pages), 0, 182);
    let from: Vec<_> = months.cohorts.iter().map(|cohort| (cohort.from, cohort.size)).collect();
    // January, February and July 2024.
    assert_eq!(from, [(day(0), 2), (day(31), 1), (day(182), 1)]);
    let weeks = grid(group(&pages), 1, 182);
    assert_eq!(weeks.cohorts[0].from, day(28));
}
