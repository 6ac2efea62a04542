//! Merged, split, undone: one level, nothing rewritten.

use std::collections::{BTreeMap, HashMap};

use crate::people::{acting, audited, id, scene};
use crate::sample::ORG;

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_a_split_and_an_undo_are_one_line_of_the_audit_log_each() {
    for database in testkit::databases().await {
        let (store, other) = scene(&database, 5).await;
        let why = || "同一个人".to_owned();
        let moved = store.merge(id(1), id(2), why(), acting("people.merged")).await.unwrap();
        assert_eq!(moved, [id(2)]);
        // Again, or with itself, or with nobody: nothing is done.
        for (into, from) in [(1, 2), (2, 1), (1, 1), (1, 99), (99, 1)] {
            let again = store.merge(id(into), id(from), why(), acting("people.merged")).await;
            assert!(again.unwrap().is_empty());
        }
        assert_eq!(audited(&database, "people.merged").await, 1);
        assert_eq!(store.lead(ORG, id(2)).await.unwrap(), Some(id(1)));
        assert_eq!(store.lead(other, id(2)).await.unwrap(), None);
        assert!(store.merges(other).await.unwrap().is_empty());

        // Merging somebody whom others were merged into moves them along; undone they go together.
        let moved = store.merge(id(3), id(1), why(), acting("people.merged")).await.unwrap();
        assert_eq!(moved, [id(1), id(2)]);
        assert_eq!(
            store.merges(ORG).await.unwrap(),
            HashMap::from([(id(1), id(3)), (id(2), id(3))])
        );
        assert!(store.unmerge(id(3), moved.clone(), acting("people.unmerged")).await.unwrap());
        assert_eq!(store.merges(ORG).await.unwrap(), HashMap::from([(id(2), id(1))]));
        assert!(!store.unmerge(id(3), moved, acting("people.unmerged")).await.unwrap());
        assert_eq!(audited(&database, "people.unmerged").await, 1);

        // The leading one taken out leaves the others together.
        store.merge(id(1), id(4), why(), acting("people.merged")).await.unwrap();
        assert!(store.split(id(1), acting("people.split")).await.unwrap());
        assert_eq!(store.merges(ORG).await.unwrap(), HashMap::from([(id(4), id(2))]));
        assert!(store.split(id(4), acting("people.split")).await.unwrap());
        assert!(!store.split(id(4), acting("people.split")).await.unwrap());
        assert!(store.merges(ORG).await.unwrap().is_empty());
    }
}

/// A model: the leading one of each.
struct Sets(BTreeMap<u32, u32>);

impl Sets {
    fn of(&self, who: u32) -> u32 {
        self.0.get(&who).copied().unwrap_or(who)
    }

    fn merge(&mut self, into: u32, from: u32) {
        let (into, from) = (self.of(into), self.of(from));
        self.0.values_mut().filter(|lead| **lead == from).for_each(|lead| *lead = into);
    }

    fn split(&mut self, who: u32) {
        let of = self.of(who);
        self.0.insert(who, who);
        let mut others = self.0.iter_mut().filter(|(x, lead)| **x != who && **lead == of);
        if of == who
            && let Some((next, lead)) = others.next()
        {
            *lead = *next;
            others.for_each(|(_, lead)| *lead = *next);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_merged_and_split_there_is_one_level_and_the_same_people() {
    const PEOPLE: u32 = 9;
    for database in testkit::databases().await {
        let (store, _) = scene(&database, PEOPLE).await;
        let mut sets = Sets((1..=PEOPLE).map(|x| (x, x)).collect());
        let mut dice = 0x2545_F491_4F6C_DD1D_u64;
        let mut roll = |sides: u32| {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            u32::try_from(dice % u64::from(sides)).unwrap()
        };
        for step in 0..120 {
            let (a, b) = (1 + roll(PEOPLE), 1 + roll(PEOPLE));
            if roll(3) == 0 {
                store.split(id(a), acting("people.split")).await.unwrap();
                sets.split(a);
            } else {
                store.merge(id(a), id(b), String::new(), acting("people.merged")).await.unwrap();
                sets.merge(a, b);
            }
            let merges = store.merges(ORG).await.unwrap();
            assert!(merges.values().all(|person| !merges.contains_key(person)), "step {step}");
            let lead = |x: u32| merges.get(&id(x)).copied().unwrap_or(id(x));
            let same = sets.0.iter().all(|(x, of)| lead(*x).0 == *of);
            assert!(same, "step {step}: {merges:?}");
        }
    }
}
