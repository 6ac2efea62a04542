//! Imports and their undoing beside live groups and live people.

use domain::{ActorClass, IdentityId, Millis, Seq};
use store::{IdentitySaid, NewLiveGroup};

use crate::live::{after, lease, line_keys, new_group, one, opened, talk};
use crate::sample::{ORG, begin, finish, group, imported, keys, messages, person};

fn imported_group() -> NewLiveGroup {
    NewLiveGroup {
        platform: "whatsapp".to_owned(),
        key: "tea".to_owned(),
        name: "活着的茶友".to_owned(),
        founded: Millis(500_000),
        ..new_group("tea")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_leaves_a_live_group_and_what_was_written_live() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let whole = imported(&store, "tea", 0..10).await;
        let tea = store.open_live_group(ORG, imported_group()).await.unwrap();
        let head = store.hold_group(ORG, tea, &lease("a", 1)).await.unwrap().unwrap();
        let write = talk(&head, 10..15);
        store.commit_live(one(write.clone())).await.unwrap();
        let mut import = begin(&store).await;
        import.group(group("tea", "另一个名字")).await.unwrap();
        import.append(tea, messages(20..25)).await.unwrap();
        let second = import.id();
        import.finish(finish()).await.unwrap();
        // The import went between: the writer reads its head again and goes on.
        let stale = store.commit_live(one(talk(&after(&head, &write), 30..31))).await.unwrap_err();
        assert!(matches!(stale, store::Fault::Stale { .. }), "{stale}");
        let head = store.hold_group(ORG, tea, &lease("a", 1)).await.unwrap().unwrap();
        assert_eq!((head.next, &head.state), (Seq(21), &write.state));
        store.commit_live(one(talk(&head, 30..31))).await.unwrap();

        let revision = store.groups(ORG).await.unwrap()[0].revision;
        for import in [whole.id, second] {
            let undone = store.undo_import(ORG, import).await.unwrap();
            assert_eq!(undone.groups, [tea]);
        }
        let live: Vec<i64> = (10..15).chain([30]).collect();
        assert_eq!((line_keys(&store, tea).await, keys(&store, tea).await), (live.clone(), live));
        let group = &store.groups(ORG).await.unwrap()[0];
        assert_eq!(
            (group.said.name.as_str(), group.said.zone.as_str()),
            ("活着的茶友", "Asia/Shanghai")
        );
        assert!(group.revision > revision, "whoever keeps pages must see that the past changed");
        let head = store.hold_group(ORG, tea, &lease("a", 1)).await.unwrap().unwrap();
        assert_eq!(head.next, Seq(22));
        store.commit_live(one(talk(&head, 31..32))).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dead_import_left_in_a_live_group_is_swept_beside_it() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let head = opened(&store, "tea").await;
        let write = talk(&head, 0..3);
        store.commit_live(one(write.clone())).await.unwrap();
        let mut import = begin(&store).await;
        let said = store::GroupSaid { platform: "web".to_owned(), ..group("tea", "x") };
        assert_eq!(import.group(said).await.unwrap(), head.group);
        import.append(head.group, messages(10..20)).await.unwrap();
        import.abandon().await.unwrap();
        assert_eq!(line_keys(&store, head.group).await, [0, 1, 2]);
        let again = store.hold_group(ORG, head.group, &lease("a", 1)).await.unwrap().unwrap();
        assert_eq!(again.state, write.state);
        store.commit_live(one(talk(&again, 10..12))).await.unwrap();
        assert_eq!(line_keys(&store, head.group).await, [0, 1, 2, 10, 11]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_neither_rename_nor_remove_live_people() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut import = begin(&store).await;
        let id = import.id();
        import.identities(vec![person("ann", "Ann"), person("bob", "Bob")]).await.unwrap();
        import.finish(finish()).await.unwrap();
        let host = IdentitySaid { class: Some(ActorClass::Host), ..person("bob", "Bobby") };
        let ids = store.ensure_identities(ORG, vec![host, person("c", "小林")]).await.unwrap();
        assert_eq!(ids, [2, 3].map(IdentityId));
        let mut later = begin(&store).await;
        let later_id = later.id();
        later.identities(vec![person("bob", "Robert"), person("c", "林")]).await.unwrap();
        later.finish(finish()).await.unwrap();
        let names = || async {
            let rows = store.identities(ORG, &[1, 2, 3].map(IdentityId)).await.unwrap();
            rows.into_iter().map(|row| (row.said.name, row.said.class)).collect::<Vec<_>>()
        };
        let bob = ("Bobby".to_owned(), Some(ActorClass::Host));
        let lin = ("小林".to_owned(), None);
        assert_eq!(names().await, [("Ann".to_owned(), None), bob.clone(), lin.clone()]);
        store.undo_import(ORG, id).await.unwrap();
        store.undo_import(ORG, later_id).await.unwrap();
        assert_eq!(names().await, [bob, lin]);
    }
}
