//! Facts keep their stored form: golden files of every version.

use domain::{
    ActorClass, Fact, FactError, FactKind, FeatureWord, IdentityId, JoinManner, ListHit, Media,
    Millis, SourceKey,
};
use proptest::prelude::*;

fn samples() -> Vec<(&'static str, Fact)> {
    let plain = Fact {
        at: Millis(1_704_445_623_000),
        source: SourceKey { key: 7, part: 0 },
        kind: FactKind::Message,
        class: ActorClass::Member,
        detail: 0,
        actor: IdentityId(5),
        other: IdentityId(9),
        reply_to: Some(3),
        features: FeatureWord::default()
            .with_chars(12)
            .with_media(Media::Image)
            .with_hit(ListHit::Thanks),
        text_hash: 0x0123_4567_89ab_cdef,
    };
    let bare = Fact {
        other: IdentityId::NOBODY,
        reply_to: None,
        features: FeatureWord(0),
        text_hash: 0,
        ..plain
    };
    vec![
        ("message", plain),
        ("edit", Fact { kind: FactKind::Edit, other: IdentityId::NOBODY, ..plain }),
        ("recall", Fact { kind: FactKind::Recall, reply_to: Some(-1), ..bare }),
        ("reaction", Fact { kind: FactKind::Reaction, reply_to: Some(3), text_hash: 77, ..bare }),
        (
            "join",
            Fact {
                kind: FactKind::Join,
                detail: JoinManner::Invited as u8,
                other: IdentityId(2),
                ..bare
            },
        ),
        ("leave", Fact { kind: FactKind::Leave, detail: 2, class: ActorClass::Staff, ..bare }),
        ("rename", Fact { kind: FactKind::Rename, class: ActorClass::Host, ..bare }),
        (
            "service",
            Fact {
                kind: FactKind::Service,
                detail: 9,
                class: ActorClass::Bot,
                actor: IdentityId::NOBODY,
                ..bare
            },
        ),
    ]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[test]
fn version_1_is_written_and_read_as_its_golden_file_says() {
    let golden = include_str!("golden/fact_v1.txt");
    let line = |(name, fact): &(&str, Fact)| format!("{name} {}\n", hex(&fact.body()));
    let written: Vec<String> = samples().iter().map(line).collect();
    let written = written.concat();
    assert_eq!(written, golden);
    for (line, (_, fact)) in golden.lines().zip(samples()) {
        let bytes: Vec<u8> = line
            .rsplit(' ')
            .next()
            .unwrap()
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect();
        assert_eq!(Fact::from_body(fact.at, fact.source, &bytes), Ok(fact));
    }
}

#[test]
fn a_body_that_cannot_be_read_is_refused() {
    let (_, fact) = samples()[0];
    let read = |body: &[u8]| Fact::from_body(fact.at, fact.source, body);
    let mut newer = fact.body();
    newer[0] = 2;
    let mut unknown = fact.body();
    unknown[1] = 99;
    assert_eq!(read(&newer), Err(FactError::Version(2)));
    assert_eq!(read(&unknown), Err(FactError::Code(99)));
    assert_eq!(read(&newer[..39]), Err(FactError::Size(39)));
}

proptest! {
    #[test]
    fn every_body_reads_back(
        actor: u32,
        other: u32,
        reply_to: Option<i64>,
        features: u64,
        text_hash: u64,
        kind in 1u8..=8,
        class in 0u8..4,
        detail: u8,
    ) {
        let (_, plain) = samples()[0];
        let fact = Fact {
            kind: FactKind::from_code(kind).unwrap(),
            class: ActorClass::from_code(class).unwrap(),
            detail,
            actor: IdentityId(actor),
            other: IdentityId(other),
            reply_to,
            features: FeatureWord(features),
            text_hash,
            ..plain
        };
        prop_assert_eq!(Fact::from_body(fact.at, fact.source, &fact.body()), Ok(fact));
    }
}
