//! Pages as bytes: nothing lost, nothing believed.

use domain::{ActorClass, IdentityId, JoinManner, LeaveManner, Millis};
use insights::{
    Answer, AnswerEvidence, Coming, Edge, Going, Item, ItemFlags, Page, PageError, PersonDay,
};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use std::fmt::Write;

fn sample() -> Page {
    let at = |minute: i64| Millis(1_741_050_000_000 + minute * Millis::MINUTE);
    let mut page = Page {
        day: 20_151,
        settings: 3,
        service_rows: 2,
        reactions: 5,
        edits: 1,
        recalls: 1,
        first_last: Some((at(0), at(600))),
        ..Page::default()
    };
    page.hours[9] = 300;
    page.idle[3] = 4;
    page.media[1] = 2;
    page.people = vec![
        person(2, ActorClass::Member, 12),
        PersonDay { first_ever: true, ..person(40_000, ActorClass::Member, 1) },
        person(40_001, ActorClass::Bot, 300),
    ];
    let (ann, bob) = (IdentityId(2), IdentityId(40_000));
    page.edges = vec![Edge { from: ann, to: bob, told: 1, by_order: 2 }];
    page.comings = vec![Coming {
        at: at(1),
        who: bob,
        how: JoinManner::Invited,
        by: ann,
        class: ActorClass::Member,
    }];
    page.goings = vec![Going { at: at(9), who: IdentityId(7), how: LeaveManner::Removed, by: ann }];
    page.items = vec![Item {
        at: at(2),
        key: -5,
        who: bob,
        class: ActorClass::Member,
        flags: ItemFlags(ItemFlags::QUESTION | ItemFlags::FIRST_POST),
    }];
    page.answers = vec![Answer {
        at: at(4),
        key: -5,
        item_at: at(2),
        who: ann,
        class: ActorClass::Staff,
        asker: bob,
        evidence: AnswerEvidence::Mention,
    }];
    page
}

fn person(who: u32, class: ActorClass, messages: u32) -> PersonDay {
    PersonDay {
        who: IdentityId(who),
        class,
        messages,
        effective: messages / 2,
        hours: 0b1001 << 8,
        reactions: 1,
        first_ever: false,
    }
}

#[test]
fn the_golden_page_of_version_1_reads_as_it_was_written() {
    let golden = include_str!("golden/page_v1.hex");
    let mut hex = String::new();
    for byte in sample().encode() {
        write!(hex, "{byte:02x}").unwrap();
    }
    assert_eq!(hex, golden.trim(), "the bytes of version 1 never change: write version 2 instead");
    assert_eq!(Page::decode(&sample().encode()), Ok(sample()));
}

#[test]
fn an_empty_page_takes_few_bytes() {
    let page = Page { day: 20_000, settings: 1, ..Page::default() };
    assert!(page.encode().len() < 64, "{}", page.encode().len());
    assert_eq!(Page::decode(&page.encode()), Ok(page));
}

#[test]
fn what_is_wrong_with_the_bytes_is_said() {
    let bytes = sample().encode();
    assert_eq!(Page::decode(&[]), Err(PageError::Truncated));
    assert_eq!(Page::decode(&[9, 1, 1]), Err(PageError::Version(9)));
    assert!(PageError::Version(9).to_string().contains("version 9"));
    for end in 0..bytes.len() {
        assert!(Page::decode(&bytes[..end]).is_err(), "cut at {end}");
    }
    let more = [bytes.as_slice(), &[0, 0]].concat();
    assert_eq!(Page::decode(&more), Err(PageError::Trailing(2)));
}

#[test]
fn a_list_that_claims_more_than_there_is_allocates_nothing() {
    let empty = Page::default().encode();
    let lists_from = empty.len() - 6;
    let huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    let bytes = [&empty[..lists_from], &huge, &[0; 5]].concat();
    assert_eq!(Page::decode(&bytes), Err(PageError::Truncated));
}

fn class() -> impl Strategy<Value = ActorClass> {
    select(&ActorClass::ALL[..])
}

fn who() -> impl Strategy<Value = IdentityId> {
    prop_oneof![4 => 0..5_000_u32, 1 => any::<u32>()].prop_map(IdentityId)
}

