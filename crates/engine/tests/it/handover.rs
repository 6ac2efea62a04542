//! The plan of a hand-over, the calls of a day, and what answers mean.

use domain::{HandState, HeldKind, Millis};
use engine::handover::{
    Answer, Followed, Held, Limits, Stay, Takers, Terms, batches, day_of, look_again, morning,
    plan, settle,
};
use proptest::prelude::{prop, prop_assert, prop_assert_eq, proptest};

/// 2026-11-23 20:00 at UTC+8.
const NOW: Millis = Millis(1_795_435_200_000);
const LIMITS: Limits = Limits::WECOM;

fn terms() -> Terms {
    Terms { now: NOW, left: true, a_day: None, limits: LIMITS }
}

fn takers(contacts: &[&str], groups: &[&str]) -> Takers {
    let own = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
    Takers { contacts: own(contacts), groups: own(groups) }
}

fn free(count: usize) -> Vec<Held> {
    vec![Held::default(); count]
}

#[test]
fn all_takers_take_equal_parts_in_a_row() {
    let three = takers(&["a", "b", "c"], &[]);
    let plan = plan(HeldKind::Contact, &free(8), &three, &terms());
    let whose: String = plan.moves.iter().map(|one| one.taker.as_str()).collect();
    assert_eq!(whose, "aaabbbcc");
    assert!(plan.moves.iter().all(|one| one.due == NOW));
    assert_eq!((plan.days, plan.stays.len()), (2, 0), "a day to wait");
    let more = self::plan_of(HeldKind::Contact, 2, &three);
    assert_eq!(more, "ab", "more takers than things");
}

fn plan_of(kind: HeldKind, count: usize, takers: &Takers) -> String {
    let plan = plan(kind, &free(count), takers, &terms());
    plan.moves.iter().map(|one| one.taker.as_str()).collect()
}

#[test]
fn groups_of_an_owner_go_three_hundred_a_day_the_rest_in_the_mornings() {
    let plan = plan(HeldKind::Group, &free(650), &takers(&[], &["a", "b"]), &terms());
    let on = |due: Millis| plan.moves.iter().filter(|one| one.due == due).count();
    let (first, second) = (morning(day_of(NOW) + 1), morning(day_of(NOW) + 2));
    assert_eq!([on(NOW), on(first), on(second)], [300, 300, 50]);
    assert_eq!(plan.days, 3);
    assert_eq!((first.0 + 8 * Millis::HOUR) % Millis::DAY, 9 * Millis::HOUR, "at nine there");
}

#[test]
fn a_pace_holds_for_each_taker() {
    let terms = Terms { a_day: Some(3), ..terms() };
    let plan = plan(HeldKind::Contact, &free(10), &takers(&["a", "b"], &[]), &terms);
    let today = plan.moves.iter().filter(|one| one.due == NOW);
    assert_eq!(today.map(|one| one.taker.as_str()).collect::<String>(), "aaabbb");
    assert_eq!(plan.days, 3, "two days of asking, one of waiting");
}

#[test]
fn what_rests_comes_on_the_day_after_and_what_moved_twice_stays() {
    let ago = |days: i64| Millis(NOW.0 - days * Millis::DAY);
    let held = |before: &[Millis]| Held { before: before.to_vec(), stays: None };
    let all = [held(&[ago(30)]), held(&[ago(91)]), held(&[ago(200), ago(100)])];
    let told = plan(HeldKind::Contact, &all, &takers(&["a"], &[]), &terms());
    let due: Vec<(usize, i64)> =
        told.moves.iter().map(|one| (one.at, day_of(one.due) - day_of(NOW))).collect();
    assert_eq!(due, [(0, 61), (1, 0)]);
    assert_eq!(told.stays, [(2, Stay::Times)]);
    assert_eq!(told.days, 63);
    // Groups of somebody who is there: twice in ninety days.
    let present = Terms { left: false, ..terms() };
    let groups = [held(&[ago(10)]), held(&[ago(80), ago(10)]), held(&[ago(95), ago(10)])];
    let told = plan(HeldKind::Group, &groups, &takers(&[], &["a"]), &present);
    let due: Vec<i64> = told.moves.iter().map(|one| day_of(one.due) - day_of(NOW)).collect();
    assert_eq!(due, [0, 11, 0]);
    let told = plan(HeldKind::Group, &groups, &takers(&[], &["a"]), &terms());
    assert!(told.moves.iter().all(|one| one.due == NOW), "of who left they are not counted");
}

