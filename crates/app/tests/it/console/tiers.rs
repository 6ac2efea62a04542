//! Tiers follow the pages: any window, any scope, the same numbers as one group's report.

use app::console::{Console, Window};
use domain::{
    Actor, Day, EventWhat, GroupId, IdentityId, LeaveManner, Millis, OrgId, Role, Scope, StaffId,
};
use insights::{
    CauseCode, GroupPages, Mood, Page, PageList, Settings, Span, Sums, in_turn, overview,
    overview_against,
};
use std::collections::BTreeSet;
use store::Acting;

use crate::live::{NOON, ORG, Place, event, join, post};

const DAY_MS: i64 = 86_400_000;

fn actor(scope: Scope) -> Actor {
    Actor { org: ORG, staff: StaffId(1), name: "小林".to_owned(), role: Role::Owner, scope }
}

fn today() -> Day {
    Day(i32::try_from(NOON / DAY_MS).unwrap())
}

/// A second group, three people, questions and answers over some weeks.
async fn weeks(place: &Place) -> GroupId {
    let new = app::live::NewGroup { name: "夜读".to_owned(), zone: "Asia/Shanghai".to_owned() };
    let other = place.live.open_group(ORG, new).await.unwrap();
    let bob = place.live.guest(ORG, "bob", "Bob").await.unwrap();
    let cai = place.live.guest(ORG, "cai", "阿杰").await.unwrap();
    let mut key = 10;
    let mut next = || {
        key += 1;
        key
    };
    for group in [place.group, other] {
        for (who, name) in [(bob, "Bob"), (cai, "阿杰")] {
            place.live.submit(ORG, join(group, who, next(), name)).await.unwrap();
        }
    }
    for day in 0..40 {
        for (group, who) in [(place.group, place.ann), (place.group, bob), (other, bob)] {
            let text = if (day + who.0) % 3 == 0 {
                "请问几点集合？"
            } else {
                "我在东门等大家"
            };
            place.live.submit(ORG, post(group, who, next(), text)).await.unwrap();
            place.clock.pass(600_000);
        }
        place.clock.pass(DAY_MS - 1_800_000);
    }
    let leave = EventWhat::Leave { how: LeaveManner::Left };
    place.live.submit(ORG, event(place.group, cai, next(), leave)).await.unwrap();
    place.live.caught_up().await;
    other
}

/// What the report of one group says of a window.
async fn reported(store: &store::Store, group: GroupId, span: Span) -> [u64; 6] {
    let pages = store.pages(ORG, group, None, None).await.unwrap();
    let pages: Vec<Page> = pages.iter().map(|page| Page::decode(&page.bytes).unwrap()).collect();
    let row = store.groups(ORG).await.unwrap().into_iter().find(|row| row.id == group).unwrap();
    let of_group = GroupPages {
        pages: PageList::AtHand(&pages),
        evidence: row.said.evidence,
        founded: None,
        members_given: None,
    };
    let overview = overview(&[of_group], span, &Settings::default());
    let speakers = overview.pulse.iter().map(|day| u64::from(day.speakers)).sum();
    let totals = overview.totals;
    [
        totals.messages,
        speakers,
        totals.joins,
        totals.leaves,
        totals.joined_people,
        totals.left_people,
    ]
}

fn shown(window: &Window) -> [u64; 6] {
    let (sums, once) = (&window.total, &window.once);
    [sums.written, sums.speaker_days, sums.joins, sums.leaves, once.came, once.left]
}

// catalogue: P14 P04
#[tokio::test(flavor = "multi_thread")]
async fn any_window_says_what_the_reports_of_its_groups_say() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let other = weeks(&place).await;
        let (console, store) = (Console::new(place.live.clone()), database.open().await);
        for (from, length) in [(0, 41), (0, 1), (3, 30), (9, 12), (39, 2), (60, 5)] {
            let from = today().plus(from);
            let span = Span { from, to: from.plus(length - 1) };
            for group in [place.group, other] {
                let scope = Scope::Groups(BTreeSet::from([group]));
                let window = console.window(&actor(scope), span).await.unwrap();
                assert_eq!(shown(&window), reported(&store, group, span).await, "{span:?}");
                assert_eq!(window.per_group, vec![(group, window.total)]);
            }
            let window = console.window(&actor(Scope::All), span).await.unwrap();
            let mut days = Sums::default();
            window.days.iter().for_each(|day| days.add(&day.sums));
            assert_eq!((days, window.days.len()), (window.total, length.try_into().unwrap()));
            let flow = window.flow;
            let net = i64::try_from(flow.joins).unwrap() - i64::try_from(flow.leaves).unwrap();
            assert_eq!(flow.start + net, flow.end);
            assert!(window.coverage.made);
        }
        let span = Span { from: today(), to: today().plus(45) };
        let window = console.window(&actor(Scope::All), span).await.unwrap();
        assert_eq!((window.once.spoke, window.once.came, window.flow.end), (2, 3, 4));
        assert_eq!(window.once.members, 3, "Ann and Bob here, Bob and 阿杰 there");
        place.live.stop().await;
    }
}

