//! What is summed over the pages of a window, in one pass for all figures.

use crate::page::{IdleReason, Page};
use crate::scope::{Scope, counts};
use crate::settings::Settings;
use domain::{IdentityId, JoinManner, Millis};
use rustc_hash::FxHashSet;

/// Sums over the days and groups of a window.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    /// First and last message.
    pub(crate) ends: Option<(Millis, Millis)>,
    /// Rows that the platform wrote, other than joins and leaves.
    pub(crate) service_rows: u64,
    /// Messages by people, by weekday and hour.
    pub(crate) hours: [[u32; 24]; 7],
    /// Idle messages by reason.
    pub(crate) idle: [u32; IdleReason::ALL.len()],
    /// Messages by kind of media.
    pub(crate) media: [u32; 12],
    /// Join events (those listed are none).
    pub(crate) joins: u64,
    /// Leave events.
    pub(crate) leaves: u64,
    /// Of these, by people whom the export does not name.
    pub(crate) nameless_leaves: u64,
    /// Named people with a join.
    pub(crate) joined: FxHashSet<IdentityId>,
    /// Named people with a leave.
    pub(crate) left: FxHashSet<IdentityId>,
    /// Messages by those who count.
    pub(crate) messages: u64,
    /// Of these, effective.
    pub(crate) effective: u64,
}

impl Sums {
    /// Goes over the pages of the window.
    pub(crate) fn of(scope: &Scope<'_>) -> Self {
        let mut sums = Self::default();
        for at in scope.pages() {
            sums.add(&at.page);
            sums.add_flow(&at.page);
            sums.add_people(&at.page, scope.settings());
        }
        sums
    }

    fn add(&mut self, page: &Page) {
        if let Some((first, last)) = page.first_last {
            let ends = self.ends.unwrap_or((first, last));
            self.ends = Some((ends.0.min(first), ends.1.max(last)));
        }
        self.service_rows += u64::from(page.service_rows);
        if let Some(row) = self.hours.get_mut(usize::from(page.day().weekday())) {
            add_each(row, &page.hours);
        }
        add_each(&mut self.idle, &page.idle);
        add_each(&mut self.media, &page.media);
    }

    fn add_flow(&mut self, page: &Page) {
        for coming in page.comings.iter().filter(|coming| coming.how != JoinManner::Listed) {
            self.joins += 1;
            self.joined.extend(coming.who.named());
        }
        for going in &page.goings {
            self.leaves += 1;
            self.nameless_leaves += u64::from(going.who.named().is_none());
            self.left.extend(going.who.named());
        }
    }

    fn add_people(&mut self, page: &Page, settings: &Settings) {
        for row in page.people.iter().filter(|row| counts(row.class, settings)) {
            self.messages += u64::from(row.messages);
            self.effective += u64::from(row.effective);
        }
    }
}

fn add_each<const N: usize>(sums: &mut [u32; N], more: &[u32; N]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = sum.saturating_add(*more);
    }
}