#[test]
fn what_cannot_move_is_told_with_the_reason() {
    let gone = Held { before: Vec::new(), stays: Some(Stay::UnderWay) };
    let told =
        plan(HeldKind::Group, &[gone.clone(), Held::default()], &takers(&["a"], &[]), &terms());
    assert_eq!(told.stays, [(0, Stay::UnderWay), (1, Stay::NoTaker)]);
    assert_eq!((told.moves.len(), told.days), (0, 0));
}

proptest! {
    #[test]
    fn everything_moves_once_or_stays_and_no_day_is_too_full(
        ages in prop::collection::vec(prop::collection::vec(0_i64..200, 0..4), 0..700),
        parts in 0_usize..5,
        a_day in prop::option::of(1_usize..60),
        is_group in prop::bool::ANY,
    ) {
        let held: Vec<Held> = ages
            .into_iter()
            .map(|mut ages| {
                ages.sort_unstable_by(|a, b| b.cmp(a));
                let before = ages.into_iter().map(|age| Millis(NOW.0 - age * Millis::DAY));
                Held { before: before.collect(), stays: None }
            })
            .collect();
        let names = ["a", "b", "c", "d"];
        let who = takers(&names[..parts.min(4)], &names[..parts.min(4)]);
        let kind = if is_group { HeldKind::Group } else { HeldKind::Contact };
        let told = plan(kind, &held, &who, &Terms { a_day, left: false, ..terms() });
        let mut seen: Vec<usize> = told.moves.iter().map(|one| one.at).collect();
        seen.extend(told.stays.iter().map(|(at, _)| *at));
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..held.len()).collect::<Vec<_>>());
        let mut days = std::collections::BTreeMap::<(&str, i64), usize>::new();
        for one in &told.moves {
            let whose = if is_group { "" } else { one.taker.as_str() };
            *days.entry((whose, day_of(one.due))).or_default() += 1;
            prop_assert!(one.due >= NOW);
        }
        let most = if is_group { 300 } else { a_day.unwrap_or(usize::MAX) };
        prop_assert!(days.values().all(|count| *count <= most));
    }
}

fn thing(kind: HeldKind, taker: &str, state: HandState) -> Followed {
    let asked = (state != HandState::Planned).then_some(NOW);
    Followed {
        kind,
        taker: taker.to_owned(),
        state,
        due: NOW,
        asked,
        until: (state == HandState::Waiting).then_some(Millis(NOW.0 + Millis::DAY)),
        tries: 0,
    }
}

#[test]
fn a_call_takes_a_hundred_and_a_day_three_hundred_groups() {
    let mut items = vec![thing(HeldKind::Group, "a", HandState::Done); 120];
    items.extend(vec![thing(HeldKind::Group, "a", HandState::Planned); 250]);
    items.extend(vec![thing(HeldKind::Contact, "b", HandState::Planned); 101]);
    let told = batches(&items, (NOW, None), &LIMITS);
    let calls: Vec<(&str, usize)> =
        told.calls.iter().map(|call| (call.taker.as_str(), call.items.len())).collect();
    assert_eq!(calls, [("b", 100), ("b", 1), ("a", 100), ("a", 80)]);
    assert_eq!((told.later.len(), told.then), (70, morning(day_of(NOW) + 1)));
    let told = batches(&items, (NOW, Some(7)), &LIMITS);
    assert_eq!(told.calls[0].items.len(), 7);
    assert_eq!(told.later.len(), 70 + 94);
    let early = batches(&items, (Millis(NOW.0 - 1), None), &LIMITS);
    assert!(early.calls.is_empty(), "nothing is due");
}

