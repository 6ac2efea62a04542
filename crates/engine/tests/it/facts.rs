//! Which fact is noted of an event, with which key, place and words.

use domain::{
    ActorClass, EventWhat, Fact, FactKind, FeatureWord, IdentityId, JoinManner, LeaveManner,
    Millis, Origin, Said, ServiceKind, SourceKey,
};
use engine::noted_as;

use crate::scene::{ANN, BOB, KIM, START, Scene, at, class_of, join, message, post, question, to};

const NOBODY: IdentityId = IdentityId::NOBODY;

fn fact(kind: FactKind, detail: u8, actor: IdentityId) -> Fact {
    Fact {
        at: Millis(0),
        source: SourceKey::default(),
        kind,
        class: class_of(actor),
        detail,
        actor,
        other: NOBODY,
        reply_to: None,
        features: FeatureWord::default(),
        text_hash: 0,
    }
}

fn about(of: i64, mut fact: Fact) -> Fact {
    fact.reply_to = Some(of);
    fact
}

fn with(other: IdentityId, mut fact: Fact) -> Fact {
    fact.other = other;
    fact
}

fn service(kind: ServiceKind) -> Fact {
    fact(FactKind::Service, kind as u8, KIM)
}

fn spoken() -> Fact {
    let mut fact = about(4, with(BOB, fact(FactKind::Message, 0, ANN)));
    let post = at(BOB, question("在吗？"));
    (fact.features, fact.text_hash) = (post.features, post.text_hash);
    fact
}

/// Move, fact without place and key, words.
fn table(now: i64) -> Vec<(EventWhat, Fact, &'static str)> {
    let by_bob = Some(Said { by: BOB, at: Millis(now) });
    let by_kim = Some(Said { by: KIM, at: Millis(now) });
    let until = Some(Millis(now + Millis::DAY));
    let mut thumb = about(4, fact(FactKind::Reaction, 0, KIM));
    thumb.text_hash = xxhash_rust::xxh3::xxh3_64("👍".as_bytes());
    let mut gone = with(KIM, fact(FactKind::Leave, LeaveManner::Removed as u8, BOB));
    gone.class = ActorClass::Member;
    vec![
        (EventWhat::Message(to(4, at(BOB, question("在吗？")))), spoken(), "在吗？"),
        (EventWhat::Recall { of: 4, said: by_kim }, about(4, fact(FactKind::Recall, 0, KIM)), ""),
        (
            EventWhat::Recall { of: 4, said: by_bob },
            about(4, with(BOB, fact(FactKind::Recall, 0, KIM))),
            "",
        ),
        (
            EventWhat::Edit { of: 4, said: by_kim, text: "改了".into() },
            about(4, fact(FactKind::Edit, 0, KIM)),
            "改了",
        ),
        (EventWhat::Reaction { of: 4, emoji: "👍".into() }, thumb, "👍"),
        (EventWhat::Rename { name: "K".into() }, fact(FactKind::Rename, 0, KIM), "K"),
        (EventWhat::Mute { who: ANN, until }, with(ANN, service(ServiceKind::Mute)), ""),
        (EventWhat::Mute { who: ANN, until: None }, with(ANN, service(ServiceKind::Unmute)), ""),
        (
            EventWhat::Announce { text: " 周五见\n".into() },
            service(ServiceKind::Announcement),
            "周五见",
        ),
        (EventWhat::Announce { text: "".into() }, service(ServiceKind::Announcement), ""),
        (
            EventWhat::Pin { of: 4, said: by_bob, on: true },
            about(4, with(BOB, service(ServiceKind::Pin))),
            "",
        ),
        (
            EventWhat::Pin { of: 4, said: None, on: false },
            about(4, service(ServiceKind::Unpin)),
            "",
        ),
        (EventWhat::Retitle { name: "新名".into() }, service(ServiceKind::GroupName), "新名"),
        (EventWhat::Remove { who: BOB }, gone, ""),
        (EventWhat::Close { farewell: "再会".into() }, service(ServiceKind::Closed), "再会"),
        (EventWhat::Reopen, service(ServiceKind::Reopened), ""),
        (
            EventWhat::Leave { how: LeaveManner::Left },
            fact(FactKind::Leave, LeaveManner::Left as u8, KIM),
            "",
        ),
        (join("Kim"), fact(FactKind::Join, JoinManner::Link as u8, KIM), "Kim"),
        (EventWhat::Rules { text: "不刷屏".into() }, service(ServiceKind::Rules), "不刷屏"),
    ]
}

