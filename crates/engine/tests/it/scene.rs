//! A group on a table: moves go in, outcomes come out.

use domain::{
    ActorClass, Effect, Entrance, Event, EventWhat, FeatureWord, GroupId, IdentityId, JoinManner,
    ListHit, Millis, Origin, Post, Question, Said, Seq, SourceKey,
};
use engine::{Deciding, Decision, Refusal, Roster, Settings, State, decide};

/// 2027-01-04T01:00:00Z, a Monday morning in Shanghai.
pub(crate) const START: i64 = 1_799_024_400_000;

pub(crate) const ANN: IdentityId = IdentityId(1);
pub(crate) const BOB: IdentityId = IdentityId(2);
pub(crate) const XIAOLIN: IdentityId = IdentityId(3);
/// A keeper.
pub(crate) const KIM: IdentityId = IdentityId(8);
/// A declared host.
pub(crate) const HOST: IdentityId = IdentityId(9);
/// A program.
pub(crate) const BOT: IdentityId = IdentityId(10);

/// A group with its clock.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) state: State,
    pub(crate) roster: Roster,
    pub(crate) settings: Settings,
    pub(crate) now: i64,
    pub(crate) next: i64,
    key: i64,
}

impl Scene {
    /// An empty group.
    pub(crate) fn empty() -> Self {
        Self {
            state: State::default(),
            roster: Roster::default(),
            settings: Settings::default(),
            now: START,
            next: 1,
            key: 1000,
        }
    }

    /// Ann, Bob and 小林 are members who have spoken before; Kim keeps, the host hosts.
    pub(crate) fn group() -> Self {
        let mut scene = Self::empty();
        for (who, name) in [(KIM, "Kim"), (HOST, "主持"), (ANN, "Ann"), (BOB, "Bob")] {
            scene.joins(who, name);
        }
        scene.joins(XIAOLIN, "小林");
        for who in [KIM, ANN, BOB, XIAOLIN] {
            scene.says(who, "大家好");
        }
        scene.after(Millis::HOUR);
        scene.state.tracker = engine::Tracker::default();
        scene
    }

    /// Time passes.
    pub(crate) fn after(&mut self, ms: i64) -> &mut Self {
        self.now += ms;
        self
    }

    pub(crate) fn event(&mut self, actor: IdentityId, origin: Origin, what: EventWhat) -> Event {
        self.key += 1;
        Event {
            group: GroupId(1),
            key: SourceKey { key: self.key, part: 0 },
            at: Millis(self.now),
            actor,
            class: class_of(actor),
            origin,
            what,
        }
    }

    pub(crate) fn decide(&mut self, event: &Event) -> Result<Decision, Refusal> {
        let mut deciding = Deciding {
            state: &mut self.state,
            roster: &mut self.roster,
            settings: &self.settings,
            now: Millis(self.now),
            next: Seq(self.next),
        };
        let decided = decide(&mut deciding, event);
        self.next = deciding.next.0;
        self.roster.keep();
        decided
    }

    /// Somebody asks for something.
    pub(crate) fn ask(&mut self, who: IdentityId, what: EventWhat) -> Result<Decision, Refusal> {
        let event = self.event(who, Origin::Asked, what);
        self.decide(&event)
    }

    /// A platform tells of something.
    pub(crate) fn told(&mut self, who: IdentityId, what: EventWhat) -> Decision {
        let event = self.event(who, Origin::Told, what);
        self.decide(&event).expect("what was told is never refused")
    }

    /// A timer falls due now.
    pub(crate) fn due(&mut self, timer: &str) -> Decision {
        let due = Millis(self.now);
        let what = EventWhat::Due { timer: timer.into(), due };
        let event = self.event(IdentityId::NOBODY, Origin::Timer, what);
        self.decide(&event).expect("a timer is never refused")
    }

    pub(crate) fn joins(&mut self, who: IdentityId, name: &str) -> Decision {
        self.ask(who, join(name)).expect("comes in")
    }

    /// Somebody writes something that asks nothing; the key of the message.
    pub(crate) fn says(&mut self, who: IdentityId, text: &str) -> i64 {
        self.posts(who, post(text)).0
    }

    /// Somebody asks a question; the key of the message.
    pub(crate) fn wonders(&mut self, who: IdentityId) -> i64 {
        self.posts(who, question("这个怎么用？")).0
    }

    /// Somebody writes; key of the message and what followed.
    pub(crate) fn posts(&mut self, who: IdentityId, post: Post) -> (i64, Vec<Effect>) {
        let decision = self.ask(who, EventWhat::Message(post)).expect("may write");
        (decision.facts[0].fact.source.key, decision.effects)
    }

    /// Keys of what waits, oldest first.
    pub(crate) fn waiting(&self) -> Vec<i64> {
        self.state.tracker.waiting.iter().map(|item| item.key).collect()
    }

    /// A message as the log has it.
    #[expect(clippy::unnecessary_wraps, reason = "as events carry it")]
    pub(crate) fn said(&self, by: IdentityId) -> Option<Said> {
        Some(Said { by, at: Millis(self.now) })
    }
}

pub(crate) fn class_of(who: IdentityId) -> ActorClass {
    match who {
        KIM => ActorClass::Staff,
        HOST => ActorClass::Host,
        BOT => ActorClass::Bot,
        _ => ActorClass::Member,
    }
}

pub(crate) fn join(name: &str) -> EventWhat {
    EventWhat::Join(Entrance {
        name: name.into(),
        how: JoinManner::Link,
        by: IdentityId::NOBODY,
        via: "poster-3".into(),
        rules: 0,
    })
}

pub(crate) fn post(text: &str) -> Post {
    let features = FeatureWord::default().with_chars(text.chars().count()).with_han(4);
    Post { text: text.into(), features, text_hash: 7, reply_to: None, calls: IdentityId::NOBODY }
}

pub(crate) fn message(text: &str) -> EventWhat {
    EventWhat::Message(post(text))
}

pub(crate) fn question(text: &str) -> Post {
    let mut post = post(text);
    post.features = post.features.with_question(Question::Strong);
    post
}

pub(crate) fn to(reply_to: i64, mut post: Post) -> Post {
    post.reply_to = Some(reply_to);
    post
}

pub(crate) fn at(calls: IdentityId, mut post: Post) -> Post {
    post.calls = calls;
    post.features = post.features.with_hit(ListHit::Mention);
    post
}
