//! Two calls tell of the company's people; who is no longer told of is missing, not gone.

use domain::Millis;
use store::{WecomStaff, WecomStaffRow};

use crate::wecom::{connected, page};

fn one(userid: &str) -> WecomStaff {
    WecomStaff { userid: userid.to_owned(), ..WecomStaff::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_answer_does_not_tell_stays() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let told = WecomStaff {
            name: Some("张三".to_owned()),
            departments: Some("[1]".to_owned()),
            state: Some(1),
            ..one("zhangsan")
        };
        // In two departments: named twice on one page, and the latter counts.
        let both = WecomStaff { departments: Some("[1,2]".to_owned()), ..told.clone() };
        store.put_wecom_staff(id, page(10, vec![told, both, one("sam")])).await.unwrap();
        let follows = WecomStaff { follows: Some(true), ..one("zhangsan") };
        store.put_wecom_staff(id, page(11, vec![follows])).await.unwrap();
        let rows = store.wecom_staff(id).await.unwrap();
        let sam = WecomStaffRow {
            userid: "sam".to_owned(),
            name: String::new(),
            departments: "[]".to_owned(),
            state: None,
            follows: false,
            read: Millis(10),
            missing: None,
        };
        let zhangsan = WecomStaffRow {
            userid: "zhangsan".to_owned(),
            name: "张三".to_owned(),
            departments: "[1,2]".to_owned(),
            state: Some(1),
            follows: true,
            read: Millis(11),
            missing: None,
        };
        assert_eq!(rows, [sam, zhangsan]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_named_is_missing_until_named_again() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        store.put_wecom_staff(id, page(10, vec![one("sam"), one("ann")])).await.unwrap();
        store.put_wecom_staff(id, page(20, vec![one("ann")])).await.unwrap();
        assert_eq!(store.wecom_staff_unlisted(id, Millis(20), Millis(21)).await.unwrap(), 1);
        assert_eq!(store.wecom_staff_unlisted(id, Millis(20), Millis(22)).await.unwrap(), 0);
        let missing = |rows: Vec<WecomStaffRow>| -> Vec<_> {
            rows.into_iter().map(|row| (row.userid, row.missing)).collect()
        };
        let rows = missing(store.wecom_staff(id).await.unwrap());
        assert_eq!(rows, [("ann".to_owned(), None), ("sam".to_owned(), Some(Millis(21)))]);
        store.put_wecom_staff(id, page(30, vec![one("sam")])).await.unwrap();
        let rows = missing(store.wecom_staff(id).await.unwrap());
        assert!(rows.iter().all(|(_, missing)| missing.is_none()), "{rows:?}");
    }
}
