//! Customer groups: listed, read one by one, missing and back.

use domain::Millis;
use store::{Fault, WecomGroupRow, WecomListed, WecomUnreadable};

use crate::live::opened;
use crate::sample::ORG;
use crate::wecom::{connected, detail, listed, page, present};

#[tokio::test(flavor = "multi_thread")]
async fn chats_are_listed_then_read_and_each_is_one_of_our_groups() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let (tea, run) = (opened(&store, "tea").await.group, opened(&store, "run").await.group);
        let left = WecomListed { chat: "wr1".to_owned(), status: 1 };
        store.wecom_listed(id, page(10, [listed(&["wr1"]), vec![left]].concat())).await.unwrap();
        let row = store.wecom_group(id, "wr1").await.unwrap().unwrap();
        assert_eq!((row.status, row.listed, row.read), (1, Millis(10), None));
        assert_eq!((row.group, row.members, row.admins.as_str()), (None, None, "[]"));

        let mut first = detail("wr1", "茶友");
        first.group = Some(tea);
        store.wecom_read(id, page(11, vec![first])).await.unwrap();
        let mut later = detail("wr1", "");
        (later.made, later.group, later.members) = (None, Some(run), 41);
        store.wecom_read(id, page(12, vec![later, detail("wr2", "新群")])).await.unwrap();
        let expected = WecomGroupRow {
            id,
            chat: "wr1".to_owned(),
            group: Some(tea),
            status: 1,
            owner: "zhangsan".to_owned(),
            admins: r#"["sam"]"#.to_owned(),
            name: String::new(),
            notice: "文明\u{fffd}沟通".to_owned(),
            made: Some(Millis(3)),
            version: "v1".to_owned(),
            members: Some(41),
            outsiders: Some(38),
            nameless: Some(2),
            listed: Millis(10),
            tried: Some(Millis(12)),
            read: Some(Millis(12)),
            missing: None,
            failure: String::new(),
        };
        assert_eq!(store.wecom_group_of(ORG, tea).await.unwrap(), Some(expected));
        assert_eq!(store.wecom_group_of(ORG, run).await.unwrap(), None);
        let new = store.wecom_group(id, "wr2").await.unwrap().unwrap();
        assert_eq!((new.name.as_str(), new.listed), ("新群", Millis(12)));

        let mut twin = detail("wr2", "x");
        twin.group = Some(tea);
        let refused = store.wecom_read(id, page(13, vec![twin])).await.unwrap_err();
        assert!(matches!(refused, Fault::Constraint { .. }), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_whole_list_does_not_name_is_missing_until_it_is_named_or_read() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        store.wecom_listed(id, page(10, listed(&["wr1", "wr2", "wr3", "wr4"]))).await.unwrap();
        store.wecom_listed(id, page(20, listed(&["wr1"]))).await.unwrap();
        store.wecom_listed(id, page(21, listed(&["wr4"]))).await.unwrap();
        assert_eq!(store.wecom_unlisted(id, Millis(20), Millis(22)).await.unwrap(), 2);
        assert_eq!(store.wecom_unlisted(id, Millis(20), Millis(23)).await.unwrap(), 0);
        assert_eq!(present(&store, id).await, ["wr1", "wr4"]);
        let row = store.wecom_group(id, "wr2").await.unwrap().unwrap();
        assert_eq!(row.missing, Some(Millis(22)), "since the first time");
        assert_eq!(store.wecom_unread(id, Millis(30), 9).await.unwrap(), ["wr1", "wr4"]);
        store.wecom_listed(id, page(30, listed(&["wr2"]))).await.unwrap();
        store.wecom_read(id, page(30, vec![detail("wr3", "回来")])).await.unwrap();
        assert_eq!(present(&store, id).await, ["wr1", "wr2", "wr3", "wr4"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unread_chats_come_first_and_a_failing_one_is_asked_for_once_in_a_pull() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        store.wecom_listed(id, page(10, listed(&["wr1", "wr2", "wr3", "wr4"]))).await.unwrap();
        store.wecom_read(id, page(12, vec![detail("wr1", "a")])).await.unwrap();
        store.wecom_read(id, page(11, vec![detail("wr4", "b")])).await.unwrap();
        let unread = |before, limit| store.wecom_unread(id, Millis(before), limit);
        assert_eq!(unread(20, 9).await.unwrap(), ["wr2", "wr3", "wr4", "wr1"]);
        assert_eq!(unread(20, 3).await.unwrap(), ["wr2", "wr3", "wr4"]);
        assert_eq!(unread(12, 9).await.unwrap(), ["wr2", "wr3", "wr4"]);

        let unreadable =
            |chat: &str| WecomUnreadable { chat: chat.to_owned(), failure: "90501".to_owned() };
        let rows = vec![unreadable("wr2"), unreadable("wr1"), unreadable("wr9")];
        store.wecom_read_failed(id, page(21, rows)).await.unwrap();
        assert_eq!(unread(20, 9).await.unwrap(), ["wr3", "wr4"]);
        let known = store.wecom_group(id, "wr1").await.unwrap().unwrap();
        assert_eq!((known.name.as_str(), known.failure.as_str()), ("a", "90501"));
        assert_eq!((known.tried, known.read), (Some(Millis(21)), Some(Millis(12))));
        assert_eq!(store.wecom_group(id, "wr9").await.unwrap(), None);
        // The next pull asks for it again, and what it tells takes the failure away.
        assert_eq!(unread(30, 9).await.unwrap(), ["wr3", "wr2", "wr4", "wr1"]);
        store.wecom_read(id, page(31, vec![detail("wr1", "c")])).await.unwrap();
        assert_eq!(store.wecom_group(id, "wr1").await.unwrap().unwrap().failure, "");
    }
}
