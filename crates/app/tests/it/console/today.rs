//! Today for each role and scope: nobody is shown what they cannot close.

use app::console::{Console, Denied, Ended, Later, Look, Writing};
use domain::{
    Action, Actor, ActorClass, Capability, GroupId, IdentityId, May, Millis, Role, Scope, StaffId,
    TaskKind,
};
use rehearsal::platform::Abilities;
use store::{TaskRow, TaskState};

use crate::live::{NOON, ORG, Place, plant, staff};

fn actor(role: Role, scope: Scope) -> Actor {
    Actor { org: ORG, staff: StaffId(1), name: "阿杰".to_owned(), role, scope }
}

fn all() -> Look {
    Look { limit: 100, ..Look::default() }
}

/// A group with a task of every kind, and somebody whom nobody greeted.
async fn scene(database: &testkit::Database) -> (Place, Console) {
    let place = Place::open(database).await;
    let group = place.group;
    let task = |kind: TaskKind| TaskRow {
        org: ORG,
        group,
        name: format!("{}:7:0", kind.word()),
        kind: kind.word().to_owned(),
        about: None,
        who: place.ann,
        since: Millis(NOON),
        state: TaskState::Open,
        changed: Millis(NOON),
    };
    plant(database, group, |write| write.tasks = TaskKind::ALL.map(task).into()).await;
    place.clock.pass(3 * Millis::HOUR);
    let console = Console::new(place.live.clone());
    (place, console)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_that_a_role_is_shown_can_be_put_off_by_it_and_is_gone_then() {
    for database in testkit::databases().await {
        let (place, console) = scene(&database).await;
        let here = || Scope::Groups([place.group].into());
        let reader = actor(Role::ReadOnly, Scope::All);
        let seen = console.today(&reader, &all()).await.unwrap();
        assert!(!seen.tends && seen.items.len() == 6, "{}", seen.items.len());
        let row = &seen.items[0].row;
        let name = (row.source, row.key.as_str());
        let denied = console.put_row_off(&reader, name, Later::Hour).await;
        assert!(matches!(denied, Err(Denied::NotAllowed(May::Tend))), "{denied:?}");
        for (role, scope) in [
            (Role::Staff, here()),
            (Role::Operator, here()),
            (Role::Lead, Scope::All),
            (Role::Owner, Scope::All),
        ] {
            let actor = actor(role, scope);
            let seen = console.today(&actor, &all()).await.unwrap();
            assert_eq!((seen.tends, seen.items.len()), (true, 6), "{role:?}");
            for item in &seen.items {
                let name = (item.row.source, item.row.key.as_str());
                let ended = console.put_row_off(&actor, name, Later::Hour).await.unwrap();
                assert_eq!(ended, Ended::Done { undo: true });
                let again = console.put_row_off(&actor, name, Later::Hour).await.unwrap();
                assert_eq!(again, Ended::Gone, "gone is said calmly");
            }
            let left = console.today(&actor, &all()).await.unwrap();
            assert_eq!((left.total, console.waiting(&actor).await.unwrap()), (0, 0), "{role:?}");
            place.clock.pass(2 * Millis::HOUR);
        }
        let owner = actor(Role::Owner, Scope::All);
        for item in console.today(&owner, &all()).await.unwrap().items {
            let name = (item.row.source, item.row.key.as_str());
            console.close_row(&owner, name).await.unwrap();
        }
        assert_eq!(console.today(&owner, &all()).await.unwrap().total, 0);
        place.clock.pass(20 * Millis::HOUR);
        assert_eq!(console.today(&owner, &all()).await.unwrap().total, 0, "done stays done");
        place.live.stop().await;
    }
}

// catalogue: R04
#[tokio::test(flavor = "multi_thread")]
async fn rows_outside_the_scope_do_not_exist() {
    for database in testkit::databases().await {
        let (place, console) = scene(&database).await;
        let elsewhere = actor(Role::Lead, Scope::Groups([GroupId(99)].into()));
        let seen = console.today(&elsewhere, &all()).await.unwrap();
        assert_eq!((seen.total, seen.groups.len()), (0, 0));
        assert_eq!(console.waiting(&elsewhere).await.unwrap(), 0);
        let owner = actor(Role::Owner, Scope::All);
        let row = console.today(&owner, &all()).await.unwrap().items.remove(0).row;
        let name = (row.source, row.key.as_str());
        assert_eq!(console.close_row(&elsewhere, name).await.unwrap(), Ended::Gone);
        let writing = Writing { key: domain::minted_key(console.now(), 1), text: "好".to_owned() };
        let denied = console.write_for_row(&elsewhere, name, &writing).await;
        assert!(matches!(denied, Err(Denied::Missing)), "{denied:?}");
        let denied = console.show_row_again(&elsewhere, name).await;
        assert!(matches!(denied, Err(Denied::Missing)), "{denied:?}");
        assert_eq!(console.today(&owner, &all()).await.unwrap().total, 6);
        assert_ne!(row.person, Some(IdentityId::NOBODY));
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_says_whether_closing_it_sends_or_tells_what_a_hand_has_done() {
    let ways = [
        (Capability::StaffConfirms, true, Ended::Sent),
        (Capability::ByHand, false, Ended::Done { undo: false }),
    ];
    for (capability, sends, ended) in ways {
        let database = testkit::databases().await.swap_remove(0);
        let (place, platform) = staff::open(&database, Abilities::of(capability)).await;
        let words = Action::Post { text: "早安".into(), reply_to: None, class: ActorClass::Host };
        let wanted = app::live::Wanted { group: place.group, by: place.ann, key: 5, action: words };
        place.live.act(ORG, wanted).await.unwrap();
        let console = Console::new(place.live.clone());
        let owner = actor(Role::Owner, Scope::All);
        let items = console.today(&owner, &all()).await.unwrap().items;
        let item = items.iter().find(|item| item.row.source == "tasks").unwrap();
        assert_eq!(item.sends, sends, "{capability:?}");
        assert!(item.action.is_some());
        let name = (item.row.source, item.row.key.as_str());
        assert_eq!(console.close_row(&owner, name).await.unwrap(), ended, "{capability:?}");
        assert_eq!(console.close_row(&owner, name).await.unwrap(), Ended::Gone);
        staff::sent(&database).await;
        place.live.stop().await;
        assert_eq!(platform.arrived().len(), usize::from(sends), "{capability:?}");
    }
}
