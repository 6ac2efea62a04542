//! Today over the groups of a company: what stands there without a single message.

use app::console::{Denied, Ended, Later, Look, Reason, ReportKind, Row, Today};
use domain::{Actor, GroupId, Millis, Role, Scope, StaffId};
use practice::wecom::books::{Group, Joining, Member};
use store::WecomId;

use crate::live::{NOON, ORG};
use crate::wecom::{Scene, hired, owner};

fn rows<'a>(today: &'a Today, source: &str) -> Vec<&'a Row> {
    today.items.iter().map(|item| &item.row).filter(|row| row.source == source).collect()
}

fn somebody(staff: i64, role: Role, groups: &[GroupId]) -> Actor {
    let scope = Scope::Groups(groups.iter().copied().collect());
    Actor { org: ORG, staff: StaffId(staff), name: "阿杰".to_owned(), role, scope }
}

impl Scene {
    async fn today(&self, actor: &Actor) -> Today {
        let look = Look { limit: 10_000, ..Look::default() };
        let today = self.console.today(actor, &look).await.unwrap();
        let waiting = self.console.waiting(actor).await.unwrap();
        assert_eq!((today.total, today.items.len()), (waiting, waiting), "the menu says the same");
        today
    }

    async fn group_of(&self, id: WecomId, chat: &str) -> GroupId {
        self.store.wecom_group(id, chat).await.unwrap().unwrap().group.unwrap()
    }

    /// A group of the books of somebody who is there, with its chat.
    fn led(&self, nth: usize) -> (String, Group) {
        self.practice.read(|books| {
            let led = books.groups.iter().filter(|(_, group)| {
                books.staff.get(&group.owner).is_some_and(|one| one.left.is_none() && one.active)
            });
            let (chat, group) = led.clone().nth(nth).unwrap();
            (chat.clone(), group.clone())
        })
    }

    /// So many more people are in a group, since so long.
    fn crowd(&self, chat: &str, count: usize, ago_ms: i64) {
        let now = self.practice.now();
        self.practice.write(|books| {
            let inside: Vec<String> =
                books.groups.get(chat).unwrap().members.iter().map(|one| one.id.clone()).collect();
            let all = books.customers.keys().filter(|id| !inside.contains(id)).take(count);
            let all: Vec<String> = all.cloned().collect();
            assert_eq!(all.len(), count);
            let joined = Millis(now.0 - ago_ms);
            let by = Joining::Scanned(None);
            let member = |id| Member { id, joined, by: by.clone(), nickname: String::new() };
            let group = books.groups.get_mut(chat).unwrap();
            group.members.extend(all.into_iter().map(member));
        });
    }
}

// catalogue: U01
#[tokio::test]
async fn a_company_without_messages_has_rows_that_equal_its_books() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 5).await;
        let (chat, group) = scene.led(0);
        // 7 of them came in the last fortnight: 50 places are left for 100 days.
        scene.crowd(&chat, 450 - 7 - group.members.len(), 100 * Millis::DAY);
        scene.crowd(&chat, 7, 5 * Millis::DAY);
        let id = scene.connected().await;
        let today = scene.today(&owner()).await;

        // Who is new is so by the platform: not everybody whom the first reading found.
        let mut ours = 0;
        for row in rows(&today, "newcomers") {
            ours += match &row.reason {
                Reason::Newcomer => 1,
                Reason::Newcomers(count, _) => *count,
                other => panic!("{other:?}"),
            };
        }
        let theirs: usize = scene.practice.read(|books| {
            let is_new = |one: &&Member| {
                let age = NOON - one.joined.0;
                let outside = books.customers.contains_key(&one.id);
                outside && (2 * Millis::HOUR..=72 * Millis::HOUR).contains(&age)
            };
            books.groups.values().map(|group| group.members.iter().filter(is_new).count()).sum()
        });
        assert!(ours > 0 && ours == theirs, "{ours} and {theirs}");

        let full = rows(&today, "filling");
        let group = scene.group_of(id, &chat).await;
        assert_eq!(full.len(), 1, "{full:?}");
        let Reason::Filling(filling) = &full[0].reason else { panic!("{full:?}") };
        assert_eq!((full[0].group, filling.members), (Some(group), 450));
        let came = filling.came;
        assert!(came >= 7 && filling.days == Some(50 * 14 / came), "{filling:?}");

        let unled: usize = rows(&today, "unled")
            .iter()
            .map(|row| match &row.reason {
                Reason::Unled(unled) => unled.groups,
                other => panic!("{other:?}"),
            })
            .sum();
        let found = scene.console.company_findings(&owner(), id.account).await.unwrap();
        assert!(unled > 0 && unled == found.ownerless.len(), "as the findings say");
        assert!(rows(&today, "flows").is_empty(), "nothing is usual on the first day");

        // Seen, put off, shown again, in place like the others.
        let key = ("filling", full[0].key.as_str());
        let ended = scene.console.close_row(&owner(), key).await.unwrap();
        assert_eq!(ended, Ended::Done { undo: true });
        assert!(rows(&scene.today(&owner()).await, "filling").is_empty());
        assert!(scene.console.show_row_again(&owner(), key).await.unwrap());
        assert_eq!(rows(&scene.today(&owner()).await, "filling").len(), 1);
        let again = scene.console.put_row_off(&owner(), key, Later::Hour).await.unwrap();
        assert_eq!(again, Ended::Done { undo: true });
        scene.crowd(&chat, 1, 0);
        scene.crowd(&chat, 24, 0);
        scene.again(id).await;
        assert_eq!(rows(&scene.today(&owner()).await, "filling")[0].level, 95, "it got worse");

        // Somebody with one group sees what is of that group, and nothing of the company.
        let staff = somebody(7, Role::Staff, &[group]);
        let own = scene.today(&staff).await;
        assert!(!own.items.is_empty());
        assert!(own.items.iter().all(|item| item.row.group == Some(group)), "{own:?}");
    }
}

