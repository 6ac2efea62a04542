//! Keepers in chats on both databases: what they do stands in the audit log with it, and their
//! seats end with their rights, also when the program dies in between.

use app::console::groups::KeeperAct;
use app::console::{Console, add_owner};
use domain::{Actor, EventWhat, IdentityId, May, OrgId, Role, Scope, StaffId};
use store::{Acting, AuditQuery, CardChange, Grant, Handed, NewStaff, StaffChange, Store};

use crate::live::{NOON, ORG, Place, until};

async fn acts(store: &Store, act: &str) -> Vec<StaffId> {
    let query = AuditQuery { act: Some(act.to_owned()), limit: 100, ..AuditQuery::default() };
    store.audit(ORG, query).await.unwrap().into_iter().map(|line| line.staff).collect()
}

fn acting(staff: StaffId, act: &'static str, place: &Place, told: &str) -> Acting {
    let at = domain::Millis(place.clock.at_now());
    let group = Some(place.group);
    Acting { org: ORG, staff, at, act, group, person: None, about: told.to_owned() }
}

/// Somebody of staff who sees everything.
async fn hired(store: &Store, place: &Place, login: &str) -> Actor {
    let new = NewStaff { login: login.to_owned(), name: login.to_owned(), password: String::new() };
    let grant = Grant { role: Role::Operator, sees_all: true, groups: Vec::new() };
    let by = acting(StaffId::NOBODY, "staff.made", place, "{}");
    let StaffChange::Done(staff) = store.add_staff(new, grant, by).await.unwrap() else {
        panic!("{login} is new")
    };
    Actor { org: ORG, staff, name: login.to_owned(), role: Role::Operator, scope: Scope::All }
}

async fn is_in(place: &Place, who: IdentityId) -> bool {
    let member = place.live.member(ORG, place.group, who).await.unwrap();
    member.is_some_and(|member| member.is_in())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_in_a_group_and_its_line_of_the_audit_log_are_one() {
    for database in testkit::databases().await {
        let (place, store) = (Place::open(&database).await, database.open().await);
        let console = Console::new(place.live.clone());
        let actor = hired(&store, &place, "ajie").await;
        let key = domain::minted_key(domain::Millis(NOON), 7);
        let mute = |who| EventWhat::Mute { who, until: Some(domain::Millis(NOON + 60_000)) };
        let act = KeeperAct { key, what: mute(place.ann), as_host: false };
        console.keep(&actor, place.group, act.clone()).await.unwrap();
        let again = console.keep(&actor, place.group, act).await.unwrap();
        assert!(again.again);
        assert_eq!(acts(&store, "member.muted").await, [actor.staff], "once");
        assert_eq!(acts(&store, "group.entered").await, [actor.staff]);
        let nobody = KeeperAct { key: key + 1, what: mute(IdentityId(999)), as_host: false };
        console.keep(&actor, place.group, nobody).await.unwrap_err();
        assert_eq!(acts(&store, "member.muted").await.len(), 1, "what was refused was not done");
        place.live.stop().await;
    }
}

// catalogue: R01
#[tokio::test(flavor = "multi_thread")]
async fn the_seat_of_a_leaver_ends_after_a_crash_in_between() {
    for database in testkit::databases().await {
        let (place, store) = (Place::open(&database).await, database.open().await);
        let console = Console::new(place.live.clone());
        let owner = ["boss", "老板", "一壶好茶坐下来慢慢喝完"];
        let owner = add_owner(&store, ORG, owner, domain::Millis(NOON)).await.unwrap();
        let [lin, jie, stays] = [
            hired(&store, &place, "xiaolin").await,
            hired(&store, &place, "ajie").await,
            hired(&store, &place, "ann").await,
        ];
        let mut seats = Vec::new();
        for (n, actor) in [&lin, &jie, &stays].into_iter().enumerate() {
            let key = domain::minted_key(domain::Millis(NOON), 10 + u32::try_from(n).unwrap());
            seats.push(console.keeper(actor, place.group, key).await.unwrap());
        }
        let change = CardChange { owner: Some(jie.staff), ..CardChange::default() };
        let by = acting(owner, "group.changed", &place, "{}");
        store.change_card(by, place.group, change).await.unwrap();
        place.clock.pass(1_000);
        // The first step of each, and then the program dies.
        let by = acting(owner, "staff.locked_out", &place, "{}");
        store.lock_out(lin.staff, Role::Operator, by).await.unwrap();
        let told = format!("{{\"staff\":{},\"to\":{}}}", jie.staff.0, stays.staff.0);
        let by = acting(owner, "group.handed_over", &place, &told);
        let handed = store.hand_over_group((jie.staff, stays.staff), by).await.unwrap();
        assert!(matches!(handed, Handed::Done(_)), "{handed:?}");
        place.live.stop().await;

        let live = crate::live::start(&database, &place.clock).await;
        let place = Place { live, ..place };
        assert!(is_in(&place, seats[0]).await && is_in(&place, seats[1]).await);
        let console = Console::new(place.live.clone());
        console.start_seats();
        until(|| async { (!is_in(&place, seats[0]).await).then_some(()) }).await;
        until(|| async { (!is_in(&place, seats[1]).await).then_some(()) }).await;
        assert!(is_in(&place, seats[2]).await, "who took over stays");
        assert_eq!(acts(&store, "seat.ended").await, [StaffId::NOBODY; 2]);
        let denied = console.end_seats((OrgId(2), StaffId::NOBODY), None).await.unwrap();
        assert_eq!(denied, []);
        // Coming in again by right is for good.
        place.clock.pass(1_000);
        let key = domain::minted_key(domain::Millis(place.clock.at_now()), 77);
        let again = console.keeper(&jie, place.group, key).await.unwrap();
        assert_eq!(console.end_seats((ORG, owner), None).await.unwrap(), []);
        assert!(again == seats[1] && is_in(&place, again).await && jie.may(May::Keep));
        place.live.stop().await;
    }
}
