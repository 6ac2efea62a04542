//! What holds after whatever sequence of events: nothing refused leaves a trace, stays are in
//! order, the state stays small, and the same events give the same end.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ActorClass, Effect, Entrance, EventWhat, FactKind, FeatureWord, IdentityId, JoinManner,
    LeaveManner, ListHit, Millis, Origin, Post, Question, Said,
};
use engine::{Decision, Member, Refusal, State};
use proptest::prelude::*;

use crate::scene::Scene;

/// Bytes that the state of a group may take at most.
const STATE_BYTES_MAX: usize = 64 * 1024;

/// One move: who, in which role, from where, what, after how long, with which key and clock.
#[derive(Clone, Debug)]
struct Move {
    who: u32,
    class: ActorClass,
    origin: Origin,
    what: EventWhat,
    pause_ms: i64,
    key: i64,
    at_shift_ms: i64,
}

fn words() -> impl Strategy<Value = Box<str>> {
    prop_oneof![
        4 => "[a-z\u{4e00}-\u{4e20}]{1,12}",
        1 => Just(String::new()),
        1 => Just("x".repeat(5000)),
        1 => "\\PC{0,40}",
    ]
    .prop_map(Box::from)
}

fn who() -> impl Strategy<Value = IdentityId> {
    prop_oneof![8 => 1u32..9, 1 => 0u32..2000].prop_map(IdentityId)
}

fn moment() -> impl Strategy<Value = Millis> {
    prop_oneof![
        4 => 1_799_000_000_000i64..1_800_000_000_000,
        1 => any::<i64>(),
    ]
    .prop_map(Millis)
}

fn said() -> impl Strategy<Value = Option<Said>> {
    prop::option::weighted(0.8, (who(), moment()).prop_map(|(by, at)| Said { by, at }))
}

fn word() -> impl Strategy<Value = FeatureWord> {
    let hits = prop_oneof![
        6 => Just(None),
        1 => prop::sample::select(vec![
            ListHit::Mention, ListHit::MentionAll, ListHit::Command, ListHit::Deleted,
            ListHit::Forwarded, ListHit::Acknowledgement,
        ])
        .prop_map(Some),
    ];
    (0..3u8, hits).prop_map(|(question, hit)| {
        let question = [Question::No, Question::Weak, Question::Strong][usize::from(question)];
        let word = FeatureWord::default().with_han(5).with_question(question);
        hit.map_or(word, |hit| word.with_hit(hit))
    })
}

fn message() -> impl Strategy<Value = EventWhat> {
    let calls = prop_oneof![4 => Just(IdentityId::NOBODY), 1 => who()];
    let reply_to = prop::option::weighted(0.3, 0i64..400);
    (words(), word(), reply_to, calls).prop_map(|(text, features, reply_to, calls)| {
        EventWhat::Message(Post { text, features, text_hash: 1, reply_to, calls })
    })
}

fn join() -> impl Strategy<Value = EventWhat> {
    (words(), who(), words(), 0u32..4).prop_map(|(name, by, via, rules)| {
        EventWhat::Join(Entrance { name, how: JoinManner::Link, by, via, rules })
    })
}

fn what() -> impl Strategy<Value = EventWhat> {
    let of = 0i64..400;
    prop_oneof![
        12 => message(),
        4 => join(),
        2 => (of.clone(), said()).prop_map(|(of, said)| EventWhat::Recall { of, said }),
        1 => (of.clone(), said(), words())
            .prop_map(|(of, said, text)| EventWhat::Edit { of, said, text }),
        1 => (of.clone(), words()).prop_map(|(of, emoji)| EventWhat::Reaction { of, emoji }),
        2 => Just(EventWhat::Leave { how: LeaveManner::Left }),
        1 => who().prop_map(|who| EventWhat::Remove { who }),
        1 => words().prop_map(|name| EventWhat::Rename { name }),
        2 => (who(), prop::option::of(moment()))
            .prop_map(|(who, until)| EventWhat::Mute { who, until }),
        1 => words().prop_map(|text| EventWhat::Announce { text }),
        2 => (of, said(), any::<bool>())
            .prop_map(|(of, said, on)| EventWhat::Pin { of, said, on }),
        1 => words().prop_map(|name| EventWhat::Retitle { name }),
        1 => words().prop_map(|text| EventWhat::Rules { text }),
        1 => words().prop_map(|farewell| EventWhat::Close { farewell }),
        3 => Just(EventWhat::Reopen),
        3 => (prop_oneof![
                Just("answer:next".to_owned()),
                who().prop_map(|who| format!("room:mute:{}", who.0)),
                "\\PC{0,20}",
            ], moment())
            .prop_map(|(timer, due)| EventWhat::Due { timer: timer.into(), due }),
    ]
}

