//! The make-believe platform does what it is told that it can, and fails as its seed says.

use app::live::Clock;
use chat::{Errand, Outcome, Platform, Quota};
use domain::{Action, ActionKind, ActorClass, Capability, GroupId, IdentityId, Millis, OrgId, Seq};
use rehearsal::platform::{Abilities, Rehearsed};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

fn clock() -> Arc<SetClock> {
    Arc::new(SetClock(AtomicI64::new(1_000_000)))
}

fn errand(seq: i64, tries: u32) -> Errand {
    let text = format!("晚上七点老地方 {seq}").into();
    let action = Action::Post { text, reply_to: None, class: ActorClass::Staff };
    Errand {
        org: OrgId(1),
        group: GroupId(2),
        key: "群".to_owned(),
        id: (Seq(seq), 0),
        action,
        tries,
    }
}

#[tokio::test]
async fn what_it_can_do_arrives_once_and_what_it_cannot_is_refused() {
    let abilities = Abilities::of(Capability::Auto).but(ActionKind::Mute, Capability::No);
    let platform = Rehearsed::new("rehearsed", abilities, clock());
    assert!(matches!(platform.send(&errand(1, 0)).await, Outcome::Sent { .. }));
    assert!(matches!(platform.send(&errand(1, 1)).await, Outcome::Sent { .. }));
    let mute = Action::Mute { who: IdentityId(4), until: None };
    let mute = Errand { action: mute, ..errand(2, 0) };
    assert!(matches!(platform.send(&mute).await, Outcome::Refused { .. }));
    assert_eq!(platform.capability(ActionKind::Mute), Capability::No);
    let arrived = platform.arrived();
    assert_eq!(arrived.len(), 1);
    assert_eq!((arrived[0].times, arrived[0].errand.tries), (2, 0));
}

#[tokio::test]
async fn more_than_the_quota_is_turned_away_until_the_window_has_passed() {
    let clock = clock();
    let quota = Quota { actions: 3, window_ms: 10_000 };
    let abilities = Abilities { quota, ..Abilities::all() };
    let platform = Rehearsed::new("rehearsed", abilities, clock.clone());
    for seq in 1..=3 {
        assert!(matches!(platform.send(&errand(seq, 0)).await, Outcome::Sent { .. }));
        clock.0.fetch_add(1_000, Ordering::SeqCst);
    }
    let Outcome::NotNow { after_ms: Some(after), .. } = platform.send(&errand(4, 0)).await else {
        panic!("the fourth is too many");
    };
    assert_eq!((after, platform.turned_away(), platform.arrived().len()), (7_000, 1, 3));
    clock.0.fetch_add(after, Ordering::SeqCst);
    assert!(matches!(platform.send(&errand(4, 1)).await, Outcome::Sent { .. }));
}

#[tokio::test]
async fn failures_come_from_the_seed_and_a_query_tells_what_arrived() {
    let abilities = Abilities {
        refused_per_mille: 50,
        not_now_per_mille: 150,
        answer_lost_per_mille: 100,
        errand_lost_per_mille: 100,
        seed: 9,
        ..Abilities::all()
    };
    let run = |order: Vec<i64>| {
        let abilities = abilities.clone();
        async move {
            let platform = Rehearsed::new("rehearsed", abilities, clock());
            let mut outcomes = Vec::new();
            for seq in order {
                outcomes.push((seq, platform.send(&errand(seq, 0)).await));
            }
            (platform, outcomes)
        }
    };
    let (platform, there) = run((0..600).collect()).await;
    let (_, back) = run((0..600).rev().collect()).await;
    let kind = |outcome: &Outcome| std::mem::discriminant(outcome);
    for ((seq, outcome), (_, again)) in there.iter().zip(back.iter().rev()) {
        assert_eq!(kind(outcome), kind(again), "errand {seq}");
    }
    let count = |wanted: fn(&Outcome) -> bool| there.iter().filter(|one| wanted(&one.1)).count();
    assert!((10..55).contains(&count(|one| matches!(one, Outcome::Refused { .. }))));
    assert!((60..130).contains(&count(|one| matches!(one, Outcome::NotNow { .. }))));
    assert!((80..170).contains(&count(|one| matches!(one, Outcome::Unknown { .. }))));
    let mut lost = 0;
    for (seq, outcome) in &there {
        let arrived = platform.arrived().iter().any(|one| one.errand.id.0.0 == *seq);
        let told = platform.query(&errand(*seq, 0)).await;
        assert_eq!(arrived, matches!(told, Some(Outcome::Sent { .. })), "errand {seq}");
        match outcome {
            Outcome::Sent { .. } => assert!(arrived),
            Outcome::Refused { .. } | Outcome::NotNow { .. } => assert!(!arrived),
            Outcome::Unknown { .. } => lost += u32::from(arrived),
        }
    }
    assert!((30..90).contains(&lost), "{lost} answers were lost");
}
