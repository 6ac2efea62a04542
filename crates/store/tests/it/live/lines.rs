//! Lines: what is read back of a log by place and by key.

use domain::{FactKind, GroupId, IdentityId, Seq, SourceKey};
use store::{GroupWrite, NewLiveGroup};

use crate::live::{after, lease, line_keys, new_group, one, opened, talk};
use crate::sample::{ORG, begin, finish, group, imported, keys, message, messages};

#[tokio::test(flavor = "multi_thread")]
async fn lines_go_over_what_was_imported_and_what_was_written_live() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let whole = imported(&store, "tea", 0..100).await;
        let new = NewLiveGroup {
            platform: "whatsapp".to_owned(),
            key: "tea".to_owned(),
            ..new_group("tea")
        };
        let tea = store.open_live_group(ORG, new).await.unwrap();
        assert_eq!(tea, whole.group);
        let head = store.hold_group(ORG, tea, &lease("a", 1)).await.unwrap().unwrap();
        assert_eq!(head.next, Seq(101));
        store.commit_live(one(talk(&head, 100..150))).await.unwrap();

        assert_eq!(line_keys(&store, tea).await, (0..150).collect::<Vec<_>>());
        assert_eq!(keys(&store, tea).await, (0..150).collect::<Vec<_>>());
        let lines = store.lines(ORG, tea, Seq(98), 5).await.unwrap();
        let read: Vec<_> = lines.iter().map(|line| (line.seq.0, line.fact.source.key)).collect();
        assert_eq!(read, [(99, 98), (100, 99), (101, 100), (102, 101), (103, 102)]);
        let before = store.lines_before(ORG, tea, Seq(103), 4).await.unwrap();
        assert_eq!(before, lines[..4]);
        assert_eq!(lines[2].fact, message(100_000, 100).fact);
        assert_eq!(lines[2].words.as_deref(), Some("第100句\u{fffd}话"));
        store.erase_words(ORG, tea, &[Seq(101)]).await.unwrap();
        let line = store.lines(ORG, tea, Seq(100), 1).await.unwrap();
        assert_eq!((line[0].words.as_deref(), line[0].fact), (None, lines[2].fact));
        let words = store.words(ORG, tea, &[Seq(99), Seq(102)]).await.unwrap();
        assert_eq!(words.len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_of_a_pending_import_are_not_seen() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let whole = imported(&store, "tea", 0..10).await;
        let mut pending = begin(&store).await;
        let tea = pending.group(group("tea", "tea")).await.unwrap();
        assert_eq!(tea, whole.group);
        pending.append(tea, messages(10..20)).await.unwrap();
        assert_eq!(line_keys(&store, tea).await, (0..10).collect::<Vec<_>>());
        assert_eq!(store.lines_before(ORG, tea, Seq(99), 3).await.unwrap().len(), 3);
        assert_eq!(store.lines_of(ORG, tea, &[5, 15]).await.unwrap().len(), 1);
        pending.finish(finish()).await.unwrap();
        assert_eq!(line_keys(&store, tea).await, (0..20).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_found_by_their_keys_and_other_facts_are_not() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let head = opened(&store, "tea").await;
        let mut write = talk(&head, 0..6);
        write.facts[3].fact.kind = FactKind::Join;
        write.facts[3].fact.source = SourceKey { key: 2, part: 5 << 24 };
        store.commit_live(one(write)).await.unwrap();
        let lines = store.lines_of(ORG, head.group, &[5, 2, 2, 77, 0]).await.unwrap();
        let read: Vec<_> = lines.iter().map(|line| (line.seq.0, line.fact.source.key)).collect();
        assert_eq!(read, [(1, 0), (3, 2), (6, 5)]);
        assert!(store.lines_of(ORG, head.group, &[]).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn known_keys_answer_their_place_and_who_it_was() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let (tea, run) = (opened(&store, "tea").await, opened(&store, "run").await);
        let mut write = talk(&tea, 0..5);
        write.facts[4].fact.actor = IdentityId(u32::MAX);
        write.facts[4].fact.source = SourceKey { key: i64::MIN, part: u32::MAX };
        let other = GroupWrite { group: run.group, fence: run.fence, ..talk(&run, 9..10) };
        store.commit_live(crate::live::many(vec![write, other])).await.unwrap();
        let key = |key, part| SourceKey { key, part };
        let asked = vec![
            (tea.group, key(3, 0)),
            (run.group, key(3, 0)),
            (tea.group, key(i64::MIN, u32::MAX)),
            (GroupId(99), key(3, 0)),
            (tea.group, key(3, 1)),
            (run.group, key(9, 0)),
            (tea.group, key(3, 0)),
        ];
        let known = store.known(ORG, asked).await.unwrap();
        let third = Some((Seq(4), IdentityId(1)));
        let last = Some((Seq(5), IdentityId(u32::MAX)));
        assert_eq!(known, [third, None, last, None, None, Some((Seq(1), IdentityId(1))), third]);
        assert!(store.known(ORG, Vec::new()).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_found_in_a_long_log_too() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut head = opened(&store, "tea").await;
        for part in 0..7 {
            let mut write = talk(&head, part * 20_000..(part + 1) * 20_000);
            write.facts.iter_mut().for_each(|row| row.words = None);
            store.commit_live(one(write.clone())).await.unwrap();
            head = after(&head, &write);
        }
        let key = |key| (head.group, SourceKey { key, part: 0 });
        let asked = vec![key(139_999), key(140_000), key(70_000), key(-1), key(0)];
        let known = store.known(ORG, asked).await.unwrap();
        let places: Vec<_> = known.iter().map(|known| known.map(|(seq, _)| seq.0)).collect();
        assert_eq!(places, [Some(140_000), None, Some(70_001), None, Some(1)]);
        let last = store.lines_before(ORG, head.group, head.next, 2).await.unwrap();
        assert_eq!(last.iter().map(|line| line.seq.0).collect::<Vec<_>>(), [139_999, 140_000]);
    }
}