fn any_move() -> impl Strategy<Value = Move> {
    let origin = prop_oneof![
        6 => Just(Origin::Asked),
        3 => Just(Origin::Told),
        1 => Just(Origin::Timer),
        1 => Just(Origin::Cascade),
    ];
    let class = prop_oneof![
        6 => Just(ActorClass::Member),
        3 => Just(ActorClass::Staff),
        1 => Just(ActorClass::Host),
        1 => Just(ActorClass::Bot),
    ];
    let pause = prop_oneof![
        3 => Just(0),
        6 => 0..20 * Millis::MINUTE,
        1 => -Millis::HOUR..8 * Millis::DAY,
    ];
    let key = prop_oneof![9 => 0i64..400, 1 => any::<i64>()];
    let shift = prop_oneof![3 => Just(0), 1 => -Millis::DAY..Millis::DAY, 1 => any::<i64>()];
    (who(), class, origin, what(), (pause, key, shift)).prop_map(
        |(who, class, origin, what, (pause_ms, key, at_shift_ms))| Move {
            who: who.0,
            class,
            origin,
            what,
            pause_ms,
            key,
            at_shift_ms,
        },
    )
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    prop::collection::vec(any_move(), 1..300)
}

fn play(scene: &mut Scene, one: &Move) -> Result<Decision, Refusal> {
    scene.after(one.pause_ms);
    let mut event = scene.event(IdentityId(one.who), one.origin, one.what.clone());
    event.class = one.class;
    event.key.key = one.key;
    event.at = Millis(scene.now.saturating_add(one.at_shift_ms));
    scene.decide(&event)
}

fn people(scene: &Scene) -> BTreeMap<u32, Member> {
    scene.roster.iter().map(|one| (one.who.0, one.clone())).collect()
}

/// What the rows of timers and tasks would hold.
#[derive(Debug, Default)]
struct Rows {
    timers: BTreeSet<String>,
    tasks: BTreeSet<String>,
}

impl Rows {
    fn take(&mut self, what: &EventWhat, effects: &[Effect]) {
        if let EventWhat::Due { timer, .. } = what {
            self.timers.remove(timer.as_ref());
        }
        for effect in effects {
            match effect {
                Effect::Schedule(timer) => drop(self.timers.insert(timer.name.to_string())),
                Effect::Cancel { name } => drop(self.timers.remove(name.as_ref())),
                Effect::Ask(task) => drop(self.tasks.insert(task.name.to_string())),
                Effect::Withdraw { name } => drop(self.tasks.remove(name.as_ref())),
                Effect::Emit(_) | Effect::Act(_) => {}
            }
        }
    }
}

/// A stay goes on, ends, or is followed by the next one that begins after its end.
fn follows(before: &Member, after: &Member) -> bool {
    let same = after.stay == before.stay
        && after.joined == before.joined
        && (before.left.is_none() || after.left == before.left);
    let next = after.stay == before.stay + 1
        && before.left.is_some_and(|left| left <= after.joined)
        && after.left.is_none_or(|left| left >= after.joined);
    (same || next)
        && after.left.is_none_or(|left| left >= after.joined)
        && (after.has_spoken || !before.has_spoken)
}

