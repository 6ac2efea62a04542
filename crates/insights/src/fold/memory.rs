//! What is carried from day to day.

use crate::fold::authors::{AUTHORS_MS, Authors};
use crate::fold::open::OpenItems;
use crate::page::Page;
use crate::settings::Settings;
use domain::{ActorClass, Millis};
use roaring::RoaringBitmap;

/// State that reaches over midnight. Everything but `ever` and `bots` is forgotten within
/// [`reach_ms`]; these two are told by the pages.
#[derive(Default)]
pub(super) struct Memory {
    /// Who has ever written.
    pub(super) ever: RoaringBitmap,
    /// Who is a program.
    pub(super) bots: RoaringBitmap,
    pub(super) open: OpenItems,
    pub(super) authors: Authors,
    pub(super) run: Run,
    /// The last message by anybody but a bot.
    pub(super) last_voice: Option<Millis>,
    /// When the open answer window began and when it ends.
    pub(super) window: Option<(Millis, Millis)>,
}

/// The messages that the last speaker wrote in a row.
#[derive(Default)]
pub(super) struct Run {
    /// Who; 0 when nobody is named.
    pub(super) who: u32,
    /// The latest of them.
    pub(super) at: Millis,
    /// The items among them, by (time, key).
    pub(super) items: Vec<(Millis, i64)>,
}

/// How far back anything but `ever` and `bots` can matter, in milliseconds.
pub(super) fn reach_ms(settings: &Settings) -> i64 {
    let short = settings.window_ms.max(settings.order_answer_ms).max(settings.talk_gap_ms);
    short.max(0).saturating_add(settings.open_item_ms.max(0)).saturating_add(AUTHORS_MS)
}

impl Memory {
    /// Takes from a page what never is forgotten.
    pub(super) fn learn(&mut self, page: &Page) {
        for person in page.people.iter().filter(|person| person.messages > 0) {
            if person.who.named().is_some() {
                self.ever.insert(person.who.0);
            }
            if person.class == ActorClass::Bot {
                self.bots.insert(person.who.0);
            }
        }
    }

    /// The beginning of the answer window that is open at this moment.
    pub(super) fn window(&self, at: Millis) -> Option<Millis> {
        self.window.filter(|(_, until)| at <= *until).map(|(from, _)| from)
    }
}
