//! Hand-overs: one of a giver at a time, things that change only as they were seen.

use domain::{HandState, HeldKind, Millis};
use store::{
    HandedChange, HandedRow, HandoverMove, NewHanded, NewHandover, Store, WecomId, WecomKept,
    WecomParting,
};

use crate::sample::ORG;
use crate::wecom::{acting, connected, page};

fn thing(kind: HeldKind, held: &str) -> NewHanded {
    let (held, name) = (held.to_owned(), "李\u{0}".to_owned());
    NewHanded { kind, held, name, taker: "ann".to_owned(), due: Millis(7) }
}

fn new(giver: &str) -> NewHandover {
    NewHandover {
        giver: giver.to_owned(),
        left: true,
        words: String::new(),
        spare: "bob".to_owned(),
        a_day: Some(50),
        items: vec![thing(HeldKind::Contact, "wm1"), thing(HeldKind::Group, "wr1")],
    }
}

async fn begun(store: &Store, id: WecomId, giver: &str) -> Option<i64> {
    let acting = acting(ORG, "wecom.handover_begun", 5);
    store.begin_handover(id, new(giver), acting).await.unwrap()
}

fn moved(next: Option<i64>) -> HandoverMove {
    HandoverMove { next: next.map(Millis), looked: Some(Millis(8)), trouble: String::new() }
}

#[tokio::test]
async fn a_giver_has_one_open_hand_over_and_it_ends_when_nothing_is_open() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let first = begun(&store, id, "sam").await.unwrap();
        assert_eq!(begun(&store, id, "sam").await, None);
        let other = begun(&store, id, "tom").await.unwrap();
        let due = store.handovers_due(id, Millis(5)).await.unwrap();
        assert_eq!(due.len(), 2);
        assert_eq!((due[0].giver.as_str(), due[0].left, due[0].a_day), ("sam", true, Some(50)));
        assert!(store.handovers_due(id, Millis(4)).await.unwrap().is_empty());
        // Somebody says it has ended, but things are open.
        assert!(store.move_handover((id, first), moved(None), Millis(9)).await.unwrap());
        let row = store.handover(id, first).await.unwrap().unwrap();
        assert_eq!((row.next, row.ended, row.looked), (Some(Millis(9)), None, Some(Millis(8))));
        assert!(store.cancel_handover((id, first), acting(ORG, "x.y", 10)).await.unwrap());
        assert!(!store.cancel_handover((id, first), acting(ORG, "x.y", 10)).await.unwrap());
        assert!(store.move_handover((id, first), moved(None), Millis(11)).await.unwrap());
        let row = store.handover(id, first).await.unwrap().unwrap();
        assert_eq!((row.next, row.ended), (None, Some(Millis(11))));
        assert!(!store.move_handover((id, first), moved(Some(12)), Millis(12)).await.unwrap());
        assert!(begun(&store, id, "sam").await.is_some(), "one after the other");
        let counts = store.handed_counts(id).await.unwrap();
        let own = counts.iter().filter(|one| one.handover == other);
        assert_eq!(
            own.map(|one| (one.state, one.count)).collect::<Vec<_>>(),
            [(HandState::Planned, 1), (HandState::Planned, 1)]
        );
    }
}

