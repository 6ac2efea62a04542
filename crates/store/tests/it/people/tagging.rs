//! Tags, notes and attributes keep who, when, why and where from.

use domain::{GroupId, Millis, StaffId};
use store::{NewAttribute, NewNote, NewTag, NewTagging};

use crate::people::{NOW, acting, acting_at, audited, id, scene};
use crate::sample::ORG;

fn new(name: &str, days: Option<u32>) -> NewTag {
    NewTag { folder: "意向".to_owned(), name: name.to_owned(), quick: true, days }
}

fn tagging(people: &[u32], tag: i64, why: &str) -> NewTagging {
    let people = people.iter().copied().map(id).collect();
    NewTagging { people, tag, source: "staff", why: why.to_owned(), until: None }
}

// catalogue: F07
#[tokio::test(flavor = "multi_thread")]
async fn a_tag_keeps_who_when_and_why_and_runs_out_by_the_clock() {
    for database in testkit::databases().await {
        let (store, other) = scene(&database, 3).await;
        let tag = store.add_tag(new("想报名", Some(2)), acting("tag.made")).await.unwrap().unwrap();
        assert_eq!(store.add_tag(new("想报名", None), acting("tag.made")).await.unwrap(), None);
        let put = store.tag_people(tagging(&[1, 2], tag, "问了价格"), acting("people.tagged"));
        assert_eq!(put.await.unwrap(), Some(2));
        let again = store.tag_people(tagging(&[1], tag, "再问"), acting("people.tagged"));
        assert_eq!(again.await.unwrap(), Some(0));
        let none = store.tag_people(tagging(&[1], 99, ""), acting("people.tagged")).await;
        assert_eq!(none.unwrap(), None);
        assert_eq!(audited(&database, "people.tagged").await, 1);

        let tags = store.person(ORG, id(1)).await.unwrap().unwrap().tags;
        let [first] = tags.as_slice() else { panic!("{tags:?}") };
        assert_eq!((first.by, first.made, first.why.as_str()), (StaffId(5), NOW, "问了价格"));
        let until = Millis(NOW.0 + 2 * Millis::DAY);
        assert_eq!(first.until, Some(until));
        assert!(first.counts(NOW) && !first.counts(until));

        // Run out, it is put on anew, and the former one stays.
        let later = acting_at("people.tagged", Millis(until.0 + 1));
        assert_eq!(store.tag_people(tagging(&[1], tag, "又来"), later).await.unwrap(), Some(1));
        let tags = store.person(ORG, id(1)).await.unwrap().unwrap().tags;
        assert!(
            tags.iter().map(|tag| (tag.n, tag.why.as_str())).eq([(2, "又来"), (1, "问了价格")])
        );

        let off = acting_at("people.untagged", Millis(until.0 + 2));
        assert!(store.untag(id(1), tag, off.clone()).await.unwrap());
        assert!(!store.untag(id(1), tag, off).await.unwrap());
        let tags = store.person(ORG, id(1)).await.unwrap().unwrap().tags;
        assert_eq!(tags[0].gone, Some((Millis(until.0 + 2), StaffId(5))));
        assert_eq!(tags[1].gone, None);

        // Renamed and retired it stays in the history under its name.
        assert!(store.retire_tag(tag, acting("tag.retired")).await.unwrap());
        assert_eq!(
            store.change_tag(tag, new("报名", None), acting("t")).await.unwrap(),
            Some(true)
        );
        let all = store.tags(ORG).await.unwrap();
        assert_eq!((all[0].name.as_str(), all[0].gone), ("报名", Some(NOW)));
        assert_eq!(store.tag_holders(ORG, (NOW, None)).await.unwrap(), [(all[0].id, 2)]);
        let nowhere = store.tag_holders(ORG, (NOW, Some(Vec::new()))).await.unwrap();
        assert_eq!(nowhere, [], "nobody of the scope has it");
        assert_eq!(store.person(ORG, id(1)).await.unwrap().unwrap().tags[0].name, "报名");
        let later = Millis(until.0 + 3);
        assert_eq!(store.tag_holders(ORG, (later, None)).await.unwrap(), []);
        assert!(store.tags(other).await.unwrap().is_empty());
        assert_eq!(store.person(other, id(1)).await.unwrap(), None);
    }
}

// catalogue: F08, D19
#[tokio::test(flavor = "multi_thread")]
async fn notes_and_attributes_of_all_accounts_stand_under_the_person() {
    for database in testkit::databases().await {
        let (store, _) = scene(&database, 3).await;
        let note =
            NewNote { identity: id(2), group: Some(GroupId(1)), text: "喜欢晚上聊".into() };
        let first = store.add_note(note.clone(), acting("note.written")).await.unwrap();
        assert_eq!(store.add_note(note, acting("note.written")).await.unwrap(), first);
        let said = |value: &str, source| NewAttribute {
            identity: id(1),
            name: "city".to_owned(),
            value: value.to_owned(),
            source,
            group: None,
        };
        store.add_attribute(said("杭州", "self"), acting("attribute.added")).await.unwrap();
        let by_staff = acting_at("attribute.added", Millis(NOW.0 + 1));
        store.add_attribute(said("上海", "staff"), by_staff).await.unwrap();
        store.merge(id(1), id(2), String::new(), acting("people.merged")).await.unwrap();

        let record = store.person(ORG, id(2)).await.unwrap().unwrap();
        assert_eq!((record.lead, record.notes.len()), (id(1), 1));
        assert_eq!(record.notes[0].identity, id(2));
        let cities = record.attributes.iter().map(|one| (one.value.as_str(), one.source.as_str()));
        assert!(cities.eq([("上海", "staff"), ("杭州", "self")]));
        assert_eq!(store.notes_by_staff(ORG, StaffId(5)).await.unwrap(), 1);
        // Of another person it is not there to be taken away.
        assert!(!store.remove_note(id(3), first, acting("note.removed")).await.unwrap());
        assert!(store.remove_note(id(1), first, acting("note.removed")).await.unwrap());
        let record = store.person(ORG, id(2)).await.unwrap().unwrap();
        assert_eq!(record.notes[0].gone, Some(NOW));
        assert_eq!(store.notes_by_staff(ORG, StaffId(5)).await.unwrap(), 0);
    }
}
