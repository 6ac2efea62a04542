//! Watchers see every line once and in order, or are told that they missed some.

use super::{ORG, Place, post};
use app::live::{Seen, Watching};
use domain::Seq;

async fn line(watching: &mut Watching) -> (Seq, String) {
    match watching.next().await {
        Seen::Line(line) => (line.seq, line.words.as_deref().unwrap_or_default().to_owned()),
        other => panic!("{other:?} instead of a line"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_watcher_sees_what_is_committed_in_order() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let mut watchers: Vec<Watching> =
            (0..20).map(|_| place.live.watch(ORG, place.group)).collect();
        let many = (0..100).map(|n| post(place.group, place.ann, 10 + n, &n.to_string()));
        let answers = place.live.submit_many(ORG, many.collect()).await;
        assert!(answers.iter().all(Result::is_ok));
        for watching in &mut watchers {
            for n in 0..100 {
                assert_eq!(line(watching).await, (Seq(2 + n), n.to_string()));
            }
        }
        place.live.stop().await;
        assert_eq!(watchers[0].next().await, Seen::Stopping);
        assert_eq!(place.live.watch(ORG, place.group).next().await, Seen::Stopping);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_keep_up_is_told_of_the_gap_and_finds_everything_in_the_log() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let mut watching = place.live.watch(ORG, place.group);
        let many = (0..900).map(|n| post(place.group, place.ann, 10 + n, "话")).collect();
        place.live.submit_many(ORG, many).await;
        assert_eq!(watching.next().await, Seen::Gap);
        let log = place.live.lines_after(ORG, place.group, Seq(0), 2_000).await.unwrap();
        assert_eq!(log.len(), 901);
        place.live.stop().await;
    }
}
