//! The verdict on a group, against its own rhythm.

use crate::diary::{ASKS, Diary, FIRST, group, id, span, told, words_only};
use domain::{ActorClass, Evidence, Extent};
use insights::{
    Cause, CauseCode, GroupPages, Health, Mood, OpenItem, Overview, Page, Settings, StepCode,
    overview,
};

fn verdict(pages: &[Page], to: i32) -> Health {
    look(group(pages), to).health
}

fn look(group: GroupPages<'_>, to: i32) -> Overview {
    overview(&[group], span(0, to), &Settings::default())
}

fn codes(health: &Health) -> Vec<CauseCode> {
    health.causes.iter().map(|cause| cause.code).collect()
}

/// People 1 … `count` write every day from `from` to `to`.
fn chatter(diary: &mut Diary, from: i32, to: i32, count: u32) {
    for n in from..=to {
        diary.all_say(n, 1..=count);
    }
}

fn daily(to: i32, count: u32) -> Diary {
    let mut diary = Diary::new();
    chatter(&mut diary, 0, to, count);
    diary
}

// catalogue: O07
#[test]
fn a_group_that_talks_every_day_is_lively_and_says_so_first() {
    let pages = daily(89, 8).pages();
    let health = verdict(&pages, 89);
    assert_eq!(health.mood, Mood::Lively);
    let first = Cause { code: CauseCode::TalkOnMostDays, numbers: vec![14.0] };
    assert_eq!(health.causes[0], first);
}

// catalogue: O07
#[test]
fn a_group_that_doubles_its_speakers_grows() {
    let mut diary = daily(75, 6);
    chatter(&mut diary, 76, 89, 12);
    let pages = diary.pages();
    let health = verdict(&pages, 89);
    assert_eq!(health.mood, Mood::Lively);
    let growing = Cause { code: CauseCode::Growing, numbers: vec![12.0, 6.0] };
    assert!(health.causes[..2].contains(&growing), "{:?}", health.causes);
}

// catalogue: O07
#[test]
fn a_sunday_club_is_steady_on_friday() {
    let mut diary = Diary::new();
    (0..13).for_each(|week| _ = diary.all_say(week * 7 + 6, 1..=4));
    let pages = diary.pages();
    // The last Sunday is day 90; Friday is day 95.
    let health = verdict(&pages, 95);
    assert_eq!((health.mood, codes(&health)), (Mood::Steady, vec![CauseCode::NoNewVoices]));
}

// catalogue: O07
#[test]
fn fewer_speakers_than_usual_is_fading_with_the_numbers() {
    let mut diary = daily(75, 12);
    chatter(&mut diary, 76, 89, 5);
    let pages = diary.pages();
    let health = verdict(&pages, 89);
    assert_eq!(health.mood, Mood::Fading);
    let fewer = Cause { code: CauseCode::FewerSpeakers, numbers: vec![5.0, 12.0, 12.0] };
    assert_eq!(health.causes[0], fewer);
    assert_eq!(codes(&health)[1], CauseCode::FewerMessages);
}

// catalogue: O07
#[test]
fn a_slow_fall_is_seen_against_the_usual_not_only_against_last_fortnight() {
    let mut diary = daily(60, 12);
    chatter(&mut diary, 61, 89, 6);
    let pages = diary.pages();
    let health = verdict(&pages, 88);
    assert_eq!(health.mood, Mood::Fading);
    assert_eq!(health.causes[0].numbers, [6.0, 6.0, 12.0]);
}

// catalogue: O07
#[test]
fn after_a_peak_a_group_that_says_more_than_it_used_to_is_not_fading() {
    let mut diary = daily(89, 6);
    chatter(&mut diary, 62, 75, 30);
    chatter(&mut diary, 76, 89, 12);
    let pages = diary.pages();
    let health = verdict(&pages, 89);
    // 12 speakers against 30 in the fortnight before, but 6 are usual.
    assert_eq!(health.mood, Mood::Lively);
    assert_eq!(health.causes[0].code, CauseCode::TalkOnMostDays);
    assert!(codes(&health).contains(&CauseCode::FewerMessages), "{:?}", health.causes);
}

// catalogue: O07
#[test]
fn one_voice_and_one_way_talk_are_fading_although_much_is_said() {
    let mut diary = daily(59, 6);
    (30..60).for_each(|n| _ = diary.say(n, 1, 14));
    let pages = diary.pages();
    let health = verdict(&pages, 59);
    // 15 of 20 messages a day.
    let one = Cause { code: CauseCode::OneVoice, numbers: vec![0.75] };
    assert_eq!((health.mood, &health.causes[0]), (Mood::Fading, &one));

    let mut diary = Diary::new();
    diary.class(1, ActorClass::Staff).class(2, ActorClass::Staff).class(3, ActorClass::Host);
    chatter(&mut diary, 0, 59, 8);
    (30..60).for_each(|n| {
        (1..=3).for_each(|who| _ = diary.say(n, who, 6));
    });
    let pages = diary.pages();
    let health = verdict(&pages, 59);
    // 21 of 26 a day come from keepers, a host among them.
    assert_eq!(health.mood, Mood::Fading);
    assert_eq!(health.causes[0].code, CauseCode::OneWay);
    assert!((health.causes[0].numbers[0] - 21.0 / 26.0).abs() < 1e-9);
}

// catalogue: O07
#[test]
fn hardly_anybody_left_is_dying() {
    let mut diary = daily(75, 12);
    (76..=89).for_each(|n| _ = diary.say(n, 1, 1));
    let pages = diary.pages();
    let health = verdict(&pages, 89);
    assert_eq!(health.mood, Mood::Dying);
    assert_eq!(health.causes[0].numbers, [1.0, 12.0, 12.0]);
}

