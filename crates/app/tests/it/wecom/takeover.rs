//! Taking over three hundred groups at once.

use app::console::Denied;
use app::console::groups::{BulkAsked, CardChange, CardRow, TakeoverAsked};
use domain::{GroupId, Millis, Role, StaffId};
use practice::wecom::{Practice, Setup, Size, company};

use crate::live::{NOON, ORG};
use crate::wecom::{Scene, hired, owner};

/// Three hundred groups, few people in each: names and owners matter here.
const SIZE: Size = Size { staff: 12, groups: 300, members: 4, days: 1 };

async fn set(database: &testkit::Database) -> Scene {
    let mut scene = Scene::set(database, 7).await;
    let mut books = company(7, SIZE, Millis(NOON));
    for (nth, group) in books.groups.values_mut().enumerate() {
        if nth < 120 {
            group.name = format!("公测{}群", nth + 1);
        }
    }
    let setup = Setup { seed: 7, books, from: Millis(NOON), ..Setup::default() };
    scene.practice = Practice::start(setup).unwrap();
    scene.connected().await;
    scene
}

fn asked(pattern: &str) -> TakeoverAsked {
    TakeoverAsked { pattern: pattern.to_owned(), owner: None }
}

async fn cards(scene: &Scene) -> Vec<CardRow> {
    let mut cards = scene.store.cards(ORG).await.unwrap();
    for card in &mut cards {
        card.changed = Millis(0);
    }
    cards.retain(|card| *card != CardRow::empty(card.group));
    cards
}

// catalogue: U22
#[tokio::test]
async fn three_hundred_groups_are_found_set_as_previewed_and_restored() {
    let database = testkit::sqlite();
    let scene = set(&database).await;
    let (console, me) = (&scene.console, owner());
    let keeper = hired(&scene.store, "keeper", Role::Staff).await;
    let all = console.takeover_groups(&me, &TakeoverAsked::default()).await.unwrap();
    assert_eq!((all.lines.len(), all.all), (300, 300));
    assert_eq!(all.patterns[0], ("公测{n}群".to_owned(), 120), "found from the names");
    let owned: usize = all.owners.iter().map(|one| one.groups).sum();
    assert_eq!(owned, 300);
    let of = &all.owners[0];
    let only = TakeoverAsked { owner: Some((of.account, of.userid.clone())), ..asked("") };
    let only = console.takeover_groups(&me, &only).await.unwrap();
    assert_eq!(only.lines.len(), of.groups);

    let found = console.takeover_groups(&me, &asked("公测{n}群")).await.unwrap();
    let numbers: Vec<u64> = found.lines.iter().filter_map(|line| line.number).collect();
    assert_eq!(numbers, (1..=120).collect::<Vec<u64>>(), "in the order of their numbers");
    let groups: Vec<GroupId> = found.lines.iter().map(|line| line.group).collect();
    // One is so already, one has as many tags as fit.
    let change = |change| console.bulk_change(&me, change);
    let full = CardChange { add: (0..20).map(|n| format!("t{n}")).collect(), ..kind() };
    let full = BulkAsked { which: Err(vec![groups[1]]), change: full, seen: None };
    change(&full).await.unwrap().unwrap();
    let wanted = CardChange { owner: Some(keeper), add: vec!["公测".to_owned()], ..kind() };
    let same = BulkAsked { which: Err(vec![groups[0]]), change: wanted.clone(), seen: None };
    change(&same).await.unwrap().unwrap();
    let before = cards(&scene).await;

    let mut bulk = BulkAsked { which: Err(groups.clone()), change: wanted, seen: None };
    let preview = console.bulk_preview(&me, &bulk).await.unwrap();
    assert_eq!((preview.changes.len(), preview.same, preview.outside), (118, 1, 0));
    assert_eq!(preview.crowded, [groups[1]], "it would have too many tags");
    bulk.seen = Some(preview.mark);
    let (id, n) = change(&bulk).await.unwrap().unwrap();
    assert_eq!(n, 118);
    let after = cards(&scene).await;
    for (was, becomes) in &preview.turns {
        assert_eq!(was.group, becomes.group);
        let now = after.iter().find(|card| card.group == becomes.group).unwrap();
        let becomes = CardRow { changed: Millis(0), ..becomes.clone() };
        assert_eq!(*now, becomes, "what the preview said");
    }
    // What was previewed is no longer what would happen.
    assert!(matches!(change(&bulk).await, Err(Denied::Changed)));

    let taken = console.bulk_undo(&me, id).await.unwrap();
    assert_eq!((taken.restored, taken.kept.len()), (118, 0));
    assert_eq!(cards(&scene).await, before, "all as it was");
    assert!(matches!(console.bulk_undo(&me, id).await, Err(Denied::Changed)), "once");

    // All three hundred, and back.
    let groups = all.lines.iter().map(|line| line.group).collect();
    let every = CardChange { backup: Some(keeper), ..CardChange::default() };
    let every = BulkAsked { which: Err(groups), change: every, seen: None };
    let (id, n) = change(&every).await.unwrap().unwrap();
    assert_eq!((n, console.bulk_undo(&me, id).await.unwrap().restored), (300, 300));
    assert_eq!(cards(&scene).await, before);
}

// catalogue: U22
#[tokio::test]
async fn what_was_changed_since_stays_when_a_take_over_is_taken_back() {
    let database = testkit::sqlite();
    let scene = set(&database).await;
    let (console, me) = (&scene.console, owner());
    let found = console.takeover_groups(&me, &asked("公测{n}群")).await.unwrap();
    let groups: Vec<GroupId> = found.lines.iter().map(|line| line.group).collect();
    let bulk = BulkAsked { which: Err(groups.clone()), change: kind(), seen: None };
    let (id, _) = console.bulk_change(&me, &bulk).await.unwrap().unwrap();
    let tag = CardChange { add: vec!["后来".to_owned()], ..CardChange::default() };
    let since = BulkAsked { which: Err(vec![groups[5]]), change: tag, seen: None };
    console.bulk_change(&me, &since).await.unwrap().unwrap();
    let taken = console.bulk_undo(&me, id).await.unwrap();
    assert_eq!((taken.restored, taken.kept), (119, vec![groups[5]]));
    let left = cards(&scene).await;
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].kind.as_str(), left[0].owner), ("benefit", StaffId::NOBODY));
}

#[tokio::test]
async fn a_pattern_that_is_none_names_its_field() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 7).await;
    let no = scene.console.takeover_groups(&owner(), &asked("公测{x}群")).await;
    let Err(Denied::Wrong(fields)) = no else { panic!("{no:?}") };
    assert_eq!((fields[0].field, fields[0].code), ("pattern", "brace"));
}

fn kind() -> CardChange {
    CardChange { kind: Some("benefit".to_owned()), ..CardChange::default() }
}
