//! What the console keeps in memory is never old and never somebody else's.

use app::console::{Console, UploadAsked, UploadState, Window};
use domain::{Actor, Day, GroupId, Millis, Role, Scope, StaffId};
use insights::Span;
use std::collections::BTreeSet;
use store::{Projection, StaleDay, Store, TierWrite};

use crate::live::{NOON, ORG, Place, join, post, until};
use crate::request::sample;

const DAY_MS: i64 = 86_400_000;

fn actor(scope: Scope) -> Actor {
    Actor { org: ORG, staff: StaffId(1), name: "小林".to_owned(), role: Role::Owner, scope }
}

fn one(group: GroupId) -> Actor {
    actor(Scope::Groups(BTreeSet::from([group])))
}

/// Many years around the day of the tests.
fn ages() -> Span {
    let today = Day(i32::try_from(NOON / DAY_MS).unwrap());
    Span { from: today.plus(-3_000), to: today.plus(300) }
}

async fn asked(console: &Console, actor: &Actor) -> Window {
    console.window(actor, ages()).await.unwrap()
}

/// A second group with Bob, who writes once.
async fn other(place: &Place) -> GroupId {
    let new = app::live::NewGroup { name: "夜读".to_owned(), zone: "Asia/Shanghai".to_owned() };
    let other = place.live.open_group(ORG, new).await.unwrap();
    let bob = place.live.guest(ORG, "bob", "Bob").await.unwrap();
    place.live.submit(ORG, join(other, bob, 1, "Bob")).await.unwrap();
    place.live.submit(ORG, post(other, bob, 2, "我在东门等大家")).await.unwrap();
    other
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_shows_in_the_next_look_at_a_window_that_was_kept() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let console = Console::new(place.live.clone());
        let all = actor(Scope::All);
        for said in 1..5 {
            place.say(100 + said, "周末一起去公园吗？").await;
            place.live.caught_up().await;
            let window = asked(&console, &all).await;
            assert_eq!((window.total.messages, window.once.spoke), (said.cast_unsigned(), 1));
            assert_eq!(window.heads[0].spoke, 1);
            assert_eq!(asked(&console, &all).await, window, "from memory");
            // The days before stay as they are.
            place.clock.pass(DAY_MS);
        }
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_was_kept_shows_nobody_a_group_outside_the_scope() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let other = other(&place).await;
        place.say(100, "早").await;
        place.say(101, "今天跑了五公里").await;
        place.live.caught_up().await;
        let console = Console::new(place.live.clone());
        let (all, own, others) = (actor(Scope::All), one(place.group), one(other));
        let none = actor(Scope::Groups(BTreeSet::new()));
        // In any order, twice: what one looked at is no answer for another.
        for who in [&all, &own, &others, &none, &others, &own, &all] {
            let window = asked(&console, who).await;
            let groups: Vec<GroupId> = window.per_group.iter().map(|(group, _)| *group).collect();
            let seen: Vec<GroupId> =
                [place.group, other].into_iter().filter(|group| who.sees(*group)).collect();
            assert_eq!(groups, seen);
            assert_eq!(window.heads.len(), seen.len());
            let spoke = seen.len() as u64;
            assert_eq!((window.once.spoke, window.once.members), (spoke, spoke));
            assert_eq!((window.once.came, window.flow.groups), (spoke, spoke));
            let messages =
                if groups == [place.group] { 2 } else { 3 * u64::from(spoke == 2) + spoke % 2 };
            assert_eq!(window.total.messages, messages);
            let by_day: u64 = window.days.iter().map(|day| day.sums.messages).sum();
            assert_eq!(by_day, messages);
        }
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_and_its_undoing_show_in_the_next_look() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        place.say(100, "今天跑了五公里").await;
        place.live.caught_up().await;
        let (console, folder) = (Console::new(place.live.clone()), tempfile::tempdir().unwrap());
        console.keep_uploads_in(folder.path().to_owned());
        let all = actor(Scope::All);
        let before = asked(&console, &all).await;
        let standings = console.standings(&all).await.unwrap().len();
        assert_eq!((before.total.messages, standings), (1, 1));
        let (id, own) = console.begin_upload(&all).await.unwrap();
        let name = "running-group-telegram.json";
        std::fs::copy(sample(name), own.join(name)).unwrap();
        console.recognise(&all, id, (vec![name.to_owned()], String::new())).await.unwrap();
        let zone = UploadAsked { zone: "Asia/Shanghai".to_owned(), ..UploadAsked::default() };
        console.start_upload(&all, id, zone).await.unwrap();
        let done = until(async || {
            let upload = console.upload(&all, id).await.unwrap();
            (!matches!(upload.state, UploadState::UnderWay(_))).then_some(upload)
        });
        let done = done.await;
        let with = asked(&console, &all).await;
        assert!(with.total.messages > 1_000 && with.once.spoke > before.once.spoke + 10);
        assert_eq!(with.per_group.len(), 2);
        assert_eq!(console.standings(&all).await.unwrap().len(), 2);
        console.undo_import(&all, done.import.unwrap()).await.unwrap();
        assert_eq!(asked(&console, &all).await, before);
        assert_eq!(console.standings(&all).await.unwrap().len(), 1);
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_the_tiers_say_the_same_and_go_on() {
    let (from, folder) = (testkit::sqlite(), tempfile::tempdir().unwrap());
    let place = Place::open(&from).await;
    other(&place).await;
    for key in 100..140 {
        place.say(key, "请问几点集合？").await;
        place.clock.pass(DAY_MS);
    }
    place.live.caught_up().await;
    let all = actor(Scope::All);
    let before = asked(&Console::new(place.live.clone()), &all).await;
    place.say(200, "这一条的层还没有算").await;
    place.live.caught_up().await;
    let file = folder.path().join("backup");
    from.open().await.backup(&file, Millis(NOON)).await.unwrap();
    let now = place.clock.at_now();
    place.live.stop().await;
    for to in testkit::databases().await {
        Store::restore(to.url(), &file).await.unwrap();
        let clock = crate::live::SetClock::at(now);
        let live = crate::live::start(&to, &clock).await;
        let console = Console::new(live.clone());
        let window = asked(&console, &all).await;
        assert_eq!(window.total.messages, before.total.messages + 1);
        assert_eq!((window.once, window.flow), (before.once, before.flow));
        let said = post(place.group, place.ann, 300, "恢复以后还能说话");
        live.submit(ORG, said).await.unwrap();
        live.caught_up().await;
        let window = asked(&console, &all).await;
        assert_eq!(window.total.messages, before.total.messages + 2);
        let standings = console.standings(&all).await.unwrap();
        let last = standings.iter().find(|one| one.group == place.group).unwrap().last;
        assert_eq!(last, Some(Millis(now)));
        live.stop().await;
    }
}

/// Everything is late, far more than one round takes.
#[tokio::test(flavor = "multi_thread")]
async fn a_huge_rebuild_comes_to_what_small_steps_came_to() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        other(&place).await;
        for key in 100..220 {
            place.say(key, if key % 3 == 0 { "请问几点集合？" } else { "我在东门等大家" }).await;
            place.clock.pass(DAY_MS);
            if key % 40 == 0 {
                place.live.caught_up().await;
                asked(&Console::new(place.live.clone()), &actor(Scope::All)).await;
            }
        }
        place.live.caught_up().await;
        let console = Console::new(place.live.clone());
        let before = asked(&console, &actor(Scope::All)).await;
        let store = database.open().await;
        // The tiers are gone, and all days are late.
        let today = i32::try_from(place.clock.at_now() / DAY_MS).unwrap();
        let days = (today - 200..=today + 1).map(Day);
        let empty = insights::Tier::default().encode().to_vec();
        let days = days.map(|day| (day, empty.clone())).collect();
        let now = Millis(place.clock.at_now());
        store.put_tiers(ORG, TierWrite { days, now, ..TierWrite::default() }).await.unwrap();
        for row in store.groups(ORG).await.unwrap() {
            let pages = store.pages(ORG, row.id, None, None).await.unwrap();
            let (group, revision) = (row.id, row.revision);
            let same = Projection { group, revision, from_day: None, pages, stays: None };
            store.replace_projections(ORG, vec![same]).await.unwrap();
        }
        let late: Vec<StaleDay> = store.stale_days(ORG, 1_000).await.unwrap();
        assert!(late.len() > 100, "{}", late.len());
        assert!(late.is_sorted_by_key(|one| std::cmp::Reverse(one.day)), "the newest first");
        let fresh = Console::new(place.live.clone());
        assert_eq!(asked(&fresh, &actor(Scope::All)).await, before);
        assert_eq!(asked(&console, &actor(Scope::All)).await, before);
        place.live.stop().await;
    }
}
