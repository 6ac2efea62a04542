//! Cards of groups: changed many at once, taken back; views.

use domain::{GroupId, Millis, OrgId, StaffId};
use store::{Acting, CardChange, NewView};

use crate::raw;
use crate::sample::ORG;

fn acting(org: OrgId, at: i64) -> Acting {
    Acting {
        org,
        staff: StaffId(7),
        at: Millis(at),
        act: "groups.changed",
        group: None,
        person: None,
        about: "{}".to_owned(),
    }
}

const NOTES: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM audit";

// catalogue: A14, R01
#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_change_is_taken_back_but_for_cards_that_somebody_changed_since() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let other = store.add_organisation("other").await.unwrap();
        raw::groups(&database, 3).await;
        let groups: Vec<GroupId> = (1..=3).map(GroupId).collect();
        let first = CardChange { add: vec!["旧".to_owned()], ..CardChange::default() };
        assert!(store.change_card(acting(ORG, 1), groups[0], first.clone()).await.unwrap());
        assert!(!store.change_card(acting(ORG, 1), groups[0], first).await.unwrap());
        let change = CardChange {
            kind: Some("benefit".to_owned()),
            owner: Some(StaffId(3)),
            add: vec!["vip".to_owned()],
            remove: vec!["旧".to_owned()],
            ..CardChange::default()
        };
        let done =
            store.change_cards(acting(ORG, 2), groups.clone(), change.clone()).await.unwrap();
        let (id, count) = done.unwrap();
        assert_eq!(count, 3);
        assert_eq!(store.change_cards(acting(ORG, 2), groups.clone(), change).await.unwrap(), None);
        for card in store.cards(ORG).await.unwrap() {
            assert_eq!((card.kind.as_str(), card.owner), ("benefit", StaffId(3)));
            assert_eq!(card.tags, ["vip"]);
        }
        assert!(store.cards(other).await.unwrap().is_empty());
        let since = CardChange { backup: Some(StaffId(4)), ..CardChange::default() };
        store.change_card(acting(ORG, 3), groups[1], since).await.unwrap();
        assert!(store.take_back(acting(other, 4), id).await.unwrap().is_none());
        let taken = store.take_back(acting(ORG, 4), id).await.unwrap().unwrap();
        assert_eq!((taken.restored, taken.kept), (2, vec![groups[1]]));
        assert!(store.take_back(acting(ORG, 5), id).await.unwrap().is_none());
        let card = store.card(ORG, groups[0]).await.unwrap();
        assert_eq!((card.kind.as_str(), card.tags), ("", vec!["旧".to_owned()]));
        assert_eq!(store.card(ORG, groups[1]).await.unwrap().owner, StaffId(3));
        assert_eq!(raw::rows(&database, NOTES).await, ["4"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_seen_by_its_owner_or_by_all_and_replaced_by_its_name() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let view = |staff: i64, query: &str| NewView {
            place: "groups",
            staff: StaffId(staff),
            name: "没人管".to_owned(),
            query: query.to_owned(),
        };
        store.save_view(acting(ORG, 1), view(7, "a=1")).await.unwrap();
        let own = store.save_view(acting(ORG, 2), view(7, "a=2")).await.unwrap();
        let shared = store.save_view(acting(ORG, 3), view(0, "a=3")).await.unwrap();
        let seen = |staff| store.views(ORG, StaffId(staff), "groups");
        assert_eq!(seen(7).await.unwrap().len(), 2);
        assert_eq!(seen(8).await.unwrap()[0].query, "a=3");
        assert!(!store.drop_view(acting(ORG, 4), shared, false).await.unwrap());
        assert!(store.drop_view(acting(ORG, 4), shared, true).await.unwrap());
        assert_eq!(seen(7).await.unwrap()[0].id, own);
        assert!(store.views(ORG, StaffId(7), "people").await.unwrap().is_empty());
    }
}
