//! The one commit of the writers: all of it, under its fence, or nothing.

use std::task::Poll;

use domain::{ActorClass, IdentityId, Millis, Seq, StaffId};
use store::{Acting, AuditQuery, Fault, Fired, GroupWrite, IntakeRow, LiveWrite, TaskState};

use crate::live::{
    action, after, full, lease, line_keys, many, member, one, opened, talk, task, timer,
};
use crate::raw;
use crate::sample::{ORG, keys};

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_a_write_is_there_after_it() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let (tea, run) = (opened(&store, "tea").await, opened(&store, "run").await);
        let write = GroupWrite { name: Some("茶\u{0}友".to_owned()), ..full(&tea, 1) };
        let more = GroupWrite { facts: Vec::new(), ..full(&run, 1) };
        // Out of order on purpose: groups are written in the order of their numbers.
        store.commit_live(many(vec![more, write.clone()])).await.unwrap();

        assert_eq!(line_keys(&store, tea.group).await, [1]);
        assert_eq!(store.members(ORG, tea.group).await.unwrap(), [member(1, 1)]);
        let due = store.due_timers(Millis(9_000), 10).await.unwrap();
        assert_eq!(due[0], timer(tea.group, "tracker:1", 9_000));
        assert_eq!(due.len(), 2);
        let tasks = store.tasks(ORG, TaskState::Open, 10).await.unwrap();
        assert_eq!(tasks[0], task(tea.group, "answer:1", 5_000));
        let actions = store.claim_actions("web", Millis(3_000), 10).await.unwrap();
        assert_eq!(actions[0].action, action(tea.group, Seq(1), 0).action);
        let groups = store.live_groups(ORG).await.unwrap();
        assert_eq!(
            (groups[0].name.as_str(), groups[1].name.as_str()),
            ("茶\u{fffd}友", "run 茶友")
        );
        assert_eq!((groups[0].members, groups[0].open_tasks), (1, 1));
        assert_eq!((groups[0].last, groups[1].last), (Some(Millis(1_000)), None));

        let held = store.hold_group(ORG, tea.group, &lease("a", 2_000)).await.unwrap().unwrap();
        assert_eq!(held, after(&tea, &write));
        assert_eq!((held.next, held.fence), (Seq(2), tea.fence));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_group_may_not_write_no_group_writes() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let (tea, run) = (opened(&store, "tea").await, opened(&store, "run").await);
        store.commit_live(one(talk(&run, 0..3))).await.unwrap();
        let before = store.table_sizes().await.unwrap();
        let ahead = Seq(run.next.0 + 3);
        let fired = |due| Fired { name: "n".to_owned(), due: Millis(due), next: None };
        let stale = full(&run, 9);
        let fenced = GroupWrite { fence: run.fence - 1, expected: ahead, ..full(&run, 9) };
        let told_twice = GroupWrite { expected: ahead, ..full(&run, 2) };
        let not_set = GroupWrite { fired: vec![fired(5)], expected: ahead, ..full(&run, 9) };
        let broken = [stale, fenced, told_twice, not_set];
        let mut codes = Vec::new();
        for bad in broken {
            let fault = store.commit_live(many(vec![full(&tea, 1), bad])).await.unwrap_err();
            assert!(!fault.remedy().is_empty());
            codes.push(fault.code());
            assert_eq!(store.table_sizes().await.unwrap(), before, "{fault}");
        }
        let wanted =
            ["group_changed", "group_held_elsewhere", "database_constraint", "timer_fired"];
        assert_eq!(codes, wanted);
        let twice = vec![talk(&tea, 1..2), talk(&tea, 2..3)];
        let fault = store.commit_live(many(twice)).await.unwrap_err();
        assert!(matches!(fault, Fault::Stale { group } if group == tea.group), "{fault}");
        // Nothing of that stands in the way of the right one.
        store.commit_live(one(full(&tea, 1))).await.unwrap();
    }
}

