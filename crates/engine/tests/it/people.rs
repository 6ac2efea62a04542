//! Stays: coming, going, coming again, and what platforms tell in disorder.

use domain::{
    ActorClass, Entrance, EventWhat, IdentityId, JoinManner, LeaveManner, Millis, Origin,
};
use engine::Member;

use crate::scene::{ANN, BOB, HOST, KIM, START, Scene, join, message, post};

const ZED: IdentityId = IdentityId(40);

fn leave() -> EventWhat {
    EventWhat::Leave { how: LeaveManner::Left }
}

fn member(scene: &Scene, who: IdentityId) -> Member {
    scene.roster.get(who).expect("known").clone()
}

#[test]
fn coming_in_begins_a_stay_that_keeps_link_and_rules() {
    let mut scene = Scene::empty();
    scene.ask(KIM, join("Kim")).unwrap();
    scene.ask(KIM, EventWhat::Rules { text: "不刷屏".into() }).unwrap();
    let entrance = Entrance {
        name: "Zed".into(),
        how: JoinManner::Scan,
        by: ANN,
        via: "门店海报".into(),
        rules: 1,
    };
    scene.ask(ZED, EventWhat::Join(entrance)).unwrap();
    let zed = member(&scene, ZED);
    assert_eq!(zed.name.as_ref(), "Zed");
    assert_eq!((zed.stay, zed.rules, zed.via.as_ref()), (1, 1, "门店海报"));
    assert_eq!((zed.left, zed.muted_until, zed.has_spoken), (None, None, false));
    assert!(zed.joined >= Millis(START) && zed.is_in());
}

#[test]
fn who_goes_and_comes_again_at_once_leaves_both_stays_to_be_written() {
    let mut scene = Scene::group();
    let ann = member(&scene, ANN);
    scene.roster.put(Member { left: Some(Millis(scene.now)), ..ann.clone() });
    let before = scene.roster.on_top();
    scene.roster.put(Member { stay: ann.stay + 1, joined: Millis(scene.now + 1), ..ann });
    let stays = |scene: &Scene| {
        let all = scene.roster.changes();
        all.iter().map(|stay| (stay.stay, stay.left.is_some())).collect::<Vec<_>>()
    };
    assert_eq!(stays(&scene), [(1, true), (2, false)]);
    scene.roster.restore(before);
    assert_eq!(stays(&scene), [(1, true)]);
    scene.roster.keep();
    assert_eq!(stays(&scene), []);
}

#[test]
fn a_rejoin_is_a_new_stay_that_keeps_what_was_earned_and_owed() {
    let mut scene = Scene::group();
    let until = Millis(scene.now + Millis::HOUR);
    scene.ask(KIM, EventWhat::Mute { who: ANN, until: Some(until) }).unwrap();
    scene.ask(ANN, leave()).unwrap();
    let gone = member(&scene, ANN);
    assert_eq!(gone.left, Some(scene.state.now()));
    scene.after(1000);
    let mut again = join("Annie");
    if let EventWhat::Join(entrance) = &mut again {
        entrance.via = "朋友圈".into();
    }
    scene.ask(ANN, again).unwrap();
    let ann = member(&scene, ANN);
    assert_eq!((ann.stay, ann.name.as_ref(), ann.via.as_ref()), (2, "Annie", "朋友圈"));
    assert_eq!((ann.left, ann.muted_until, ann.has_spoken), (None, Some(until), true));
    assert!(ann.joined > gone.joined);
}

#[test]
fn who_is_first_heard_of_by_a_message_must_have_come_in() {
    let mut scene = Scene::empty();
    scene.told(ZED, message("早"));
    let zed = member(&scene, ZED);
    assert_eq!((zed.stay, zed.joined, zed.has_spoken), (1, Millis(scene.now), true));
    assert_eq!((zed.name.as_ref(), zed.via.as_ref()), ("", ""));
    scene.after(5);
    // The platform tells of the joining afterwards: it is the same stay.
    scene.told(ZED, join("Zed"));
    let zed = member(&scene, ZED);
    assert_eq!((zed.stay, zed.name.as_ref(), zed.via.as_ref()), (1, "Zed", "poster-3"));
}

