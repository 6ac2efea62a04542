//! An import is invisible until it is whole.

use domain::{Evidence, Extent, Millis, OrgId, Seq};
use store::{FactQuery, Fault, ImportState};

use crate::sample::{ORG, about, begin, finish, group, imported, keys, messages, person, sizes};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_it_is_seen_until_it_is_whole() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let whole = imported(&store, "tea", 0..10).await;
        let mut import = begin(&store).await;
        let tea = import.group(group("tea", "茶友二群")).await.unwrap();
        let new = import.group(group("new", "新群")).await.unwrap();
        import.identities(vec![person("ann", "Other")]).await.unwrap();
        import.append(tea, messages(10..20)).await.unwrap();
        import.append(new, messages(0..20)).await.unwrap();

        assert_eq!(keys(&store, tea).await, (0..10).collect::<Vec<_>>());
        assert!(keys(&store, new).await.is_empty());
        assert!(store.words(ORG, tea, &[Seq(11)]).await.unwrap().is_empty());
        let groups = store.groups(ORG).await.unwrap();
        assert_eq!(groups.len(), 1);
        assert_eq!((groups[0].said.name.as_str(), groups[0].revision), ("tea", 1));
        assert_eq!(
            store.identities(ORG, &[domain::IdentityId(1)]).await.unwrap()[0].said.name,
            "Ann"
        );
        assert_eq!(store.imports(ORG).await.unwrap()[0].state, ImportState::Pending);
        let own = import.facts(FactQuery::all(tea)).all().await.unwrap();
        assert_eq!(own.len(), 20, "the import itself sees what will be");

        import.finish(finish()).await.unwrap();
        assert_eq!(keys(&store, tea).await.len(), 20);
        assert_eq!(store.words(ORG, tea, &[Seq(11)]).await.unwrap().len(), 1);
        let tea = store.group(ORG, "whatsapp", "tea").await.unwrap().unwrap();
        assert_eq!((tea.id, tea.said.name.as_str(), tea.revision), (whole.group, "茶友二群", 2));
        let imports = store.imports(ORG).await.unwrap();
        assert_eq!(
            (imports[0].state, imports[0].finished),
            (ImportState::Whole, Some(Millis(2_000)))
        );
        assert_eq!(imports[0].about, about());
        assert_eq!(imports[0].counts, r#"{"messages":1}"#);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_shows_the_evidence_of_all_its_whole_imports() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut first = group("tea", "茶友");
        first.founded = Some(Millis(5));
        first.evidence.replies = Extent::Full;
        first.evidence.joins_are_connections = true;
        let mut second = group("tea", "茶友");
        second.founded = Some(Millis(-7));
        second.evidence = Evidence { joins: Extent::Partial, ..Evidence::default() };
        for said in [first.clone(), second.clone()] {
            let mut import = begin(&store).await;
            import.group(said).await.unwrap();
            import.finish(finish()).await.unwrap();
        }
        let row = store.group(ORG, "whatsapp", "tea").await.unwrap().unwrap();
        assert_eq!(row.said.evidence, first.evidence.and(second.evidence));
        assert_eq!(row.said.founded, Some(Millis(-7)));
        store.undo_import(ORG, store.imports(ORG).await.unwrap()[0].id).await.unwrap();
        let row = store.group(ORG, "whatsapp", "tea").await.unwrap().unwrap();
        assert_eq!((row.said, row.revision), (first, 3));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_leaves_nothing() {
    for database in testkit::databases().await {
        let store = database.open().await;
        imported(&store, "tea", 0..10).await;
        let before = store.table_sizes().await.unwrap();
        let mut import = begin(&store).await;
        let tea = import.group(group("tea", "茶友二群")).await.unwrap();
        let new = import.group(group("new", "新群")).await.unwrap();
        let stream = import.stream(new, "ios", "UTC").await.unwrap();
        import.identities(vec![person("ann", "Other"), person("bob", "Bob")]).await.unwrap();
        import.append(tea, messages(5..20)).await.unwrap();
        import.append(new, store::Batch { stream, ..messages(0..20) }).await.unwrap();
        assert_ne!(sizes(&store).await, before);
        import.abandon().await.unwrap();
        assert_eq!(store.table_sizes().await.unwrap(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_was_not_announced_is_refused() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let whole = imported(&store, "tea", 0..10).await;
        let mut import = begin(&store).await;
        let refused = import.append(whole.group, messages(10..11)).await.unwrap_err();
        assert!(matches!(refused, Fault::Missing { what: "group", .. }), "{refused}");
        let nowhere = store.begin_import(OrgId(9), about()).await.unwrap_err();
        assert!(matches!(nowhere, Fault::ImportRunning), "{nowhere}");
        import.finish(finish()).await.unwrap();
        let nowhere = store.begin_import(OrgId(9), about()).await.unwrap_err();
        assert!(matches!(nowhere, Fault::Missing { what: "organisation", id: 9 }), "{nowhere}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn organisations_do_not_see_each_other() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let first = imported(&store, "tea", 0..10).await;
        let other = store.add_organisation("邻居").await.unwrap();
        assert_eq!(other, OrgId(2));
        let mut import = store.begin_import(other, about()).await.unwrap();
        let tea = import.group(group("tea", "他们的茶友")).await.unwrap();
        let ids = import.identities(vec![person("ann", "Their Ann")]).await.unwrap();
        assert_eq!(import.append(tea, messages(0..5)).await.unwrap().stored, 5);
        let second = import.id();
        import.finish(finish()).await.unwrap();

        assert_eq!(keys(&store, first.group).await.len(), 10);
        assert_eq!(store.groups(ORG).await.unwrap()[0].said.name, "tea");
        assert_eq!(store.groups(other).await.unwrap()[0].said.name, "他们的茶友");
        assert_eq!(store.identities(ORG, &ids).await.unwrap()[0].said.name, "Ann");
        assert_eq!(store.identities(other, &ids).await.unwrap()[0].said.name, "Their Ann");
        store.undo_import(other, second).await.unwrap();
        assert_eq!(store.facts(other, FactQuery::all(tea)).all().await.unwrap(), []);
        assert_eq!(keys(&store, first.group).await.len(), 10);
        assert_eq!(store.words(ORG, first.group, &[Seq(1)]).await.unwrap().len(), 1);
        assert_eq!(store.imports(ORG).await.unwrap()[0].state, ImportState::Whole);
    }
}
