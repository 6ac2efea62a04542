//! What must hold in the end, whatever happened on the way.

use super::fate::{ActionId, Try};
use super::replay::Replay;
use super::world::World;
use crate::live::ORG;
use app::Unwatched;
use app::live::{Line, TaskState};
use domain::{ActionKind, FactKind, GroupId, IdentityId, Millis, Origin, Seq, WhenUnknown};
use insights::Settings;
use std::collections::{BTreeMap, BTreeSet};
use store::{OutboxRow, OutboxState};

const ALL: u32 = 100_000;

/// Brings everything to its end: what waits is handed in again, what was set aside is tried
/// again, actions are settled, pages written.
pub(crate) fn finish(world: &mut World) {
    world.say("calm");
    world.fate.calm(true);
    for _ in 0..30 {
        let rest = world.ledger.whole_queue();
        if rest.is_empty() {
            break;
        }
        world.submit(rest);
        world.settle();
    }
    assert!(world.ledger.whole_queue().is_empty(), "some never get a final answer");
    world.drain();
    list_and_retry(world);
    world.settle();
    send_all(world);
    world.settle();
    world.look();
}

/// Everything set aside is listed; once the cause is gone it is processed.
fn list_and_retry(world: &mut World) {
    let node = world.node();
    let aside = node.run(node.live.set_aside(ORG, ALL)).unwrap().unwrap();
    let listed: BTreeSet<_> =
        aside.iter().map(|one| super::ledger::name(one.event.as_ref().unwrap())).collect();
    for (name, handed) in world.ledger.all() {
        let is_listed = listed.contains(name);
        assert!(is_listed || !handed.was_set_aside, "set aside and not listed: {handed:?}");
    }
    world.fate.likes_everything();
    for one in aside {
        world.ledger.set_aside(one.event.as_ref().unwrap());
        let node = world.node();
        assert!(node.run(node.live.retry_set_aside(ORG, one.id)).unwrap().unwrap(), "{one:?}");
    }
    let node = world.node();
    let left = node.run(node.live.set_aside(ORG, ALL)).unwrap().unwrap();
    assert!(left.is_empty(), "still set aside: {left:?}");
    let waiting = node.run(node.store.waiting_intake(0, ALL)).unwrap().unwrap();
    assert!(waiting.is_empty(), "still waiting: {waiting:?}");
}

/// Lets time pass until no action waits.
fn send_all(world: &mut World) {
    for _ in 0..200 {
        let (now, store) = (Millis(world.clock.at_now()), &world.node().store);
        let next = world.node().run(async {
            for _ in 0..50_000 {
                let before = store.next_action("web").await.unwrap();
                let is_sending = !store.sending_actions().await.unwrap().is_empty();
                let next = store.next_action("web").await.unwrap();
                if !is_sending && before == next && next.is_none_or(|at| at > now) {
                    return Some(next);
                }
                tokio::task::yield_now().await;
            }
            None
        });
        match next {
            Ok(Some(None)) => return,
            Ok(Some(Some(at))) => world.clock.set(at.0),
            Ok(None) => panic!("what is to be sent is not sent"),
            Err(why) => world.halted(why),
        }
        world.settle();
    }
    panic!("actions are tried without end");
}

/// All invariants of a finished world.
pub(crate) fn check(world: &World) {
    let mut logs = BTreeMap::new();
    let journal = world.fate.journal();
    for group in &world.cast.groups {
        let node = world.node();
        let log = node.run(node.live.lines_after(ORG, *group, Seq(0), ALL)).unwrap().unwrap();
        let replay = Replay::of(*group, &journal[group], &world.ledger);
        as_replayed(world, *group, &log, &replay);
        logs.insert(*group, log);
    }
    as_handed(world, &logs);
    as_seen(world, &logs);
    as_sent(world);
}

