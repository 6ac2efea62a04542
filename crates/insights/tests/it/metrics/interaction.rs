//! Interaction rate and effective speech: who counts and over how many.

use crate::diary::{Diary, base, close, day, figure, group, span, value};
use domain::ActorClass;
use insights::{Figure, GroupPages, Missing, Need, Scope, Settings, metric};

/// 202 accounts, of them one staff member and one bot; 12 members, the staff member and the bot
/// write something worth reading.
fn evening() -> Diary {
    let mut diary = Diary::new();
    diary.class(101, ActorClass::Staff).class(102, ActorClass::Bot);
    diary.all_say(0, 1..=12).say(0, 101, 3).say(0, 102, 9);
    diary.speak(0, 20, 13, (5, 0)); // only idle chatter
    diary
}

// catalogue: P01
#[test]
fn twelve_effective_speakers_of_two_hundred_are_six_per_cent() {
    let pages = evening().pages();
    let group = GroupPages { members_given: Some((day(0), 202)), ..group(&pages) };
    assert_eq!(base("interaction_rate", group, span(0, 0)), (12.0, 200.0));
    assert!(close(value("interaction_rate", group, span(0, 0)), 0.06));
    assert!(close(value("interaction_rate_last_day", group, span(0, 0)), 0.06));
}

// catalogue: P01
#[test]
fn staff_are_counted_where_the_settings_say_so_and_bots_never() {
    let pages = evening().pages();
    let group = GroupPages { members_given: Some((day(0), 202)), ..group(&pages) };
    let settings = Settings { count_staff: true, ..Settings::default() };
    let scope = Scope::new(vec![group], span(0, 0), &settings);
    let figure = metric("interaction_rate_last_day").unwrap().figure(&scope);
    assert!(matches!(figure, Figure::Known { of: Some((13.0, 201.0)), .. }), "{figure:?}");
}

// catalogue: T01
#[test]
fn words_of_a_declared_host_are_no_member_activity() {
    let mut diary = evening();
    let before = diary.pages();
    diary.class(103, ActorClass::Host).speak(0, 11, 103, (40, 40));
    let after = diary.pages();
    let given = |pages| GroupPages { members_given: Some((day(0), 202)), ..group(pages) };
    let about_people = [
        "effective_share",
        "messages_per_day",
        "speakers_per_day",
        "messages_per_speaker",
        "gini",
        "top10_share",
        "top_tenth_share",
        "best_slot_reach",
        "ties_per_member",
    ];
    for code in about_people {
        let figures = [&before, &after].map(|pages| figure(code, given(pages), span(0, 0)));
        assert_eq!(figures[0], figures[1], "{code}");
    }
    // The host is known to be one of the 202, so that only 199 can count as members.
    assert_eq!(base("interaction_rate", given(&after), span(0, 0)), (12.0, 199.0));
}

// catalogue: P01
#[test]
fn the_rate_of_several_days_is_the_mean_of_their_rates() {
    let mut diary = Diary::new();
    diary.all_say(0, 1..=10).all_say(1, 1..=5);
    for who in 11..=20 {
        diary.join(2, who);
    }
    diary.all_say(2, 1..=3);
    let pages = diary.pages();
    let group = GroupPages { members_given: Some((day(2), 20)), ..group(&pages) };
    // 10 of 10, 5 of 10, 3 of 20.
    assert!(close(value("interaction_rate", group, span(0, 2)), (1.0 + 0.5 + 0.15) / 3.0));
    let (speakers, members) = base("interaction_rate", group, span(0, 2));
    assert!(close(speakers, 6.0) && close(members, 40.0 / 3.0));
}

// catalogue: P01
#[test]
fn without_a_number_of_members_there_is_no_rate() {
    let pages = evening().pages();
    let unknown = Figure::Unknown(Missing::NotInSource(Need::Members));
    assert_eq!(figure("interaction_rate", group(&pages), span(0, 0)), unknown);
}

// catalogue: P02
#[test]
fn the_share_of_effective_speech_leaves_idle_chatter_out() {
    let pages = evening().pages();
    // 12 effective of 12 + 5.
    assert_eq!(base("effective_share", group(&pages), span(0, 0)), (12.0, 17.0));
}
