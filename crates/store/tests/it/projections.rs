//! Pages and stays come back as they were given.

use domain::{Day, IdentityId, JoinManner, LeaveManner, Millis, Seq};
use store::{Fault, Finish, KeptPages, Page, Projection, Stay};

use crate::sample::{ORG, begin, finish, imported};

fn page(day: i32, byte: u8) -> Page {
    let bytes = vec![byte; usize::from(byte) * 100];
    Page { day: Day(day), settings_version: 3, through_seq: Seq(i64::from(day)), bytes }
}

fn stays() -> Vec<Stay> {
    let first = Stay {
        identity: IdentityId(1),
        n: 1,
        joined: None,
        how: JoinManner::Listed,
        by: IdentityId::NOBODY,
        left: Some((Millis(-5), LeaveManner::Removed)),
    };
    let second = Stay {
        n: 2,
        joined: Some(Millis(7)),
        how: JoinManner::Invited,
        by: IdentityId(2),
        left: None,
        ..first
    };
    vec![first, second, Stay { identity: IdentityId(2), n: 1, ..second }]
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_stays_come_back_as_they_were_given() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let group = imported(&store, "tea", 0..3).await.group;
        let pages: Vec<Page> = (-2..1_500).map(|day| page(day, 1)).collect();
        let put = Projection {
            group,
            revision: 1,
            from_day: None,
            pages: pages.clone(),
            stays: Some(stays()),
        };
        store.replace_projections(ORG, vec![put.clone()]).await.unwrap();
        assert_eq!(store.pages(ORG, group, None, None).await.unwrap(), pages);
        assert_eq!(store.stays(ORG, group).await.unwrap(), stays());
        let some = store.pages(ORG, group, Some(Day(-1)), Some(Day(1))).await.unwrap();
        assert_eq!(some, [page(-1, 1), page(0, 1), page(1, 1)]);

        // A late fact: its day and all later ones are folded again.
        let late = Projection {
            from_day: Some(Day(1)),
            pages: vec![page(1, 2), page(2, 0)],
            stays: None,
            ..put
        };
        store.replace_projections(ORG, vec![late]).await.unwrap();
        let now = store.pages(ORG, group, Some(Day(0)), None).await.unwrap();
        assert_eq!(now, [page(0, 1), page(1, 2), page(2, 0)]);
        assert_eq!(store.stays(ORG, group).await.unwrap(), stays());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_an_older_revision_are_refused_and_change_nothing() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let group = imported(&store, "tea", 0..3).await.group;
        let other = imported(&store, "coffee", 0..3).await.group;
        imported(&store, "tea", 3..6).await;
        let put = |group| Projection {
            group,
            revision: 1,
            from_day: None,
            pages: vec![page(1, 1)],
            stays: None,
        };
        let stale = store.replace_projections(ORG, vec![put(other), put(group)]).await.unwrap_err();
        assert!(matches!(stale, Fault::Stale { group: refused } if refused == group), "{stale}");
        assert!(store.pages(ORG, other, None, None).await.unwrap().is_empty());
        store.replace_projections(ORG, vec![put(other)]).await.unwrap();
        assert_eq!(store.pages(ORG, other, None, None).await.unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_go_in_and_come_out_one_by_one() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let group = imported(&store, "tea", 0..3).await.group;
        let kept = |pages: Vec<std::io::Result<Page>>| {
            let pages = Box::new(pages.into_iter());
            Finish { pages: vec![KeptPages { group, pages }], ..finish() }
        };
        let pages: Vec<Page> = (-40..1_500).map(|day| page(day, 200)).collect();

        let broken = vec![Ok(page(1, 1)), Err(std::io::ErrorKind::UnexpectedEof.into())];
        let import = begin(&store).await;
        import.finish(kept(broken)).await.unwrap_err();
        assert!(store.pages(ORG, group, None, None).await.unwrap().is_empty(), "whole or not");

        let import = begin(&store).await;
        import.finish(kept(pages.iter().cloned().map(Ok).collect())).await.unwrap();
        let read = store.each_page(ORG, group, Vec::new(), Vec::push).await.unwrap();
        assert_eq!(read, pages);
    }
}