/// The log, the stored head, what the pipeline has in memory, timers and tasks.
fn as_replayed(world: &World, group: GroupId, log: &[Line], replay: &Replay) {
    let node = world.node();
    let places: Vec<i64> = log.iter().map(|line| line.seq.0).collect();
    assert_eq!(places, (1..=replay.facts.len() as i64).collect::<Vec<_>>(), "places");
    for (line, (fact, words)) in log.iter().zip(replay.facts.iter().zip(&replay.words)) {
        assert_eq!(line.fact, *fact);
        // A message goes with its later versions.
        let about = match fact.kind {
            FactKind::Message => Some(fact.source.key),
            FactKind::Edit => fact.reply_to,
            _ => None,
        };
        let recalls = |later: &Line| {
            about.is_some() && later.fact.kind == FactKind::Recall && later.fact.reply_to == about
        };
        let is_gone = log.iter().any(|later| later.seq > line.seq && recalls(later));
        let may_be_gone = log.iter().any(recalls);
        match &line.words {
            None if may_be_gone => {}
            words_there => assert_eq!(words_there, words, "words of {line:?}"),
        }
        assert!(line.words.is_none() || !is_gone, "taken back, but still there: {line:?}");
    }
    let lease = store::Lease {
        node: node.name.clone(),
        now: Millis(world.clock.at_now()),
        until: Millis(world.clock.at_now() + 60_000),
    };
    let head = node.run(node.store.hold_group(ORG, group, &lease)).unwrap().unwrap().unwrap();
    assert_eq!(head.next.0, 1 + log.len() as i64);
    assert_eq!((head.state_version, head.state), replay.state.to_bytes(), "the stored state");
    let room = node.run(node.live.room(ORG, group)).unwrap().unwrap().unwrap();
    assert_eq!(room.head.0, log.len() as i64, "the head in memory");
    assert_eq!(room.closed.map(|at| at.0), replay.state.room.closed);
    assert_eq!(
        room.announcement.map(|(version, _, at)| (version, at.0)),
        replay.state.room.announcement.map(|notice| (notice.version, notice.at))
    );
    let mut roster: Vec<_> = replay.roster.iter().cloned().collect();
    roster.sort_unstable_by_key(|member| member.who);
    let stored = node.run(node.live.members(ORG, group)).unwrap().unwrap();
    assert_eq!(stored, roster, "the stored roster");
    for member in &roster {
        let known = node.run(node.live.member(ORG, group, member.who)).unwrap().unwrap();
        assert_eq!(known.as_ref(), Some(member), "the roster in memory");
    }
    let timers = node.run(node.store.due_timers(Millis(i64::MAX), ALL)).unwrap().unwrap();
    let timers = timers.into_iter().filter(|timer| timer.group == group);
    let timers: BTreeMap<String, Millis> = timers.map(|timer| (timer.name, timer.due)).collect();
    assert_eq!(timers, replay.timers, "timers that are set");
    let tasks = node.run(node.live.tasks(ORG, TaskState::Open, ALL)).unwrap().unwrap();
    let tasks = tasks.into_iter().filter(|task| task.group == group);
    let tasks: BTreeSet<String> = tasks.map(|task| task.name).collect();
    assert_eq!(tasks, replay.tasks, "open tasks");
    plainly(group, log, &roster, world);
}

/// Who is in, by the facts alone: no engine asked.
fn plainly(group: GroupId, log: &[Line], roster: &[engine::Member], world: &World) {
    let mut stays: BTreeMap<IdentityId, (Millis, Option<Millis>)> = BTreeMap::new();
    for line in log {
        let fact = &line.fact;
        let told = world.ledger.get((group, fact.source, fact.actor));
        let is_told = told.is_some_and(|handed| handed.event.origin == Origin::Told);
        let comes = fact.kind == FactKind::Join || (fact.kind == FactKind::Message && is_told);
        let stay = stays.get(&fact.actor).copied();
        match (comes, stay) {
            (true, None) => drop(stays.insert(fact.actor, (fact.at, None))),
            (true, Some((_, Some(left)))) if !is_told || fact.at > left => {
                stays.insert(fact.actor, (fact.at, None));
            }
            (false, Some((joined, None))) if fact.kind == FactKind::Leave && fact.at >= joined => {
                stays.insert(fact.actor, (joined, Some(fact.at)));
            }
            _ => {}
        }
    }
    let found = roster.iter().map(|one| (one.who, (one.joined, one.left))).collect();
    assert_eq!(stays, found, "stays by the facts, and the roster");
}

/// Each event that was accepted is there once, at the place of its acknowledgement; nothing that
/// was refused is there; nothing else is there.
fn as_handed(world: &World, logs: &BTreeMap<GroupId, Vec<Line>>) {
    let mut places = BTreeMap::new();
    for (group, log) in logs {
        for line in log {
            let name = (*group, line.fact.source, line.fact.actor);
            assert_eq!(places.insert(name, line.seq), None, "twice in the log: {line:?}");
        }
    }
    for (name, handed) in world.ledger.all() {
        let place = places.remove(name);
        if handed.acked.is_some() {
            let there = || logs[&name.0].iter().find(|line| Some(line.seq) == handed.acked);
            assert_eq!(place, handed.acked, "acknowledged: {handed:?}; {:?}", there());
        } else if handed.event.origin == Origin::Told {
            assert!(place.is_some(), "told and lost: {handed:?}");
        } else if !handed.was_set_aside {
            assert!(handed.was_refused, "without any answer: {handed:?}");
            assert_eq!(place, None, "refused, but there: {handed:?}");
        }
    }
    for (name, seq) in places {
        assert_eq!(name.2, IdentityId::NOBODY, "nobody handed in what is at {seq:?}: {name:?}");
    }
}

