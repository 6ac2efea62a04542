//! Identities: one number per account, never given twice.

use domain::{ActorClass, IdentityId};
use store::IdentitySaid;

use crate::sample::{ORG, begin, finish, imported, person};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_account_keeps_its_number_and_takes_the_latest_name() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut import = begin(&store).await;
        let people = vec![person("a", "Ann"), person("b", "阿杰"), person("a", "Ann 🍵")];
        let ids = import.identities(people).await.unwrap();
        assert_eq!(ids, [1, 2, 1].map(IdentityId));
        let staff = IdentitySaid { class: Some(ActorClass::Staff), ..person("b", "阿杰") };
        let more = vec![person("c", "小\u{0}林"), staff];
        assert_eq!(import.identities(more).await.unwrap(), [3, 2].map(IdentityId));
        assert!(import.identities(Vec::new()).await.unwrap().is_empty());
        assert!(store.identities(ORG, &ids).await.unwrap().is_empty(), "seen too early");
        import.finish(finish()).await.unwrap();

        let read = store.identities(ORG, &[3, 1, 2, 9].map(IdentityId)).await.unwrap();
        let names: Vec<&str> = read.iter().map(|row| row.said.name.as_str()).collect();
        assert_eq!(names, ["Ann 🍵", "阿杰", "小\u{fffd}林"]);
        assert_eq!(read[1].said.class, Some(ActorClass::Staff));
        let read = store.identities_by_key(ORG, "whatsapp", &["b", "x"]).await.unwrap();
        assert_eq!(read.iter().map(|row| row.id.0).collect::<Vec<_>>(), [2]);
        assert!(store.identities_by_key(ORG, "slack", &["b"]).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_not_given_again_after_an_undo() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let whole = imported(&store, "tea", 0..3).await;
        store.undo_import(ORG, whole.id).await.unwrap();
        let mut import = begin(&store).await;
        let ids = import.identities(vec![person("ann", "Ann")]).await.unwrap();
        assert_eq!(ids, [IdentityId(3)]);
        import.finish(finish()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_brings_the_earlier_name_back() {
    for database in testkit::databases().await {
        let store = database.open().await;
        imported(&store, "tea", 0..3).await;
        let mut import = begin(&store).await;
        let id = import.id();
        let host = IdentitySaid { class: Some(ActorClass::Host), ..person("ann", "Anna") };
        import.identities(vec![host, person("bob", "Bob")]).await.unwrap();
        import.finish(finish()).await.unwrap();
        let all = [1, 2, 3].map(IdentityId);
        let names = |rows: Vec<store::IdentityRow>| -> Vec<(String, Option<ActorClass>)> {
            rows.into_iter().map(|row| (row.said.name, row.said.class)).collect()
        };
        let read = names(store.identities(ORG, &all).await.unwrap());
        assert_eq!(read[0], ("Anna".to_owned(), Some(ActorClass::Host)));
        assert_eq!(read.len(), 3);
        store.undo_import(ORG, id).await.unwrap();
        let read = names(store.identities(ORG, &all).await.unwrap());
        assert_eq!(read, [("Ann".to_owned(), None), ("小林".to_owned(), None)]);
    }
}