/// Polls a future that often, each time when it asks for it, and drops it then.
async fn polled<F: Future>(future: F, polls: u32) -> Option<F::Output> {
    let (mut future, mut left) = (Box::pin(future), polls);
    std::future::poll_fn(move |cx| {
        left -= 1;
        match future.as_mut().poll(cx) {
            Poll::Ready(out) => Poll::Ready(Some(out)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_caller_goes_away_is_whole_or_nothing() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let tea = opened(&store, "tea").await.group;
        let taken =
            || async { store.hold_group(ORG, tea, &lease("a", 2_000)).await.unwrap().unwrap() };
        for polls in (1..40).chain(1..40) {
            let head = taken().await;
            drop(polled(store.commit_live(one(full(&head, head.next.0))), polls).await);
            let lines = store.lines(ORG, tea, Seq(0), 1_000).await.unwrap();
            assert!(lines.iter().all(|line| line.words.is_some()));
        }
        // The last one may still be on its way.
        loop {
            let head = taken().await;
            match store.commit_live(one(full(&head, head.next.0))).await {
                Ok(()) => break,
                Err(Fault::Stale { .. } | Fault::Constraint { .. }) => {}
                Err(fault) => panic!("{fault:?}"),
            }
        }
        let facts = taken().await.next.0 - 1;
        let count = u64::try_from(facts).unwrap();
        assert!(facts > 2, "none of them was committed");
        let sizes = store.table_sizes().await.unwrap();
        for table in ["facts", "words", "outbox"] {
            assert!(sizes.contains(&(table, count)), "{table}: {sizes:?}");
        }
        assert_eq!(keys(&store, tea).await, (1..=facts).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn live_facts_share_a_span_until_it_is_full() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let mut head = opened(&store, "tea").await;
        for part in 0..5 {
            let write = talk(&head, part * 5_000..(part + 1) * 5_000);
            store.commit_live(one(write.clone())).await.unwrap();
            head = after(&head, &write);
        }
        let sizes = store.table_sizes().await.unwrap();
        let spans = sizes.iter().find(|(table, _)| *table == "spans").unwrap().1;
        assert_eq!(spans, 2);
        assert_eq!(keys(&store, head.group).await, (0..25_000).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timer_fires_once_or_again_at_its_next_time() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let head = opened(&store, "tea").await;
        let names = ["once", "daily", "gone", "reset"];
        let timers = names.map(|name| timer(head.group, name, 5_000)).to_vec();
        store.commit_live(one(GroupWrite { timers, ..GroupWrite::of(&head) })).await.unwrap();

        let fired = |name: &str, due: i64, next: Option<i64>| Fired {
            name: name.to_owned(),
            due: Millis(due),
            next: next.map(Millis),
        };
        let write = GroupWrite {
            // A late timer fires twice in one batch.
            fired: vec![
                fired("daily", 5_000, Some(6_000)),
                fired("once", 5_000, None),
                fired("reset", 5_000, None),
                fired("daily", 6_000, Some(7_000)),
            ],
            timers_gone: vec!["gone".to_owned(), "never set".to_owned()],
            timers: vec![timer(head.group, "reset", 8_000)],
            ..GroupWrite::of(&head)
        };
        store.commit_live(one(write.clone())).await.unwrap();
        let due = store.due_timers(Millis(10_000), 10).await.unwrap();
        let left: Vec<_> = due.iter().map(|row| (row.name.as_str(), row.due.0)).collect();
        assert_eq!(left, [("daily", 7_000), ("reset", 8_000)]);

        for name in ["daily", "once"] {
            let again = GroupWrite {
                fired: vec![fired(name, 5_000, Some(9_000))],
                ..GroupWrite::of(&head)
            };
            let fault = store.commit_live(one(again)).await.unwrap_err();
            let Fault::TimerFired { group, name: missed } = fault else { panic!("{fault}") };
            assert_eq!((group, missed.as_str()), (head.group, name));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_staff_closed_is_not_reopened_by_what_was_known_before() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let head = opened(&store, "tea").await;
        let write = |since, withdrawn: &[&str]| {
            let withdrawn = withdrawn.iter().map(|name| ((*name).to_owned(), Millis(9_000)));
            one(GroupWrite {
                tasks: vec![task(head.group, "answer:1", since)],
                withdrawn: withdrawn.collect(),
                ..GroupWrite::of(&head)
            })
        };
        let open = || async { store.tasks(ORG, TaskState::Open, 10).await.unwrap().len() };
        store.commit_live(write(5_000, &[])).await.unwrap();
        assert!(store.close_task(ORG, head.group, "answer:1", Millis(6_000)).await.unwrap());
        store.commit_live(write(5_000, &[])).await.unwrap();
        assert_eq!(open().await, 0);
        store.commit_live(write(7_000, &[])).await.unwrap();
        assert_eq!(open().await, 1);
        let mut gone = write(7_000, &["answer:1", "never asked"]);
        gone.groups[0].tasks.clear();
        store.commit_live(gone).await.unwrap();
        let withdrawn = store.tasks(ORG, TaskState::Withdrawn, 10).await.unwrap();
        assert_eq!((open().await, withdrawn[0].changed), (0, Millis(9_000)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_rows_of_one_name_the_last_one_counts() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let head = opened(&store, "tea").await;
        let spoken = store::MemberRow {
            has_spoken: true,
            muted_until: Some(Millis(77)),
            left: Some(Millis(88)),
            class: ActorClass::Staff as u8,
            ..member(1, 1)
        };
        let back = store::MemberRow { left: None, ..member(1, 2) };
        let write = GroupWrite {
            members: vec![member(1, 1), spoken.clone(), member(2, 1)],
            timers: vec![timer(head.group, "n", 1), timer(head.group, "n", 2)],
            tasks: vec![task(head.group, "n", 1), task(head.group, "n", 2)],
            ..GroupWrite::of(&head)
        };
        store.commit_live(one(write)).await.unwrap();
        assert_eq!(store.members(ORG, head.group).await.unwrap(), [spoken, member(2, 1)]);
        assert_eq!(store.next_due().await.unwrap(), Some(Millis(2)));
        let write = GroupWrite { members: vec![back.clone()], ..GroupWrite::of(&head) };
        store.commit_live(one(write)).await.unwrap();
        assert_eq!(store.members(ORG, head.group).await.unwrap(), [back, member(2, 1)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_in_the_intake_goes_with_the_commit_that_decided_it() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let head = opened(&store, "tea").await;
        let event = |key| IntakeRow {
            id: 0,
            org: ORG,
            group: head.group,
            key: domain::SourceKey { key, part: 0 },
            event: "{}".to_owned(),
            received: Millis(1),
            tries: 0,
            failure: String::new(),
        };
        let ids = store.put_intake(vec![event(1), event(2)]).await.unwrap();
        let refused = LiveWrite { intake_done: ids.clone(), ..one(talk(&head, 1..2)) };
        let refused = LiveWrite {
            groups: vec![GroupWrite { fence: 99, ..refused.groups[0].clone() }],
            ..refused
        };
        store.commit_live(refused).await.unwrap_err();
        assert_eq!(store.waiting_intake(0, 10).await.unwrap().len(), 2);
        let write = LiveWrite { intake_done: vec![ids[0]], ..one(talk(&head, 1..2)) };
        store.commit_live(write).await.unwrap();
        let waiting = store.waiting_intake(0, 10).await.unwrap();
        assert_eq!(waiting.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[1]]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_words_come_back_as_they_may_be_shown() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let head = opened(&store, "tea").await;
        let long = "🍵".repeat(1 << 18);
        let words =
            ["\u{0}", "'; DROP TABLE facts; --", "\u{202e}abc\u{200b}", "", "\u{10ffff}", &long];
        let mut write = talk(&head, 0..words.len() as i64);
        for (fact, text) in write.facts.iter_mut().zip(words) {
            fact.words = Some(text.into());
        }
        let name = "}\"],[\\u0000 \u{0} 👩‍👩‍👧";
        let hostile = store::MemberRow { name: name.to_owned(), via: long.clone(), ..member(1, 1) };
        write.members = vec![hostile];
        write.timers = vec![timer(head.group, name, 5)];
        write.timers_gone = vec![name.to_owned()];
        write.tasks = vec![task(head.group, name, 5)];
        write.state = vec![0; 1 << 20];
        store.commit_live(one(write.clone())).await.unwrap();

        let lines = store.lines(ORG, head.group, Seq(0), 10).await.unwrap();
        let read: Vec<_> = lines.iter().map(|line| line.words.clone().unwrap()).collect();
        let shown = words.map(|text| text.replace('\0', "\u{fffd}"));
        assert_eq!(read, shown);
        let members = store.members(ORG, head.group).await.unwrap();
        let shown = name.replace('\0', "\u{fffd}");
        assert_eq!((members[0].name.as_str(), members[0].via.len()), (shown.as_str(), long.len()));
        let due = store.due_timers(Millis(5), 10).await.unwrap();
        assert_eq!(due[0].name, shown);
        let fired = Fired { name: name.to_owned(), due: Millis(5), next: None };
        let next = after(&head, &write);
        let write = GroupWrite { fired: vec![fired], ..GroupWrite::of(&next) };
        store.commit_live(one(write)).await.unwrap();
        assert_eq!(store.next_due().await.unwrap(), None);
        assert!(store.close_task(ORG, head.group, name, Millis(6)).await.unwrap());
        assert_eq!(members[0].identity, IdentityId(1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_is_never_there_without_its_line_of_the_audit_log_nor_the_line_without_it() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let tea = opened(&store, "tea").await;
        let acting = Acting {
            org: ORG,
            staff: StaffId(7),
            at: Millis(1_000),
            act: "member.muted",
            group: Some(tea.group),
            person: None,
            about: "{}".to_owned(),
        };
        let lines = || async {
            let query = AuditQuery { limit: 10, ..AuditQuery::default() };
            let lines = store.audit(ORG, query).await.unwrap();
            lines.into_iter().map(|line| (line.staff, line.act)).collect::<Vec<_>>()
        };
        let write = GroupWrite { acts: vec![acting], ..full(&tea, 1) };
        let late = GroupWrite { fence: tea.fence - 1, ..write.clone() };
        store.commit_live(one(late)).await.unwrap_err();
        assert_eq!(lines().await, []);
        // The number that the line will get is taken: the act cannot be noted, and is not done.
        let taken = "INSERT INTO audit (org, id, at, staff, act, grp, person, about) \
                     VALUES (1, 1, 0, 0, 'in.the.way', NULL, NULL, '{}')";
        raw::run(&database, taken).await;
        store.commit_live(one(write.clone())).await.unwrap_err();
        assert!(line_keys(&store, tea.group).await.is_empty());
        assert_eq!(store.members(ORG, tea.group).await.unwrap(), []);
        raw::run(&database, "DELETE FROM audit").await;
        store.commit_live(one(write)).await.unwrap();
        assert_eq!(line_keys(&store, tea.group).await, [1]);
        assert_eq!(lines().await, [(StaffId(7), "member.muted".to_owned())]);
    }
}
