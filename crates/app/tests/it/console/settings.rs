//! Settings of the organisation on both databases.

use app::console::{Console, Denied, seen};
use domain::{Actor, OrgId, Role, Scope, StaffId};
use insights::{IdleReason, Settings};

use crate::live::{ORG, Place, until};

fn actor(role: Role) -> Actor {
    Actor { org: ORG, staff: StaffId(1), name: "小林".to_owned(), role, scope: Scope::All }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_counts_from_when_it_is_saved_and_earlier_ones_stay() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let (console, owner) = (Console::new(place.live.clone()), actor(Role::Owner));
        assert_eq!(console.zone(ORG).await.unwrap().name(), "Asia/Shanghai");
        console.set_zone(&owner, "Europe/Berlin", 0).await.unwrap();
        place.clock.pass(1_000);
        console.set_zone(&owner, " Asia/Tokyo ", 1).await.unwrap();
        let stale = console.set_zone(&owner, "UTC", 1).await.unwrap_err();
        assert!(matches!(stale, Denied::Changed), "{stale}");
        let wrong = console.set_zone(&owner, "Mars/Base", 2).await.unwrap_err();
        assert!(matches!(wrong, Denied::Wrong(_)), "{wrong}");
        let organised = console.organised(&owner).await.unwrap();
        let zones: Vec<&str> = organised.zones.iter().map(|zone| zone.value.as_str()).collect();
        assert_eq!((zones, seen(&organised.zones)), (vec!["Europe/Berlin", "Asia/Tokyo"], 2));
        assert_eq!(console.zone(ORG).await.unwrap().name(), "Asia/Tokyo");
        console.name_organisation(&owner, " 晨跑  俱乐部 ").await.unwrap();
        assert_eq!(console.organised(&owner).await.unwrap().name, "晨跑 俱乐部");
        assert!(console.name_organisation(&owner, " ").await.is_err());
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_owners_change_settings_and_all_of_staff_read_them() {
    let database = testkit::sqlite();
    let place = Place::open(&database).await;
    let console = Console::new(place.live.clone());
    for role in [Role::Lead, Role::Operator, Role::Staff, Role::ReadOnly] {
        let who = actor(role);
        let refused = |denied| matches!(denied, Err(Denied::NotAllowed(_)));
        assert!(refused(console.set_zone(&who, "UTC", 0).await), "{role:?}");
        assert!(refused(console.set_lang(&who, "en", 0).await), "{role:?}");
        assert!(refused(console.name_organisation(&who, "别人").await), "{role:?}");
        let judged = console.set_judge(&who, &Settings::default(), 0).await;
        assert!(matches!(judged, Err(Denied::NotAllowed(_))), "{role:?}");
        assert_eq!(console.organised(&who).await.unwrap().zone(), "Asia/Shanghai");
    }
    place.live.stop().await;
}

// catalogue: P02
#[tokio::test(flavor = "multi_thread")]
async fn a_trial_says_what_would_count_and_saving_judges_all_days_anew() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let (console, owner) = (Console::new(place.live.clone()), actor(Role::Owner));
        for (key, text) in (10..).zip(["1", "好", "明天几点跑", "👍", "我也来参加"]) {
            place.clock.pass(1_000);
            place.say(key, text).await;
        }
        place.live.caught_up().await;
        let strict = Settings { han_min: 9, ..Settings::default() };
        let trial = console.try_judge(&owner, place.group, (&strict, 50)).await.unwrap();
        let told: Vec<_> =
            trial.rows.iter().map(|row| (row.text.as_str(), row.before, row.after)).collect();
        let (filler, sign) = (Err(IdleReason::Filler), Err(IdleReason::StickerOrEmoji));
        assert_eq!(
            told,
            [
                ("我也来参加", Ok(()), Err(IdleReason::TooShort)),
                ("👍", sign, sign),
                ("明天几点跑", Ok(()), Ok(())),
                ("好", filler, filler),
                ("1", filler, filler),
            ]
        );
        assert_eq!((trial.before, trial.after), (2, 1));

        let store = database.open().await;
        let page = async || store.pages(ORG, place.group, None, None).await.unwrap().remove(0);
        let before = page().await;
        assert_eq!(before.settings_version, 1);
        assert_eq!(console.set_judge(&owner, &strict, 0).await.unwrap(), 2);
        assert_eq!(console.judge(ORG).version, 2);
        assert_eq!(console.judge(OrgId(9)).version, 1);
        let live = &place.live;
        until(async || live.refolding(ORG).is_none().then_some(())).await;
        let after = page().await;
        assert_eq!(after.settings_version, 2);
        assert_ne!(after.bytes, before.bytes);
        // What is said later is judged by the same version, also after a start.
        place.say(99, "十个字都不到的一句话").await;
        place.live.caught_up().await;
        assert_eq!(page().await.settings_version, 2);
        place.live.stop().await;
        let again = crate::live::start(&database, &place.clock).await;
        assert_eq!((again.judge(ORG).han_min, again.refolding(ORG)), (9, None));
        again.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stop_left_undone_is_judged_anew_at_the_start() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        place.say(10, "明天几点跑").await;
        place.live.caught_up().await;
        place.live.stop().await;
        let console = Console::new(place.live.clone());
        let strict = Settings { han_min: 9, ..Settings::default() };
        console.set_judge(&actor(Role::Owner), &strict, 0).await.unwrap();
        let again = crate::live::start(&database, &place.clock).await;
        until(async || again.refolding(ORG).is_none().then_some(())).await;
        let pages = again_pages(&database, place.group).await;
        assert!(pages.iter().all(|page| page.settings_version == 2) && !pages.is_empty());
        again.stop().await;
    }
}

async fn again_pages(database: &testkit::Database, group: domain::GroupId) -> Vec<store::Page> {
    database.open().await.pages(ORG, group, None, None).await.unwrap()
}