#[tokio::test]
async fn of_two_who_know_something_the_later_one_changes_nothing() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let job = begun(&store, id, "sam").await.unwrap();
        let rows = store.handed(id, job).await.unwrap();
        assert_eq!((rows.len(), rows[0].name.as_str()), (2, "李\u{fffd}"));
        let to = |state, code| HandedChange {
            was: HandState::Planned,
            row: HandedRow {
                state,
                code,
                asked: Some(Millis(6)),
                until: Some(Millis(90)),
                tries: 1,
                changed: Millis(6),
                ..rows[0].clone()
            },
        };
        let changed = store.change_handed((id, job), vec![to(HandState::Asked, None)]).await;
        assert_eq!(changed.unwrap(), 1);
        let late = vec![to(HandState::Failed, Some(40_096))];
        assert_eq!(store.change_handed((id, job), late.clone()).await.unwrap(), 0);
        let retaken = store.retake_handed((id, job), late, acting(ORG, "x.y", 9)).await;
        assert_eq!(retaken.unwrap(), 0, "and nothing is noted of it");
        let row = &store.handed(id, job).await.unwrap()[0];
        assert_eq!((row.state, row.code, row.tries), (HandState::Asked, None, 1));
        assert_eq!((row.asked, row.until), (Some(Millis(6)), Some(Millis(90))));
        let open = store.handed_open(id, (HeldKind::Contact, "wm1"), "ann").await.unwrap();
        assert_eq!((open.len(), open[0].handover.giver.as_str()), (1, "sam"));
        assert!(store.handed_open(id, (HeldKind::Contact, "wm1"), "bob").await.unwrap().is_empty());
        let refused = HandedChange {
            was: HandState::Asked,
            row: HandedRow { state: HandState::Refused, ..row.clone() },
        };
        store.change_handed((id, job), vec![refused]).await.unwrap();
        assert!(store.handed_stuck(id, ("sam", job)).await.unwrap().is_empty(), "its own");
        let stuck = store.handed_stuck(id, ("sam", job + 1)).await.unwrap();
        assert_eq!(stuck, [("wm1".to_owned(), "ann".to_owned())]);
    }
}

#[tokio::test]
async fn what_is_known_of_a_customer_stays_when_they_are_kept() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let contact = store::WecomContact {
            staff: "sam".to_owned(),
            customer: "wm1".to_owned(),
            identity: None,
            added: Some(Millis(1)),
            state: "poster".to_owned(),
            way: Some(1),
            remark: "李总".to_owned(),
            tags: r#"["et1"]"#.to_owned(),
            half: None,
        };
        store.put_wecom_contacts(id, page(5, vec![contact])).await.unwrap();
        let how = "missing".to_owned();
        let parted = WecomParting { staff: "sam".to_owned(), customer: "wm1".to_owned(), how };
        store.part_wecom_contacts(id, page(6, vec![parted])).await.unwrap();
        assert!(store.held_contacts(id, "sam").await.unwrap().is_empty());
        let kept = |staff: &str, added, way| WecomKept {
            staff: staff.to_owned(),
            customer: "wm1".to_owned(),
            added,
            way,
        };
        let rows = vec![kept("sam", None, None), kept("ann", Some(Millis(7)), Some(202))];
        store.keep_wecom_contacts(id, page(7, rows)).await.unwrap();
        let all = store.wecom_contacts_by(id, "sam").await.unwrap();
        assert_eq!((all[0].contact.remark.as_str(), all[0].contact.way), ("李总", Some(1)));
        assert_eq!((all[0].contact.added, all[0].gone.clone()), (Some(Millis(1)), None));
        let held = store.held_contacts(id, "ann").await.unwrap();
        assert_eq!((held[0].added, held[0].way), (Some(Millis(7)), Some(202)));
        let counts = store.held_counts(id).await.unwrap();
        let counts: Vec<(&str, u32)> =
            counts.iter().map(|one| (one.staff.as_str(), one.contacts)).collect();
        assert_eq!(counts, [("ann", 1), ("sam", 1)]);
        // Handed over before: of what somebody holds, done alone.
        let job = begun(&store, id, "sam").await.unwrap();
        assert!(store.handed_before(id, "ann").await.unwrap().is_empty());
        let row = store.handed(id, job).await.unwrap().remove(0);
        let row = HandedRow { state: HandState::Done, changed: Millis(9), ..row };
        let done = HandedChange { was: HandState::Planned, row };
        store.change_handed((id, job), vec![done]).await.unwrap();
        let before = store.handed_before(id, "ann").await.unwrap();
        assert_eq!((before.len(), before[0].held.as_str(), before[0].at), (1, "wm1", Millis(9)));
    }
}