#[test]
fn what_answers_mean() {
    use HandState::{Asked, Done, Failed, Full, Planned, Refused, Waiting};
    let late = Millis(NOW.0 + 4 * Millis::DAY);
    let contact = |state| thing(HeldKind::Contact, "a", state);
    let group = |state| thing(HeldKind::Group, "a", state);
    let tired = Followed { tries: 4, ..contact(Asked) };
    for (one, answer, now, state, code) in [
        (contact(Asked), Answer::Taken, NOW, Waiting, None),
        (group(Asked), Answer::Taken, NOW, Waiting, None),
        (contact(Asked), Answer::Code(40_096), NOW, Failed, Some(40_096)),
        (group(Asked), Answer::Code(90_504), NOW, Done, None),
        (group(Asked), Answer::Code(90_508), NOW, Waiting, None),
        (group(Asked), Answer::Code(45_009), NOW, Planned, None),
        (tired.clone(), Answer::Code(45_009), NOW, Failed, Some(45_009)),
        (contact(Asked), Answer::Nothing, NOW, Planned, None),
        (tired, Answer::Nothing, NOW, Failed, None),
        (contact(Waiting), Answer::Nothing, NOW, Waiting, None),
        (contact(Waiting), Answer::Nothing, late, Failed, None),
        (contact(Asked), Answer::Unclear, NOW, Failed, None),
        (contact(Waiting), Answer::Handed, NOW, Done, None),
        (contact(Waiting), Answer::Refused, NOW, Refused, None),
        (contact(Waiting), Answer::Full, NOW, Full, None),
    ] {
        let told = settle(&one, (answer, now), (&LIMITS, None));
        assert_eq!((told.state, told.code), (state, code), "{one:?} {answer:?}");
    }
    let told = settle(&contact(Asked), (Answer::Taken, NOW), (&LIMITS, None));
    assert_eq!(told.until, Some(Millis(NOW.0 + Millis::DAY)));
    let told = settle(&group(Asked), (Answer::Code(45_009), NOW), (&LIMITS, None));
    assert_eq!((told.due, told.asked), (morning(day_of(NOW) + 1), None));
    let spared = settle(&contact(Waiting), (Answer::Full, NOW), (&LIMITS, Some("b")));
    assert_eq!((spared.state, spared.taker.as_str(), spared.due), (Planned, "b", NOW));
    let same = settle(&contact(Waiting), (Answer::Full, NOW), (&LIMITS, Some("a")));
    assert_eq!(same.state, Full, "the spare one is full as well");
}

#[test]
fn it_is_looked_again_when_something_is_to_be_seen() {
    let minute = |at: Millis| (at.0 - NOW.0) / Millis::MINUTE;
    let next = |one: Followed, looked| look_again(&[one], (NOW, looked)).map(minute);
    assert_eq!(next(thing(HeldKind::Contact, "a", HandState::Done), None), None);
    assert_eq!(next(thing(HeldKind::Contact, "a", HandState::Planned), None), Some(0));
    assert_eq!(next(thing(HeldKind::Contact, "a", HandState::Asked), None), Some(1));
    let waits = thing(HeldKind::Contact, "a", HandState::Waiting);
    assert_eq!(next(waits.clone(), None), Some(6 * 60));
    let almost = Millis(NOW.0 + 23 * Millis::HOUR);
    assert_eq!(next(waits.clone(), Some(almost)), Some(24 * 60 + 1), "a minute after its time");
    let after = Millis(NOW.0 + 25 * Millis::HOUR);
    assert_eq!(next(waits, Some(after)), Some(25 * 60 + 10));
}
