//! People who come to a live group.

use domain::{ActorClass, IdentityId};
use store::{IdentitySaid, Store};

use crate::sample::{ORG, begin, finish, person};

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_comes_again_keeps_the_number_and_takes_the_latest_name() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let first = store.ensure_identity(ORG, person("g1", "Ann")).await.unwrap();
        let again = store.ensure_identity(ORG, person("g1", "A\u{0}nn 🍵")).await.unwrap();
        let third = store.ensure_identity(ORG, person("g1", "A\u{0}nn 🍵")).await.unwrap();
        assert_eq!([first, again, third], [IdentityId(1); 3]);
        let staff = IdentitySaid { class: Some(ActorClass::Staff), ..person("g1", "Ann") };
        store.ensure_identity(ORG, staff).await.unwrap();
        // A role that is not given stays.
        store.ensure_identity(ORG, person("g1", "Ann")).await.unwrap();
        let rows = store.identities(ORG, &[first]).await.unwrap();
        assert_eq!(rows[0].said.name, "Ann");
        assert_eq!(rows[0].said.class, Some(ActorClass::Staff));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_made_at_once_and_each_once() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let many: Vec<_> = (0..3_000).map(|n| person(&format!("g{n}"), "游客")).collect();
        let mut twice = many.clone();
        twice.push(person("g7", "Ann"));
        let ids = store.ensure_identities(ORG, twice).await.unwrap();
        assert_eq!(ids.len(), 3_001);
        assert_eq!(ids[3_000], ids[7]);
        let numbers: std::collections::BTreeSet<_> = ids.iter().map(|id| id.0).collect();
        assert_eq!(numbers, (1..=3_000).collect());
        assert_eq!(store.ensure_identities(ORG, many).await.unwrap(), ids[..3_000]);
    }
}

/// Thirty people come, one after the other.
async fn arrive(store: Store) -> Vec<IdentityId> {
    let mut ids = Vec::new();
    for n in 0..30 {
        ids.push(store.ensure_identity(ORG, person(&format!("g{n}"), "游客")).await.unwrap());
    }
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_make_the_same_person_make_one_also_beside_an_import() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut import = begin(&store).await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..4 {
            tasks.spawn(arrive(database.open().await));
        }
        let mut all = Vec::new();
        for n in 0..30 {
            all.extend(import.identities(vec![person(&format!("g{n}"), "Ann")]).await.unwrap());
        }
        import.finish(finish()).await.unwrap();
        for ids in tasks.join_all().await {
            assert_eq!(ids, all);
        }
    }
}