/// Every phone's view is the log.
fn as_seen(world: &World, logs: &BTreeMap<GroupId, Vec<Line>>) {
    for view in &world.views {
        let log = &logs[&view.group];
        assert_eq!(view.lines.len(), log.len(), "lines that a phone saw");
        for (seen, line) in view.lines.iter().zip(log) {
            assert_eq!((seen.seq, seen.fact), (line.seq, line.fact));
            assert!(line.words.is_none() || seen.words == line.words, "{seen:?} {line:?}");
        }
    }
}

/// Actions end, leave as often as their kind allows, and never fail in silence.
fn as_sent(world: &World) {
    let node = world.node();
    let tries = world.fate.tries();
    let tasks = node.run(node.live.tasks(ORG, TaskState::Open, ALL)).unwrap().unwrap();
    let tasks: BTreeSet<(GroupId, String)> =
        tasks.into_iter().map(|task| (task.group, task.name)).collect();
    let rows = |state| node.run(node.store.outbox(ORG, state, ALL)).unwrap().unwrap();
    assert_eq!(rows(OutboxState::Planned), Vec::new());
    assert_eq!(rows(OutboxState::Sending), Vec::new());
    let mut planned = 0;
    for state in [OutboxState::Sent, OutboxState::Failed, OutboxState::Unknown] {
        for row in rows(state) {
            planned += 1;
            let id = (row.group, row.seq, row.n);
            as_allowed(&row, tries.get(&id).map_or(&[][..], Vec::as_slice));
            let kind = match state {
                OutboxState::Failed => "carry_out",
                OutboxState::Unknown => "check_outcome",
                _ => continue,
            };
            let name = format!("{kind}:{}:{}", row.seq.0, row.n);
            let is_asked = tasks.contains(&(row.group, name));
            assert!(is_asked, "nobody is told of {row:?}");
        }
    }
    let journal = world.fate.journal();
    let all = journal.values().flatten().map(|(_, write)| write.outbox.len()).sum::<usize>();
    assert_eq!(planned, all, "actions");
    let sent: BTreeSet<&ActionId> = tries.keys().collect();
    assert!(sent.len() <= planned, "actions that nobody asked for");
}

fn as_allowed(row: &OutboxRow, tries: &[Try]) {
    let kind = ActionKind::from_word(&row.kind).unwrap();
    let arrived = tries.iter().filter(|one| one.has_arrived).count();
    match kind.when_unknown() {
        WhenUnknown::AskHuman => {
            let unsure = tries.iter().filter(|one| !one.said_not_now).count();
            assert!(unsure <= 1, "repeated blindly: {row:?} {tries:?}");
        }
        WhenUnknown::Query => assert!(arrived <= 1, "done twice: {row:?} {tries:?}"),
        WhenUnknown::Retry => assert!(tries.len() <= 4, "tried too often: {row:?} {tries:?}"),
    }
    if row.state == OutboxState::Sent {
        assert!(arrived >= 1, "not sent: {row:?} {tries:?}");
    }
}

/// Pages are those of a rebuild.
pub(crate) fn check_pages(world: &mut World, url: &str) {
    let node = world.node();
    node.run(node.live.caught_up()).unwrap();
    let stays = |world: &World| {
        let node = world.node();
        let groups = world.cast.groups.iter();
        let stays = groups.map(|group| node.run(node.store.stays(ORG, *group)).unwrap().unwrap());
        stays.collect::<Vec<_>>()
    };
    let before = stays(world);
    let node = world.node();
    let rebuilt = node.run(app::rebuild(url, &Settings::default(), &Unwatched)).unwrap().unwrap();
    assert_eq!(rebuilt.unequal, 0, "{} of {} pages", rebuilt.unequal, rebuilt.pages);
    assert!(rebuilt.pages > 0);
    assert_eq!(before, stays(world), "stays");
    let node = world.node();
    node.run(node.live.stop()).unwrap();
}
