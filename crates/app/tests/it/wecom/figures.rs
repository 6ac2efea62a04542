//! The platform's own figures: read day by day, resumed, never nought where nothing was told.

use app::wecom::{QuietOwner, activity};
use chat::wecom::Seal;
use domain::{Day, GroupId, Millis};
use practice::wecom::{Fault, Faults};
use store::{WecomDay, WecomStaffDay, wecom_day};

use crate::wecom::found::group;
use crate::wecom::{Scene, is_through, owner};

const STEP: &str = "figures";

/// Calls for figures so far.
fn asked(scene: &Scene) -> usize {
    let calls = scene.practice.calls();
    let figures = |path: &str| {
        path.ends_with("statistic_group_by_day") || path.ends_with("get_user_behavior_data")
    };
    calls.iter().filter(|call| figures(&call.path)).count()
}

async fn failure(scene: &Scene, id: store::WecomId) -> Option<String> {
    let pulls = scene.store.wecom_pulls(id).await.unwrap();
    let own = pulls.into_iter().find(|row| row.run.step == STEP).unwrap();
    own.ended.is_none().then_some(own.failure)
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_of_half_a_year_equal_the_books_and_a_day_later_only_the_new_ones_are_asked_for() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 21).await;
        let id = scene.connected().await;
        assert_eq!(failure(&scene, id).await, None);
        let today = wecom_day(scene.practice.now());
        let days = (today.plus(-180), today.plus(-1));
        let groups = scene.store.wecom_days(id, days.0, days.1).await.unwrap();
        let owners: Vec<String> = {
            let mut owners: Vec<String> = groups.iter().map(|row| row.owner.clone()).collect();
            owners.sort();
            owners.dedup();
            owners
        };
        assert!(owners.len() > 3 && groups.len() == owners.len() * 180, "{}", groups.len());
        for row in &groups {
            let day = i64::from(row.day.0);
            let owner = std::slice::from_ref(&row.owner);
            let theirs = scene.practice.read(|books| books.figures(owner, day, day));
            let ours = (row.chats, row.new_members, row.members, row.messages);
            let theirs =
                (theirs.chat_total, theirs.new_member_cnt, theirs.member_total, theirs.msg_total);
            let (a, b, c, d) = ours;
            assert_eq!((a.into(), b.into(), c.into(), d.into()), theirs, "{row:?}");
        }
        let chats = scene.store.wecom_staff_days(id, days).await.unwrap();
        assert!(chats.iter().any(|row| row.messages > 0 && row.replied == Some(6_025)));
        for row in &chats {
            let day = i64::from(row.day.0);
            let theirs = scene.practice.read(|books| books.behaviour(&row.userid, day));
            let ours = (row.chats, row.messages, row.added, row.reply_min);
            let theirs = (
                theirs.chat_cnt,
                theirs.message_cnt,
                theirs.new_contact_cnt,
                theirs.avg_reply_time,
            );
            assert_eq!(ours, theirs, "{row:?}");
            assert!(row.messages > 0 || row.replied.is_none(), "not told is not nought");
        }
        let first = asked(&scene);
        scene.again(id).await;
        assert_eq!(asked(&scene), first, "not twice in a day");
        scene.pass(Millis::DAY);
        scene.again(id).await;
        let people = scene.store.wecom_pulls(id).await.unwrap();
        let people = people.iter().find(|row| row.run.step == STEP).unwrap().total.unwrap();
        assert!(asked(&scene) - first <= 2 * people as usize, "{} {people}", asked(&scene) - first);
        let new = scene.store.wecom_days(id, today, today).await.unwrap();
        assert_eq!(new.len(), owners.len());
        scene.place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_are_refused_leave_the_company_read_whole_and_go_on_where_they_stood() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 22).await;
    scene.practice.faults(|faults| {
        faults.plan("externalcontact/get_user_behavior_data", 1, Fault::Code(48_002));
    });
    let id = scene.connected().await;
    let company = scene.console.company(&owner(), id.account).await.unwrap();
    assert!(is_through(&company.steps), "{:?}", company.steps);
    assert!(failure(&scene, id).await.unwrap().starts_with("permission|"));
    let active = scene.console.company_activity(&owner(), id.account).await.unwrap();
    assert_eq!((active.sent, active.added), (None, None), "not told is not nought");
    // Half-way a limit is reached; the next time goes on from there.
    scene.practice.limits(|limits| limits.call_minute = 45);
    scene.again(id).await;
    assert!(failure(&scene, id).await.unwrap().starts_with("limit|"));
    let half = scene.store.wecom_pulls(id).await.unwrap();
    let half = half.iter().find(|row| row.run.step == STEP).unwrap().done;
    assert!(half > 0);
    scene.practice.faults(Faults::clear);
    scene.practice.limits(|limits| limits.call_minute = 10_000);
    scene.pass(2 * Millis::MINUTE);
    scene.again(id).await;
    assert_eq!(failure(&scene, id).await, None);
    let active = scene.console.company_activity(&owner(), id.account).await.unwrap();
    let now = scene.practice.now();
    let theirs: u64 = scene.practice.read(|books| {
        let today = practice::wecom::books::day_of(now);
        let staff = books.staff.iter().filter(|(_, one)| one.seen() && one.left.is_none());
        staff
            .flat_map(|(id, _)| (today - 14..today).map(move |day| (id, day)))
            .map(|(id, day)| u64::from(books.behaviour(id, day).message_cnt))
            .sum()
    });
    assert_eq!((active.told, active.sent), (14, Some(theirs)));
    scene.place.live.stop().await;
}

