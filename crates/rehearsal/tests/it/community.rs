//! Eighty groups of an organisation: all kinds, all courses, people who are in several, and trouble
//! that stands out.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use domain::{Day, LeaveManner};
use rehearsal::{Community, Course, Crowd, Happening, Happens, Kind, Persona};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const LAST: Day = Day(20_400);

fn eighty() -> Community {
    Community::plan(7, 80, 90, LAST)
}

/// The first group on a course, lived to the end.
fn lived(course: Course) -> (Crowd, Vec<Happening>) {
    let group = eighty().groups.into_iter().find(|group| group.plan.course == course).unwrap();
    let mut crowd = Crowd::new(group.seed, group.plan);
    let all = crowd.by_ref().collect();
    (crowd, all)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "filters hand out references")]
fn is_message(one: &&Happening) -> bool {
    matches!(one.what, Happens::Message { .. })
}

/// Messages of each of the last so many days, the last one at the end.
fn last_days(crowd: &Crowd, all: &[Happening], days: i32) -> Vec<usize> {
    let day = |one: &Happening| crowd.plan().civil(one.at).0;
    let on = |wanted: Day| all.iter().filter(is_message).filter(|one| day(one) == wanted).count();
    (0..days).rev().map(|back| on(LAST.plus(-back))).collect()
}

#[test]
fn eighty_groups_are_of_all_kinds_and_courses_with_names_of_their_own() {
    let community = eighty();
    let mut by_kind: BTreeMap<&str, u32> = BTreeMap::new();
    let mut courses: HashMap<(Kind, Course), u32> = HashMap::new();
    for group in &community.groups {
        let plan = &group.plan;
        *by_kind.entry(plan.kind.word()).or_default() += 1;
        *courses.entry((plan.kind, plan.course)).or_default() += 1;
        assert!((20..=500).contains(&plan.members), "{}", plan.name);
        assert_eq!(plan.day(plan.days - 1), LAST);
        assert!(plan.course == Course::JustOpened || plan.days == 90);
    }
    assert_eq!(by_kind.len(), 6);
    assert!(by_kind.values().all(|count| (13..=14).contains(count)), "{by_kind:?}");
    let every = Kind::ALL.iter().flat_map(|kind| Course::ALL.map(|course| (*kind, course)));
    assert!(every.clone().all(|pair| courses.contains_key(&pair)), "{courses:?}");
    let names: HashSet<&str> =
        community.groups.iter().map(|group| group.plan.name.as_str()).collect();
    assert_eq!(names.len(), 80);
    let sizes: BTreeSet<u32> = community.groups.iter().map(|group| group.plan.members).collect();
    assert!(sizes.len() > 55 && *sizes.first().unwrap() < 60 && *sizes.last().unwrap() > 440);
}

#[test]
fn the_same_seed_and_day_give_the_same_groups() {
    let told = |seed| {
        let groups = Community::plan(seed, 30, 90, LAST).groups;
        groups.into_iter().map(|group| format!("{group:?}")).collect::<Vec<_>>()
    };
    assert_eq!(told(7), told(7));
    assert_ne!(told(7), told(8));
}

#[test]
fn about_four_hundred_thousand_messages_are_told_in_time_order_with_growing_keys() {
    let mut messages = 0;
    let mut people = 0;
    let mut souls: HashMap<String, u32> = HashMap::new();
    for group in eighty().groups {
        let mut crowd = Crowd::new(group.seed, group.plan);
        let mut before = (i64::MIN, i64::MIN);
        for one in crowd.by_ref() {
            assert!(before.0 <= one.at.0 && before.1 < one.key, "keys grow with the clock");
            assert_eq!(domain::minted_at(one.key), one.at);
            before = (one.at.0, one.key);
            messages += u32::from(is_message(&&one));
        }
        let of_group = crowd.people().len();
        people += of_group;
        let numbers = 0..u32::try_from(of_group).unwrap();
        let accounts: HashSet<String> = numbers.map(|who| crowd.plan().soul.account(who)).collect();
        assert_eq!(accounts.len(), of_group, "nobody is twice in a group");
        for account in accounts {
            *souls.entry(account).or_default() += 1;
        }
    }
    eprintln!("{messages} messages, {people} stays of {} people", souls.len());
    assert!((350_000..450_000).contains(&messages), "{messages}");
    let several = souls.values().filter(|count| **count > 1).count();
    assert!(several > 300, "only {several} people are in several groups");
}

