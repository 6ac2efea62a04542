//! The log: what goes in comes out, once, in order.

use domain::{Millis, Seq};
use store::{Batch, FactQuery, NewFact, Stream};

use crate::sample::{ORG, begin, finish, group, imported, keys, message, messages, seqs};

#[tokio::test(flavor = "multi_thread")]
async fn facts_and_words_come_back_as_they_went_in() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut import = begin(&store).await;
        let group = import.group(group("tea", "茶友")).await.unwrap();
        let mut batch = messages(-2..4);
        batch.rows[0].words = None;
        batch.rows[1].fact.source.part = u32::MAX;
        batch.rows[1].fact.source.key = i64::MIN;
        let appended = import.append(group, batch.clone()).await.unwrap();
        assert_eq!((appended.first, appended.stored), (Seq(1), 6));
        import.finish(finish()).await.unwrap();

        let rows = store.facts(ORG, FactQuery::all(group)).all().await.unwrap();
        let facts: Vec<_> = rows.iter().map(|row| row.fact).collect();
        assert_eq!(facts, batch.rows.iter().map(|row| row.fact).collect::<Vec<_>>());
        let wanted: Vec<Seq> = (1..=6).map(Seq).collect();
        let words = store.words(ORG, group, &wanted).await.unwrap();
        // PostgreSQL keeps no NUL; neither database shows one.
        assert_eq!(words[1], (Seq(3), "第0句\u{fffd}话".to_owned()));
        assert_eq!(words.iter().map(|(seq, _)| seq.0).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_twice_is_stored_once_and_counted() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let first = imported(&store, "tea", 0..100).await;
        let mut import = begin(&store).await;
        let group = import.group(group("tea", "茶友")).await.unwrap();
        assert_eq!(group, first.group);
        let mut batch = messages(90..110);
        batch.rows.push(message(109_000, 109));
        let appended = import.append(group, batch).await.unwrap();
        assert_eq!((appended.first, appended.stored), (Seq(101), 10));
        assert_eq!(appended.duplicates, (0..10).chain([20]).collect::<Vec<usize>>());
        let again = import.append(group, messages(100..110)).await.unwrap();
        assert_eq!((again.stored, again.duplicates.len()), (0, 10));
        import.finish(finish()).await.unwrap();

        assert_eq!(keys(&store, group).await, (0..110).collect::<Vec<_>>());
        assert_eq!(seqs(&store, group).await, (1..=110).map(Seq).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_exporter_and_another_part_are_other_facts() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut import = begin(&store).await;
        let group = import.group(group("tea", "茶友")).await.unwrap();
        let ios = import.stream(group, "ios", "Asia/Shanghai").await.unwrap();
        let android = import.stream(group, "android", "UTC").await.unwrap();
        assert_eq!(ios, import.stream(group, "ios", "UTC").await.unwrap());
        assert_eq!((ios, android), (Stream(1), Stream(2)));
        for stream in [Stream::PLATFORM, ios, android] {
            let rows: Vec<NewFact> = (0..2)
                .map(|part| {
                    let mut row = message(5_000, 5);
                    row.fact.source.part = part;
                    row
                })
                .collect();
            assert_eq!(import.append(group, Batch { stream, rows }).await.unwrap().stored, 2);
        }
        import.finish(finish()).await.unwrap();
        let query = FactQuery { stream: Some(android), ..FactQuery::all(group) };
        let rows = store.facts(ORG, query).all().await.unwrap();
        assert_eq!(rows.iter().map(|row| row.seq.0).collect::<Vec<_>>(), [5, 6]);
        let streams = store.streams(ORG, group).await.unwrap();
        assert_eq!(streams[1].exporter, "android");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_are_read_in_the_order_of_time_whatever_the_order_of_writing() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut import = begin(&store).await;
        let group = import.group(group("tea", "茶友")).await.unwrap();
        // Three spans: the second lies before the first, the third inside it and out of order.
        import.append(group, messages(40_000..60_000)).await.unwrap();
        import.append(group, messages(0..20_000)).await.unwrap();
        let mut late = messages(60_000..60_010);
        for row in &mut late.rows {
            row.fact.at = Millis((100_000 - row.fact.source.key) * 1_000 + 1);
        }
        late.rows.extend(messages(30_000..39_990).rows);
        import.append(group, late).await.unwrap();
        import.finish(finish()).await.unwrap();

        let mut reader = store.facts(ORG, FactQuery::all(group));
        let (mut rows, mut batches) = (Vec::new(), 0);
        while let Some(batch) = reader.next().await.unwrap() {
            rows.extend(batch);
            batches += 1;
        }
        assert!(batches > 1, "all in one batch");
        assert_eq!(rows.len(), 50_000);
        assert!(rows.is_sorted_by_key(|row| (row.fact.at, row.fact.source)));

        let (from, to) = (Millis(19_998_000), Millis(30_001_000));
        let query = FactQuery { from: Some(from), to: Some(to), ..FactQuery::all(group) };
        let rows = store.facts(ORG, query).all().await.unwrap();
        let read: Vec<i64> = rows.iter().map(|row| row.fact.source.key).collect();
        assert_eq!(read, [19_998, 19_999, 30_000]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn erased_words_are_gone_and_the_facts_stay() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let whole = imported(&store, "tea", 0..10).await;
        let erased = store.erase_words(ORG, whole.group, &[Seq(2), Seq(3), Seq(77)]).await.unwrap();
        assert_eq!(erased, 2);
        let wanted: Vec<Seq> = (1..=4).map(Seq).collect();
        let words = store.words(ORG, whole.group, &wanted).await.unwrap();
        assert_eq!(words.iter().map(|(seq, _)| seq.0).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(keys(&store, whole.group).await.len(), 10);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_by_source_key_once_the_import_is_whole() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let whole = imported(&store, "tea", 0..5_000).await;
        let words = store.words_of(ORG, whole.group, &[3, 4_999, 77_777]).await.unwrap();
        let found: Vec<i64> = words.iter().map(|(key, _)| *key).collect();
        assert_eq!(found, [3, 4_999]);
        assert!(words[0].1.contains("第3句"), "{words:?}");
        let mut pending = begin(&store).await;
        let group = pending.group(group("tea", "茶友")).await.unwrap();
        pending.append(group, messages(6_000..6_010)).await.unwrap();
        assert_eq!(store.words_of(ORG, group, &[6_001]).await.unwrap(), []);
        pending.abandon().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_is_dropped_early_harms_nobody() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut import = begin(&store).await;
        let group = import.group(group("tea", "茶友")).await.unwrap();
        for part in 0..8 {
            import.append(group, messages(part * 10_000..(part + 1) * 10_000)).await.unwrap();
        }
        import.finish(finish()).await.unwrap();
        for _ in 0..3 {
            let mut reader = store.facts(ORG, FactQuery::all(group));
            assert!(reader.next().await.unwrap().is_some());
        }
        assert_eq!(keys(&store, group).await.len(), 80_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_spans_come_in_order_and_a_reader_may_stop_among_them() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut group = None;
        for import in (0..40).rev() {
            group = Some(imported(&store, "tea", import * 3..import * 3 + 3).await.group);
        }
        let group = group.unwrap();
        assert_eq!(keys(&store, group).await, (0..120).collect::<Vec<_>>());
        for _ in 0..20 {
            let mut facts = store.facts(ORG, FactQuery::all(group));
            assert_eq!(facts.next().await.unwrap().unwrap()[0].seq, Seq(118));
        }
        assert_eq!(keys(&store, group).await, (0..120).collect::<Vec<_>>());
    }
}