#[test]
fn nobody_is_made_a_member_by_nobodys_message() {
    let mut scene = Scene::empty();
    scene.told(IdentityId::NOBODY, message("群聊已开启"));
    assert_eq!(scene.roster.iter().count(), 0);
}

#[test]
fn what_is_told_late_leaves_the_present_stay_alone() {
    let mut scene = Scene::group();
    let told_at = |scene: &mut Scene, at: i64, what: EventWhat| {
        let mut event = scene.event(BOB, Origin::Told, what);
        event.at = Millis(at);
        assert_eq!(scene.decide(&event).unwrap().facts.len(), 1);
    };
    let now = scene.now;
    let before = member(&scene, BOB);
    told_at(&mut scene, before.joined.0 - 10, leave());
    assert_eq!(member(&scene, BOB), before, "of a leave before this stay");
    told_at(&mut scene, now, leave());
    let gone = member(&scene, BOB);
    assert_eq!(gone.left, Some(Millis(now)));
    told_at(&mut scene, now - 10, EventWhat::Message(post("晚到的话")));
    told_at(&mut scene, now - 10, join("Bob"));
    assert_eq!(member(&scene, BOB), gone, "of a time before the end of the stay");
    scene.after(20);
    told_at(&mut scene, now + 20, EventWhat::Message(post("又来了")));
    assert_eq!((member(&scene, BOB).stay, member(&scene, BOB).is_in()), (2, true));
}

// catalogue: T01
#[test]
fn the_roster_shows_the_role_in_which_somebody_acts_but_a_keeper_hosts_only_for_once() {
    let table = [
        (ANN, ActorClass::Staff, ActorClass::Staff),
        (ANN, ActorClass::Host, ActorClass::Host),
        (KIM, ActorClass::Host, ActorClass::Staff),
        (KIM, ActorClass::Staff, ActorClass::Staff),
        (KIM, ActorClass::Member, ActorClass::Member),
        (HOST, ActorClass::Host, ActorClass::Host),
        (HOST, ActorClass::Staff, ActorClass::Staff),
        (HOST, ActorClass::Member, ActorClass::Member),
    ];
    for (who, acts_as, shown_as) in table {
        for origin in [Origin::Asked, Origin::Told] {
            let mut scene = Scene::group();
            let mut event = scene.event(who, origin, message("我来说一句"));
            event.class = acts_as;
            let fact = scene.decide(&event).unwrap().facts[0].fact;
            assert_eq!(fact.class, acts_as, "the badge of a line is that of its fact");
            assert_eq!(member(&scene, who).class, shown_as, "{who:?} as {acts_as:?}");
        }
    }
}

#[test]
fn a_changed_roster_can_be_kept_or_dropped() {
    let mut scene = Scene::group();
    let before = scene.roster.clone();
    let mut deciding = engine::Deciding {
        state: &mut scene.state,
        roster: &mut scene.roster,
        settings: &scene.settings,
        now: Millis(scene.now),
        next: domain::Seq(scene.next),
    };
    let event = domain::Event {
        group: domain::GroupId(1),
        key: domain::SourceKey { key: 9_999_999, part: 0 },
        at: Millis(0),
        actor: ANN,
        class: ActorClass::Member,
        origin: Origin::Asked,
        what: leave(),
    };
    engine::decide(&mut deciding, &event).unwrap();
    let changes: Vec<IdentityId> = scene.roster.changes().iter().map(|one| one.who).collect();
    assert_eq!(changes, [ANN]);
    assert!(scene.roster.present(ANN).is_none());
    scene.roster.drop_changes();
    assert_eq!(scene.roster.get(ANN), before.get(ANN));
}
