//! How the database is, on both databases.

use domain::{Day, GroupId, Millis, Role, StaffId};
use store::{Acting, CardChange, Grant, NewStaff, StaffChange, Store};

use crate::raw;
use crate::sample::{ORG, imported};

const NOW: Millis = Millis(20_000 * Millis::DAY);

#[tokio::test(flavor = "multi_thread")]
async fn a_new_database_says_that_nobody_is_there_yet() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let vitals = store.vitals(ORG, NOW).await.unwrap();
        assert_eq!(vitals.schema.0, vitals.schema.1);
        assert!(vitals.bytes > 10_000, "{}", vitals.bytes);
        assert!(!vitals.has_owner && !vitals.has_key && vitals.backup.is_none());
        assert_eq!((vitals.last_fact, vitals.outbox.count, vitals.sessions), (None, 0, 0));
        assert_eq!(vitals.clock.is_some(), database.file().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_backups_sizes_and_the_end_of_the_log_are_told() {
    for database in testkit::databases().await {
        let store = database.open().await;
        imported(&store, "tea", 0..20).await;
        store.secret("cookies", vec![7; 32]).await.unwrap();
        store.backed_up(Millis(5)).await.unwrap();
        store.backed_up(Millis(9)).await.unwrap();
        for day in [19_960, 19_999, 20_000, 20_000] {
            store.note_size(Day(day)).await.unwrap();
        }
        let vitals = store.vitals(ORG, NOW).await.unwrap();
        assert!(vitals.has_key);
        assert_eq!((vitals.backup, vitals.last_fact), (Some(Millis(9)), Some(Millis(19_000))));
        let days: Vec<i32> = vitals.sizes.iter().map(|(day, _)| day.0).collect();
        assert_eq!(days, [19_999, 20_000], "what is older than a month is forgotten");
        assert!(vitals.sizes.iter().all(|(_, bytes)| *bytes > 10_000));
    }
}

fn acting(act: &'static str) -> Acting {
    let about = "{}".to_owned();
    Acting { org: ORG, staff: StaffId(1), at: NOW, act, group: None, person: None, about }
}

async fn made(store: &Store, login: &str, role: Role) -> StaffId {
    let new = NewStaff { login: login.into(), name: login.into(), password: String::new() };
    let grant = Grant { role, sees_all: true, groups: vec![] };
    match store.add_staff(new, grant, acting("staff.made")).await.unwrap() {
        StaffChange::Done(staff) => staff,
        other => panic!("{login}: {other:?}"),
    }
}

// catalogue: R01
#[tokio::test(flavor = "multi_thread")]
async fn who_owns_a_group_is_one_rule_for_the_doctor_and_for_today() {
    for database in testkit::databases().await {
        let store = database.open().await;
        raw::groups(&database, 4).await;
        made(&store, "first", Role::Owner).await;
        let ann = made(&store, "ann", Role::Operator).await;
        let bob = made(&store, "bob", Role::Operator).await;
        let keep = async |group, owner, backup| {
            let (owner, backup) = (Some(owner), Some(backup));
            let change = CardChange { owner, backup, ..CardChange::default() };
            store.change_card(acting("groups.changed"), GroupId(group), change).await.unwrap();
        };
        // 1 is owned, 2 has a back-up alone, 3 an owner who is locked out, 4 nobody.
        keep(1, ann, bob).await;
        keep(2, StaffId::NOBODY, ann).await;
        keep(3, bob, ann).await;
        let by = acting("staff.locked_out");
        store.lock_out(bob, Role::Operator, by).await.unwrap();
        assert_eq!(store.vitals(ORG, NOW).await.unwrap().ownerless, 3);
        let kept = store.keepings(ORG).await.unwrap();
        let owned = kept.iter().filter(|keeping| keeping.owner.is_some());
        assert_eq!(owned.map(|keeping| keeping.group).collect::<Vec<_>>(), [GroupId(1)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_makes_and_changes_nothing() {
    for database in testkit::databases().await {
        let missing = store::Store::look(database.url()).await;
        if database.file().is_some() {
            assert_eq!(missing.unwrap_err().code(), "database_unreachable");
            assert!(!database.file().unwrap().exists());
        } else {
            // The database is there, but holds nothing of ours.
            assert!(missing.unwrap().vitals(ORG, NOW).await.is_err());
        }
        let store = database.open().await;
        store.pretend_version(999).await.unwrap();
        let looking = store::Store::look(database.url()).await.unwrap();
        let vitals = looking.vitals(ORG, NOW).await.unwrap();
        assert_eq!((vitals.schema.0, vitals.bytes), (999, 0), "nothing else is asked for");
    }
}