// catalogue: P14
#[tokio::test(flavor = "multi_thread")]
async fn the_reading_of_a_window_in_the_middle_is_that_of_all_pages() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        weeks(&place).await;
        let (console, store) = (Console::new(place.live.clone()), database.open().await);
        let pages = store.pages(ORG, place.group, None, None).await.unwrap();
        assert!(pages.len() > 36, "more than are read at first");
        let pages: Vec<Page> =
            pages.iter().map(|page| Page::decode(&page.bytes).unwrap()).collect();
        let row = store.group_numbered(ORG, place.group).await.unwrap().unwrap();
        let zone = domain::Zone::named(&row.said.zone).unwrap();
        let of_group = GroupPages {
            pages: PageList::AtHand(&pages),
            evidence: row.said.evidence,
            founded: row.said.founded.map(|at| zone.local(at).day),
            members_given: None,
        };
        let days = |from: i32, length: i32| {
            let from = today().plus(from);
            Span { from, to: from.plus(length - 1) }
        };
        for (span, against) in [
            (days(12, 9), None),
            (days(20, 7), Some(days(2, 3))),
            (days(0, 41), None),
            (days(35, 30), Some(days(35, 1))),
        ] {
            let who = actor(Scope::All);
            let shown = console.community(&who, Some(place.group), Some(span), against);
            let whole =
                overview_against(&[of_group], (span, against), &Settings::default(), in_turn);
            assert_eq!(shown.await.unwrap().overall, whole, "{span:?}");
        }
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn merged_people_count_once_and_again_twice_after_the_split() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        weeks(&place).await;
        let (console, store) = (Console::new(place.live.clone()), database.open().await);
        let span = Span { from: today(), to: today().plus(45) };
        let spoke = async || console.window(&actor(Scope::All), span).await.unwrap().once.spoke;
        let acting = || Acting {
            org: OrgId(1),
            staff: StaffId(1),
            at: Millis(NOON),
            act: "person.merged",
            group: None,
            person: None,
            about: String::new(),
        };
        assert_eq!(spoke().await, 2);
        let bob = IdentityId(place.ann.0 + 1);
        store.merge(place.ann, bob, "同一个人".to_owned(), acting()).await.unwrap();
        assert_eq!(spoke().await, 1);
        store.split(bob, acting()).await.unwrap();
        assert_eq!(spoke().await, 2);
        place.live.stop().await;
    }
}

// catalogue: O05 O07
#[tokio::test(flavor = "multi_thread")]
async fn silence_grows_while_nobody_writes_and_a_word_ends_it() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        weeks(&place).await;
        let console = Console::new(place.live.clone());
        let standing = async || {
            let all = console.standings(&actor(Scope::All)).await.unwrap();
            all.iter().find(|one| one.group == place.group).cloned().unwrap()
        };
        let before = standing().await;
        assert_eq!((before.members, before.live, before.pulse.len()), (Some(2), true, 30));
        assert_eq!((before.speakers_7d, before.messages_7d), (2, 12));
        assert!(before.open_tasks > 0 && before.last.is_some());
        place.clock.pass(5 * DAY_MS);
        let quiet = standing().await;
        let silent = |one: &app::console::Standing| {
            let causes = one.causes.iter();
            causes.filter(|cause| cause.code == CauseCode::SilentDays).map(|c| c.numbers[0]).next()
        };
        assert_eq!((quiet.mood, silent(&quiet)), (Mood::Fading, Some(6.0)));
        place.clock.pass(30 * DAY_MS);
        let dead = standing().await;
        assert_eq!((dead.mood, silent(&dead)), (Mood::Dead, Some(36.0)));
        assert_eq!((dead.messages_7d, dead.pulse.iter().sum::<u32>()), (0, 0));
        place.say(9_000, "大家还在吗？").await;
        place.live.caught_up().await;
        let woken = standing().await;
        assert_eq!((woken.messages_7d, silent(&woken)), (1, None));
        let none = console.standings(&actor(Scope::Groups(BTreeSet::new()))).await.unwrap();
        assert!(none.is_empty());
        place.live.stop().await;
    }
}
