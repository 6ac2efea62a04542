//! Staff on both databases: links and sessions, the last owner, hand-over, the audit log, wiping.

use domain::{GroupId, Millis, OrgId, Role, StaffId};
use store::{Acting, AuditQuery, Grant, Handed, Invites, NewSession, NewStaff, StaffChange, Store};

use crate::raw;
use crate::sample::{ORG, imported};

const AT: Millis = Millis(1_000);

fn acting(org: OrgId, staff: StaffId, act: &'static str) -> Acting {
    Acting { org, staff, at: AT, act, group: None, person: None, about: "{}".to_owned() }
}

fn new(login: &str) -> NewStaff {
    NewStaff { login: login.to_owned(), name: login.to_owned(), password: String::new() }
}

fn grant(role: Role, groups: &[GroupId]) -> Grant {
    Grant { role, sees_all: groups.is_empty(), groups: groups.to_vec() }
}

fn session(token: u8) -> NewSession {
    let (agent, address) = ("Firefox".to_owned(), "::1".to_owned());
    NewSession { token: [token; 32], until: Millis(9_000), agent, address }
}

async fn made(store: &Store, org: OrgId, login: &str, grant: Grant) -> StaffId {
    let by = acting(org, StaffId::NOBODY, "staff.made");
    match store.add_staff(new(login), grant, by).await.unwrap() {
        StaffChange::Done(staff) => staff,
        other => panic!("{login}: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_gives_once_and_its_session_counts_in_its_organisation() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let group = imported(&store, "tea", 0..10).await.group;
        let other = store.add_organisation("跑团").await.unwrap();
        let gives = Invites::Staff(grant(Role::Operator, &[group, GroupId(999)]), 7);
        let by = acting(ORG, StaffId(7), "staff.invited");
        store.invite([9; 32], (gives.clone(), Millis(5_000)), by.clone()).await.unwrap();
        store.invite([1; 32], (gives.clone(), Millis(5_000)), by).await.unwrap();
        assert_eq!(store.invitation(other, [1; 32]).await.unwrap(), None);
        assert_eq!(store.invitation(ORG, [9; 32]).await.unwrap(), None, "one form, one link");
        assert_eq!(store.invitation(ORG, [1; 32]).await.unwrap().unwrap().gives, gives);
        assert_eq!(store.open_invitations(ORG, Millis(5_000)).await.unwrap(), []);

        let late = Acting { at: Millis(5_000), ..acting(ORG, StaffId::NOBODY, "staff.welcomed") };
        let over = store.welcome([1; 32], (new("ann"), session(2)), late).await.unwrap();
        assert_eq!(over, StaffChange::Missing);
        let by = acting(ORG, StaffId::NOBODY, "staff.welcomed");
        let came = store.welcome([1; 32], (new("ann"), session(2)), by.clone()).await.unwrap();
        let StaffChange::Done(ann) = came else { panic!("{came:?}") };
        let again = store.welcome([1; 32], (new("bob"), session(3)), by).await.unwrap();
        assert_eq!(again, StaffChange::Missing);

        let seen = store.session(ORG, [2; 32]).await.unwrap().unwrap();
        assert_eq!((seen.staff.id, seen.groups.as_slice()), (ann, &[group][..]));
        assert_eq!(store.session(other, [2; 32]).await.unwrap(), None);
        let by = acting(ORG, StaffId(7), "staff.locked_out");
        store.lock_out(ann, Role::Operator, by).await.unwrap();
        assert_eq!(store.session(ORG, [2; 32]).await.unwrap(), None);
        assert_eq!(store.sessions_of(ORG, ann).await.unwrap(), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_owners_who_lower_each_other_leave_one() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let everything = || grant(Role::Owner, &[]);
        let one = made(&store, ORG, "one", everything()).await;
        let two = made(&store, ORG, "two", everything()).await;
        let taken = acting(ORG, StaffId::NOBODY, "staff.made");
        let taken = store.add_staff(new("one"), everything(), taken).await.unwrap();
        assert_eq!(taken, StaffChange::Taken);
        let lower = |whom: StaffId, by: StaffId| {
            let lead = grant(Role::Lead, &[]);
            store.change_staff(whom, Role::Owner, lead, acting(ORG, by, "staff.changed"))
        };
        let (first, second) = tokio::join!(lower(one, two), lower(two, one));
        let mut both = [first.unwrap(), second.unwrap()].map(|change| format!("{change:?}"));
        both.sort();
        assert!(both[0].starts_with("Done") && both[1] == "LastOwner", "{both:?}");
        assert!(store.has_owner(ORG).await.unwrap());
    }
}

// catalogue: R01
#[tokio::test(flavor = "multi_thread")]
async fn a_group_goes_over_whole_and_the_taker_is_never_both() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let group = imported(&store, "tea", 0..10).await.group;
        let lin = made(&store, ORG, "lin", grant(Role::Operator, &[])).await;
        let jie = made(&store, ORG, "jie", grant(Role::Operator, &[])).await;
        let reader = made(&store, ORG, "reader", grant(Role::ReadOnly, &[])).await;
        raw::run(
            &database,
            &format!(
                "INSERT INTO group_cards VALUES (1, {}, '', {}, {}, '{{}}', 1); \
                 INSERT INTO notes VALUES (1, 1, 1, NULL, {}, 5, '备注', NULL, 0)",
                group.0, lin.0, jie.0, lin.0
            ),
        )
        .await;
        let has = store.holdings(ORG, lin).await.unwrap();
        assert_eq!((has.groups.len(), has.notes), (1, 1));
        let by = || Acting { group: Some(group), ..acting(ORG, jie, "group.handed_over") };
        let hand = |to| store.hand_over_group((lin, to), by());
        assert_eq!(hand(reader).await.unwrap(), Handed::NoTaker);
        assert_eq!(hand(lin).await.unwrap(), Handed::NoTaker);
        assert_eq!(hand(jie).await.unwrap(), Handed::Done(0));
        assert_eq!(hand(jie).await.unwrap(), Handed::NotTheirs);
        let card = "SELECT CAST(owner AS TEXT), CAST(backup AS TEXT) FROM group_cards";
        assert_eq!(raw::rows(&database, card).await, [format!("{}|0", jie.0)]);

        let notes = acting(ORG, jie, "notes.handed_over");
        assert_eq!(store.hand_over_notes((lin, jie), notes).await.unwrap(), Handed::Done(1));
        let note = "SELECT CAST(staff AS TEXT), CAST(keeper AS TEXT) FROM notes";
        let wrote = format!("{}|{}", lin.0, jie.0);
        assert_eq!(raw::rows(&database, note).await, [wrote], "who wrote it stays");

        let about = AuditQuery { group: Some(group), limit: 9, ..AuditQuery::default() };
        assert_eq!(store.audit(ORG, about).await.unwrap().len(), 1);
        let within =
            AuditQuery { within: Some((vec![group], lin)), limit: 9, ..Default::default() };
        assert_eq!(store.audit(ORG, within).await.unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wiped_organisation_takes_its_staff_with_it_and_an_undone_import_its_cards() {
    for database in testkit::databases().await {
        let store = database.open().await;
        made(&store, ORG, "ours", grant(Role::Owner, &[])).await;
        let before = store.table_sizes().await.unwrap();
        let demo = store.add_demo_organisation("演示").await.unwrap();
        let boss = made(&store, demo, "boss", grant(Role::Owner, &[])).await;
        let by = acting(demo, boss, "session.opened");
        store.open_session(session(9), by.clone()).await.unwrap();
        let gives = (Invites::Demo(boss), Millis(5_000));
        store.invite([8; 32], gives, by).await.unwrap();
        store.wipe_organisation(demo).await.unwrap();
        assert_eq!(store.table_sizes().await.unwrap(), before);

        let whole = imported(&store, "tea", 0..10).await;
        let group = whole.group.0;
        raw::run(
            &database,
            &format!(
                "INSERT INTO group_cards VALUES (1, {group}, '', 1, 0, '{{}}', 1); \
                 INSERT INTO group_tags VALUES (1, {group}, '茶', 1, 1); \
                 INSERT INTO staff_groups VALUES (1, 1, {group})"
            ),
        )
        .await;
        store.undo_import(ORG, whole.id).await.unwrap();
        assert!(store.groups(ORG).await.unwrap().is_empty());
    }
}
