//! All sources over one ground: order, what was put off, what was seen.

use domain::{GroupId, IdentityId, Millis, OrgId, Seq, StaffId, TaskKind};
use insights::{Cause, CauseCode, Mood};
use store::{
    GroupTitle, OutboxRow, OutboxState, PersonIn, PutOff, ReportRow, StaffTitle, TaskRow,
    TaskState, WecomGlance,
};

use crate::console::today::companies::{Absent, Came, CompanyGround};
use crate::console::today::ground::{FailedImport, Ground, Troubled};
use crate::console::today::list::open_rows;
use crate::console::today::row::{Closing, NoCards, Reason, RefusedCalls, ReportKind, Row};
use crate::console::today::sources;
use crate::links::LinkAlarm;
use crate::live::SetAside;
use crate::wecom::OwnerlessWhy;

const NOW: Millis = Millis(1_795_348_800_000);

fn ago(ms: i64) -> Millis {
    Millis(NOW.0 - ms)
}

fn title(group: i64) -> (GroupId, GroupTitle) {
    let title = GroupTitle {
        group: GroupId(group),
        name: format!("{group} 群"),
        platform: "web".to_owned(),
        next: Seq(9),
        live: true,
    };
    (title.group, title)
}

fn task((at, kind): (usize, TaskKind)) -> TaskRow {
    TaskRow {
        org: OrgId(1),
        group: GroupId(1),
        name: format!("{}:7:{at}", kind.word()),
        kind: kind.word().to_owned(),
        about: Some(7),
        who: IdentityId(3),
        // The most pressing one has waited least.
        since: ago((i64::try_from(at).unwrap() + 1) * Millis::HOUR),
        state: TaskState::Open,
        changed: NOW,
    }
}

fn troubled(group: i64, mood: Mood, days: i64) -> Troubled {
    let cause = |code, number| Cause { code, numbers: vec![number] };
    Troubled {
        group: GroupId(group),
        mood,
        causes: vec![cause(CauseCode::Growing, 1.0), cause(CauseCode::SilentDays, 9.0)],
        last: Some(ago(days * Millis::DAY)),
        made: NOW,
    }
}

fn failed() -> OutboxRow {
    OutboxRow {
        org: OrgId(1),
        group: GroupId(1),
        seq: Seq(99),
        n: 0,
        platform: "web".to_owned(),
        kind: "post".to_owned(),
        action: "{}".to_owned(),
        state: OutboxState::Failed,
        tries: 6,
        next_at: NOW,
        changed: NOW,
        result: "no answer".to_owned(),
    }
}

fn glance(group: i64, members: u32) -> WecomGlance {
    WecomGlance {
        group: GroupId(group),
        account: 1,
        chat: format!("wr{group}"),
        name: String::new(),
        owner: "sam".to_owned(),
        status: 0,
        members,
        since: Some(ago(40 * Millis::DAY)),
        holds: None,
    }
}

fn company() -> CompanyGround {
    let flow = Came { late: [6, 20], before: [28, 28], days: 28 };
    let absent = |why, groups: Vec<GroupId>| Absent {
        account: 1,
        userid: "sam".to_owned(),
        name: "小山".to_owned(),
        why,
        groups,
    };
    let code = LinkAlarm::NearEnd(7, "门店海报".to_owned(), 9);
    let (name, userid) = ("阿杰".to_owned(), "sam".to_owned());
    let refused = RefusedCalls { account: 1, word: "address", said: "60020".to_owned() };
    CompanyGround {
        full: vec![(glance(1, 451), 14), (glance(2, 400), 0)],
        flows: [(GroupId(5), flow)].into(),
        absent: vec![
            absent(OwnerlessWhy::Left, vec![GroupId(1), GroupId(2)]),
            absent(OwnerlessWhy::OutOfSight, vec![GroupId(3)]),
        ],
        newcomers: Vec::new(),
        refused: vec![(refused, NOW)],
        no_cards: vec![(NoCards { staff: StaffId(1), name, userid }, NOW)],
        codes: vec![code],
    }
}

fn report(id: i64) -> ReportRow {
    let (group, kind) = (GroupId(1), ReportKind::Adverts.word().to_owned());
    ReportRow { id, group, kind, staff: StaffId(1), at: NOW }
}

