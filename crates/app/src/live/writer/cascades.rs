//! Decisions that lead to further events and to actions, with deciders made up for the test.

use std::sync::{Arc, Mutex};

use domain::{
    Action, ActorClass, Effect, Event, EventWhat, FeatureWord, GroupId, IdentityId, Millis, OrgId,
    Origin, Post, Seq, SourceKey,
};
use engine::{Deciding, Decision, Refusal};
use store::{Head, IntakeRow, Lease, LiveWrite};

use crate::live::book::{Answer, Book, Holding, Known, Loaded};
use crate::live::receipt::Refused;
use crate::live::settings::{Clock, LiveSettings};
use crate::live::stored::Stored;
use crate::live::writer::{Entry, Errands, Telling, Writer};

const ORG: OrgId = OrgId(1);
const GROUP: GroupId = GroupId(2);

/// A store that keeps what it is given.
#[derive(Default)]
struct Paper {
    written: Mutex<Vec<LiveWrite>>,
    aside: Mutex<Vec<IntakeRow>>,
}

impl Book for Paper {
    fn hold(&self, _: OrgId, groups: Vec<GroupId>, _: Lease) -> Answer<'_, Vec<Holding>> {
        let loaded = |group: GroupId| Loaded {
            head: Head { group, next: Seq(1), fence: 1, state_version: 0, state: Vec::new() },
            platform: "web".to_owned(),
            key: "k".to_owned(),
            name: String::new(),
            zone: "UTC".to_owned(),
            members: Vec::new(),
        };
        let all = groups.into_iter().map(|group| Holding::Ours(Box::new(loaded(group))));
        let all = all.collect();
        Box::pin(async move { Ok(all) })
    }

    fn known(&self, _: OrgId, keys: Vec<(GroupId, SourceKey)>) -> Answer<'_, Vec<Known>> {
        Box::pin(async move { Ok(vec![None; keys.len()]) })
    }

    fn commit(&self, write: LiveWrite) -> Answer<'_, ()> {
        self.written.lock().unwrap().push(write);
        Box::pin(async { Ok(()) })
    }

    fn set_aside(&self, row: IntakeRow) -> Answer<'_, ()> {
        self.aside.lock().unwrap().push(row);
        Box::pin(async { Ok(()) })
    }
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Millis {
        Millis(1_795_348_800_000)
    }
}

fn reaction(left: u32) -> Effect {
    Effect::Emit(EventWhat::Reaction { of: 1, emoji: left.to_string().into() })
}

/// Each event asks for two silences of its own, and for as many events one after the other as its
/// words say.
fn leading_on(group: &mut Deciding<'_>, event: &Event) -> Result<Decision, Refusal> {
    let mut decision = engine::decide(group, event)?;
    let words = match &event.what {
        EventWhat::Message(post) => &post.text,
        EventWhat::Reaction { emoji, .. } => emoji,
        _ => return Ok(decision),
    };
    let left: u32 = words.parse().unwrap();
    for who in [left * 10, left * 10 + 1] {
        decision.effects.push(Effect::Act(Action::Remove { who: IdentityId(who) }));
    }
    if let Some(left) = left.checked_sub(1) {
        decision.effects.push(reaction(left));
    }
    Ok(decision)
}

/// Leads to itself, whatever the words.
fn endless(group: &mut Deciding<'_>, event: &Event) -> Result<Decision, Refusal> {
    let mut decision = engine::decide(group, event)?;
    if event.key.key != 3 {
        decision.effects.push(reaction(0));
    }
    Ok(decision)
}

fn told(key: i64, words: &str) -> Entry {
    let post = Post {
        text: words.into(),
        features: FeatureWord::default(),
        text_hash: 0,
        reply_to: None,
        calls: IdentityId::NOBODY,
    };
    let event = Event {
        group: GROUP,
        key: SourceKey { key, part: 0 },
        at: Millis(1),
        actor: IdentityId(7),
        class: ActorClass::Member,
        origin: Origin::Told,
        what: EventWhat::Message(post),
    };
    Entry::event(ORG, event)
}

fn writer(decide: super::deciding::Decide) -> (Writer, Arc<Paper>) {
    let paper = Arc::new(Paper::default());
    let told = (Errands::new(Vec::new()), Telling::default());
    let book: Arc<dyn Book> = Arc::<Paper>::clone(&paper);
    let writer = Writer::new(book, Arc::new(Noon), told, LiveSettings::default());
    writer.desk().decide = decide;
    (writer, paper)
}

#[tokio::test]
async fn actions_are_numbered_by_the_place_of_their_decision_and_within_it() {
    let (mut writer, paper) = writer(leading_on);
    let answers = writer.turn(vec![told(1, "0"), told(2, "2")]).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let written = paper.written.lock().unwrap();
    let [write] = written.as_slice() else { panic!("one commit: {written:?}") };
    let group = &write.groups[0];
    assert_eq!((group.expected, group.facts.len()), (Seq(1), 4));
    let row = |row: &store::OutboxRow| (row.seq.0, row.n, row.action.clone());
    let rows: Vec<_> = group.outbox.iter().map(row).collect();
    let remove = |who: u32| Action::Remove { who: IdentityId(who) }.to_text();
    // The message "0" stands at 1, "2" at 2, and what follows from that at 3 and 4.
    let wanted = [(1, 0, 0), (1, 1, 1), (2, 0, 20), (2, 1, 21), (3, 0, 10), (3, 1, 11)];
    let wanted = wanted.into_iter().chain([(4, 0, 0), (4, 1, 1)]);
    let wanted: Vec<_> = wanted.map(|(seq, n, who)| (seq, n, remove(who))).collect();
    assert_eq!(rows, wanted);
    assert!(group.tasks.iter().any(|task| task.name == "carry_out:3:1"), "{:?}", group.tasks);
}

#[tokio::test]
async fn a_chain_of_the_depth_limit_is_decided_and_a_deeper_one_set_aside_whole() {
    let (mut writer, paper) = writer(leading_on);
    let answers = writer.turn(vec![told(1, "8"), told(2, "9"), told(3, "0")]).await;
    assert!(matches!(answers[1], Err(Refused::SetAside)), "{answers:?}");
    assert!(answers[0].is_ok() && answers[2].is_ok(), "{answers:?}");
    let written = paper.written.lock().unwrap();
    assert_eq!(written.iter().map(|write| write.groups[0].facts.len()).sum::<usize>(), 9 + 1);
    let aside = paper.aside.lock().unwrap();
    assert_eq!((aside.len(), aside[0].key.key), (1, 2));
    assert!(aside[0].failure.contains("without end"), "{}", aside[0].failure);
}

#[tokio::test]
async fn an_event_that_leads_to_itself_without_end_is_set_aside_and_others_go_on() {
    let (mut writer, paper) = writer(endless);
    let answers = writer.turn(vec![told(1, "早"), told(3, "早")]).await;
    assert!(matches!(answers[0], Err(Refused::SetAside)), "{answers:?}");
    assert_eq!(answers[1].as_ref().unwrap().seq, Seq(1));
    assert_eq!(paper.aside.lock().unwrap().len(), 1);
}
