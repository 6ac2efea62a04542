//! What is kept of live codes, on both databases.

use domain::{Day, Millis, OrgId};
use store::{
    Acting, Fault, LinkScan, LinkSpend, LinkWayRow, NewLinkCode, NewLinkPlacement, PlacementSaid,
    Store,
};

use crate::people;
use crate::sample::ORG;

fn acting(org: OrgId, act: &'static str, at: i64) -> Acting {
    Acting { org, ..people::acting_at(act, Millis(at)) }
}

async fn code(store: &Store, org: OrgId, name: &str) -> i64 {
    let (kind, body) = ("web".to_owned(), "{}".to_owned());
    let new = NewLinkCode { kind, name: name.to_owned(), company: None, body };
    store.add_link_code(new, acting(org, "code.opened", 5)).await.unwrap()
}

fn at(code: i64, slug: &str, cents: &[i64]) -> NewLinkPlacement {
    let spend = |(day, cents): (i32, &i64)| LinkSpend { day: Day(day), cents: *cents };
    let said = PlacementSaid {
        name: "店门口".to_owned(),
        spends: (20_000..).zip(cents).map(spend).collect(),
        ..PlacementSaid::default()
    };
    NewLinkPlacement { code, slug: slug.to_owned(), said }
}

#[tokio::test]
async fn a_slug_is_one_placements_over_all_organisations_and_nothing_crosses_them() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let other = store.add_organisation("别家").await.unwrap();
        let (ours, theirs) = (code(&store, ORG, "公测").await, code(&store, other, "别家").await);
        let place = |org| acting(org, "placement.made", 6);
        let id = store.add_link_placement(at(ours, "abcd0001", &[100, 0]), place(ORG)).await;
        let id = id.unwrap();
        let taken = store.add_link_placement(at(theirs, "abcd0001", &[]), place(other)).await;
        assert!(matches!(taken, Err(Fault::Constraint { .. })), "{taken:?}");
        store.add_link_placement(at(theirs, "abcd0002", &[7]), place(other)).await.unwrap();
        let rows = store.link_placements(ORG).await.unwrap();
        let row = rows.first().unwrap();
        assert_eq!((rows.len(), row.slug.as_str(), row.said.spends.len()), (1, "abcd0001", 2));
        // Changing what was spent takes the place of all that was.
        let said = PlacementSaid { name: "店里".to_owned(), ..PlacementSaid::default() };
        let act = acting(ORG, "placement.changed", 7);
        assert!(store.change_link_placement(id, said, act).await.unwrap());
        let row = store.link_placements(ORG).await.unwrap().remove(0);
        assert_eq!((row.said.name.as_str(), row.said.spends.len()), ("店里", 0));
        let called = store.link_placements_called(ORG).await.unwrap();
        let names: Vec<_> = called.iter().map(|one| (&*one.slug, &*one.name)).collect();
        assert_eq!(names, [("abcd0001", "店里")]);
        assert!(called.iter().all(|one| !one.is_open), "an address hands no slug back");
        let close = |act, at| acting(ORG, act, at);
        assert!(store.close_link_placement(id, close("placement.closed", 8)).await.unwrap());
        assert!(!store.close_link_placement(id, close("placement.closed", 9)).await.unwrap());
        assert!(store.reopen_link_placement(id, close("placement.reopened", 9)).await.unwrap());
        assert!(!store.close_link_code(theirs + 7, close("code.closed", 9)).await.unwrap());
    }
}

#[tokio::test]
async fn scans_of_one_moment_stand_once_each_and_are_counted_by_place_and_target() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let code = code(&store, ORG, "公测").await;
        let placed = acting(ORG, "placement.made", 6);
        let id = store.add_link_placement(at(code, "abcd0001", &[]), placed).await.unwrap();
        let scan = |at: i64, n: i64, target: &str| LinkScan {
            placement: id,
            at: Millis(at),
            n,
            target: target.to_owned(),
            device: 2,
            again: n % 2 == 0,
        };
        let scans = [scan(5, 0, "sam"), scan(5, 1, "ann"), scan(9, 2, "sam"), scan(20, 3, "")];
        for _ in 0..2 {
            store.note_link_scans(ORG, &scans).await.unwrap();
        }
        let counted = store.link_scanned(ORG, (Millis(0), Millis(20))).await.unwrap();
        let counted: Vec<(i64, u64, Millis)> =
            counted.iter().map(|one| (one.placement, one.scans, one.last)).collect();
        assert_eq!(counted, [(id, 3, Millis(9))]);
        let mut led = store.link_led(ORG, Millis(6)).await.unwrap();
        led.sort();
        assert_eq!(led, [("sam".to_owned(), id, 1)]);
        let moments = store.link_scan_moments(ORG, (Millis(5), Millis(10))).await.unwrap();
        assert_eq!(moments, [(id, Millis(5)), (id, Millis(5)), (id, Millis(9))]);
        // What stands still is tried at once when somebody asks.
        let way = LinkWayRow {
            placement: id,
            code,
            userid: String::new(),
            config: "c0".to_owned(),
            picture: String::new(),
            told: String::new(),
            failure: "limit|45009".to_owned(),
            next: Some(Millis(99)),
        };
        store.put_link_way(ORG, &way, Millis(7)).await.unwrap();
        assert_eq!(store.retry_link_ways(ORG, code).await.unwrap(), 1);
        let rows = store.link_ways(ORG).await.unwrap();
        assert_eq!(rows, [LinkWayRow { failure: String::new(), next: None, ..way.clone() }]);
        store.drop_link_way(ORG, &way).await.unwrap();
        assert!(store.link_ways(ORG).await.unwrap().is_empty());
    }
}
