//! Talk and answers by role: members against the operator.

use crate::diary::{ASKS, Diary, FIRST, base, close, figure, group, span, value};
use domain::ActorClass;
use insights::{Figure, Missing, Settings, overview};

/// Members 1–3, staff 50, host 60, bot 70.
fn roles() -> Diary {
    let mut diary = Diary::new();
    diary.class(50, ActorClass::Staff).class(60, ActorClass::Host).class(70, ActorClass::Bot);
    for who in [1, 2, 3, 50, 60, 70] {
        diary.say(0, who, 1);
    }
    diary
}

// catalogue: P30
#[test]
fn talk_among_members_is_set_against_all_talk_of_members_and_staff() {
    let mut diary = roles();
    diary.tell(0, 1, 2, 4).tell(0, 2, 1, 2).edge(0, 3, 1, (0, 3)); // 9 among members
    diary.tell(0, 50, 1, 6).tell(0, 2, 50, 3).tell(0, 60, 1, 7).tell(0, 70, 1, 90);
    let pages = diary.pages();
    assert_eq!(base("member_to_member_share", group(&pages), span(0, 0)), (9.0, 18.0));
    let matrix = overview(&[group(&pages)], span(0, 0), &Settings::default()).matrix;
    assert_eq!(matrix.roles, [[9, 3, 0, 0], [6, 0, 0, 0], [7, 0, 0, 0], [90, 0, 0, 0]]);
}

// catalogue: P30
#[test]
fn without_named_keepers_members_and_operator_cannot_be_told_apart() {
    let mut diary = Diary::new();
    diary.all_say(0, 1..=3).tell(0, 1, 2, 9);
    let pages = diary.pages();
    for code in ["member_to_member_share", "member_led_answers", "keeper_response_median"] {
        let unknown = Figure::Unknown(Missing::NoKeepersNamed);
        assert_eq!(figure(code, group(&pages), span(0, 0)), unknown, "{code}");
    }
}

// catalogue: D18
#[test]
fn welcomes_and_answers_by_members_leave_hosts_and_late_ones_out() {
    let mut diary = roles();
    for (who, by, minutes) in
        [(1, 2, 5), (2, 3, 60), (3, 50, 5), (4, 60, 5), (5, 2, 2_000), (6, 3, 9)]
    {
        let first = diary.ask(0, who, FIRST);
        let question = diary.ask(0, who, ASKS);
        diary.answer(first, by, minutes).answer(question, by, minutes);
    }
    diary.say(9, 1, 1);
    let pages = diary.pages();
    // By a member within 24 hours: 1, 2, 6; of six first posts.
    assert_eq!(base("member_led_welcomes", group(&pages), span(0, 9)), (3.0, 6.0));
    // Of answers by member or staff in time only: 1, 2, 6 and 3's. Four are too few to say.
    let few = figure("member_led_answers", group(&pages), span(0, 9));
    assert_eq!(few, Figure::TooFew { have: 4, need: 5 });
    let more = diary.ask(1, 1, ASKS);
    diary.answer(more, 50, 3);
    let pages = diary.pages();
    assert!(close(value("member_led_answers", group(&pages), span(0, 9)), 0.6));
}
