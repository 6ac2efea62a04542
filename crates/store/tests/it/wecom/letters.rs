//! Callbacks: kept once, done later, never dropped while they wait.

use domain::Millis;
use store::{WecomId, WecomLetter};

use crate::wecom::connected;

fn letter(hash: i64, chat: &str) -> WecomLetter {
    WecomLetter {
        hash,
        received: Millis(hash * 10),
        chat: chat.to_owned(),
        text: format!("<xml>{hash}</xml>"),
        welcome: None,
        kind: format!("event.{chat}"),
    }
}

async fn waiting(store: &store::Store, id: WecomId) -> Vec<String> {
    let rows = store.wecom_waiting(id, (0, 99)).await.unwrap();
    assert!(rows.is_sorted_by_key(|row| row.id));
    rows.into_iter().map(|row| row.text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_told_twice_stands_once_and_waits_until_it_is_done() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let some = [letter(1, "wr1"), letter(2, ""), letter(1, "wr1")];
        store.put_wecom_letters(id, &some).await.unwrap();
        store.put_wecom_letters(id, &[letter(2, ""), letter(3, "wr2")]).await.unwrap();
        assert_eq!(waiting(&store, id).await, ["<xml>1</xml>", "<xml>2</xml>", "<xml>3</xml>"]);
        let rows = store.wecom_waiting(id, (0, 99)).await.unwrap();
        assert_eq!((rows[0].chat.as_str(), rows[0].received), ("wr1", Millis(10)));
        assert_eq!(store.wecom_waiting(id, (rows[0].id, 1)).await.unwrap(), rows[1..2]);
        let foreign = WecomId { org: crate::sample::ORG, account: id.account + 1 };
        store.wecom_letters_done(foreign, &[rows[1].id], Millis(99)).await.unwrap();
        assert_eq!(waiting(&store, id).await.len(), 3, "another company's");
        store.wecom_letters_done(id, &[rows[1].id], Millis(99)).await.unwrap();
        assert_eq!(waiting(&store, id).await, ["<xml>1</xml>", "<xml>3</xml>"]);
        store.put_wecom_letters(id, &[letter(2, "")]).await.unwrap();
        assert_eq!(waiting(&store, id).await.len(), 2, "done is done, however often it is told");
        let last = store.wecom_last_letters(id).await.unwrap();
        let told = |chat: &str, at| (chat.to_owned(), Millis(at));
        assert_eq!(last, [told("", 20), told("wr1", 10), told("wr2", 30)]);
    }
}