#[test]
fn owners_under_whom_nothing_happens_are_told_when_enough_days_are_known() {
    let today = Day(20_500);
    let day = |owner: &str, back: i32, messages: u32| WecomDay {
        owner: owner.to_owned(),
        day: today.plus(-back),
        new_chats: 0,
        chats: 1,
        chats_with_messages: messages.min(1),
        new_members: 0,
        members: 30,
        members_with_messages: 0,
        messages,
    };
    let chat = |userid: &str, messages: u32| WecomStaffDay {
        userid: userid.to_owned(),
        day: today.plus(-3),
        messages,
        chats: 1,
        replied: None,
        reply_min: None,
        dropped: 0,
        applied: 0,
        added: 0,
    };
    let groups = [
        group(1, "一群", "quiet", 30),
        group(2, "二群", "Quiet", 30),
        group(3, "三群", "lively", 30),
        group(4, "四群", "writes", 30),
        group(5, "五群", "unknown", 30),
        group(6, "六群", "silent", 30),
    ];
    let mut days = Vec::new();
    for back in 1..=14 {
        days.push(day("quiet", back, 0));
        days.push(day("lively", back, u32::from(back == 9)));
        days.push(day("writes", back, 0));
        days.push(day("silent", back, 0));
    }
    // Told of on too few days; and what is older than 14 days does not count.
    days.extend((1..=9).map(|back| day("unknown", back, 0)));
    days.push(day("quiet", 15, 500));
    let chats = [chat("quiet", 0), chat("writes", 4)];
    let active = activity(&groups, (&days, &chats), today);
    assert_eq!((active.told, active.owners), (14, 5));
    assert_eq!((active.in_groups, active.sent), (Some(1), Some(4)));
    let quiet = |owner: &str, groups: &[(i64, &str)], with_chats| QuietOwner {
        owner: owner.to_owned(),
        groups: groups.iter().map(|(n, name)| (GroupId(*n), (*name).to_owned())).collect(),
        told: 14,
        with_chats,
    };
    let all =
        [quiet("quiet", &[(1, "一群"), (2, "二群")], true), quiet("silent", &[(6, "六群")], false)];
    assert_eq!(active.quiet, all);
    assert_eq!(activity(&groups, (&[], &[]), today).in_groups, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_later_elsewhere_is_not_overwritten_by_an_older_answer() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 23).await;
    let id = scene.connected().await;
    let row = scene.store.wecom_groups(id).await.unwrap();
    let row = row.into_iter().find(|row| row.outsiders.is_some_and(|many| many > 2)).unwrap();
    let before = scene.store.wecom_members_of(id, &row.chat).await.unwrap();
    scene.pass(Millis::MINUTE);
    let detail = store::WecomDetail {
        chat: row.chat.clone(),
        group: row.group,
        owner: row.owner.clone(),
        admins: row.admins.clone(),
        name: row.name.clone(),
        notice: row.notice.clone(),
        made: row.made,
        version: "later".to_owned(),
        members: row.members.unwrap(),
        outsiders: row.outsiders.unwrap(),
        nameless: row.nameless.unwrap(),
    };
    let later = Millis(scene.place.clock.at_now() + Millis::HOUR);
    let page = store::WecomPage { at: later, rows: vec![detail], moved: None };
    scene.store.wecom_read(id, page).await.unwrap();
    let goes = before.iter().find(|one| one.gone.is_none() && one.member.class == 2).unwrap();
    let goes = goes.member.userid.clone();
    scene.practice.act(|books, now| books.leave(&row.chat, &[&goes], now)).unwrap();
    let found = scene.console.resync_group(&owner(), id.account, &row.chat).await.unwrap();
    assert_eq!((found.came, found.went), (0, 0), "what was asked for before is older");
    assert_eq!(scene.store.wecom_members_of(id, &row.chat).await.unwrap(), before);
    scene.pass(2 * Millis::HOUR);
    let found = scene.console.resync_group(&owner(), id.account, &row.chat).await.unwrap();
    assert_eq!((found.came, found.went, found.failure), (0, 1, None));
    let misses = scene.store.wecom_misses(id, 9).await.unwrap();
    assert_eq!((misses[0].1.how.as_str(), misses[0].1.went), ("resync", 1));
    let again = scene.console.resync_group(&owner(), id.account, &row.chat).await.unwrap();
    assert_eq!((again.came, again.went), (0, 0));
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_of_callback_and_proxy_can_be_dropped_and_a_group_said_to_hold_fewer() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 24).await;
    let key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    assert!(Seal::new("abc", key, "ww1").is_ok());
    let form = app::wecom::CompanyForm {
        token: "abc".to_owned(),
        aes_key: key.to_owned(),
        // A plain proxy is whoever takes whole addresses: the practice company does.
        proxy: scene.practice.url(),
        ..scene.form()
    };
    let connected = scene.console.connect_company(&owner(), &form).await.unwrap();
    let app::wecom::Connected::Now(id) = connected else { panic!("{connected:?}") };
    scene.rested(id).await;
    let kept = async || scene.console.company(&owner(), id.account).await.unwrap().kept;
    assert_eq!(kept().await, Some((true, true)));
    let change = async |form: app::wecom::CompanyForm| {
        scene.console.change_company(&owner(), id.account, &form).await
    };
    let api = scene.practice.url();
    let bare = app::wecom::CompanyForm { api, ..Default::default() };
    change(bare.clone()).await.unwrap();
    assert_eq!(kept().await, Some((true, true)), "empty fields keep");
    change(app::wecom::CompanyForm { drop_proxy: true, ..bare.clone() }).await.unwrap();
    assert_eq!(kept().await, Some((true, false)));
    change(app::wecom::CompanyForm { drop_callback: true, ..bare.clone() }).await.unwrap();
    assert_eq!(kept().await, Some((false, false)));
    for (typed, told) in [("200", true), ("5", false), ("many", false), ("", true)] {
        let form = app::wecom::CompanyForm { group_max: typed.to_owned(), ..bare.clone() };
        assert_eq!(change(form).await.is_ok(), told, "{typed}");
    }
    change(app::wecom::CompanyForm { group_max: "200".to_owned(), ..bare }).await.unwrap();
    scene.rested(id).await;
    let found = scene.console.company_findings(&owner(), id.account).await.unwrap();
    assert_eq!(found.most, 200);
    assert!(!found.full.is_empty() && found.full.iter().all(|one| one.members > 100));
    scene.place.live.stop().await;
}
