//! Who talked with whom on some days: directed links between people, and sums by role.

use crate::page::Page;
use crate::scope::Census;
use crate::scope::calendar::DayPage;
use domain::{ActorClass, IdentityId};
use rustc_hash::FxHashMap;

/// Messages by next-in-order that make a link where no reply or mention does: one may be chance.
const BY_ORDER_MIN: u32 = 2;

/// Messages from one to another.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Exchange {
    /// By reply link or mention.
    pub(crate) told: u32,
    /// Read from the order.
    pub(crate) by_order: u32,
}

impl Exchange {
    /// All of them.
    pub(crate) fn all(self) -> u32 {
        self.told.saturating_add(self.by_order)
    }

    /// Enough to speak of a link: one reply or mention, or two by order.
    pub(crate) fn is_link(self) -> bool {
        self.told > 0 || self.by_order >= BY_ORDER_MIN
    }
}

/// Talk summed over days and groups.
#[derive(Debug, Default)]
pub(crate) struct Talk {
    /// From one to another, people (members and staff) only.
    between: FxHashMap<IdentityId, FxHashMap<IdentityId, Exchange>>,
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
                    let words =
                        talk.between.entry(edge.from).or_default().entry(edge.to).or_default();
                    words.told += edge.told;
                    words.by_order += edge.by_order;
                }
            }
        }
        talk
    }
}

impl Talk {
    /// From one to another, people only, in no order.
    pub(crate) fn between(&self) -> impl Iterator<Item = (IdentityId, IdentityId, Exchange)> {
        let of = |(from, row)| {
            let row: &FxHashMap<IdentityId, Exchange> = row;
            let from: &IdentityId = from;
            row.iter().map(|(to, words)| (*from, *to, *words))
        };
        self.between.iter().flat_map(of)
    }

    /// What one said to the other, if anything.
    pub(crate) fn said(&self, from: IdentityId, to: IdentityId) -> Option<Exchange> {
        self.between.get(&from)?.get(&to).copied()
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
