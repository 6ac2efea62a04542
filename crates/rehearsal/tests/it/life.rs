//! The crowd lives as it should: the same from a seed, in order, with visible trouble.

use domain::{LeaveManner, Media};
use rehearsal::{Course, Crowd, Happening, Happens, Plan, Tally};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

fn lived(seed: u64, plan: Plan) -> (Crowd, Vec<Happening>) {
    let mut crowd = Crowd::new(seed, plan);
    let all = crowd.by_ref().collect();
    (crowd, all)
}

fn text(happening: &Happening) -> Option<&str> {
    match &happening.what {
        Happens::Message { text, media: Media::None, .. } => Some(text),
        _ => None,
    }
}

fn messages(all: &[Happening]) -> impl Iterator<Item = &Happening> {
    all.iter().filter(|one| matches!(one.what, Happens::Message { .. }))
}

#[test]
fn the_same_seed_gives_the_same_life_and_another_seed_another() {
    let (_, first) = lived(7, Plan::sample());
    let (_, again) = lived(7, Plan::sample());
    let (_, other) = lived(8, Plan::sample());
    assert_eq!(first, again);
    assert_ne!(first, other);
}

#[test]
fn time_and_keys_never_run_backwards() {
    let (_, all) = lived(3, Plan::sample());
    assert!(all.windows(2).all(|two| two[0].at <= two[1].at && two[0].key < two[1].key));
}

#[test]
fn only_people_in_the_group_write_and_replies_point_to_earlier_messages() {
    let (crowd, all) = lived(5, Plan::sample());
    let mut present: HashSet<u32> = (0..crowd.founders()).collect();
    let mut said = HashSet::new();
    for one in &all {
        match &one.what {
            Happens::Join { .. } => assert!(present.insert(one.who), "{} is in already", one.who),
            Happens::Leave { .. } => assert!(present.remove(&one.who), "{} is not in", one.who),
            Happens::Message { reply_to, .. } => {
                assert!(present.contains(&one.who), "{} is not in", one.who);
                assert!(reply_to.is_none_or(|key| said.contains(&key)), "a reply to nothing");
                said.insert(one.key);
            }
            Happens::Recall { of, .. } => assert!(!said.contains(of)),
            Happens::Rename { .. } | Happens::GroupName { .. } => {}
        }
    }
}

#[test]
fn the_sample_has_the_size_of_a_real_group() {
    let totals = Tally::of(Crowd::new(2, Plan::sample()));
    assert!((5_000..9_000).contains(&totals.messages), "{totals:?}");
    assert!((100..200).contains(&totals.senders), "{totals:?}");
    assert!(totals.joins > 60 && totals.leaves > 12 && totals.joined_people <= totals.joins);
    let mean = totals.messages as f64 / 90.0;
    assert!(totals.top_days[0].messages as f64 > mean * 1.3, "every day looks the same");
    assert!(totals.top_senders[0].messages > totals.top_senders[9].messages, "all talk alike");
}

#[test]
fn trouble_is_there_to_be_seen() {
    let plan = Plan::sample();
    let (crowd, all) = lived(2, plan.clone());
    let day = |one: &Happening| plan.civil(one.at).0.since(plan.first_day);
    let mut by_day: BTreeMap<i32, u32> = BTreeMap::new();
    let mut last_words: HashMap<u32, i32> = HashMap::new();
    let mut written: HashMap<u32, u32> = HashMap::new();
    for one in messages(&all) {
        *by_day.entry(day(one)).or_default() += 1;
        last_words.insert(one.who, day(one));
        *written.entry(one.who).or_default() += 1;
    }
    let silent: Vec<i32> = (0..90).filter(|day| !by_day.contains_key(day)).collect();
    assert_eq!(silent.len(), 2, "{silent:?}");
    assert_eq!(plan.day(silent[0].cast_unsigned()).weekday(), 5, "a weekend is silent");

    let stopped = written.iter().filter(|(who, count)| **count > 60 && last_words[who] < 61);
    assert_eq!(stopped.count(), 2, "two regulars fall silent");
    let sum = |from: i32, to: i32| by_day.range(from..to).map(|(_, count)| count).sum::<u32>();
    assert!(sum(60, 75) * 3 < sum(40, 55) * 2, "the dip is no dip");

    let removed =
        |one: &&Happening| matches!(one.what, Happens::Leave { how: LeaveManner::Removed, .. });
    assert!(all.iter().filter(removed).count() >= 3, "adverts are removed");
    assert!(crowd.people().iter().any(|person| person.renamed.is_some()));
}

#[test]
fn some_first_words_and_questions_meet_silence() {
    let (_, all) = lived(2, Plan::sample());
    let messages: Vec<&Happening> = messages(&all).collect();
    let mut known = HashSet::new();
    let mut ignored_first = 0;
    let mut ignored_questions = 0;
    for (at, one) in messages.iter().enumerate() {
        let first = known.insert(one.who);
        let next = messages[at + 1..].iter().find(|next| next.who != one.who);
        let alone = next.is_none_or(|next| next.at.since(one.at) > 30 * 60_000);
        ignored_first += u32::from(first && alone && at > 400);
        let asks = text(one).is_some_and(|text| text.ends_with('？'));
        ignored_questions += u32::from(alone && asks);
    }
    assert!(ignored_first >= 5, "{ignored_first} first posts without a reply");
    assert!(ignored_questions >= 8, "{ignored_questions} questions without an answer");
}

#[test]
fn no_screen_shows_the_same_sentence_twice() {
    for seed in 0..12 {
        let (_, all) = lived(seed, Plan::sample());
        let long: Vec<&str> =
            all.iter().filter_map(text).filter(|text| text.chars().count() > 7).collect();
        for screen in long.windows(12) {
            let distinct: BTreeSet<&&str> = screen.iter().collect();
            assert_eq!(distinct.len(), screen.len(), "seed {seed}: {screen:#?}");
        }
    }
}

#[test]
fn names_are_unique_at_all_times() {
    let plan = Plan { members: 900, days: 20, ..Plan::sample() };
    let (crowd, _) = lived(1, plan);
    let names: Vec<&str> = crowd
        .people()
        .iter()
        .flat_map(|person| {
            let later = person.renamed.as_ref().map(|(_, name)| name.as_str());
            std::iter::once(person.name.as_str()).chain(later)
        })
        .collect();
    let distinct: BTreeSet<&str> = names.iter().copied().collect();
    assert!(names.len() > 900);
    assert_eq!(distinct.len(), names.len());
}

#[test]
fn a_large_steady_crowd_reaches_its_number() {
    let totals = Tally::of(Crowd::new(1, Plan::of_messages(60_000)));
    assert!((54_000..75_000).contains(&totals.messages), "{}", totals.messages);
    assert_eq!(totals.days_with_messages, 365);
    assert_eq!(Plan::of_messages(60_000).course, Course::Steady);
}
