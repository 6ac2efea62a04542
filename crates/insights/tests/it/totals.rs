//! Plain counts: everything is in them, whoever did it.

use crate::diary::{Diary, at, day, group, id, span};
use domain::{ActorClass, IdentityId, JoinManner};
use insights::{Figure, Missing, Settings, full_span, overview};

#[test]
fn totals_count_bots_and_staff_and_leave_listed_people_out_of_joins() {
    let mut diary = Diary::new();
    diary.class(50, ActorClass::Staff).class(51, ActorClass::Bot);
    diary.say(0, 1, 3).say(0, 50, 2).say(0, 51, 9).speak(2, 22, 1, (1, 1)).say(5, 2, 4);
    diary.join(0, 1).join(1, 1).come(1, IdentityId::NOBODY.0, JoinManner::Invited);
    diary.come(1, 3, JoinManner::Listed).leave(4, 1).leave(4, 8);
    diary.page(2).service_rows = 6;
    let pages = diary.pages();
    let totals = overview(&[group(&pages)], span(0, 5), &Settings::default()).totals;
    assert_eq!((totals.messages, totals.senders), (19, 4));
    assert_eq!(
        (totals.joins, totals.leaves, totals.joined_people, totals.left_people),
        (3, 2, 1, 2)
    );
    assert_eq!((totals.service_rows, totals.days_with_messages), (6, 3));
    assert_eq!((totals.first, totals.last), (Some(at(0, 10, 0)), Some(at(5, 10, 0))));
    // 3, 1 and 1 senders.
    assert_eq!(totals.median_daily_senders, Some(1.0));
    assert_eq!(totals.top_days, [(day(0), 14), (day(5), 4), (day(2), 1)]);
    assert_eq!(totals.top_senders, [(id(51), 9), (id(1), 4), (id(2), 4), (id(50), 2)]);
}

#[test]
fn the_median_of_an_even_number_of_days_is_the_mean_of_the_middle_two() {
    let mut diary = Diary::new();
    diary.all_say(0, 1..=1).all_say(1, 1..=2).all_say(2, 1..=5).all_say(3, 1..=9);
    let pages = diary.pages();
    let totals = overview(&[group(&pages)], span(0, 3), &Settings::default()).totals;
    assert_eq!(totals.median_daily_senders, Some(3.5));
}

#[test]
fn people_of_two_groups_count_once_and_their_messages_are_summed() {
    let (mut one, mut two) = (Diary::new(), Diary::new());
    one.say(0, 1, 2).say(0, 2, 1).say(1, 1, 1);
    two.say(0, 1, 5).say(0, 3, 1);
    let (one, two) = (one.pages(), two.pages());
    let both = overview(&[group(&one), group(&two)], span(0, 1), &Settings::default());
    assert_eq!((both.totals.messages, both.totals.senders), (10, 3));
    assert_eq!(both.totals.median_daily_senders, Some(2.0)); // 3 and 1
    assert_eq!(both.totals.top_senders[0], (id(1), 8));
    assert_eq!((both.pulse[0].messages, both.pulse[0].speakers), (9, 3));
}

#[test]
fn rows_that_name_nobody_are_messages_without_a_sender() {
    let mut diary = Diary::new();
    diary.say(0, IdentityId::NOBODY.0, 2).say(0, 1, 1);
    let pages = diary.pages();
    let totals = overview(&[group(&pages)], span(0, 0), &Settings::default()).totals;
    assert_eq!((totals.messages, totals.senders), (3, 1));
}

#[test]
fn the_full_span_runs_from_the_first_to_the_last_thing_told() {
    let mut diary = Diary::new();
    diary.join(-5, 1).say(0, 1, 1).say(7, 1, 1).leave(9, 1);
    let pages = diary.pages();
    assert_eq!(full_span(&[group(&pages)]), Some(span(-5, 9)));
    let mut silent = Diary::new();
    silent.join(-5, 1).leave(9, 1);
    let pages = silent.pages();
    assert_eq!(full_span(&[group(&pages)]), Some(span(-5, 9)));
    assert_eq!(full_span(&[group(&[])]), None);
}

#[test]
fn the_window_before_is_shown_only_where_the_data_reach() {
    let mut diary = Diary::new();
    diary.say(0, 1, 6).say(5, 1, 2).say(9, 1, 2);
    let pages = diary.pages();
    let before = |from, to| {
        let overview = overview(&[group(&pages)], span(from, to), &Settings::default());
        let at = overview.measured.iter().find(|at| at.code == "messages_per_day").unwrap();
        (at.now.value(), at.before)
    };
    assert_eq!(
        before(5, 9),
        (Some(0.8), Figure::Known { value: 1.2, of: Some((6.0, 5.0)), interval: None })
    );
    assert_eq!(before(4, 9).1, Figure::Unknown(Missing::WindowTooShort));
}

#[test]
fn an_overview_of_nothing_is_empty_and_unknown() {
    let overview = overview(&[], span(0, 3), &Settings::default());
    assert_eq!((overview.totals.messages, overview.pulse.len()), (0, 4));
    assert!(overview.measured.iter().all(|at| matches!(at.now, Figure::Unknown(_))));
    assert_eq!(overview.health.mood, insights::Mood::Unknown);
}
