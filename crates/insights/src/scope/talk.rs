//! Who talked with whom on some days: words between people, and sums by role.

use crate::page::Page;
use crate::scope::Census;
use crate::scope::calendar::DayPage;
use crate::scope::pairs::{Pair, Pairs};
use domain::{ActorClass, IdentityId};

/// Talk summed over days and groups.
#[derive(Debug, Default)]
pub(crate) struct Talk {
    /// People (members and staff) only.
    between: Pairs,
    /// `[from][to]` in the order of `ActorClass::ALL`, everybody.
    pub(crate) roles: [[u64; 4]; 4],
}

impl Talk {
    /// Sums the edges of these pages. Roles are those of the day; of somebody who did nothing
    /// that day, the last one known.
    pub(crate) fn hear<'a>(pages: impl Iterator<Item = DayPage<'a>>, census: &Census) -> Self {
        let mut talk = Self::default();
        for at in pages {
            for edge in &at.page.edges {
                if edge.from == edge.to || edge.from.named().is_none() || edge.to.named().is_none()
                {
                    continue;
                }
                let from = class_on(&at.page, edge.from, census);
                let to = class_on(&at.page, edge.to, census);
                let row = talk.roles.get_mut(from as usize);
                if let Some(cell) = row.and_then(|row| row.get_mut(to as usize)) {
                    *cell += u64::from(edge.told) + u64::from(edge.by_order);
                }
                if from.is_person() && to.is_person() {
                    talk.between.add(edge);
                }
            }
        }
        talk.between.close();
        talk
    }

    /// All who talked with each other, people only, each two of them once.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = Pair> {
        self.between.iter()
    }
}

/// Role of somebody on the day of a page.
fn class_on(page: &Page, who: IdentityId, census: &Census) -> ActorClass {
    let person = census.of(who);
    if let Some(person) = person.filter(|person| !person.changed) {
        return person.class;
    }
    let row = page.people.binary_search_by_key(&who, |row| row.who).ok();
    let row = row.and_then(|place| page.people.get(place));
    row.map(|row| row.class).or(person.map(|person| person.class)).unwrap_or_default()
}
