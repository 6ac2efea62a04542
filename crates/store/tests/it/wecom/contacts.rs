//! Contacts: what the platform says of them, and nothing of what is ours.

use domain::Millis;
use store::{NewNote, NewTag, NewTagging, WecomContact, WecomParting};

use crate::people::{acting, id as person, scene};
use crate::sample::ORG;
use crate::wecom::{connected, connected_in, page};

fn contact(staff: &str, customer: &str) -> WecomContact {
    WecomContact {
        staff: staff.to_owned(),
        customer: customer.to_owned(),
        identity: None,
        added: None,
        state: String::new(),
        way: None,
        remark: String::new(),
        tags: "[]".to_owned(),
        half: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_tells_anew_what_it_says_and_leaves_what_is_ours() {
    for database in testkit::databases().await {
        let (store, other) = scene(&database, 3).await;
        let id = connected(&store).await;
        let note = NewNote { identity: person(1), group: None, text: "喜欢晚上聊".to_owned() };
        store.add_note(note, acting("note.written")).await.unwrap();
        let tag =
            NewTag { folder: String::new(), name: "意向".to_owned(), quick: true, days: None };
        let tag = store.add_tag(tag, acting("tag.made")).await.unwrap().unwrap();
        let why = String::new();
        let put = NewTagging { people: vec![person(1)], tag, source: "staff", why, until: None };
        store.tag_people(put, acting("people.tagged")).await.unwrap();
        let before = store.person(ORG, person(1)).await.unwrap();

        let full = WecomContact {
            identity: Some(person(1)),
            added: Some(Millis(4)),
            state: "poster_a".to_owned(),
            way: Some(1),
            remark: "李部长".to_owned(),
            tags: r#"["et1"]"#.to_owned(),
            half: Some(true),
            ..contact("zhangsan", "wm1")
        };
        let twice = vec![contact("zhangsan", "wm1"), full.clone(), contact("sam", "wm2")];
        store.put_wecom_contacts(id, page(10, twice)).await.unwrap();
        let rows = store.wecom_contacts_of(ORG, &[person(1), person(2)]).await.unwrap();
        assert_eq!(rows.iter().map(|row| &row.contact).collect::<Vec<_>>(), [&full]);
        assert_eq!((rows[0].id, rows[0].read, &rows[0].gone), (id, Millis(10), &None));

        // What this answer does not say stays as it was.
        let again = WecomContact { remark: "李总".to_owned(), ..contact("zhangsan", "wm1") };
        store.put_wecom_contacts(id, page(11, vec![again.clone()])).await.unwrap();
        let row = store.wecom_contacts_by(id, "zhangsan").await.unwrap().remove(0);
        let kept = WecomContact {
            state: String::new(),
            remark: again.remark,
            tags: again.tags,
            ..full.clone()
        };
        assert_eq!(row.contact, kept);
        assert_eq!(store.person(ORG, person(1)).await.unwrap(), before);
        assert!(store.wecom_contacts_of(other, &[person(1)]).await.unwrap().is_empty());
        let foreign = connected_in(&store, other, "h2").await;
        assert!(store.wecom_contacts_by(foreign, "zhangsan").await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_part_or_go_missing_and_come_back() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let rows = ["wm1", "wm2", "wm3"].map(|customer| contact("sam", customer));
        store.put_wecom_contacts(id, page(10, rows.to_vec())).await.unwrap();
        let parting = |customer: &str| WecomParting {
            staff: "sam".to_owned(),
            customer: customer.to_owned(),
            how: "by_customer".to_owned(),
        };
        let rows = vec![parting("wm1"), parting("wm9")];
        store.part_wecom_contacts(id, page(11, rows)).await.unwrap();
        store.part_wecom_contacts(id, page(12, vec![parting("wm1")])).await.unwrap();
        store.put_wecom_contacts(id, page(20, vec![contact("sam", "wm2")])).await.unwrap();
        assert_eq!(store.wecom_contacts_unlisted(id, Millis(20), Millis(21)).await.unwrap(), 1);
        let gone = async || {
            let rows = store.wecom_contacts_by(id, "sam").await.unwrap();
            rows.into_iter().map(|row| row.gone).collect::<Vec<_>>()
        };
        let first = Some((Millis(11), "by_customer".to_owned()));
        assert_eq!(gone().await, [first.clone(), None, Some((Millis(21), "missing".to_owned()))]);
        let back = vec![contact("sam", "wm1"), contact("sam", "wm3")];
        store.put_wecom_contacts(id, page(30, back)).await.unwrap();
        // The platform goes on naming whom the customer deleted, until they are added again.
        assert_eq!(gone().await, [first, None, None]);
        let again = WecomContact { added: Some(Millis(25)), ..contact("sam", "wm1") };
        store.put_wecom_contacts(id, page(31, vec![again])).await.unwrap();
        assert_eq!(gone().await, [None, None, None]);
    }
}
