//! Finding names, messages and places, on both databases.

use domain::{IdentityId, Millis, Seq};

use crate::sample::{ORG, begin, finish, group, imported, messages, person};

#[tokio::test(flavor = "multi_thread")]
async fn names_are_read_in_the_order_of_their_numbers_and_never_those_of_a_pending_import() {
    for database in testkit::databases().await {
        let store = database.open().await;
        imported(&store, "tea", 0..3).await;
        let all = store.names_after(ORG, IdentityId(0), 9).await.unwrap();
        let names: Vec<&str> = all.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["Ann", "小林"]);
        assert_eq!(store.names_after(ORG, all[0].0, 9).await.unwrap(), all[1..]);
        assert_eq!(store.names_after(ORG, IdentityId(0), 1).await.unwrap(), all[..1]);
        let mut pending = begin(&store).await;
        pending.identities(vec![person("new", "阿杰")]).await.unwrap();
        assert_eq!(store.names_after(ORG, IdentityId(0), 9).await.unwrap(), all);
        pending.abandon().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_found_by_their_words_the_newest_first_and_back_to_a_place() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let tea = imported(&store, "tea", 0..20).await.group;
        let look = |low| [(tea, Seq(low))];
        let all = store.phrases(ORG, &look(1), "第1", 99).await.unwrap();
        let keys: Vec<i64> = all.iter().map(|phrase| phrase.at.0 / 1000).collect();
        assert_eq!(keys, (10..20).rev().chain([1]).collect::<Vec<_>>());
        assert_eq!(all[0].who, IdentityId(1));
        let few = store.phrases(ORG, &look(18), "第1", 2).await.unwrap();
        assert_eq!(few.as_slice(), &all[..2]);
        assert_eq!(store.moments(ORG, &look(18)).await.unwrap(), [(tea, Millis(17_000))]);
        assert!(store.moments(ORG, &look(21)).await.unwrap().is_empty(), "nothing stands there");
        for nothing in ["第1%", "_", "!", "没有"] {
            assert!(store.phrases(ORG, &look(1), nothing, 9).await.unwrap().is_empty());
        }
        assert_eq!(store.tails(ORG).await.unwrap(), [(tea, Seq(20))]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_a_pending_import_are_not_found() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let tea = imported(&store, "tea", 0..5).await.group;
        let mut pending = begin(&store).await;
        pending.group(group("tea", "茶友")).await.unwrap();
        pending.append(tea, messages(70..75)).await.unwrap();
        let look = [(tea, Seq(1))];
        assert!(store.phrases(ORG, &look, "第7", 9).await.unwrap().is_empty());
        pending.finish(finish()).await.unwrap();
        assert_eq!(store.phrases(ORG, &look, "第7", 9).await.unwrap().len(), 5);
    }
}
