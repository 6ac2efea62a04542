//! Handing over what members of a company hold, against a practice company.

mod beside;
mod crashes;
mod present;
mod refused;
mod whole;

use std::collections::BTreeSet;

use app::wecom::{HandoverForm, HandoverView, Takes};
use domain::{HandState, HeldKind, Millis};
use store::WecomId;

use crate::wecom::{Scene, owner};

impl Scene {
    /// Who left the company before it was connected, and holds most.
    fn leaver(&self) -> String {
        self.practice.read(|books| {
            let left = books.staff.iter().filter(|(_, one)| one.left.is_some());
            left.map(|(id, _)| id.clone()).next().unwrap()
        })
    }

    /// Members who could take over, those with most customers first.
    fn takers(&self) -> Vec<String> {
        self.practice.read(|books| {
            let fit = books.staff.iter().filter(|(_, one)| one.serves());
            let mut all: Vec<(usize, String)> = fit
                .map(|(id, _)| {
                    (books.bonds.get(id).map_or(0, std::collections::BTreeMap::len), id.clone())
                })
                .collect();
            all.sort_by(|a, b| b.cmp(a));
            all.into_iter().map(|(_, id)| id).collect()
        })
    }

    /// Begins with all to the takers, and does what can be done at once.
    async fn begins(&self, id: WecomId, form: &HandoverForm) -> i64 {
        let begun = self.console.begin_handover(&owner(), id.account, form).await.unwrap();
        self.goes_on(id).await;
        begun.handover
    }

    async fn goes_on(&self, id: WecomId) {
        self.console.hand_over_company_now(id).await.unwrap();
    }

    async fn shown(&self, id: WecomId, handover: i64) -> HandoverView {
        self.console.handover(&owner(), id.account, handover).await.unwrap()
    }

    /// How often a call was made, of those that were answered or cut off.
    fn asked(&self, path: &str) -> usize {
        self.practice.calls().iter().filter(|call| call.path == path).count()
    }

    /// Who has which customer and owns which group: the same in our rows as in the books.
    async fn holds_as_the_books(&self, id: WecomId) {
        let (bonds, owners) = self.practice.read(|books| {
            let bonds: BTreeSet<(String, String)> = books
                .bonds
                .iter()
                .flat_map(|(staff, all)| {
                    let works = all.iter().filter(|(_, bond)| bond.works());
                    works.map(|(id, _)| (staff.clone(), id.clone()))
                })
                .collect();
            let living = books.groups.iter().filter(|(_, group)| group.dismissed.is_none());
            let owners: BTreeSet<(String, String)> =
                living.map(|(chat, group)| (chat.clone(), group.owner.clone())).collect();
            (bonds, owners)
        });
        let mut ours = BTreeSet::new();
        for count in self.store.held_counts(id).await.unwrap() {
            for one in self.store.held_contacts(id, &count.staff).await.unwrap() {
                ours.insert((count.staff.clone(), one.customer));
            }
        }
        assert_eq!(ours, bonds);
        let groups = self.store.wecom_groups(id).await.unwrap();
        let ours: BTreeSet<(String, String)> =
            groups.into_iter().map(|row| (row.chat, row.owner)).collect();
        assert_eq!(ours, owners);
    }
}

/// All to these, evenly.
fn to(giver: &str, takers: &[&str]) -> HandoverForm {
    let mut form = HandoverForm { giver: giver.to_owned(), ..HandoverForm::default() };
    for (place, taker) in form.takers.iter_mut().zip(takers) {
        *place = ((*taker).to_owned(), Takes::Both);
    }
    form
}

/// How many things of a kind are in a state.
fn count(view: &HandoverView, kind: HeldKind, state: HandState) -> usize {
    view.items.iter().filter(|one| one.kind == kind && one.state == state).count()
}

/// A day and a bit: what waits has changed hands, and may be looked up.
const A_DAY: i64 = Millis::DAY + 2 * Millis::MINUTE;
