//! The laws of folding, on chats drawn by chance.

use crate::build::fold_all;
use domain::{
    ActorClass, Fact, FactKind, FeatureWord, IdentityId, ListHit, Media, Millis, SourceKey, Zone,
};
use insights::{Folder, Page, Settings, Spoken, features};
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;

const TEXTS: &[&str] = &[
    "请问怎么报名",
    "有没有人一起去",
    "1",
    "好的",
    "想要的扣1",
    "今天跑了五公里",
    "how do I reset it?",
    "try the second page",
    "@小林 来一下",
    "谢谢",
    "签到",
    "coffee anyone?",
    "",
];

/// A gap before the next fact: seconds, hours or days.
fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![
        6 => 0..3 * Millis::MINUTE,
        3 => 0..2 * Millis::HOUR,
        2 => 0..Millis::DAY,
        1 => 0..4 * Millis::DAY,
    ]
}

#[derive(Clone, Debug)]
pub(crate) struct Step {
    gap: i64,
    who: u32,
    other: u32,
    kind: FactKind,
    text: usize,
    back: Option<usize>,
    deleted: bool,
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let kind = prop_oneof![12 => Just(FactKind::Message), 2 => select(FactKind::ALL)];
    let other = prop_oneof![5 => Just(0_u32), 1 => 0..8_u32];
    let back = prop_oneof![3 => Just(None), 1 => (1..12_usize).prop_map(Some)];
    (gap(), 0..8_u32, other, kind, 0..TEXTS.len(), back, 0..20_u8).prop_map(
        |(gap, who, other, kind, text, back, deleted)| Step {
            gap,
            who,
            other,
            kind,
            text,
            back,
            deleted: deleted == 0,
        },
    )
}

/// The role of a person stays: 6 is staff, 7 a host, 5 a bot.
fn class(who: u32) -> ActorClass {
    match who {
        5 => ActorClass::Bot,
        6 => ActorClass::Staff,
        7 => ActorClass::Host,
        _ => ActorClass::Member,
    }
}

pub(crate) fn chat(steps: &[Step]) -> Vec<Fact> {
    let mut at = 1_740_000_000_000;
    let facts = steps.iter().enumerate().map(|(place, step)| {
        at += step.gap;
        let (features, text_hash) = match step.kind {
            FactKind::Message => features(&Spoken {
                text: TEXTS.get(step.text).unwrap(),
                media: if step.text % 5 == 0 { Media::Image } else { Media::None },
                deleted: step.deleted,
                ..Spoken::default()
            }),
            _ => (FeatureWord::default(), 0),
        };
        Fact {
            at: Millis(at),
            source: SourceKey { key: place as i64, part: 0 },
            kind: step.kind,
            class: class(step.who),
            detail: 1,
            actor: IdentityId(step.who),
            other: IdentityId(step.other),
            reply_to: step.back.and_then(|back| place.checked_sub(back)).map(|key| key as i64),
            features,
            text_hash,
        }
    });
    facts.collect()
}

fn settings() -> impl Strategy<Value = Settings> {
    let minutes = || (1..90_i64).prop_map(|minutes| minutes * Millis::MINUTE);
    (minutes(), minutes(), minutes(), 0..4 * Millis::DAY).prop_map(|(window, order, gap, open)| {
        Settings {
            window_ms: window,
            order_answer_ms: order,
            talk_gap_ms: gap,
            open_item_ms: open,
            ..Settings::default()
        }
    })
}

fn resumed(
    facts: &[Fact],
    pages: &[Page],
    settings: &Settings,
    zone: &Zone,
    from: usize,
) -> Vec<Page> {
    let day = pages.get(from).unwrap().day();
    let mut folder = Folder::resume(zone.clone(), settings.clone(), pages, day);
    let start = folder.facts_from().unwrap();
    let late = facts.iter().filter(|fact| fact.at >= start);
    let mut again: Vec<Page> = late.filter_map(|fact| folder.push(fact)).collect();
    again.extend(folder.finish());
    again
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn resuming_at_any_day_gives_the_pages_of_the_whole(
        steps in vec(step(), 1..260),
        settings in settings(),
        zone in select(vec!["Asia/Shanghai", "Europe/London", "America/St_Johns"]),
    ) {
        let zone = Zone::named(zone).unwrap();
        let facts = chat(&steps);
        let pages = fold_all(&facts, &zone, &settings);
        for from in 0..pages.len() {
            let again = resumed(&facts, &pages, &settings, &zone, from);
            assert_eq!(again, pages[from..], "from page {from} of {}", pages.len());
        }
    }

    #[test]
    fn order_of_arrival_and_things_told_twice_change_nothing(
        steps in vec(step(), 1..80),
        mix in any::<i64>(),
        twice in vec(any::<proptest::sample::Index>(), 0..10),
    ) {
        let facts = chat(&steps);
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let mut mixed = facts.clone();
        mixed.extend(twice.iter().map(|index| facts[index.index(facts.len())]));
        mixed.sort_by_key(|fact| fact.source.key.wrapping_mul(mix | 1));
        let settings = Settings::default();
        assert_eq!(fold_all(&mixed, &zone, &settings), fold_all(&facts, &zone, &settings));
    }

    #[test]
    fn sums_agree_with_the_facts(steps in vec(step(), 1..120)) {
        let facts = chat(&steps);
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let pages = fold_all(&facts, &zone, &Settings::default());
        let messages: Vec<&Fact> =
            facts.iter().filter(|fact| fact.kind == FactKind::Message).collect();
        let people = || pages.iter().flat_map(|page| &page.people);
        assert_eq!(people().map(|person| person.messages as usize).sum::<usize>(), messages.len());
        let named = |fact: &&&Fact| fact.class.is_person() && fact.actor.named().is_some();
        let judged = messages.iter().filter(named).count();
        let idle: u32 = pages.iter().flat_map(|page| page.idle).sum();
        let effective: u32 = people().map(|person| person.effective).sum();
        assert_eq!((idle + effective) as usize, judged);
        let firsts = people().filter(|person| person.first_ever).count();
        let mut writers: Vec<u32> = messages.iter().map(|fact| fact.actor.0).collect();
        writers.sort_unstable();
        writers.dedup();
        writers.retain(|who| *who != 0 && class(*who) != ActorClass::Bot);
        assert_eq!(firsts, writers.len());
        let deleted = |fact: &&&Fact| fact.features.hit(ListHit::Deleted);
        let recalls = facts.iter().filter(|fact| fact.kind == FactKind::Recall).count();
        let told: u32 = pages.iter().map(|page| page.recalls).sum();
        assert_eq!(told as usize, recalls + messages.iter().filter(deleted).count());
        let keys: Vec<i64> = pages.iter().flat_map(|p| &p.answers).map(|a| a.key).collect();
        let mut once = keys.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), keys.len(), "an item has one first answer");
    }
}
