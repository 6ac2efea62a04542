//! What is submitted is committed once, or refused with a reason.

use super::{ORG, Place, event, join, post, start};
use app::live::Refused;
use domain::{Event, EventWhat, GroupId, LeaveManner, Origin, Seq};
use engine::Refusal;
use store::Store;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_stands_in_the_log_after_the_answer() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let receipt = place.say(10, "早上好，今天几点出发？").await;
        assert_eq!((receipt.seq, receipt.again), (Seq(2), false));
        let lines = place.live.lines_after(ORG, place.group, Seq(0), 10).await.unwrap();
        assert_eq!(lines.len(), 2, "a join and a message");
        assert_eq!(lines[1].words.as_deref(), Some("早上好，今天几点出发？"));
        assert!(lines[1].fact.features.chars() > 0, "judged at intake");
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_twice_is_one_message_and_somebody_elses_key_is_taken() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let first = place.say(10, "一").await;
        let again = place.say(10, "一").await;
        assert_eq!((again.seq, again.again), (first.seq, true));
        let bob = place.live.guest(ORG, "bob", "Bob").await.unwrap();
        place.live.submit(ORG, join(place.group, bob, 11, "Bob")).await.unwrap();
        let taken = place.live.submit(ORG, post(place.group, bob, 10, "二")).await;
        assert!(matches!(taken, Err(Refused::KeyTaken)), "{taken:?}");
        let twice = vec![post(place.group, bob, 12, "三"), post(place.group, bob, 12, "三")];
        let answers = place.live.submit_many(ORG, twice).await;
        let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
        assert_eq!((answers[0].again, answers[1].again), (false, true));
        assert_eq!(answers[0].seq, answers[1].seq);
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_and_comes_again_in_one_commit_is_there_once() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let what = EventWhat::Leave { how: LeaveManner::Left };
        let goes = Event { what, ..post(place.group, place.ann, 20, "") };
        let comes = join(place.group, place.ann, 21, "Ann");
        for answer in place.live.submit_many(ORG, vec![goes, comes]).await {
            answer.unwrap();
        }
        place.live.stop().await;
        let store = Store::open(database.url()).await.unwrap();
        let groups = store.live_groups(ORG).await.unwrap();
        assert_eq!(groups[0].members, 1, "the stay that ended is written, too");
        let members = store.members(ORG, place.group).await.unwrap();
        assert_eq!((members.len(), members[0].n, members[0].left), (1, 2, None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_known_again_after_a_restart() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let first = place.say(10, "一").await;
        place.say(20, "二").await;
        place.live.stop().await;
        let live = start(&database, &place.clock).await;
        let again = live.submit(ORG, post(place.group, place.ann, 10, "一")).await.unwrap();
        assert_eq!((again.seq, again.again), (first.seq, true));
        let next = live.submit(ORG, post(place.group, place.ann, 15, "三")).await.unwrap();
        assert_eq!((next.seq, next.again), (Seq(4), false), "a smaller key may still be new");
        live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_changes_nothing_and_the_others_of_its_batch_go_on() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let stranger = place.live.guest(ORG, "eve", "Eve").await.unwrap();
        let answers = place
            .live
            .submit_many(
                ORG,
                vec![
                    post(place.group, place.ann, 10, "一"),
                    post(place.group, stranger, 11, "二"),
                    post(place.group, place.ann, 12, "三"),
                    post(GroupId(99), place.ann, 13, "四"),
                ],
            )
            .await;
        assert_eq!(answers[0].as_ref().unwrap().seq, Seq(2));
        assert!(matches!(answers[1], Err(Refused::Domain(Refusal::NotMember))), "{answers:?}");
        assert_eq!(answers[2].as_ref().unwrap().seq, Seq(3));
        assert!(matches!(answers[3], Err(Refused::NoSuchGroup)), "{answers:?}");
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_taken_back_leaves_no_words() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        place.say(10, "说错了").await;
        let recall = EventWhat::Recall { of: 10, said: None };
        place.live.submit(ORG, event(place.group, place.ann, 11, recall.clone())).await.unwrap();
        let lines = place.live.lines_of(ORG, place.group, &[10]).await.unwrap();
        assert_eq!(lines[0].words, None);
        let again = place.live.submit(ORG, event(place.group, place.ann, 12, recall)).await;
        let gone = matches!(again, Err(Refused::Domain(Refusal::NoSuchMessage)));
        assert!(gone, "{again:?}");
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_leaves_no_words_of_its_later_versions_either() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let edit = |key: i64, of: i64, text: &str| {
            let what = EventWhat::Edit { of, said: None, text: text.into() };
            event(place.group, place.ann, key, what)
        };
        place.say(10, "说错了").await;
        place.say(11, "没说错").await;
        place.live.submit(ORG, edit(12, 10, "还是错了")).await.unwrap();
        place.live.submit(ORG, edit(13, 11, "真没说错")).await.unwrap();
        // The last version comes in one batch with the recall.
        let recall = event(place.group, place.ann, 15, EventWhat::Recall { of: 10, said: None });
        let last = vec![edit(14, 10, "又错了"), recall];
        let answers = place.live.submit_many(ORG, last).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        let lines = place.live.lines_after(ORG, place.group, Seq(1), 10).await.unwrap();
        let words: Vec<_> = lines.iter().map(|line| line.words.as_deref()).collect();
        assert_eq!(words, [None, Some("没说错"), None, Some("真没说错"), None, None]);
        // A platform tells of one more version after the recall.
        let late = Event { origin: Origin::Told, ..edit(16, 10, "早就错了") };
        let at = place.live.submit(ORG, late).await.unwrap().seq;
        let line = place.live.lines_after(ORG, place.group, Seq(at.0 - 1), 1).await.unwrap();
        assert_eq!(line[0].words, None);
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_stopping_nothing_is_taken_in_and_what_was_taken_in_is_committed() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let many = (0..500).map(|n| post(place.group, place.ann, 10 + n, "一")).collect();
        let (live, group) = (place.live.clone(), place.group);
        let submitted = tokio::spawn(async move { live.submit_many(ORG, many).await });
        place.say(5, "零").await;
        place.live.stop().await;
        let late = place.live.submit(ORG, post(group, place.ann, 9_000, "晚")).await;
        assert!(matches!(late, Err(Refused::Stopping)), "{late:?}");
        let kept = submitted.await.unwrap().iter().filter(|answer| answer.is_ok()).count();
        let lines = place.live.lines_after(ORG, group, Seq(0), 1_000).await.unwrap();
        assert_eq!(lines.len(), 2 + kept, "what was acknowledged, and nothing else");
    }
}
