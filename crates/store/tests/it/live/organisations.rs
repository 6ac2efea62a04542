//! Organisations that are made for a demonstration and wiped.

use store::{Fault, LinkRow, LiveWrite};

use crate::live::{full, line_keys, one, opened, opened_in};
use crate::sample::{ORG, imported, person};

#[tokio::test(flavor = "multi_thread")]
async fn a_wiped_organisation_takes_nothing_of_another_with_it() {
    for database in testkit::databases().await {
        let store = database.open().await;
        imported(&store, "old", 0..10).await;
        let kept = opened(&store, "tea").await;
        store.commit_live(one(full(&kept, 1))).await.unwrap();
        store.ensure_identity(ORG, person("g1", "Ann")).await.unwrap();
        store.secret("cookies", vec![1]).await.unwrap();
        let before = store.table_sizes().await.unwrap();

        let demo = store.add_demo_organisation("演示").await.unwrap();
        let head = opened_in(&store, demo, "tea").await;
        let write = LiveWrite { org: demo, ..one(full(&head, 1)) };
        store.commit_live(write.clone()).await.unwrap();
        store.ensure_identity(demo, person("g1", "Bob")).await.unwrap();
        let link = LinkRow {
            code: "abc".to_owned(),
            org: demo,
            group: head.group,
            via: String::new(),
            made: domain::Millis(1),
        };
        store.add_link(link).await.unwrap();
        let marks: Vec<_> =
            store.organisations().await.unwrap().iter().map(|row| (row.id, row.demo)).collect();
        assert_eq!(marks, [(ORG, false), (demo, true)]);

        let running = crate::sample::begin(&store).await;
        let refused = store.wipe_organisation(demo).await.unwrap_err();
        assert!(matches!(refused, Fault::ImportRunning), "{refused}");
        running.abandon().await.unwrap();
        let rows = store.wipe_organisation(demo).await.unwrap();
        // Organisation, group, head, fact, words, span, member, timer, task, action, link, person.
        assert_eq!(rows, 12);
        assert_eq!(store.table_sizes().await.unwrap(), before);
        assert_eq!(line_keys(&store, kept.group).await, [1]);
        assert_eq!(store.link("abc").await.unwrap(), None);
        let lost = store.commit_live(write).await.unwrap_err();
        assert!(matches!(lost, Fault::FenceLost { .. }), "{lost}");
        let gone = store.wipe_organisation(demo).await.unwrap_err();
        assert!(matches!(gone, Fault::Missing { what: "organisation", .. }), "{gone}");
        assert!(store.add_demo_organisation("演示").await.unwrap().0 > demo.0, "a number again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_organisation_is_never_wiped() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let before = store.table_sizes().await.unwrap();
        let refused = store.wipe_organisation(ORG).await.unwrap_err();
        assert!(matches!(refused, Fault::KeptOrganisation { org } if org == ORG), "{refused}");
        assert_eq!(store.table_sizes().await.unwrap(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn organisations_do_not_see_each_others_live_groups() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let other = store.add_organisation("跑团").await.unwrap();
        let tea = opened(&store, "tea").await;
        store.commit_live(one(full(&tea, 1))).await.unwrap();
        assert!(store.live_groups(other).await.unwrap().is_empty());
        assert!(store.members(other, tea.group).await.unwrap().is_empty());
        assert!(store.lines(other, tea.group, domain::Seq(0), 9).await.unwrap().is_empty());
        let key = domain::SourceKey { key: 1, part: 0 };
        assert_eq!(store.known(other, vec![(tea.group, key)]).await.unwrap(), [None]);
        let write = LiveWrite { org: other, ..one(full(&tea, 2)) };
        store.commit_live(write).await.unwrap_err();
    }
}
