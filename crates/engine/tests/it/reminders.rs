//! Staff are asked for what waits too long, by one timer.

use domain::{Effect, IdentityId, Millis, Missed, Task, TaskKind, Timer, When};

use crate::scene::{ANN, BOB, Scene, XIAOLIN, at, post, question, to};

const MINUTE: i64 = Millis::MINUTE;

fn timer(at: i64) -> Effect {
    let when = When::At(Millis(at));
    Effect::Schedule(Timer { name: "answer:next".into(), when, missed: Missed::Merge })
}

fn no_timer() -> Effect {
    Effect::Cancel { name: "answer:next".into() }
}

fn withdraw(key: i64) -> Effect {
    Effect::Withdraw { name: format!("answer:{key}").into() }
}

fn ask(key: i64, kind: TaskKind, who: IdentityId, since: i64) -> Effect {
    Effect::Ask(Task {
        name: format!("answer:{key}").into(),
        kind,
        about: Some(key),
        who,
        since: Millis(since),
    })
}

/// When an item said then is forgotten.
fn forgotten(said: i64) -> i64 {
    said + 7 * Millis::DAY + 1
}

// catalogue: H10
#[test]
fn a_first_post_is_asked_for_before_an_older_question() {
    let mut scene = Scene::group();
    let newcomer = IdentityId(50);
    scene.joins(newcomer, "新人");
    scene.after(MINUTE);
    let t0 = scene.now;
    let (key, effects) = scene.posts(ANN, question("怎么用？"));
    assert_eq!(effects, [timer(t0 + 30 * MINUTE)]);
    scene.after(5 * MINUTE);
    let t1 = scene.now;
    let (first, effects) = scene.posts(newcomer, at(XIAOLIN, post("大家好")));
    assert_eq!(effects, [timer(t1 + 15 * MINUTE)], "earlier than the question's");
    scene.now = t1 + 15 * MINUTE;
    let due = scene.due("answer:next").effects;
    let asked = ask(first, TaskKind::AnswerFirstPost, newcomer, t1);
    assert_eq!(due, [asked, timer(t0 + 30 * MINUTE)]);
    scene.now = t0 + 30 * MINUTE;
    let due = scene.due("answer:next").effects;
    let asked = ask(key, TaskKind::AnswerQuestion, ANN, t0);
    assert_eq!(due, [asked, timer(forgotten(t0))]);
}

#[test]
fn an_answer_withdraws_the_task_and_moves_the_timer() {
    let mut scene = Scene::group();
    let t0 = scene.now;
    let (key, _) = scene.posts(ANN, question("几点？"));
    scene.after(10 * MINUTE);
    let (later, effects) = scene.posts(XIAOLIN, at(BOB, question("在哪？")));
    assert_eq!(effects, [], "the timer stands at the earliest: {later}");
    scene.now = t0 + 30 * MINUTE;
    let due = scene.due("answer:next").effects;
    let asked = ask(key, TaskKind::AnswerQuestion, ANN, t0);
    assert_eq!(due, [asked, timer(t0 + 40 * MINUTE)]);
    let (_, effects) = scene.posts(BOB, to(key, post("八点")));
    assert_eq!(effects, [withdraw(key)], "the other one still waits");
    let (_, effects) = scene.posts(BOB, to(later, post("操场")));
    assert_eq!(effects, [no_timer()], "nothing was asked for yet, nothing is withdrawn");
}

#[test]
fn a_timer_that_comes_early_asks_for_nothing_and_is_set_again() {
    let mut scene = Scene::group();
    let t0 = scene.now;
    scene.posts(ANN, question("几点？"));
    scene.after(MINUTE);
    assert_eq!(scene.due("answer:next").effects, [timer(t0 + 30 * MINUTE)]);
}

#[test]
fn nothing_is_asked_for_twice() {
    let mut scene = Scene::group();
    let t0 = scene.now;
    scene.posts(ANN, question("几点？"));
    scene.after(30 * MINUTE);
    scene.due("answer:next");
    scene.after(MINUTE);
    assert_eq!(scene.due("answer:next").effects, [timer(forgotten(t0))]);
}

#[test]
fn what_is_too_old_is_forgotten_with_its_task() {
    let mut scene = Scene::group();
    let t0 = scene.now;
    let (key, _) = scene.posts(ANN, question("几点？"));
    scene.after(MINUTE);
    scene.posts(BOB, at(XIAOLIN, post("看这个")));
    scene.after(40 * MINUTE);
    let due = scene.due("answer:next").effects;
    assert_eq!(due.len(), 3);
    assert!(matches!(&due[1], Effect::Ask(task) if task.kind == TaskKind::AnswerCall));
    scene.now = t0 + 7 * Millis::DAY;
    assert_eq!(scene.waiting().len(), 2);
    scene.after(1);
    let due = scene.due("answer:next").effects;
    assert_eq!(due, [withdraw(key), timer(forgotten(t0 + MINUTE))]);
    scene.after(Millis::DAY);
    let (_, effects) = scene.posts(BOB, post("早"));
    assert_eq!(effects.len(), 2, "a message forgets the rest: {effects:?}");
    assert!(effects.contains(&no_timer()) && scene.waiting().is_empty());
}

#[test]
fn what_gives_way_takes_its_task_along() {
    let mut scene = Scene::group();
    let (key, _) = scene.posts(ANN, question("几点？"));
    scene.after(30 * MINUTE);
    scene.due("answer:next");
    let mut last = Vec::new();
    for _ in 0..200 {
        last = scene.posts(ANN, question("到底几点？")).1;
    }
    assert!(last.contains(&withdraw(key)), "{last:?}");
}
