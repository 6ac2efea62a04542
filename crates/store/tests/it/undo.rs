//! Undo and sweep leave nothing.

use domain::{Day, IdentityId, Seq};
use store::{Fault, Finish, ImportState, Page, Projection};

use crate::sample::{ORG, begin, finish, group, imported, keys, messages, person, seqs, sizes};

fn projection(group: domain::GroupId) -> Projection {
    let page = Page { day: Day(1), settings_version: 1, through_seq: Seq(1), bytes: vec![1] };
    Projection { group, revision: 0, from_day: None, pages: vec![page], stays: Some(Vec::new()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undone_import_leaves_nothing_but_its_row_in_the_list() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let before = sizes(&store).await;
        let mut import = begin(&store).await;
        let id = import.id();
        let tea = import.group(group("tea", "茶友")).await.unwrap();
        import.identities(vec![person("ann", "Ann")]).await.unwrap();
        let stream = import.stream(tea, "ios", "UTC").await.unwrap();
        import.append(tea, store::Batch { stream, ..messages(0..50) }).await.unwrap();
        let projections = vec![projection(tea)];
        import.finish(Finish { projections, ..finish() }).await.unwrap();
        assert_eq!(store.pages(ORG, tea, None, None).await.unwrap().len(), 1);

        let undone = store.undo_import(ORG, id).await.unwrap();
        assert_eq!((undone.facts, undone.groups.len(), undone.later.len()), (50, 0, 0));
        assert_eq!(sizes(&store).await, before);
        assert!(store.groups(ORG).await.unwrap().is_empty());
        assert_eq!(store.imports(ORG).await.unwrap()[0].state, ImportState::Undone);
        let twice = store.undo_import(ORG, id).await.unwrap_err();
        assert!(matches!(twice, Fault::NotWhole { .. }), "{twice}");
        let unknown = store.undo_import(ORG, domain::ImportId(77)).await.unwrap_err();
        assert!(matches!(unknown, Fault::Missing { what: "import", id: 77 }), "{unknown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_other_imports_know_stays() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let first = imported(&store, "tea", 0..10).await;
        let before = sizes(&store).await;
        let second = imported(&store, "tea", 5..30).await;
        assert_eq!(second.appended.duplicates.len(), 5);
        store
            .replace_projections(ORG, vec![Projection { revision: 2, ..projection(first.group) }])
            .await
            .unwrap();

        let undone = store.undo_import(ORG, second.id).await.unwrap();
        assert_eq!((undone.facts, undone.groups), (20, vec![first.group]));
        assert_eq!(keys(&store, first.group).await, (0..10).collect::<Vec<_>>());
        assert!(store.pages(ORG, first.group, None, None).await.unwrap().is_empty());
        assert_eq!(sizes(&store).await, before);
        // Places are not given again.
        let third = imported(&store, "tea", 30..31).await;
        assert_eq!(third.appended.first, Seq(31));
        assert_eq!(seqs(&store, first.group).await.last(), Some(&Seq(31)));
        let undone = store.undo_import(ORG, first.id).await.unwrap();
        assert_eq!(undone.later, [third.id]);
        assert_eq!(store.identities(ORG, &[1, 2].map(IdentityId)).await.unwrap().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dead_import_left_is_swept_by_the_next_opening() {
    for database in testkit::databases().await {
        let store = database.open().await;
        imported(&store, "tea", 0..10).await;
        let before = store.table_sizes().await.unwrap();
        let mut import = begin(&store).await;
        let tea = import.group(group("tea", "Other")).await.unwrap();
        import.identities(vec![person("bob", "Bob")]).await.unwrap();
        import.append(tea, messages(10..40)).await.unwrap();

        // While it runs, opening the database again does not touch it.
        let second = database.open().await;
        assert_eq!(second.imports(ORG).await.unwrap().len(), 2);
        import.append(tea, messages(40..50)).await.unwrap();

        drop(import);
        assert_eq!(keys(&store, tea).await.len(), 10);
        // The server needs a moment to notice that the session is gone; imports wait for it too.
        while database.open().await.imports(ORG).await.unwrap().len() == 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(store.table_sizes().await.unwrap(), before);
        imported(&store, "tea", 10..40).await;
        assert_eq!(keys(&store, tea).await.len(), 40);
    }
}
