//! Silence imposed, lasting and ending.

use domain::{
    Effect, EventWhat, FactKind, IdentityId, LeaveManner, Millis, Missed, ServiceKind, Timer, When,
};
use engine::Refusal;

use crate::scene::{ANN, KIM, Scene, join, message};

fn mute(until: Option<Millis>) -> EventWhat {
    EventWhat::Mute { who: ANN, until }
}

fn timer(until: Millis) -> Effect {
    let when = When::At(until);
    Effect::Schedule(Timer { name: "room:mute:1".into(), when, missed: Missed::Late })
}

fn no_timer() -> Effect {
    Effect::Cancel { name: "room:mute:1".into() }
}

/// A group in which Ann is silent for an hour.
fn silenced() -> (Scene, Millis) {
    let mut scene = Scene::group();
    let until = Millis(scene.now + Millis::HOUR);
    let decision = scene.ask(KIM, mute(Some(until))).unwrap();
    assert_eq!(decision.effects, [timer(until)]);
    (scene, until)
}

#[test]
fn who_is_silenced_reads_and_may_leave_but_does_not_speak() {
    let (mut scene, until) = silenced();
    let said = scene.said(ANN);
    let why = Err(Refusal::Muted { until });
    assert_eq!(scene.ask(ANN, message("放我出来")), why);
    let reaction = EventWhat::Reaction { of: 1, emoji: "👎".into() };
    assert_eq!(scene.ask(ANN, reaction), why);
    let edit = EventWhat::Edit { of: 1, said, text: "改成这句".into() };
    assert_eq!(scene.ask(ANN, edit), why);
    assert!(scene.ask(ANN, EventWhat::Recall { of: 1, said }).is_ok());
    assert!(scene.ask(ANN, EventWhat::Leave { how: LeaveManner::Left }).is_ok());
}

#[test]
fn a_silence_ends_by_its_timer() {
    let (mut scene, until) = silenced();
    scene.now = until.0;
    let decision = scene.due("room:mute:1");
    let fact = decision.facts[0].fact;
    assert_eq!((fact.kind, fact.detail), (FactKind::Service, ServiceKind::Unmute as u8));
    assert_eq!((fact.actor, fact.other), (IdentityId::NOBODY, ANN));
    assert_eq!(scene.roster.get(ANN).unwrap().muted_until, None);
    assert!(scene.ask(ANN, message("我回来了")).is_ok());
    assert!(scene.due("room:mute:1").facts.is_empty(), "ended once");
}

#[test]
fn a_silence_ends_on_the_clock_even_before_its_timer_is_heard() {
    let (mut scene, until) = silenced();
    scene.now = until.0;
    assert!(scene.ask(ANN, message("准点")).is_ok());
}

#[test]
fn a_silence_made_longer_outlives_its_first_timer() {
    let (mut scene, until) = silenced();
    let longer = Millis(until.0 + Millis::DAY);
    assert_eq!(scene.ask(KIM, mute(Some(longer))).unwrap().effects, [timer(longer)]);
    scene.now = until.0;
    let stale = scene.due("room:mute:1");
    assert!(stale.facts.is_empty() && stale.effects.is_empty());
    assert_eq!(scene.roster.get(ANN).unwrap().muted_until, Some(longer));
}

#[test]
fn a_silence_taken_back_takes_its_timer_along() {
    let (mut scene, _) = silenced();
    assert_eq!(scene.ask(KIM, mute(None)).unwrap().effects, [no_timer()]);
    assert!(scene.ask(ANN, message("谢谢")).is_ok());
}

#[test]
fn a_silence_lasts_a_year_at_most() {
    let mut scene = Scene::group();
    scene.ask(KIM, mute(Some(Millis(i64::MAX)))).unwrap();
    let until = scene.roster.get(ANN).unwrap().muted_until.unwrap();
    assert_eq!(until.0 - scene.state.now, 366 * Millis::DAY);
}

#[test]
fn closing_stops_the_timers_and_reopening_sets_them_again() {
    let (mut scene, until) = silenced();
    let close = EventWhat::Close { farewell: "".into() };
    assert_eq!(scene.ask(KIM, close.clone()).unwrap().effects, [no_timer()]);
    scene.after(60_000);
    assert_eq!(scene.ask(KIM, EventWhat::Reopen).unwrap().effects, [timer(until)]);
    scene.ask(KIM, close).unwrap();
    scene.after(Millis::DAY);
    assert!(scene.ask(KIM, EventWhat::Reopen).unwrap().effects.is_empty());
    assert_eq!(scene.roster.get(ANN).unwrap().muted_until, None);
}

#[test]
fn going_out_and_in_again_does_not_end_a_silence() {
    let (mut scene, until) = silenced();
    scene.ask(ANN, EventWhat::Leave { how: LeaveManner::Left }).unwrap();
    scene.after(1000);
    scene.ask(ANN, join("Ann")).unwrap();
    assert_eq!(scene.ask(ANN, message("我又来了")), Err(Refusal::Muted { until }));
    scene.ask(ANN, EventWhat::Leave { how: LeaveManner::Left }).unwrap();
    scene.now = until.0;
    assert!(scene.due("room:mute:1").facts.is_empty(), "nobody tells who is not there");
    assert_eq!(scene.roster.get(ANN).unwrap().muted_until, None);
}

#[test]
fn a_timer_of_nobody_is_let_go() {
    let mut scene = Scene::group();
    for name in ["", "room", "room:mute:", "room:mute:x", "room:mute:77", "packet:1", "answer:x"] {
        assert_eq!(scene.due(name), engine::Decision::default(), "{name}");
    }
}
