//! Answer rate, waiting times and what is left open, reckoned by hand.

use crate::diary::{ASKS, Diary, FIRST, OPENS, base, close, figure, group, span, value};
use domain::ActorClass;
use insights::{Figure, Missing, Settings, overview};

const HOUR: i64 = 60;

/// Ten questions by members: answered after 1, 2, 3, 4, 5, 6 and 7 hours, after 30 hours, never,
/// and one on the last day, not answered yet. Two more by staff and bot, answered at once.
fn week() -> Diary {
    let mut diary = Diary::new();
    diary.class(50, ActorClass::Staff).class(51, ActorClass::Bot).class(52, ActorClass::Host);
    for hours in 1..=7 {
        let key = diary.ask(0, 1, ASKS);
        let who = if hours <= 3 { 50 } else { 2 };
        diary.answer(key, who, hours * HOUR);
    }
    let late = diary.ask(1, 3, ASKS);
    diary.answer(late, 4, 30 * HOUR);
    diary.ask(2, 5, ASKS);
    for asker in [50, 51] {
        let key = diary.ask(2, asker, ASKS);
        diary.answer(key, 4, 1);
    }
    diary.ask(9, 6, ASKS);
    diary
}

// catalogue: P12
// catalogue: I08
#[test]
fn the_answer_rate_is_answered_in_time_over_asked() {
    let pages = week().pages();
    // 7 within a day, one too late, one never; the youngest is left out.
    assert_eq!(base("answer_rate", group(&pages), span(0, 9)), (7.0, 9.0));
    assert!(close(value("answer_rate", group(&pages), span(0, 0)), 1.0));
}

// catalogue: I08
#[test]
fn a_young_question_counts_once_it_is_answered_or_its_time_is_up() {
    let mut diary = week();
    let young = diary.ask(9, 7, ASKS);
    diary.answer(young, 8, 5);
    let pages = diary.pages();
    assert_eq!(base("answer_rate", group(&pages), span(0, 9)), (8.0, 10.0));
    diary.say(12, 9, 1);
    let pages = diary.pages();
    assert_eq!(base("answer_rate", group(&pages), span(0, 12)), (8.0, 11.0));
}

// catalogue: I09
#[test]
fn the_median_wait_is_that_of_the_answered_with_the_base_beside_it() {
    let pages = week().pages();
    let hours = |code| value(code, group(&pages), span(0, 9)) / 3_600_000.0;
    // 1 2 3 4 5 6 7 30.
    assert!(close(hours("first_response_median"), 4.5));
    assert_eq!(base("first_response_median", group(&pages), span(0, 9)), (8.0, 9.0));
    // By keepers: 1 2 3.
    assert!(close(hours("keeper_response_median"), 2.0));
    let few = figure("first_response_p90", group(&pages), span(0, 9));
    assert_eq!(few, Figure::TooFew { have: 8, need: 10 });
}

// catalogue: I09
#[test]
fn nine_of_ten_answers_come_within_the_90th_percentile() {
    let mut diary = Diary::new();
    for minutes in 0..=10 {
        let key = diary.ask(0, 1, ASKS);
        diary.answer(key, 2, minutes * 10);
    }
    let pages = diary.pages();
    let minutes = value("first_response_p90", group(&pages), span(0, 0)) / 60_000.0;
    assert!(close(minutes, 90.0), "{minutes}");
    let keepers = figure("keeper_response_median", group(&pages), span(0, 0));
    assert_eq!(keepers, Figure::Unknown(Missing::NoKeepersNamed));
}

// catalogue: H10
#[test]
fn first_posts_are_counted_apart_from_questions() {
    let mut diary = Diary::new();
    for who in 1..=6 {
        let key = diary.ask(0, who, FIRST);
        if who <= 2 {
            diary.answer(key, 9, 10);
        }
    }
    diary.ask(0, 7, ASKS);
    diary.say(5, 1, 1);
    let pages = diary.pages();
    assert_eq!(base("first_post_answered", group(&pages), span(0, 5)), (2.0, 6.0));
    let Figure::Known { interval: Some((low, high)), .. } =
        figure("first_post_answered", group(&pages), span(0, 5))
    else {
        panic!("six cases must come with an interval")
    };
    assert!(low > 0.09 && low < 0.10 && high > 0.69 && high < 0.71, "{low} {high}");
}

// catalogue: H10
#[test]
fn unanswered_first_posts_come_before_questions_and_the_latest_first() {
    let mut diary = Diary::new();
    let asked = [(0, 1, ASKS), (1, 2, FIRST), (2, 3, OPENS), (3, 4, FIRST | ASKS), (4, 5, ASKS)];
    let keys = asked.map(|(day, who, flags)| diary.ask(day, who, flags));
    let answered = diary.ask(4, 6, FIRST);
    diary.answer(answered, 1, 5).say(6, 2, 1);
    let pages = diary.pages();
    let overview = overview(&[group(&pages)], span(0, 6), &Settings::default());
    let listed: Vec<i64> = overview.unanswered.iter().map(|item| item.key).collect();
    assert_eq!(listed, [keys[3], keys[1], keys[4], keys[0], keys[2]]);
    let last_words: Vec<bool> = overview.unanswered.iter().map(|item| item.last_word).collect();
    assert_eq!(last_words, [true, false, true, false, true]);
    assert_eq!(overview.unanswered_total, 5);
}

#[test]
fn a_solo_thread_is_an_opener_that_nobody_took_up() {
    let mut diary = Diary::new();
    for n in 0..8 {
        let key = diary.ask(n, 1, OPENS);
        if n % 4 == 0 {
            diary.answer(key, 2, 3);
        }
    }
    diary.say(20, 1, 1);
    let pages = diary.pages();
    assert_eq!(base("solo_share", group(&pages), span(0, 20)), (6.0, 8.0));
}
