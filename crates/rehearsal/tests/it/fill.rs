//! A community fills an organisation through the live pipeline, once, and lives on.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use app::live::{Clock, Line, Live, LiveSettings};
use domain::{
    ActorClass, Day, Entrance, Event, EventWhat, FactKind, FeatureWord, GroupId, IdentityId,
    JoinManner, Millis, Origin, Post, Seq, ServiceKind, SourceKey, minted_key,
};
use rehearsal::fill::{Company, Follow, Progress, Unfilled, Unfollowed, Venue, Wanted, fill};
use rehearsal::{Community, Course, Crowd, Happens};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Sunday, 22 November 2026, 20:00 in Shanghai.
const EVENING: i64 = 1_795_348_800_000;
const WANTED: Wanted = Wanted { seed: 5, groups: 3, days: 4 };

struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

async fn place(database: &testkit::Database, now: i64) -> (Venue, Arc<SetClock>) {
    let store = database.open().await;
    let demo = store.organisations().await.unwrap().into_iter().find(|one| one.demo);
    let org = match demo {
        Some(demo) => demo.id,
        None => store.add_demo_organisation("演示").await.unwrap(),
    };
    let clock = Arc::new(SetClock(AtomicI64::new(now)));
    let live =
        Live::start(store, clock.clone(), Vec::new(), LiveSettings::default()).await.unwrap();
    (Venue { live, clock: clock.clone(), org }, clock)
}

async fn lines(place: &Venue, group: GroupId) -> Vec<Line> {
    let mut all: Vec<Line> = Vec::new();
    loop {
        let after = all.last().map_or(Seq(0), |line| line.seq);
        let some = place.live.lines_after(place.org, group, after, 2_000).await.unwrap();
        if some.is_empty() {
            return all;
        }
        all.extend(some);
    }
}

async fn all_lines(place: &Venue, company: &Company) -> Vec<Vec<Line>> {
    let mut all = Vec::new();
    for group in company.groups() {
        all.push(lines(place, group).await);
    }
    all
}

