//! The blacklist counts persons: one account on it bars them all.

use domain::{Millis, StaffId};
use store::Store;

use crate::people::{NOW, acting, acting_at, audited, id, scene};
use crate::sample::ORG;

#[tokio::test(flavor = "multi_thread")]
async fn one_account_on_the_blacklist_bars_the_person_until_it_is_lifted() {
    for database in testkit::databases().await {
        let (store, other) = scene(&database, 4).await;
        let on = acting("blacklist.added");
        assert!(store.blacklist_person(id(2), "发广告".into(), on.clone()).await.unwrap());
        assert!(!store.blacklist_person(id(2), "又发".into(), on.clone()).await.unwrap());
        assert!(!store.barred(ORG, id(1)).await.unwrap());
        store.merge(id(1), id(2), String::new(), acting("people.merged")).await.unwrap();
        store.merge(id(1), id(3), String::new(), acting("people.merged")).await.unwrap();
        for (who, barred) in [(1, true), (2, true), (3, true), (4, false)] {
            assert_eq!(store.barred(ORG, id(who)).await.unwrap(), barred, "{who}");
            assert!(!store.barred(other, id(who)).await.unwrap());
        }
        assert!(!store.blacklist_person(id(3), "又发".into(), on).await.unwrap());
        let said = ("是误会".to_owned(), Millis(NOW.0 + 5));
        assert!(store.appeal(ORG, id(3), said.clone(), None).await.unwrap());
        assert!(!store.appeal(ORG, id(4), said, None).await.unwrap());

        let off = acting_at("blacklist.lifted", Millis(NOW.0 + 9));
        assert!(store.lift_ban(id(1), "核实过".into(), off.clone()).await.unwrap());
        assert!(!store.lift_ban(id(1), "核实过".into(), off).await.unwrap());
        assert!(!store.barred(ORG, id(2)).await.unwrap());
        assert!(store.blacklist(ORG, false, (None, 10)).await.unwrap().is_empty());
        let all = store.blacklist(ORG, true, (None, 10)).await.unwrap();
        let [entry] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(entry.appeal, "是误会");
        assert_eq!(entry.lifted, Some((Millis(NOW.0 + 9), StaffId(5))));
        assert_eq!((entry.reason.as_str(), entry.lifted_why.as_str()), ("发广告", "核实过"));
        assert_eq!(audited(&database, "blacklist.added").await, 1);
        assert_eq!(audited(&database, "blacklist.lifted").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_blacklist_is_read_in_pages_that_leave_nobody_out() {
    for database in testkit::databases().await {
        let (store, _) = scene(&database, 7).await;
        // Two at each moment: the order between them is that of their numbers.
        for who in 1..=7_u32 {
            let at = Millis(NOW.0 + i64::from(who / 2));
            let by = acting_at("blacklist.added", at);
            assert!(store.blacklist_person(id(who), "发广告".into(), by).await.unwrap());
        }
        let off = acting_at("blacklist.lifted", Millis(NOW.0 + 9));
        assert!(store.lift_ban(id(4), "核实过".into(), off).await.unwrap());
        assert_eq!(read(&store, true).await, [6, 7, 4, 5, 2, 3, 1]);
        assert_eq!(read(&store, false).await, [6, 7, 5, 2, 3, 1]);
    }
}

/// All accounts of the blacklist, read by pages of three.
async fn read(store: &Store, with_lifted: bool) -> Vec<u32> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = store.blacklist(ORG, with_lifted, (after, 3)).await.unwrap();
        assert!(page.len() <= 3);
        let Some(last) = page.last() else { return all };
        after = Some(last.place());
        all.extend(page.iter().map(|entry| entry.identity.0));
    }
}