// catalogue: O05
// catalogue: O07
#[test]
fn silence_alerts_before_the_group_is_dead() {
    let pages = daily(89, 8).pages();
    let moods: Vec<Mood> = (0..=30).map(|n| verdict(&pages, 89 + n).mood).collect();
    let first = |mood| moods.iter().position(|m| *m == mood);
    assert_eq!(first(Mood::Lively), Some(0));
    assert_eq!(first(Mood::Fading), Some(3), "the third silent day is unusual: {moods:?}");
    assert_eq!(first(Mood::Dying), Some(11), "{moods:?}");
    assert_eq!(first(Mood::Dead), Some(21), "{moods:?}");
    let health = verdict(&pages, 92);
    assert_eq!(health.causes[0], Cause { code: CauseCode::SilentDays, numbers: vec![3.0] });
}

// catalogue: O07
#[test]
fn a_dead_group_names_its_silence_first() {
    let pages = daily(29, 8).pages();
    let health = verdict(&pages, 89);
    assert_eq!(health.mood, Mood::Dead);
    assert_eq!(health.causes[0], Cause { code: CauseCode::SilentDays, numbers: vec![60.0] });
}

// catalogue: T01
#[test]
fn a_bot_or_host_that_talks_on_does_not_keep_a_group_alive() {
    let mut diary = daily(29, 8);
    diary.class(60, ActorClass::Host).class(70, ActorClass::Bot);
    (30..90).for_each(|n| _ = diary.say(n, 60, 3).say(n, 70, 3));
    let pages = diary.pages();
    assert_eq!(verdict(&pages, 89).mood, Mood::Dead);
}

// catalogue: O07
#[test]
fn unanswered_questions_ignored_newcomers_and_leaving_are_causes_with_numbers() {
    let mut diary = daily(59, 8);
    for n in 30..40 {
        let key = diary.ask(n, 2, ASKS);
        if n < 34 {
            diary.answer(key, 3, 10);
        }
        let first = diary.ask(n, 100 + n.unsigned_abs(), FIRST);
        if n < 32 {
            diary.answer(first, 3, 10);
        }
    }
    (40..50).for_each(|n| _ = diary.leave(n, 100 + n.unsigned_abs()));
    diary.join(45, 200);
    let pages = diary.pages();
    let health = verdict(&pages, 59);
    let numbers = |code| health.causes.iter().find(|cause| cause.code == code);
    let numbers = |code| numbers(code).map(|cause| cause.numbers.clone());
    assert_eq!(numbers(CauseCode::QuestionsUnanswered), Some(vec![0.4, 4.0, 10.0]));
    assert_eq!(numbers(CauseCode::NewcomersIgnored), Some(vec![0.8, 8.0, 10.0]));
    assert_eq!(numbers(CauseCode::MoreLeaveThanCome), Some(vec![10.0, 1.0]));
    let unsure = Evidence { leaves: Extent::Partial, ..told() };
    let unsure = look(GroupPages { evidence: unsure, ..group(&pages) }, 59).health;
    assert!(!codes(&unsure).contains(&CauseCode::MoreLeaveThanCome));
}

// catalogue: O07
#[test]
fn lost_regulars_and_no_new_voices_are_causes() {
    let mut diary = daily(59, 10);
    chatter(&mut diary, 60, 99, 6);
    let pages = diary.pages();
    let health = verdict(&pages, 99);
    let causes: Vec<_> = health.causes.iter().map(|c| (c.code, c.numbers.as_slice())).collect();
    assert!(causes.contains(&(CauseCode::RegularsLost, &[4.0, 10.0])), "{causes:?}");
    assert!(causes.contains(&(CauseCode::NoNewVoices, &[99.0])), "{causes:?}");
}

// catalogue: O07
#[test]
fn too_little_to_see_is_unknown() {
    let pages = daily(12, 8).pages();
    assert_eq!(verdict(&pages, 12).mood, Mood::Unknown);
    let long = daily(50, 8).pages();
    let unseen = Evidence { messages: Extent::None, ..words_only() };
    let health = look(GroupPages { evidence: unseen, ..group(&long) }, 50).health;
    assert_eq!((health.mood, health.causes), (Mood::Unknown, vec![]));
}

// catalogue: O07
#[test]
fn a_group_in_which_nobody_ever_spoke_is_dead_once_it_is_old_enough() {
    let mut diary = Diary::new();
    diary.join(0, 1).join(40, 2);
    let pages = diary.pages();
    let overview = look(group(&pages), 40);
    assert_eq!(overview.health.mood, Mood::Dead);
    assert_eq!(overview.steps[0].code, StepCode::DecideOnGroup);
    assert_eq!(overview.unanswered, Vec::<OpenItem>::new());
    assert_eq!(id(1).0, 1);
}

// catalogue: O07
#[test]
fn speaking_again_after_a_fortnight_of_nothing_is_not_growth() {
    let mut diary = daily(61, 6);
    chatter(&mut diary, 76, 89, 12);
    let pages = diary.pages();
    assert!(!codes(&verdict(&pages, 89)).contains(&CauseCode::Growing));
}

// catalogue: O05
#[test]
fn a_fortnight_without_a_word_is_named_even_where_it_is_usual() {
    let mut diary = Diary::new();
    (0..12).for_each(|month| chatter(&mut diary, month * 28, month * 28, 4));
    let pages = diary.pages();
    let health = verdict(&pages, 11 * 28 + 16);
    assert_eq!(health.mood, Mood::Steady);
    assert_eq!(health.causes[0], Cause { code: CauseCode::SilentDays, numbers: vec![16.0] });
}