fn bytes(state: &State) -> usize {
    state.to_bytes().1.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_invariant_holds_after_every_move(moves in moves()) {
        let mut scene = Scene::empty();
        let mut rows = Rows::default();
        let mut last = None;
        for one in &moves {
            let (before, known, next) = (scene.state.clone(), people(&scene), scene.next);
            let decided = play(&mut scene, one);
            let now = people(&scene);
            let Ok(decision) = decided else {
                prop_assert_eq!(one.origin, Origin::Asked, "only what is asked is refused");
                prop_assert_eq!(&scene.state, &before, "a refused event changes nothing");
                prop_assert_eq!(now, known);
                prop_assert_eq!(scene.next, next);
                continue;
            };
            prop_assert_eq!(scene.next, next + decision.facts.len() as i64);
            rows.take(&one.what, &decision.effects);
            prop_assert!(scene.state.now >= before.now && scene.state.top_key >= before.top_key);
            for noted in &decision.facts {
                let place = (noted.fact.at, noted.fact.source);
                let ordered = one.origin == Origin::Told || last.is_none_or(|last| place > last);
                prop_assert!(ordered, "what is asked comes after everything noted");
                last = last.max(Some(place));
            }
            for (who, member) in &now {
                match known.get(who) {
                    Some(before) => prop_assert!(follows(before, member), "{before:?} {member:?}"),
                    None => prop_assert!(member.stay == 1 && *who != 0, "{member:?}"),
                }
            }
            let tracker = &scene.state.tracker;
            prop_assert!(tracker.waiting.is_sorted_by_key(|item| (item.at, item.key)));
            let open = tracker.waiting.iter().filter(|item| item.asked);
            let open: BTreeSet<_> = open.map(|item| format!("answer:{}", item.key)).collect();
            prop_assert_eq!(&rows.tasks, &open, "a task is open while its item waits");
            let set = rows.timers.contains("answer:next");
            prop_assert_eq!(set, !tracker.waiting.is_empty(), "one timer while anything waits");
            prop_assert!(rows.timers.len() <= 1 + now.len());
        }
        prop_assert!(bytes(&scene.state) < STATE_BYTES_MAX);
        prop_assert_eq!(State::from_bytes(1, &scene.state.to_bytes().1), Ok(scene.state));
    }

    #[test]
    fn the_same_events_give_the_same_end_however_often_the_state_was_stored(
        moves in moves(), stored_every in 1usize..40,
    ) {
        let mut straight = Scene::empty();
        let mut stored = Scene::empty();
        for (n, one) in moves.iter().enumerate() {
            prop_assert_eq!(play(&mut straight, one), play(&mut stored, one));
            if n % stored_every == 0 {
                let (version, bytes) = stored.state.to_bytes();
                stored.state = State::from_bytes(version, &bytes).unwrap();
                // As read from the database: in another order.
                let members: Vec<Member> = people(&stored).into_values().rev().collect();
                stored.roster = engine::Roster::of(members);
            }
        }
        prop_assert_eq!(&straight.state, &stored.state);
        prop_assert_eq!(people(&straight), people(&stored));
    }
}

#[test]
fn the_state_stays_small_under_a_flood() {
    let mut scene = Scene::empty();
    let mut most = 0;
    for n in 0..3000u32 {
        let who = IdentityId(u32::MAX - n);
        for what in [
            crate::scene::join("某人"),
            EventWhat::Message(crate::scene::to(i64::MAX, crate::scene::question("？？"))),
            EventWhat::Pin { of: i64::MAX - i64::from(n), said: None, on: true },
            EventWhat::Announce { text: "字".repeat(9000).into() },
            EventWhat::Rules { text: "字".repeat(9000).into() },
            EventWhat::Mute { who, until: Some(Millis(i64::MAX)) },
            EventWhat::Remove { who },
        ] {
            let mut event = scene.event(who, Origin::Told, what);
            event.key.key = i64::MAX - i64::from(n) * 10;
            let decision = scene.decide(&event).unwrap();
            assert_eq!(decision.facts.len(), 1);
            // A removed person's question is closed: let others wait.
            if decision.facts[0].fact.kind == FactKind::Leave && n % 2 == 0 {
                let mut event =
                    scene.event(IdentityId(n + 1), Origin::Told, crate::scene::message("？"));
                event.key.key = i64::MAX - i64::from(n) * 10 - 1;
                scene.decide(&event).unwrap();
            }
        }
        scene.after(1000);
        most = most.max(bytes(&scene.state));
    }
    assert!(most < STATE_BYTES_MAX / 4, "{most} bytes");
}