#[test]
fn each_event_is_noted_as_one_fact() {
    let mut scene = Scene::group();
    for (what, mut expected, words) in table(scene.now) {
        scene.after(1000);
        let actor = if matches!(what, EventWhat::Message(_)) { ANN } else { KIM };
        let event = scene.event(actor, Origin::Asked, what.clone());
        let seq = scene.next;
        let decision = scene.decide(&event).unwrap_or_else(|why| panic!("{what:?}: {why}"));
        let [noted] = decision.facts.as_slice() else { panic!("one fact of {what:?}") };
        expected.at = Millis(scene.now);
        expected.source = SourceKey { key: event.key.key, part: (expected.kind as u32) << 24 };
        assert_eq!(noted.fact, expected, "{what:?}");
        assert_eq!(noted.words.as_deref().unwrap_or(""), words, "{what:?}");
        assert_eq!(noted_as(&event), Some((expected.source, expected.actor)), "{what:?}");
        assert_eq!(scene.next, seq + 1);
    }
}

#[test]
fn the_lower_bits_of_a_part_tell_parts_of_one_row_apart() {
    let mut scene = Scene::group();
    let mut event =
        scene.event(ANN, Origin::Told, EventWhat::Reaction { of: 4, emoji: "🎉".into() });
    event.key.part = 0xff00_0007;
    let key = scene.decide(&event).unwrap().facts[0].fact.source;
    assert_eq!(key.part, (FactKind::Reaction as u32) << 24 | 7);
    assert_eq!(noted_as(&event).unwrap().0, key);
}

#[test]
fn what_is_asked_is_noted_after_everything_before() {
    let mut scene = Scene::group();
    let mut places = Vec::new();
    for key in [5, 9, 2, 7, 7000, 1] {
        let mut event = scene.event(ANN, Origin::Asked, message("在"));
        event.key.key = key;
        // Whatever the page says of the time.
        event.at = Millis(scene.now + key);
        let fact = scene.decide(&event).unwrap().facts[0].fact;
        places.push((fact.at, fact.source));
    }
    assert!(places.is_sorted_by(|one, other| one < other), "{places:?}");
    let spent = places.last().unwrap().0.0 - scene.now;
    assert_eq!(spent, 2, "a millisecond only where the key would sort before: {places:?}");
    scene.after(-5 * Millis::MINUTE);
    let event = scene.event(BOB, Origin::Asked, message("钟慢了"));
    let fact = scene.decide(&event).unwrap().facts[0].fact;
    assert!((fact.at, fact.source) > *places.last().unwrap(), "a clock set back");
    assert_eq!(scene.state.now, fact.at.0);
    assert_eq!(scene.state.top_key, 7000);
}

#[test]
fn what_was_told_keeps_its_clock_but_is_never_of_the_future() {
    let mut scene = Scene::group();
    let now = scene.state.now;
    for (said_at, noted_at) in [
        (START, START),
        (scene.now + Millis::DAY, scene.now),
        (i64::MAX, scene.now),
        (i64::MIN, 0),
        (-5, 0),
    ] {
        let mut event = scene.event(ANN, Origin::Told, EventWhat::Message(post("早")));
        event.at = Millis(said_at);
        let fact = scene.decide(&event).unwrap().facts[0].fact;
        assert_eq!(fact.at.0, noted_at);
        assert!(scene.state.now >= now);
    }
    assert_eq!(scene.state.now, scene.now);
}