/// Looks again and again until there is something to see.
async fn until<T, F: Future<Output = Option<T>>>(mut look: impl FnMut() -> F) -> T {
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_happening_stands_in_the_log_once_with_its_own_moment_and_is_not_told_twice() {
    for database in testkit::databases().await {
        let (place, _) = place(&database, EVENING).await;
        let company = fill(place.clone(), WANTED, &mut Unfollowed).await.unwrap();
        assert_eq!((company.progress.groups_done, company.progress.groups), (3, 3));
        let told = all_lines(&place, &company).await;
        let today = Day(i32::try_from((EVENING / 1000 + 8 * 3600) / 86_400).unwrap());
        let plans = Community::plan(5, 3, 4, today).groups;
        for (plan, lines) in plans.iter().zip(&told) {
            let crowd = Crowd::new(plan.seed, plan.plan.clone());
            let wanted: Vec<(i64, i64)> = crowd
                .filter(|one| one.at.0 <= EVENING)
                .filter(|one| matches!(one.what, Happens::Message { .. }))
                .map(|one| (one.key, one.at.0))
                .collect();
            let recalled: HashSet<i64> = lines
                .iter()
                .filter(|line| line.fact.kind == FactKind::Recall)
                .filter_map(|line| line.fact.reply_to)
                .collect();
            let messages = lines.iter().filter(|line| line.fact.kind == FactKind::Message);
            let stand: Vec<(i64, i64)> = messages
                .map(|line| (line.fact.source.key, line.fact.at.0))
                .filter(|(key, _)| !recalled.contains(key))
                .collect();
            assert_eq!(stand, wanted, "{}", plan.plan.name);
            assert!(lines.windows(2).all(|two| two[0].fact.at <= two[1].fact.at));
        }
        let before = company.progress.told;
        let again = fill(place.clone(), Wanted { seed: 99, ..WANTED }, &mut Unfollowed).await;
        let again = again.unwrap();
        assert!(again.progress.told < before, "only the last day is looked at again");
        assert_eq!(all_lines(&place, &again).await, told);
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filled_group_has_people_with_roles_rules_an_announcement_and_a_way_in() {
    for database in testkit::databases().await.into_iter().take(1) {
        let (place, _) = place(&database, EVENING).await;
        let company = fill(place.clone(), Wanted { groups: 6, ..WANTED }, &mut Unfollowed).await;
        let company = company.unwrap();
        let mut hosts = 0;
        for group in company.groups() {
            let room = place.live.room(place.org, group).await.unwrap().unwrap();
            assert!(room.rules.is_some() && room.announcement.is_some(), "{}", room.name);
            assert!(room.members >= 20, "{}: {} people", room.name, room.members);
            assert_eq!(place.live.links(place.org, group).await.unwrap().len(), 1);
            let members = place.live.members(place.org, group).await.unwrap();
            assert!(members.iter().any(|member| member.class == ActorClass::Staff));
            assert!(members.iter().all(|member| company.is_ours(member.who)));
            let called = |member: &&engine::Member| member.class == ActorClass::Host;
            hosts += members.iter().filter(called).count();
            let names: HashSet<&str> =
                members.iter().filter(|one| one.is_in()).map(|one| &*one.name).collect();
            let present = members.iter().filter(|one| one.is_in()).count();
            assert_eq!(names.len(), present, "{}: nobody is called like another", room.name);
        }
        assert_eq!(hosts, 3, "three kinds have a declared host");
        assert!(place.live.set_aside(place.org, 10).await.unwrap().is_empty());
        place.live.stop().await;
    }
}

/// Stops after so many steps.
struct Impatient(u32);

impl Follow for Impatient {
    fn further(&mut self, _: Progress) {
        self.0 = self.0.saturating_sub(1);
    }

    fn goes_on(&self) -> bool {
        self.0 > 0
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fill_that_was_stopped_goes_on_on_another_day_as_if_it_had_not_been() {
    let wanted = Wanted { seed: 5, groups: 4, days: 20 };
    let mut whole = None;
    for stopped in [false, true] {
        let database = testkit::databases().await.into_iter().next().unwrap();
        if stopped {
            let (place, _) = place(&database, EVENING).await;
            let early = fill(place.clone(), wanted, &mut Impatient(2)).await;
            assert!(matches!(early, Err(Unfilled::Stopped)));
            place.live.stop().await;
        } else {
            // The first fill of the other run decides the day.
            let (place, _) = place(&database, EVENING).await;
            fill(place.clone(), Wanted { groups: 1, ..wanted }, &mut Unfollowed).await.unwrap();
            place.live.stop().await;
        }
        let (place, _) = place(&database, EVENING + 30 * Millis::HOUR).await;
        let company = fill(place.clone(), wanted, &mut Unfollowed).await.unwrap();
        let mut facts = Vec::new();
        for lines in all_lines(&place, &company).await {
            let fact = |line: Line| (line.fact.source, line.fact.at, line.fact.kind, line.words);
            facts.push(lines.into_iter().map(fact).collect::<Vec<_>>());
        }
        place.live.stop().await;
        match &whole {
            None => whole = Some(facts),
            Some(whole) => assert_eq!(whole, &facts),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_company_talks_on_with_the_clock_and_answers_a_visitor() {
    let database = testkit::databases().await.into_iter().next().unwrap();
    let (place, clock) = place(&database, EVENING).await;
    let company = fill(place.clone(), WANTED, &mut Unfollowed).await.unwrap();
    let group = company.groups().next().unwrap();
    let before: usize = all_lines(&place, &company).await.iter().map(Vec::len).sum();
    let groups: Vec<GroupId> = company.groups().collect();
    let mut living = company.begin();
    let mut told = 0;
    for _ in 0..120 {
        clock.0.fetch_add(30_000, Ordering::SeqCst);
        told += living.step().await.unwrap();
    }
    let mut after = 0;
    for group in &groups {
        after += lines(&place, *group).await.len();
    }
    assert!(told > 10 && after >= before + told, "{told} events, {before} and {after} lines");

    let ann = place.live.guest(place.org, "ann", "Ann").await.unwrap();
    let now = clock.now();
    let entrance = Entrance {
        name: "Ann".into(),
        how: JoinManner::Link,
        by: IdentityId::NOBODY,
        via: "".into(),
        rules: 1,
    };
    place.live.submit(place.org, asked(group, ann, now, EventWhat::Join(entrance))).await.unwrap();
    let text = "大家好，我是新来的，请多关照".into();
    let post = Post {
        text,
        features: FeatureWord::default(),
        text_hash: 0,
        reply_to: None,
        calls: IdentityId::NOBODY,
    };
    let event = asked(group, ann, Millis(now.0 + 1), EventWhat::Message(post));
    let seq = place.live.submit(place.org, event).await.unwrap().seq;
    let living = &tokio::sync::Mutex::new(living);
    let (place, clock) = (&place, &clock);
    let greeted = until(|| async move {
        clock.0.fetch_add(1_000, Ordering::SeqCst);
        living.lock().await.step().await.unwrap();
        let later = lines(place, group).await.into_iter().filter(|line| line.seq > seq);
        let is_welcome = |line: &Line| {
            let words = line.words.as_deref().unwrap_or_default();
            ["欢迎", "新朋友", "新面孔", "新人"].iter().any(|word| words.contains(word))
        };
        later.into_iter().find(is_welcome)
    })
    .await;
    assert_ne!(greeted.fact.actor, ann);
    place.live.stop().await;
}

fn asked(group: GroupId, who: IdentityId, at: Millis, what: EventWhat) -> Event {
    let key = SourceKey { key: minted_key(at, 77), part: chat::web::part(&what) };
    let class = ActorClass::Member;
    Event { group, key, at, actor: who, class, origin: Origin::Asked, what }
}

#[tokio::test(flavor = "multi_thread")]
async fn pins_and_later_announcements_come_with_time() {
    let database = testkit::databases().await.into_iter().next().unwrap();
    let (place, _) = place(&database, EVENING).await;
    let wanted = Wanted { seed: 7, groups: 4, days: 30 };
    let company = fill(place.clone(), wanted, &mut Unfollowed).await.unwrap();
    let today = Day(i32::try_from((EVENING / 1000 + 8 * 3600) / 86_400).unwrap());
    let plans = Community::plan(7, 4, 30, today).groups;
    let mut pinned = 0;
    for (group, plan) in company.groups().zip(plans) {
        let room = place.live.room(place.org, group).await.unwrap().unwrap();
        pinned += room.pins.len();
        let lines = lines(&place, group).await;
        let of = |kind: ServiceKind| {
            let fits = |line: &&Line| {
                line.fact.kind == FactKind::Service && line.fact.detail == kind as u8
            };
            lines.iter().filter(fits).count()
        };
        let boards = if plan.plan.course == Course::JustOpened { 1..=2 } else { 2..=2 };
        assert!(boards.contains(&of(ServiceKind::Announcement)), "{}", room.name);
        assert_eq!(of(ServiceKind::Pin) - of(ServiceKind::Unpin), room.pins.len());
        assert!(room.pins.len() <= 1);
    }
    assert!(pinned >= 2, "{pinned} pins");
    place.live.stop().await;
}
