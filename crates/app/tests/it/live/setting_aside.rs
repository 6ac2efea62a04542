//! What the world does to a batch: passing faults lose nothing that was acknowledged, and what
//! cannot be processed is set aside while the others go on.

use super::{NOON, ORG, Place, SetClock, event, post, settings};
use app::live::{Answer, Book, Clock, Holding, Known, Live, Refused};
use domain::{EventWhat, GroupId, OrgId, Seq, SourceKey};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use store::{Fault, IntakeRow, Lease, LiveWrite, Store};

/// A store that refuses words it does not like, or everything, or forgets to answer.
struct Moody {
    store: Store,
    /// Words that cannot be committed are refused while this stands.
    dislikes: AtomicBool,
    /// So many commits fail before they reach the store.
    busy: AtomicU32,
    /// So many commits go through, and their answer is lost.
    lost: AtomicU32,
    commits: AtomicU32,
}

fn once(count: &AtomicU32) -> bool {
    count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
}

impl Book for Moody {
    fn hold(&self, org: OrgId, groups: Vec<GroupId>, lease: Lease) -> Answer<'_, Vec<Holding>> {
        Book::hold(&self.store, org, groups, lease)
    }

    fn known(&self, org: OrgId, keys: Vec<(GroupId, SourceKey)>) -> Answer<'_, Vec<Known>> {
        Book::known(&self.store, org, keys)
    }

    fn commit(&self, write: LiveWrite) -> Answer<'_, ()> {
        Box::pin(async move {
            self.commits.fetch_add(1, Ordering::SeqCst);
            let mut facts = write.groups.iter().flat_map(|group| &group.facts);
            let is_bad = facts.any(|new| new.words.as_deref().is_some_and(|w| w.contains("毒")));
            if is_bad && self.dislikes.load(Ordering::SeqCst) {
                return Err(Fault::Damaged { what: "words".to_owned() });
            }
            if once(&self.busy) {
                return Err(Fault::Busy { source: "another".into() });
            }
            Book::commit(&self.store, write).await?;
            if once(&self.lost) {
                return Err(Fault::Lost { source: "gone".into() });
            }
            Ok(())
        })
    }

    fn set_aside(&self, row: IntakeRow) -> Answer<'_, ()> {
        Book::set_aside(&self.store, row)
    }
}

async fn open(database: &testkit::Database) -> (Place, Arc<Moody>) {
    let store = database.open().await;
    let moody = Arc::new(Moody {
        store: store.clone(),
        dislikes: AtomicBool::new(true),
        busy: AtomicU32::new(0),
        lost: AtomicU32::new(0),
        commits: AtomicU32::new(0),
    });
    let clock = SetClock::at(NOON);
    let given: Arc<dyn Clock> = Arc::<SetClock>::clone(&clock);
    let book: Arc<dyn Book> = Arc::<Moody>::clone(&moody);
    let live = Live::start_on(book, (store, given), Vec::new(), settings()).await.unwrap();
    (Place::open_on(live, clock).await, moody)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poison_event_is_found_set_aside_and_can_be_tried_again() {
    for database in testkit::databases().await {
        let (place, moody) = open(&database).await;
        let text = |n: i64| if n % 40 == 7 { format!("毒 {n}") } else { n.to_string() };
        let many = (0..100).map(|n| post(place.group, place.ann, 10 + n, &text(n)));
        let answers = place.live.submit_many(ORG, many.collect()).await;
        for (n, answer) in answers.iter().enumerate() {
            if n % 40 == 7 {
                assert!(matches!(answer, Err(Refused::SetAside)), "{n}: {answer:?}");
            } else {
                assert!(answer.is_ok(), "{n}: {answer:?}");
            }
        }
        assert!(moody.commits.load(Ordering::SeqCst) < 60, "found by halving");
        let aside = place.live.set_aside(ORG, 10).await.unwrap();
        assert_eq!(aside.len(), 3);
        assert!(aside[0].failure.contains("damaged"), "{}", aside[0].failure);
        moody.dislikes.store(false, Ordering::SeqCst);
        assert!(place.live.retry_set_aside(ORG, aside[0].id).await.unwrap());
        assert!(place.live.drop_set_aside(ORG, aside[1].id).await.unwrap());
        assert_eq!(place.live.set_aside(ORG, 10).await.unwrap().len(), 1);
        let lines = place.live.lines_after(ORG, place.group, Seq(0), 200).await.unwrap();
        assert_eq!(lines.len(), 1 + 97 + 1);
        assert_eq!(lines.last().unwrap().words.as_deref(), Some("毒 7"));
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_failed_leaves_nothing_and_may_be_tried_again() {
    for database in testkit::databases().await {
        let (place, moody) = open(&database).await;
        moody.busy.store(3, Ordering::SeqCst);
        let what = EventWhat::Rename { name: "Anna".into() };
        let failed = place.live.submit(ORG, event(place.group, place.ann, 10, what.clone())).await;
        assert!(matches!(failed, Err(Refused::Fault(_))), "{failed:?}");
        let ann = place.live.member(ORG, place.group, place.ann).await.unwrap().unwrap();
        assert_eq!(&*ann.name, "Ann");
        let done = place.live.submit(ORG, event(place.group, place.ann, 10, what)).await.unwrap();
        assert_eq!((done.seq, done.again), (Seq(2), false));
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_was_lost_is_found_in_the_log() {
    for database in testkit::databases().await {
        let (place, moody) = open(&database).await;
        let mut watching = place.live.watch(ORG, place.group);
        moody.lost.store(1, Ordering::SeqCst);
        let failed = place.live.submit(ORG, post(place.group, place.ann, 10, "在吗")).await;
        assert!(matches!(failed, Err(Refused::Fault(_))), "{failed:?}");
        assert_eq!(watching.next().await, app::live::Seen::Gap);
        let again = place.say(10, "在吗").await;
        assert_eq!((again.seq, again.again), (Seq(2), true));
        place.live.caught_up().await;
        assert_eq!(database.open().await.behind(ORG).await.unwrap(), Vec::new());
        place.live.stop().await;
    }
}
