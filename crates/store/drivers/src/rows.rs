//! The rows: a fact and its words for each message, as an export has them, in order of time.

use domain::{ActorClass, BODY_BYTES, Fact, FactKind, FeatureWord, IdentityId, Millis, SourceKey};

pub struct Row {
    pub seq: i64,
    pub at: i64,
    pub src: i64,
    pub fact: Fact,
    pub body: [u8; BODY_BYTES],
    pub text: String,
}

pub fn row(n: i64) -> Row {
    let mixed = (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let at = 1_700_000_000_000 + n * 7_000;
    let src = (at / 1000) << 20;
    let fact = Fact {
        at: Millis(at),
        source: SourceKey { key: src, part: 0 },
        kind: FactKind::Message,
        class: ActorClass::Member,
        detail: 0,
        actor: IdentityId((mixed >> 50) as u32 + 1),
        other: IdentityId::NOBODY,
        reply_to: None,
        features: FeatureWord(mixed),
        text_hash: mixed.rotate_left(17),
    };
    let length = 4 + (mixed >> 59) as usize;
    let text = "今天的茶会改到晚上八点,想来的朋友请在群里回复一声谢谢大家".chars();
    let text = text.cycle().skip((mixed >> 40) as usize % 20).take(length).collect();
    Row { seq: n, at, src, fact, body: fact.body(), text }
}

pub fn rows(from: i64, to: i64) -> Vec<Row> {
    (from..=to).map(row).collect()
}

/// Only the tables that are compared; the same as in the store's migrations.
pub const SQLITE: &str = "
    CREATE TABLE facts (org INTEGER NOT NULL, grp INTEGER NOT NULL, seq INTEGER NOT NULL,
      at INTEGER NOT NULL, stream INTEGER NOT NULL, src INTEGER NOT NULL, part INTEGER NOT NULL,
      body BLOB NOT NULL, PRIMARY KEY (org, grp, seq)) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX facts_by_source ON facts (org, grp, stream, src, part);
    CREATE TABLE words (org INTEGER NOT NULL, grp INTEGER NOT NULL, seq INTEGER NOT NULL,
      text TEXT NOT NULL, PRIMARY KEY (org, grp, seq)) STRICT, WITHOUT ROWID;";

pub fn with_rowid() -> String {
    SQLITE.replace(", WITHOUT ROWID", "")
}

pub fn for_postgres() -> String {
    SQLITE
        .replace(" STRICT, WITHOUT ROWID", "")
        .replace("INTEGER", "BIGINT")
        .replace("BLOB", "BYTEA")
}