/// Something of every source.
fn ground() -> Ground {
    let newcomer = |who, joined| PersonIn {
        group: GroupId(1),
        identity: IdentityId(who),
        name: format!("新人{who}"),
        joined,
        is_in: true,
    };
    let staff = |id| StaffTitle { staff: StaffId(id), name: "阿杰".to_owned(), active: true };
    let aside = SetAside {
        id: 4,
        group: GroupId(1),
        event: None,
        received: NOW,
        tries: 1,
        failure: "odd".to_owned(),
    };
    Ground {
        now: NOW,
        tasks: TaskKind::ALL.into_iter().enumerate().map(task).collect(),
        troubles: vec![
            troubled(1, Mood::Fading, 5),
            troubled(2, Mood::Dying, 9),
            troubled(3, Mood::Dead, 80),
        ],
        newcomers: vec![newcomer(5, ago(30 * Millis::HOUR)), newcomer(6, ago(Millis::DAY))],
        aside: vec![aside],
        failed: vec![failed()],
        imports: vec![FailedImport { id: 2, at: NOW }],
        reports: vec![report(8)],
        companies: company(),
        titles: [title(1), title(2), title(3)].into(),
        staff: vec![staff(1), staff(2)],
        sets_owners: true,
        ..Ground::default()
    }
}

fn put(ground: &mut Ground, row: &Row, until: Option<Millis>) {
    let noted = PutOff {
        source: row.source.to_owned(),
        key: row.key.clone(),
        level: row.level,
        by: StaffId(1),
        at: ground.now,
        until,
    };
    ground.put_offs.insert((noted.source.clone(), noted.key.clone()), noted);
}

// catalogue: H10 D18
#[test]
fn every_source_has_a_row_and_first_ever_posts_stand_on_top() {
    let rows = open_rows(&ground());
    for source in &sources::ALL {
        assert!(rows.iter().any(|row| row.source == source.word), "{}", source.word);
    }
    assert!(matches!(rows[0].reason, Reason::FirstPost(Some(7))), "{:?}", rows[0]);
    assert!(rows[1..].iter().all(|row| row.urgency > 0));
}

#[test]
fn every_row_can_be_put_off_and_comes_back_when_its_time_is_over() {
    for row in open_rows(&ground()) {
        let mut ground = ground();
        let is_there = |ground: &Ground| {
            open_rows(ground).iter().any(|one| (one.source, &one.key) == (row.source, &row.key))
        };
        put(&mut ground, &row, Some(Millis(NOW.0 + Millis::HOUR)));
        assert!(!is_there(&ground), "{row:?}");
        ground.now = Millis(NOW.0 + Millis::HOUR);
        assert!(is_there(&ground), "{row:?}");
    }
}

#[test]
fn what_was_seen_stays_away_until_its_time() {
    for row in open_rows(&ground()) {
        let Closing::Seen(for_ms) = row.closing else { continue };
        let mut ground = ground();
        put(&mut ground, &row, for_ms.map(|ms| Millis(NOW.0 + ms)));
        assert!(
            open_rows(&ground).iter().all(|one| one.key != row.key || one.source != row.source),
            "{row:?}"
        );
    }
}

// catalogue: O05 O07
#[test]
fn a_group_in_trouble_names_its_causes_and_comes_back_at_once_when_it_gets_worse() {
    let mut ground = ground();
    let key = |ground: &Ground, key: &str| {
        open_rows(ground).into_iter().find(|row| row.source == "troubles" && row.key == key)
    };
    let fading = key(&ground, "1").unwrap();
    let Reason::Trouble(Mood::Fading, causes) = &fading.reason else { panic!("{fading:?}") };
    assert!(causes.len() == 1 && causes[0].code == CauseCode::SilentDays, "no good news");
    put(&mut ground, &fading, Some(Millis(NOW.0 + 7 * Millis::DAY)));
    assert_eq!(key(&ground, "1"), None);
    ground.troubles[0].mood = Mood::Dying;
    assert!(key(&ground, "1").is_some(), "it got worse");
    let old = key(&ground, "long_dead").unwrap();
    assert!(old.reason == Reason::LongDead(1) && key(&ground, "3").is_none());
}

