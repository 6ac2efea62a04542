//! What to do next, and in which order.

use crate::diary::{ASKS, Diary, FIRST, day, group, id, span};
use domain::{ActorClass, IdentityId};
use insights::{GroupPages, Settings, Step, StepCode, overview};

fn steps(group: GroupPages<'_>, to: i32) -> Vec<Step> {
    overview(&[group], span(0, to), &Settings::default()).steps
}

fn codes(steps: &[Step]) -> Vec<StepCode> {
    steps.iter().map(|step| step.code).collect()
}

fn daily(to: i32, count: u32) -> Diary {
    let mut diary = Diary::new();
    (0..=to).for_each(|n| _ = diary.all_say(n, 1..=count));
    diary
}

fn find(steps: &[Step], code: StepCode) -> Step {
    steps.iter().find(|step| step.code == code).cloned().unwrap_or_else(|| panic!("{steps:?}"))
}

// catalogue: H10
#[test]
fn unanswered_first_posts_come_before_questions_and_old_ones_are_let_go() {
    let mut diary = daily(59, 8);
    diary.ask(30, 20, FIRST); // too old
    let question = diary.ask(57, 2, ASKS);
    let older = diary.ask(56, 21, FIRST | ASKS);
    let latest = diary.ask(58, 22, FIRST);
    let answered = diary.ask(58, 23, FIRST);
    diary.answer(answered, 1, 5);
    let pages = diary.pages();
    let steps = steps(group(&pages), 59);
    assert_eq!(codes(&steps)[..2], [StepCode::AnswerFirstPosts, StepCode::AnswerQuestions]);
    assert_eq!(steps[0].numbers, [2.0]);
    assert_eq!(steps[0].people, [id(22), id(21)]);
    let keys: Vec<i64> = steps[0].items.iter().map(|item| item.key).collect();
    assert_eq!(keys, [latest, older]);
    assert_eq!(steps[1].items[0].key, question);
    assert_eq!(steps[1].numbers, [1.0]);
}

// catalogue: O07
#[test]
fn a_dead_group_asks_for_a_decision_first() {
    let mut diary = daily(29, 8);
    diary.ask(29, 20, FIRST);
    let pages = diary.pages();
    let steps = steps(group(&pages), 59);
    assert_eq!(steps[0].code, StepCode::DecideOnGroup);
    assert_eq!(steps[0].numbers, [30.0]);
    let unfit = [StepCode::BreakSilence, StepCode::UseBestSlot];
    assert!(!codes(&steps).iter().any(|code| unfit.contains(code)), "{steps:?}");
}

// catalogue: O05
#[test]
fn an_unusual_silence_asks_to_be_broken() {
    let pages = daily(59, 8).pages();
    let silent = find(&steps(group(&pages), 63), StepCode::BreakSilence);
    assert_eq!(silent.numbers, [4.0]);
    let today = steps(group(&pages), 60);
    assert!(!codes(&today).contains(&StepCode::BreakSilence), "{today:?}");
}

#[test]
fn each_reason_brings_its_step_with_people_and_numbers() {
    let mut diary = daily(39, 10);
    (40..=99).for_each(|n| _ = diary.all_say(n, 1..=5).say(n, 1, 9)); // 6–10 fall silent
    for n in 50..70 {
        let key = diary.ask(n, 2, ASKS);
        diary.answer(key, if n < 64 { 3 } else { 4 }, 300);
    }
    let pages = diary.pages();
    let steps = steps(group(&pages), 99);
    assert!(steps.len() <= 6);
    let lost = find(&steps, StepCode::WriteToLostRegulars);
    assert_eq!((lost.numbers, lost.people[0]), (vec![5.0], id(6)));
    let talk = find(&steps, StepCode::ShareTheTalk);
    assert_eq!((talk.people, talk.numbers), (vec![id(1)], vec![10.0 / 14.0]));
    let faster = find(&steps, StepCode::AnswerFaster);
    assert_eq!(faster.numbers, [18_000_000.0; 2]);
    let thanks = find(&steps, StepCode::ThankHelpers);
    assert_eq!((thanks.numbers, thanks.people), (vec![14.0, 1.0], vec![id(3), id(4)]));
}

#[test]
fn staff_and_members_are_asked_for_last_and_only_where_they_are_missing() {
    let pages = daily(59, 8).pages();
    let asked = codes(&steps(group(&pages), 59));
    assert_eq!(asked[asked.len() - 2..], [StepCode::NameStaff, StepCode::GiveMembers]);
    let mut diary = daily(59, 8);
    diary.class(50, ActorClass::Staff).say(59, 50, 1);
    let pages = diary.pages();
    let known = GroupPages { members_given: Some((day(59), 60)), ..group(&pages) };
    let asked = codes(&steps(known, 59));
    assert!(!asked.contains(&StepCode::NameStaff) && !asked.contains(&StepCode::GiveMembers));
}

#[test]
fn at_most_six_steps_each_with_at_most_five_people_and_things() {
    let mut diary = daily(99, 3);
    (0..=30).for_each(|n| _ = diary.all_say(n, 20..=40));
    for who in 100..120 {
        diary.ask(98, who, FIRST);
        diary.ask(98, who, ASKS);
    }
    (85..=95).for_each(|n| _ = diary.leave(n, 20 + n.unsigned_abs() - 85));
    let pages = diary.pages();
    let steps = steps(group(&pages), 99);
    assert_eq!(steps.len(), 6);
    assert!(steps.iter().all(|step| step.people.len() <= 5 && step.items.len() <= 5));
    assert_eq!(steps[0].numbers, [20.0]);
    let people: Vec<IdentityId> = steps.iter().flat_map(|step| step.people.clone()).collect();
    assert!(people.iter().all(|who| who.named().is_some()));
}

#[test]
fn a_helper_who_fell_silent_is_written_to_and_not_asked_for_more() {
    let mut diary = daily(89, 6);
    for n in 0..60 {
        diary.say(n, 7, 2);
        let asked = diary.ask(n, 1, ASKS);
        diary.answer(asked, 7, 5);
    }
    for n in 60..89 {
        let asked = diary.ask(n, 1, ASKS);
        diary.answer(asked, 2, 5);
    }
    let pages = diary.pages();
    let steps = steps(group(&pages), 89);
    assert!(find(&steps, StepCode::WriteToLostRegulars).people.contains(&id(7)));
    assert_eq!(find(&steps, StepCode::ThankHelpers).people, [id(2)]);
}
