//! Lists by filters, page by page.

use domain::{GroupId, IdentityId, Millis};
use store::{NewTag, NewTagging, PeopleQuery, Store};

use crate::people::{NOW, acting, id, scene};
use crate::raw;
use crate::sample::ORG;

async fn found(store: &Store, query: PeopleQuery) -> Vec<u32> {
    let query = PeopleQuery { limit: 10, now: NOW, ..query };
    store.people(ORG, query).await.unwrap().iter().map(|face| face.lead.0).collect()
}

/// Members of two groups, and those of whom an import alone knows.
const PEOPLE: &str = "INSERT INTO members VALUES (1, 1, 1, 1, 'Name 1', 0, 100, NULL, '', 0, NULL, 1), \
                      (1, 2, 2, 1, 'Name 2', 0, 900, NULL, '', 0, NULL, 1), \
                      (1, 1, 3, 1, 'Name 3', 0, 100, 200, '', 0, NULL, 1), \
                      (1, 1, 4, 1, '阿杰', 1, 950, NULL, '', 0, NULL, 1); \
                      INSERT INTO stays VALUES (1, 3, 5, 1, NULL, 8, 0, NULL, NULL), \
                      (1, 1, 6, 1, 990, 1, 0, NULL, NULL); \
                      UPDATE identities SET name = '100% 小林' WHERE id = 5";

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_finds_persons_and_all_of_them_hold_together() {
    for database in testkit::databases().await {
        let (store, other) = scene(&database, 6).await;
        raw::run(&database, PEOPLE).await;
        store.merge(id(1), id(2), String::new(), acting("people.merged")).await.unwrap();
        let new =
            NewTag { folder: String::new(), name: "老客户".into(), quick: false, days: None };
        let tag = store.add_tag(new, acting("tag.made")).await.unwrap().unwrap();
        let people = vec![id(1), id(5)];
        let tagging = NewTagging { people, tag, source: "staff", why: String::new(), until: None };
        store.tag_people(tagging, acting("people.tagged")).await.unwrap();
        store.blacklist_person(id(2), "x".into(), acting("blacklist.added")).await.unwrap();

        let all = PeopleQuery::default;
        let group = |group| Some(GroupId(group));
        let some = |of: &[u32]| Some(of.iter().map(|who| id(*who)).collect());
        let table = [
            (all(), vec![6, 5, 4, 3, 1]),
            (PeopleQuery { group: group(1), ..all() }, vec![4, 1]),
            (PeopleQuery { group: group(2), ..all() }, vec![1]),
            (PeopleQuery { group: group(3), ..all() }, vec![5]),
            (PeopleQuery { tag: Some(tag), ..all() }, vec![5, 1]),
            (PeopleQuery { tag: Some(tag), group: group(2), ..all() }, vec![1]),
            (PeopleQuery { blacklisted: true, ..all() }, vec![1]),
            (PeopleQuery { joined_since: Some(Millis(900)), ..all() }, vec![6, 4, 1]),
            (PeopleQuery { class: Some(1), ..all() }, vec![4]),
            (PeopleQuery { class: Some(0), ..all() }, vec![6, 5, 3, 1]),
            (PeopleQuery { text: "NAME 2".into(), ..all() }, vec![1]),
            (PeopleQuery { text: "0%".into(), ..all() }, vec![5]),
            (PeopleQuery { text: "%".into(), class: Some(0), ..all() }, vec![5]),
            (PeopleQuery { of: some(&[2, 3]), ..all() }, vec![3, 1]),
            (PeopleQuery { of: some(&[1, 3, 5]), tag: Some(tag), ..all() }, vec![5, 1]),
            (PeopleQuery { of: some(&[5, 6]), before: Some(id(6)), ..all() }, vec![5]),
            (PeopleQuery { of: Some(vec![]), ..all() }, vec![]),
            (PeopleQuery { before: Some(IdentityId(4)), ..all() }, vec![3, 1]),
        ];
        for (query, wanted) in table {
            assert_eq!(found(&store, query.clone()).await, wanted, "{query:?}");
        }
        let two = PeopleQuery { limit: 2, now: NOW, ..all() };
        assert_eq!(store.people(ORG, two).await.unwrap().len(), 2);
        assert!(store.people(other, all()).await.unwrap().is_empty());
        let one = PeopleQuery { of: some(&[1]), scope: Some(vec![GroupId(2)]), limit: 2, ..all() };
        let faces = store.people(ORG, one).await.unwrap();
        assert_eq!(faces[0].groups, [GroupId(2)], "stays elsewhere are not shown");

        let faces = store.faces(ORG, vec![id(1), id(99)], NOW).await.unwrap();
        let [face] = faces.as_slice() else { panic!("{faces:?}") };
        assert_eq!(face.groups, [GroupId(1), GroupId(2)]);
        assert_eq!((face.accounts, face.joined, face.blacklisted), (2, Some(Millis(900)), true));
        assert_eq!(face.tags, [(tag, "老客户".to_owned())]);
    }
}