#[test]
fn every_kind_has_its_cast() {
    for group in eighty().groups.into_iter().take(6) {
        let crowd = Crowd::new(group.seed, group.plan);
        let has = |persona| crowd.people().iter().any(|person| person.persona == persona);
        let kind = crowd.plan().kind;
        for persona in [
            Persona::Owner,
            Persona::Admin,
            Persona::Core,
            Persona::Talkative,
            Persona::Occasional,
            Persona::FreebieHunter,
            Persona::Silent,
        ] {
            assert!(has(persona), "{kind:?} has no {persona:?}");
        }
        let hosted = matches!(kind, Kind::GroupBuy | Kind::Camp | Kind::Brand);
        assert_eq!(has(Persona::Host), hosted, "{kind:?}");
        let host = crowd.people().iter().find(|person| person.persona == Persona::Host);
        assert!(host.is_none_or(|host| host.name.contains("官方号")), "a host says what it is");
    }
}

#[test]
fn a_dying_group_falls_silent() {
    let (crowd, all) = lived(Course::Dying);
    let first = all
        .iter()
        .filter(is_message)
        .take_while(|one| crowd.plan().civil(one.at).0.since(crowd.plan().first_day) < 7);
    let last = last_days(&crowd, &all, 7);
    assert!(last.iter().sum::<usize>() * 8 < first.count(), "{last:?}");
    assert!(last.iter().filter(|count| **count == 0).count() >= 2, "{last:?}");
}

#[test]
fn a_wave_of_adverts_stands_in_the_last_days_and_one_is_overlooked_over_night() {
    let (crowd, all) = lived(Course::SpamWave);
    let seller = |one: &&Happening| {
        crowd.person(one.who).is_some_and(|person| person.persona == Persona::Advertiser)
    };
    let recent = |one: &&Happening| LAST.since(crowd.plan().civil(one.at).0) < 10;
    let adverts = all.iter().filter(recent).filter(seller).filter(is_message).count();
    assert!(adverts >= 12, "{adverts} adverts");
    let mut came: HashMap<u32, i64> = HashMap::new();
    let mut stays = Vec::new();
    for one in all.iter().filter(seller) {
        match one.what {
            Happens::Join { .. } => drop(came.insert(one.who, one.at.0)),
            Happens::Leave { how: LeaveManner::Removed, .. } => {
                stays.push((one.at.0 - came[&one.who]) / 3_600_000);
            }
            _ => {}
        }
    }
    assert!(stays.iter().any(|hours| *hours >= 10), "{stays:?}");
}

#[test]
fn a_founder_who_went_silent_wrote_much_before() {
    let (crowd, all) = lived(Course::FounderSilent);
    let founder = crowd.people().iter().find(|person| person.persona == Persona::Founder);
    let who = founder.map_or(0, |person| person.number);
    let day = |one: &Happening| crowd.plan().civil(one.at).0.since(crowd.plan().first_day);
    let written: Vec<i32> =
        all.iter().filter(is_message).filter(|one| one.who == who).map(day).collect();
    assert!(written.len() >= 15, "{} wrote {} times", who, written.len());
    assert!(written.iter().all(|day| *day < 60), "silent for a month");
}

#[test]
fn where_nobody_looks_after_newcomers_most_first_words_meet_silence() {
    let alone = |course| {
        let (crowd, all) = lived(course);
        let said: Vec<&Happening> = all.iter().filter(is_message).collect();
        let new =
            |who| crowd.person(who).is_some_and(|person| person.came.is_some_and(|day| day > 50));
        let mut known = HashSet::new();
        let (mut first, mut ignored) = (0_u32, 0_u32);
        for (at, one) in said.iter().enumerate() {
            if known.insert(one.who) && new(one.who) {
                let next = said[at + 1..].iter().find(|next| next.who != one.who);
                first += 1;
                ignored += u32::from(next.is_none_or(|next| next.at.since(one.at) > 30 * 60_000));
            }
        }
        (first, ignored)
    };
    let (first, ignored) = alone(Course::Unanswered);
    assert!(first >= 4 && ignored * 2 > first, "{ignored} of {first}");
    let (first, ignored) = alone(Course::Growing);
    assert!(first >= 20 && ignored * 3 < first, "{ignored} of {first}");
}

#[test]
fn a_growing_group_is_nearly_full_and_a_new_one_is_young() {
    let (crowd, all) = lived(Course::Growing);
    let limit = 260;
    assert!(crowd.present().len() * 100 / limit > 85, "{} people", crowd.present().len());
    let joins = all.iter().filter(|one| matches!(one.what, Happens::Join { .. })).count();
    assert!(joins > 120, "{joins} joins");
    let (crowd, _) = lived(Course::JustOpened);
    assert!(crowd.plan().is_new() && (6..=11).contains(&crowd.plan().days));
}
