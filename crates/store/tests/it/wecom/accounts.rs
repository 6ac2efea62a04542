//! Companies are connected once, changed, disconnected, and found by their hook.

use domain::Millis;
use store::{AuditQuery, Fault, WecomAccess, WecomId, WecomStaff};

use crate::raw;
use crate::sample::ORG;
use crate::wecom::{acting, company, connected, connected_in, listed, page};

#[tokio::test(flavor = "multi_thread")]
async fn a_company_is_connected_once_and_again_after_it_was_disconnected() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let twice = store.connect_wecom(company("ww1", "h2"), acting(ORG, "wecom.connected", 2));
        assert_eq!(twice.await.unwrap(), None);
        let second = store.connect_wecom(company("ww2", "h2"), acting(ORG, "wecom.connected", 3));
        let second = second.await.unwrap().unwrap();
        assert_ne!(second, id);
        store.wecom_listed(id, page(4, listed(&["wr1"]))).await.unwrap();
        store.begin_wecom_pull(id, "groups", Millis(4)).await.unwrap();

        let end = || acting(ORG, "wecom.disconnected", 5);
        assert!(store.disconnect_wecom(id.account, end()).await.unwrap());
        assert!(!store.disconnect_wecom(id.account, end()).await.unwrap());
        let change = store.change_wecom(
            id.account,
            company("ww1", "h3").access,
            acting(ORG, "wecom.changed", 6),
        );
        assert!(!change.await.unwrap(), "what is disconnected is not changed");
        assert_eq!(store.wecom_by_hook("h1").await.unwrap(), None);
        let row = store.wecom_account(id).await.unwrap().unwrap();
        assert_eq!((row.gone, row.made, row.changed), (Some(Millis(5)), Millis(1), Millis(1)));

        let again = store.connect_wecom(company("ww1", "h4"), acting(ORG, "wecom.connected", 7));
        assert_eq!(again.await.unwrap(), Some(id));
        let row = store.wecom_by_hook("h4").await.unwrap().unwrap();
        assert_eq!((row.id, row.gone, row.made), (id, None, Millis(1)));
        assert_eq!(row.changed, Millis(7));
        assert_eq!(store.wecom_groups(id).await.unwrap().len(), 1, "what is known stays");
        assert!(store.wecom_pulls(id).await.unwrap().is_empty());
        let ids: Vec<_> =
            store.wecom_accounts(ORG).await.unwrap().iter().map(|row| row.id).collect();
        assert_eq!(ids, [id, second]);

        let acts = store.audit(ORG, AuditQuery { limit: 9, ..AuditQuery::default() }).await;
        let acts: Vec<_> = acts.unwrap().into_iter().map(|line| (line.at.0, line.act)).collect();
        let acts: Vec<_> = acts.iter().map(|(at, act)| (*at, act.as_str())).collect();
        assert_eq!(
            acts,
            [
                (7, "wecom.connected"),
                (5, "wecom.disconnected"),
                (3, "wecom.connected"),
                (1, "wecom.connected")
            ],
            "what changed nothing leaves no line"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_connect_at_once_one_does() {
    for database in testkit::databases().await {
        database.open().await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..6 {
            let store = database.open().await;
            let new = company("ww1", &format!("h{n}"));
            tasks.spawn(async move {
                store.connect_wecom(new, acting(ORG, "wecom.connected", n)).await.unwrap()
            });
        }
        let done: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
        assert_eq!(done.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_stand_as_given_and_nowhere_else() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let access = WecomAccess {
            agent: None,
            sealed: b"\x00sealed words\xff".to_vec(),
            api: "http://127.0.0.1:9".to_owned(),
            hook: "other".to_owned(),
            group_max: Some(200),
        };
        let act = acting(ORG, "wecom.changed", 2);
        assert!(store.change_wecom(id.account, access.clone(), act).await.unwrap());
        assert_eq!(store.wecom_by_hook("h1").await.unwrap(), None);
        let row = store.wecom_by_hook("other").await.unwrap().unwrap();
        assert_eq!((row.corp.as_str(), &row.access), ("ww1", &access));
        let about = raw::rows(&database, "SELECT act, about FROM audit ORDER BY id").await;
        assert_eq!(about, ["wecom.connected|{}", "wecom.changed|{}"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_company_crosses_the_organisation() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        store.wecom_listed(id, page(2, listed(&["wr1"]))).await.unwrap();
        let before = store.table_sizes().await.unwrap();
        let demo = store.add_demo_organisation("演示").await.unwrap();
        let act = acting(demo, "wecom.connected", 1);
        let taken = store.connect_wecom(company("ww1", "h1"), act).await.unwrap_err();
        assert!(matches!(taken, Fault::Constraint { .. }), "{taken}");

        // The number of a company alone leads nowhere.
        let foreign = WecomId { org: demo, account: id.account };
        assert_eq!(store.wecom_account(foreign).await.unwrap(), None);
        assert!(store.wecom_accounts(demo).await.unwrap().is_empty());
        assert!(store.wecom_groups(foreign).await.unwrap().is_empty());
        assert_eq!(store.wecom_group(foreign, "wr1").await.unwrap(), None);
        assert!(store.wecom_unread(foreign, Millis(9), 9).await.unwrap().is_empty());
        assert_eq!(store.wecom_unlisted(foreign, Millis(9), Millis(9)).await.unwrap(), 0);
        let refused = store.wecom_listed(foreign, page(2, listed(&["wr2"]))).await.unwrap_err();
        assert!(matches!(refused, Fault::Constraint { .. }), "{refused}");
        let act = acting(demo, "wecom.disconnected", 2);
        assert!(!store.disconnect_wecom(id.account, act).await.unwrap());

        let own = connected_in(&store, demo, "h9").await;
        assert_eq!(store.wecom_by_hook("h9").await.unwrap().unwrap().id, own);
        store.wecom_listed(own, page(2, listed(&["wr1"]))).await.unwrap();
        store.begin_wecom_pull(own, "groups", Millis(2)).await.unwrap();
        let staff = WecomStaff { userid: "sam".to_owned(), ..WecomStaff::default() };
        store.put_wecom_staff(own, page(2, vec![staff])).await.unwrap();
        store.wipe_organisation(demo).await.unwrap();
        assert_eq!(store.table_sizes().await.unwrap(), before);
        assert_eq!(store.wecom_groups(id).await.unwrap().len(), 1);
    }
}
