//! The counts of one day, on their way to a page.

use crate::page::{Edge, IdleReason, Page, PersonDay};
use domain::{ActorClass, Fact, IdentityId};
use rustc_hash::{FxHashMap, FxHashSet};

/// One day under construction.
#[derive(Default)]
pub(super) struct Tally {
    /// The lists and sums that need no looking up.
    pub(super) page: Page,
    people: Vec<PersonDay>,
    places: FxHashMap<u32, usize>,
    edges: FxHashMap<(u32, u32), (u32, u32)>,
    said: FxHashSet<(u32, u64)>,
}

impl Tally {
    /// Starts a day.
    pub(super) fn begin(&mut self, day: i32, settings: u16) {
        self.page = Page { day, settings, ..Page::default() };
    }

    /// The finished page; the tally is empty again.
    pub(super) fn take(&mut self) -> Page {
        let page = std::mem::take(&mut self.page);
        let page = self.complete(page);
        self.people.clear();
        self.places.clear();
        self.edges.clear();
        self.said.clear();
        page
    }

    /// The page as it would be if the day ended now.
    pub(super) fn so_far(&self) -> Page {
        self.complete(self.page.clone())
    }

    /// Puts people and edges beside the lists, everything in its order.
    fn complete(&self, mut page: Page) -> Page {
        page.people.extend_from_slice(&self.people);
        page.people.sort_unstable_by_key(|person| person.who);
        page.edges.extend(self.edges.iter().map(|(&(from, to), &(told, by_order))| Edge {
            from: IdentityId(from),
            to: IdentityId(to),
            told,
            by_order,
        }));
        page.edges.sort_unstable_by_key(|edge| (edge.from, edge.to));
        page.comings.sort_by_key(|coming| (coming.at, coming.who));
        page.goings.sort_by_key(|going| (going.at, going.who));
        page.items.sort_by_key(|item| (item.at, item.key));
        page.answers.sort_by_key(|answer| (answer.at, answer.key));
        page
    }

    /// The line of a person.
    pub(super) fn person(&mut self, who: IdentityId, class: ActorClass) -> &mut PersonDay {
        let people = &mut self.people;
        let place = *self.places.entry(who.0).or_insert_with(|| {
            people.push(PersonDay { who, ..PersonDay::default() });
            people.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "places holds positions in people only")]
        let person = &mut self.people[place];
        person.class = class;
        person
    }

    /// Whether these words by this person are new today (`stretch` tells answer windows apart:
    /// the same "1" is a new answer in another window).
    pub(super) fn is_new(&mut self, fact: &Fact, stretch: i64) -> bool {
        let words = fact.text_hash ^ stretch.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        fact.text_hash == 0 || self.said.insert((fact.actor.0, words))
    }

    /// Counts a message. `verdict` is `None` for bots, declared hosts and nobody.
    pub(super) fn message(
        &mut self,
        fact: &Fact,
        hour: u8,
        verdict: Option<Result<(), IdleReason>>,
    ) -> &mut PersonDay {
        let first = self.page.first_last.map_or(fact.at, |(first, _)| first.min(fact.at));
        self.page.first_last = Some((first, fact.at));
        if fact.class.is_person() {
            bump(&mut self.page.hours, usize::from(hour));
            bump(&mut self.page.media, fact.features.media() as usize);
        }
        if let Some(Err(reason)) = verdict {
            bump(&mut self.page.idle, reason as usize);
        }
        let person = self.person(fact.actor, fact.class);
        person.messages += 1;
        person.hours |= 1 << hour;
        person.effective += u32::from(verdict == Some(Ok(())));
        person
    }

    /// Counts a message that links to or names somebody.
    pub(super) fn told(&mut self, from: u32, to: u32) {
        self.edges.entry((from, to)).or_default().0 += 1;
    }

    /// Counts a message that follows somebody's.
    pub(super) fn followed(&mut self, from: u32, to: u32) {
        self.edges.entry((from, to)).or_default().1 += 1;
    }
}

fn bump<const N: usize>(counts: &mut [u32; N], place: usize) {
    if let Some(count) = counts.get_mut(place) {
        *count += 1;
    }
}