fn when() -> impl Strategy<Value = Millis> {
    prop_oneof![4 => 0..2_000_000_000_000_i64, 1 => any::<i64>()].prop_map(Millis)
}

fn people() -> impl Strategy<Value = Vec<PersonDay>> {
    let one = (who(), class(), any::<(u32, u32, u32, u32)>(), any::<bool>()).prop_map(
        |(who, class, (messages, effective, hours, reactions), first_ever)| PersonDay {
            who,
            class,
            messages,
            effective,
            hours,
            reactions,
            first_ever,
        },
    );
    vec(one, 0..20)
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let one = (when(), any::<i64>(), who(), class(), any::<u8>()).prop_map(
        |(at, key, who, class, flags)| Item { at, key, who, class, flags: ItemFlags(flags) },
    );
    vec(one, 0..10)
}

fn answers() -> impl Strategy<Value = Vec<Answer>> {
    let evidence =
        select(vec![AnswerEvidence::Reply, AnswerEvidence::Mention, AnswerEvidence::Order]);
    let one = (when(), any::<i64>(), when(), (who(), who()), class(), evidence).prop_map(
        |(at, key, item_at, (who, asker), class, evidence)| Answer {
            at,
            key,
            item_at,
            who,
            class,
            asker,
            evidence,
        },
    );
    vec(one, 0..10)
}

fn edges() -> impl Strategy<Value = Vec<Edge>> {
    let one = (who(), who(), any::<(u32, u32)>()).prop_map(|(from, to, (told, by_order))| Edge {
        from,
        to,
        told,
        by_order,
    });
    vec(one, 0..10)
}

fn comings() -> impl Strategy<Value = Vec<Coming>> {
    let one = (when(), who(), select(JoinManner::ALL), who(), class())
        .prop_map(|(at, who, how, by, class)| Coming { at, who, how, by, class });
    vec(one, 0..10)
}

fn goings() -> impl Strategy<Value = Vec<Going>> {
    let one = (when(), who(), select(LeaveManner::ALL), who())
        .prop_map(|(at, who, how, by)| Going { at, who, how, by });
    vec(one, 0..10)
}

fn page() -> impl Strategy<Value = Page> {
    let counts = any::<([u32; 24], [u32; 7], [u32; 12], [u32; 4])>();
    let head = (any::<i32>(), any::<u16>(), proptest::option::of((when(), when())), counts);
    let lists = (people(), edges(), comings(), goings(), items(), answers());
    (head, lists).prop_map(|((day, settings, first_last, counts), lists)| {
        let (hours, idle, media, [service_rows, reactions, edits, recalls]) = counts;
        let (people, edges, comings, goings, items, answers) = lists;
        Page {
            day,
            settings,
            people,
            edges,
            comings,
            goings,
            items,
            answers,
            hours,
            idle,
            media,
            service_rows,
            reactions,
            edits,
            recalls,
            first_last,
        }
    })
}

proptest! {
    #[test]
    fn every_page_survives_its_bytes(page in page()) {
        assert_eq!(Page::decode(&page.encode()), Ok(page));
    }

    #[test]
    fn a_skimmed_page_tells_who_was_there_and_not_who_spoke_to_whom(page in page()) {
        let mut left = Page { edges: Vec::new(), answers: Vec::new(), ..page.clone() };
        left.items.retain(|item| item.flags.has(ItemFlags::FIRST_POST));
        assert_eq!(Page::skim(&page.encode()), Ok(left));
    }

    #[test]
    fn garbage_is_an_error_or_a_page_and_never_a_panic(mut bytes in vec(any::<u8>(), 0..400)) {
        let _ = (Page::decode(&bytes), Page::skim(&bytes));
        if let Some(first) = bytes.first_mut() {
            *first = 1;
        }
        let _ = (Page::decode(&bytes), Page::skim(&bytes));
    }

    #[test]
    fn a_flipped_byte_never_panics(
        page in page(),
        at in any::<proptest::sample::Index>(),
        to in any::<u8>(),
    ) {
        let mut bytes = page.encode();
        let at = at.index(bytes.len());
        bytes[at] = to;
        if let Ok(read) = Page::decode(&bytes) {
            assert_eq!(Page::decode(&read.encode()), Ok(read));
        }
        let _ = Page::skim(&bytes);
    }
}
