//! What is said reads like people: nothing twice on a screen, and much that was never said before.

use domain::{Day, Media};
use rehearsal::{Community, Crowd, GroupPlan, Happening, Happens, Kind};
use std::collections::{BTreeMap, HashSet};

fn community() -> Community {
    Community::plan(11, 24, 90, Day(20_400))
}

fn texts(group: &GroupPlan) -> Vec<String> {
    Crowd::new(group.seed, group.plan.clone()).filter_map(text).collect()
}

fn text(one: Happening) -> Option<String> {
    match one.what {
        Happens::Message { text, media: Media::None, .. } => Some(text),
        _ => None,
    }
}

fn is_small(text: &str) -> bool {
    text.chars().count() <= 6
}

#[test]
fn within_thirty_messages_of_a_group_no_sentence_comes_twice() {
    for group in community().groups {
        let said = texts(&group);
        for screen in said.windows(30) {
            let mut seen = HashSet::new();
            for text in screen.iter().filter(|text| !is_small(text)) {
                assert!(seen.insert(text), "{}: {text}", group.plan.name);
            }
        }
    }
}

#[test]
fn most_of_five_thousand_messages_of_a_group_were_never_said_before() {
    let mut shares = BTreeMap::new();
    for kind in Kind::ALL {
        let of_kind = |group: &GroupPlan| group.plan.kind == *kind && group.plan.days == 90;
        let group = community().groups.into_iter().find(of_kind).unwrap();
        let crowd = Crowd::new(group.seed, group.plan).endless();
        let said: Vec<String> = crowd.filter_map(text).take(5_000).collect();
        let sentences: Vec<&String> = said.iter().filter(|text| !is_small(text)).collect();
        let distinct: HashSet<&&String> = sentences.iter().collect();
        shares.insert(kind.word(), distinct.len() * 100 / sentences.len());
    }
    eprintln!("distinct sentences of a hundred: {shares:?}");
    assert!(shares.values().all(|share| *share >= 42), "{shares:?}");
}

#[test]
fn no_sentence_shows_how_it_was_made() {
    for group in community().groups {
        for text in texts(&group) {
            let raw = text.contains(['{', '}', '|']) || text.contains("[]");
            assert!(!raw && !text.trim().is_empty(), "{}: {text}", group.plan.name);
        }
    }
}
