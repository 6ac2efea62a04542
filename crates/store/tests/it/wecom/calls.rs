//! The connection log: the latest lines of each company.

use domain::Millis;
use store::{WecomCall, WecomCallQuery, WecomId};

use crate::wecom::{acting, company, connected};

fn call(at: i64, code: Option<i64>) -> WecomCall {
    WecomCall {
        at: Millis(at),
        call: "externalcontact/groupchat/get".to_owned(),
        took_ms: 120,
        code,
        words: if code == Some(0) { String::new() } else { "系统繁忙".to_owned() },
        size: 900,
    }
}

fn query(before: Option<i64>, limit: u32, only_failed: bool) -> WecomCallQuery {
    WecomCallQuery { before, limit, only_failed }
}

async fn second(store: &store::Store) -> WecomId {
    let act = acting(crate::sample::ORG, "wecom.connected", 1);
    store.connect_wecom(company("ww2", "h2"), act).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_read_back_by_page_and_failure() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let (id, other) = (connected(&store).await, second(&store).await);
        store.note_wecom_calls(id, vec![call(1, Some(0)), call(2, Some(45_009))]).await.unwrap();
        store.note_wecom_calls(other, vec![call(3, Some(0))]).await.unwrap();
        store.note_wecom_calls(id, Vec::new()).await.unwrap();
        store.note_wecom_calls(id, vec![call(4, None), call(5, Some(0))]).await.unwrap();
        let all = store.wecom_calls(id, query(None, 9, false)).await.unwrap();
        let at: Vec<i64> = all.iter().map(|row| row.call.at.0).collect();
        assert_eq!(at, [5, 4, 2, 1]);
        assert_eq!(all[1].call, call(4, None));
        let earlier = store.wecom_calls(id, query(Some(all[1].id), 1, false)).await.unwrap();
        assert_eq!(earlier, all[2..3]);
        let failed = store.wecom_calls(id, query(None, 9, true)).await.unwrap();
        assert_eq!(failed, all[1..3]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_keeps_its_latest_five_thousand() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let (id, other) = (connected(&store).await, second(&store).await);
        store.note_wecom_calls(other, vec![call(0, Some(0))]).await.unwrap();
        let lines = |range: std::ops::Range<i64>| range.map(|at| call(at, Some(0))).collect();
        store.note_wecom_calls(id, lines(0..4_990)).await.unwrap();
        store.note_wecom_calls(id, lines(4_990..5_000)).await.unwrap();
        let all = query(None, 9_999, false);
        assert_eq!(store.wecom_calls(id, all).await.unwrap().len(), 5_000);
        store.note_wecom_calls(id, lines(5_000..5_025)).await.unwrap();
        let rows = store.wecom_calls(id, all).await.unwrap();
        let ends = (rows[0].call.at, rows[4_999].call.at);
        assert_eq!((rows.len(), ends), (5_000, (Millis(5_024), Millis(25))));
        assert_eq!(store.wecom_calls(other, all).await.unwrap().len(), 1);
    }
}
