//! Staff are asked for what waits too long, by one timer for the whole group.

use domain::{Effect, IdentityId, Millis, Missed, Task, TaskKind, Timer, When};

use crate::decide::Deciding;
use crate::settings::Settings;
use crate::tracker::{Tracker, Waiting, Why};

/// The one timer: set to the earliest item that is to be asked for or forgotten.
pub(super) const TIMER: &str = "answer:next";

/// Name of the task that asks for an answer to this message.
pub(super) fn task_name(key: i64) -> Box<str> {
    format!("answer:{key}").into()
}

/// The timer fell due: asks for every item whose time has come, forgets what is too old.
pub(super) fn due(group: &mut Deciding<'_>, effects: &mut Vec<Effect>) {
    let now = group.clock().0;
    let settings = group.settings;
    let tracker = &mut group.state.tracker;
    tracker.timer = None;
    forget(tracker, settings, now, effects);
    for item in &mut tracker.waiting {
        if !item.asked && remind_at(item, settings) <= now {
            item.asked = true;
            effects.push(Effect::Ask(task(item)));
        }
    }
    set_timer(tracker, settings, effects);
}

/// Forgets items older than they are remembered, with their tasks; whether there were any.
pub(super) fn forget(
    tracker: &mut Tracker,
    settings: &Settings,
    now: i64,
    effects: &mut Vec<Effect>,
) -> bool {
    let gone = tracker.waiting.partition_point(|item| forget_at(item, settings) <= now);
    give_up(tracker, gone, effects);
    gone > 0
}

/// Drops the `count` oldest items, with their tasks.
pub(super) fn give_up(tracker: &mut Tracker, count: usize, effects: &mut Vec<Effect>) {
    for item in tracker.waiting.drain(..count.min(tracker.waiting.len())) {
        if item.asked {
            effects.push(Effect::Withdraw { name: task_name(item.key) });
        }
    }
}

/// Sets the timer to what comes next, when it is not set so already.
pub(super) fn set_timer(tracker: &mut Tracker, settings: &Settings, effects: &mut Vec<Effect>) {
    let turn = |item: &Waiting| {
        let forgotten = forget_at(item, settings);
        if item.asked { forgotten } else { remind_at(item, settings).min(forgotten) }
    };
    let next = tracker.waiting.iter().map(turn).min();
    if next == tracker.timer {
        return;
    }
    tracker.timer = next;
    effects.push(next.map_or_else(
        || Effect::Cancel { name: TIMER.into() },
        |at| {
            let when = When::At(Millis(at));
            Effect::Schedule(Timer { name: TIMER.into(), when, missed: Missed::Merge })
        },
    ));
}

fn remind_at(item: &Waiting, settings: &Settings) -> i64 {
    item.at.saturating_add(match item.why {
        Why::FirstPost => settings.remind_first_ms,
        Why::Question | Why::Call => settings.remind_after_ms,
    })
}

fn forget_at(item: &Waiting, settings: &Settings) -> i64 {
    item.at.saturating_add(settings.open_item_ms).saturating_add(1)
}

fn task(item: &Waiting) -> Task {
    Task {
        name: task_name(item.key),
        kind: match item.why {
            Why::FirstPost => TaskKind::AnswerFirstPost,
            Why::Question => TaskKind::AnswerQuestion,
            Why::Call => TaskKind::AnswerCall,
        },
        about: Some(item.key),
        who: IdentityId(item.who),
        since: Millis(item.at),
    }
}
