//! Everything that the report knows of one group in a window, for the pages of the console.

use std::sync::Arc;

use domain::{Actor, GroupId, May};
use insights::{Settings, Span};
use report::Community;
use store::GroupRow;

use crate::console::figures::board::own_calendar;
use crate::console::figures::kept::Key;
use crate::console::figures::period::Period;
use crate::console::{Console, Denied, allowed, within};
use crate::rebuild::zone_of;
use crate::report_group::{Wanted, gathered};
use crate::shape::{Asked, Compared};

impl Console {
    /// Everything the report knows of a group in the window `span` (the last 30 days where none is
    /// given) compared with `against` (the window of equal length just before; P14). Kept until
    /// the group's pages change. [`Denied::Missing`] for a group outside the scope, and for
    /// `None`: all groups together are read in the background.
    pub async fn community(
        &self,
        actor: &Actor,
        group: Option<GroupId>,
        span: Option<Span>,
        against: Option<Span>,
    ) -> Result<Arc<Community>, Denied> {
        allowed(actor, May::Look)?;
        let group = group.ok_or(Denied::Missing)?;
        within(actor, group)?;
        let (row, (seq, pages)) = tokio::try_join!(
            self.store().group_numbered(actor.org, group),
            self.store().pages_mark(actor.org, group),
        )?;
        let row = row.ok_or(Denied::Missing)?;
        let span = span.unwrap_or_else(|| self.last_days(&row));
        let settings = self.live().judge(actor.org);
        let key = Key {
            org: actor.org,
            group,
            span,
            against,
            through: [seq.0, pages, row.revision],
            settings: settings.version,
        };
        let shown = &self.inner.shown;
        if let Some(kept) = shown.get(&key) {
            return Ok(kept);
        }
        let _turn = shown.turns.acquire().await.map_err(|_| Denied::Missing)?;
        if let Some(kept) = shown.get(&key) {
            return Ok(kept);
        }
        let wanted = self.wanted(&row, Compared { span, against }, settings);
        let community = gathered(self.store(), actor.org, vec![row], wanted).await;
        let community = Arc::new(community?);
        shown.put(key, Arc::clone(&community));
        Ok(community)
    }

    /// The last 30 days of a group that are over, by its own calendar.
    fn last_days(&self, row: &GroupRow) -> Span {
        Period::usual(own_calendar(row, self.now())).span
    }

    pub(super) fn wanted(&self, row: &GroupRow, window: Compared, settings: Settings) -> Wanted {
        let asked = Asked {
            zone: zone_of(row),
            zone_given: true,
            from: None,
            to: None,
            members: None,
            settings,
            now: self.now(),
            title: None,
        };
        Wanted { window: Some(window), ..Wanted::of(asked) }
    }
}
