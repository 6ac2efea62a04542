//! Opening live groups, their codes, and secrets.

use domain::{Extent, Millis, OrgId};
use store::{Fault, LinkRow};

use crate::live::{new_group, opened};
use crate::sample::ORG;

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_opened_once_and_listed() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut new = new_group("tea");
        new.evidence.messages = Extent::Full;
        let tea = store.open_live_group(ORG, new.clone()).await.unwrap();
        let other = store::NewLiveGroup { name: "x".to_owned(), ..new_group("tea") };
        assert_eq!(store.open_live_group(ORG, other).await.unwrap(), tea);
        let groups = store.live_groups(ORG).await.unwrap();
        assert_eq!((groups.len(), groups[0].name.as_str()), (1, new.name.as_str()));
        assert_eq!((groups[0].founded, groups[0].last), (Some(Millis(1_000)), None));
        let seen = &store.groups(ORG).await.unwrap()[0];
        assert_eq!((seen.id, seen.said.evidence), (tea, new.evidence));
        let nowhere = store.open_live_group(OrgId(9), new).await.unwrap_err();
        assert!(matches!(nowhere, Fault::Missing { what: "organisation", id: 9 }), "{nowhere}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_leads_to_its_group_and_is_not_given_twice() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let group = opened(&store, "tea").await.group;
        let link = |code: &str, made| LinkRow {
            code: code.to_owned(),
            org: ORG,
            group,
            via: "海报".to_owned(),
            made: Millis(made),
        };
        store.add_link(link("b", 2)).await.unwrap();
        store.add_link(link("a", 3)).await.unwrap();
        let twice = store.add_link(link("a", 4)).await.unwrap_err();
        assert!(matches!(twice, Fault::Constraint { .. }), "{twice}");
        assert_eq!(store.link("a").await.unwrap(), Some(link("a", 3)));
        assert_eq!(store.link("c").await.unwrap(), None);
        assert_eq!(store.links(ORG, group).await.unwrap(), [link("b", 2), link("a", 3)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_made_once() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..8_u8 {
            let store = database.open().await;
            tasks.spawn(async move { store.secret("cookies", vec![n; 32]).await.unwrap() });
        }
        let secret = store.secret("cookies", vec![99; 32]).await.unwrap();
        while let Some(seen) = tasks.join_next().await {
            assert_eq!(seen.unwrap(), secret);
        }
        assert_eq!(store.secret("other", vec![5]).await.unwrap(), [5]);
    }
}
