//! Made-up groups, people and facts.

use domain::{
    ActorClass, Evidence, Extent, Fact, FactKind, FeatureWord, GroupId, IdentityId, Millis, OrgId,
    Seq, SourceKey,
};
use store::{
    Appended, Batch, FactQuery, Finish, GroupSaid, IdentitySaid, Import, NewFact, NewImport, Store,
    Stream,
};

pub(crate) const ORG: OrgId = OrgId(1);

pub(crate) fn about() -> NewImport {
    NewImport {
        format: "whatsapp".to_owned(),
        exporter: "ios".to_owned(),
        files: vec!["茶友.zip".to_owned()],
        zone: "Asia/Shanghai".to_owned(),
        started: Millis(1_000),
    }
}

pub(crate) fn group(key: &str, name: &str) -> GroupSaid {
    GroupSaid {
        platform: "whatsapp".to_owned(),
        key: key.to_owned(),
        name: name.to_owned(),
        zone: "Asia/Shanghai".to_owned(),
        founded: None,
        evidence: Evidence { messages: Extent::Full, ..Evidence::default() },
    }
}

pub(crate) fn person(key: &str, name: &str) -> IdentitySaid {
    IdentitySaid {
        platform: "whatsapp".to_owned(),
        key: key.to_owned(),
        name: name.to_owned(),
        class: None,
    }
}

/// A message at `at` whose source key is `key`.
pub(crate) fn message(at: i64, key: i64) -> NewFact {
    let fact = Fact {
        at: Millis(at),
        source: SourceKey { key, part: 0 },
        kind: FactKind::Message,
        class: ActorClass::Member,
        detail: 0,
        actor: IdentityId(1),
        other: IdentityId::NOBODY,
        reply_to: (key % 3 == 0).then_some(key - 1),
        features: FeatureWord(key.unsigned_abs()),
        text_hash: u64::MAX - key.unsigned_abs(),
    };
    NewFact { fact, words: Some(format!("第{key}句\u{0}话").into()) }
}

/// Messages a second apart with the keys `keys`.
pub(crate) fn messages(keys: std::ops::Range<i64>) -> Batch {
    Batch { stream: Stream::PLATFORM, rows: keys.map(|key| message(key * 1000, key)).collect() }
}

pub(crate) async fn begin(store: &Store) -> Import {
    store.begin_import(ORG, about()).await.unwrap()
}

pub(crate) fn finish() -> Finish {
    Finish { finished: Millis(2_000), counts: r#"{"messages":1}"#.to_owned(), ..Finish::default() }
}

/// One whole import of messages into the group `key`.
pub(crate) async fn imported(store: &Store, key: &str, keys: std::ops::Range<i64>) -> Whole {
    let mut import = begin(store).await;
    let id = import.id();
    let group = import.group(group(key, key)).await.unwrap();
    let people = vec![person("ann", "Ann"), person(key, "小林")];
    import.identities(people).await.unwrap();
    let appended = import.append(group, messages(keys)).await.unwrap();
    import.finish(finish()).await.unwrap();
    Whole { id, group, appended }
}

pub(crate) struct Whole {
    pub(crate) id: domain::ImportId,
    pub(crate) group: GroupId,
    pub(crate) appended: Appended,
}

/// Source keys of all visible facts, as read.
pub(crate) async fn keys(store: &Store, group: GroupId) -> Vec<i64> {
    let rows = store.facts(ORG, FactQuery::all(group)).all().await.unwrap();
    rows.iter().map(|row| row.fact.source.key).collect()
}

/// Places of all visible facts, sorted.
pub(crate) async fn seqs(store: &Store, group: GroupId) -> Vec<Seq> {
    let rows = store.facts(ORG, FactQuery::all(group)).all().await.unwrap();
    let mut seqs: Vec<Seq> = rows.iter().map(|row| row.seq).collect();
    seqs.sort();
    seqs
}

/// Rows of every table but the list of imports, which remembers.
pub(crate) async fn sizes(store: &Store) -> Vec<(&'static str, u64)> {
    let mut sizes = store.table_sizes().await.unwrap();
    // What is to be folded again is no trace: it goes by itself.
    sizes.retain(|(table, _)| !["imports", "tier_stale"].contains(table));
    sizes
}