// catalogue: R01
#[test]
fn groups_without_an_owner_are_told_once_and_only_to_who_may_set_them() {
    let ownerless =
        |ground: &Ground| open_rows(ground).into_iter().find(|row| row.source == "ownerless");
    let mut ground = ground();
    let owned =
        |group| store::Keeping { group: GroupId(group), owner: Some(StaffId(1)), backup: None };
    ground.keepings.insert(GroupId(1), owned(1));
    let backup = store::Keeping { group: GroupId(2), owner: None, backup: Some(StaffId(1)) };
    ground.keepings.insert(GroupId(2), backup);
    assert_eq!(ownerless(&ground).unwrap().reason, Reason::Ownerless(2), "a back-up is no owner");
    ground.sets_owners = false;
    assert_eq!(ownerless(&ground), None);
    ground.sets_owners = true;
    ground.staff.truncate(1);
    assert_eq!(ownerless(&ground), None, "nobody else could be it");
}

// catalogue: D18
#[test]
fn who_came_after_the_greeting_is_told_alone() {
    let mut ground = ground();
    let of = |ground: &Ground| open_rows(ground).into_iter().find(|row| row.source == "newcomers");
    let both = of(&ground).unwrap();
    assert!(matches!(&both.reason, Reason::Newcomers(2, names) if names.len() == 2));
    put(&mut ground, &both, None);
    assert_eq!(of(&ground), None);
    ground.newcomers.push(PersonIn {
        identity: IdentityId(8),
        joined: ago(3 * Millis::HOUR),
        ..ground.newcomers[0].clone()
    });
    let third = of(&ground).unwrap();
    assert_eq!((third.reason, third.person), (Reason::Newcomer, Some(IdentityId(8))));
}

fn of(ground: &Ground, source: &str, key: &str) -> Option<Row> {
    let is_it = |row: &Row| row.source == source && row.key == key;
    open_rows(ground).into_iter().find(is_it)
}

#[test]
fn a_group_that_fills_says_how_full_and_for_how_long_and_comes_back_at_the_next_step() {
    let mut ground = ground();
    let row = of(&ground, "filling", "1").unwrap();
    let Reason::Filling(filling) = row.reason else { panic!("{row:?}") };
    // 49 places, 14 people in 14 days.
    assert_eq!((filling.members, filling.limit, filling.days), (451, 500, Some(49)));
    assert_eq!((row.level, row.urgency), (90, 3));
    put(&mut ground, &row, Some(Millis(NOW.0 + 30 * Millis::DAY)));
    ground.companies.full[0].0.members = 474;
    assert_eq!(of(&ground, "filling", "1"), None, "the same step");
    ground.companies.full[0].0.members = 475;
    assert_eq!(of(&ground, "filling", "1").map(|row| (row.level, row.urgency)), Some((95, 2)));
    let idle = of(&ground, "filling", "2").unwrap();
    assert!(matches!(idle.reason, Reason::Filling(filling) if filling.days.is_none()));
}

#[test]
fn what_is_unusual_in_a_group_is_told_with_its_base_unless_it_stands_among_the_troubles() {
    let mut ground = ground();
    let row = of(&ground, "flows", "5:leaves").unwrap();
    let Reason::Leaves(it) = row.reason else { panic!("{row:?}") };
    assert_eq!((it.count, it.before, it.days, it.is_small), (20, 28, 28, false));
    assert_eq!(of(&ground, "flows", "5:joins"), None, "6 beside 28 in 28 days is nothing");
    ground.troubles.push(troubled(5, Mood::Fading, 2));
    assert_eq!(of(&ground, "flows", "5:leaves"), None, "it is told there");
}

#[test]
fn the_groups_of_an_absent_owner_are_one_row_and_more_of_them_bring_it_back() {
    let mut ground = ground();
    let row = of(&ground, "unled", "owner:1:left:sam").unwrap();
    assert!(matches!(&row.reason, Reason::Unled(it) if it.groups == 2) && row.group.is_none());
    put(&mut ground, &row, Some(Millis(NOW.0 + Millis::DAY)));
    assert_eq!(of(&ground, "unled", &row.key), None);
    ground.companies.absent[0].groups.push(GroupId(9));
    assert!(of(&ground, "unled", &row.key).is_some());
}

// catalogue: U01
#[test]
fn no_two_rows_have_the_same_name() {
    let mut names: Vec<(&str, String)> =
        open_rows(&ground()).into_iter().map(|row| (row.source, row.key)).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}