// catalogue: U01
#[tokio::test]
async fn leaves_beyond_what_is_usual_are_told_with_their_base() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 5).await;
    let id = scene.connected().await;
    let (chat, group) = scene.led(1);
    let people: Vec<String> = scene.practice.read(|books| {
        let outside = |one: &&Member| books.customers.contains_key(&one.id);
        group.members.iter().filter(outside).map(|one| one.id.clone()).collect()
    });
    scene.pass(8 * Millis::DAY);
    let who: Vec<&str> = people.iter().take(9).map(String::as_str).collect();
    scene.practice.act(|books, now| books.leave(&chat, &who, now)).unwrap();
    scene.again(id).await;
    scene.place.live.caught_up().await;
    let today = scene.today(&owner()).await;
    let found = rows(&today, "flows");
    let row = found.iter().find(|row| row.key.ends_with(":leaves")).unwrap();
    assert_eq!(row.group, Some(scene.group_of(id, &chat).await));
    let Reason::Leaves(it) = row.reason else { panic!("{row:?}") };
    assert_eq!((it.count, it.before, it.days, it.is_small), (9, 0, 6, true));
}

// catalogue: U01
#[tokio::test]
async fn calls_that_need_a_person_stand_there_until_they_are_mended() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 5).await;
    let id = scene.connected().await;
    assert!(rows(&scene.today(&owner()).await, "refused").is_empty());
    scene.practice.faults(|faults| faults.untrusted = true);
    scene.again(id).await;
    let today = scene.today(&owner()).await;
    let found = rows(&today, "refused");
    assert_eq!(found.len(), 1, "each thing once: {found:?}");
    let Reason::Refused(it) = &found[0].reason else { panic!("{found:?}") };
    assert_eq!((it.word, it.account), ("address", id.account));
    // Who does not see companies is not told.
    let lead = somebody(8, Role::Lead, &[scene.place.group]);
    assert!(rows(&scene.today(&lead).await, "refused").is_empty());
    scene.practice.faults(practice::wecom::Faults::clear);
    scene.again(id).await;
    assert!(rows(&scene.today(&owner()).await, "refused").is_empty());
}

#[tokio::test]
async fn what_a_keeper_taps_stands_on_today_once_and_can_be_taken_back() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 5).await;
        let by = hired(&scene.store, "keeper", Role::Staff).await;
        let group = scene.place.group;
        let keeper = Actor { staff: by, ..somebody(0, Role::Staff, &[group]) };
        let console = &scene.console;
        let tap = |mint| console.report_group(&keeper, (group, ReportKind::Adverts), mint);
        let first = tap(77).await.unwrap();
        assert_eq!(tap(77).await.unwrap(), first, "a double tap is one");
        let today = scene.today(&keeper).await;
        let found = rows(&today, "reports");
        assert_eq!(found.len(), 1);
        let Reason::Reported(it) = &found[0].reason else { panic!("{found:?}") };
        assert!(it.what == ReportKind::Adverts && !it.by.is_empty(), "{it:?}");
        assert_eq!(found[0].since, Millis(NOON), "since when");

        let other = hired(&scene.store, "other", Role::Lead).await;
        let other = Actor { staff: other, ..owner() };
        assert!(!console.undo_report(&other, first.id).await.unwrap(), "another's");
        assert!(console.undo_report(&keeper, first.id).await.unwrap());
        assert!(!console.undo_report(&keeper, first.id).await.unwrap());
        assert!(rows(&scene.today(&keeper).await, "reports").is_empty());

        let later = tap(78).await.unwrap();
        scene.pass(2 * Millis::HOUR);
        assert!(!console.undo_report(&keeper, later.id).await.unwrap(), "an hour is over");
        let key = format!("{}:{}", group.0, later.id);
        console.close_row(&other, ("reports", &key)).await.unwrap();
        assert!(rows(&scene.today(&keeper).await, "reports").is_empty());

        let elsewhere = Actor { staff: by, ..somebody(0, Role::Staff, &[GroupId(99)]) };
        let no = console.report_group(&elsewhere, (group, ReportKind::Complaint), 79).await;
        assert!(matches!(no, Err(Denied::Missing)), "{no:?}");
        let reader = Actor { role: Role::ReadOnly, ..keeper.clone() };
        let no = console.report_group(&reader, (group, ReportKind::Complaint), 80).await;
        assert!(matches!(no, Err(Denied::NotAllowed(_))), "{no:?}");
    }
}
