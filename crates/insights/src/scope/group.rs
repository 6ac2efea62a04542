//! One group as the scope gets it, and what several of them show together.

use crate::overview::Span;
use crate::scope::list::PageList;
use domain::{Day, Evidence};

/// One group's pages and what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct GroupPages<'a> {
    /// All pages there are, by day.
    pub pages: PageList<'a>,
    /// What its sources can show.
    pub evidence: Evidence,
    /// The day of founding, where joins and leaves are told from then on.
    pub founded: Option<Day>,
    /// From a roster or from the operator: so many members at the end of that day.
    pub members_given: Option<(Day, u32)>,
}

/// What all sources show together: no more than the one that shows least.
pub(crate) fn taken_together(groups: &[GroupPages<'_>]) -> Evidence {
    let mut all = groups.iter().map(|group| group.evidence);
    let first = all.next().unwrap_or_default();
    all.fold(first, |sum, next| Evidence {
        messages: sum.messages.min(next.messages),
        joins: sum.joins.min(next.joins),
        leaves: sum.leaves.min(next.leaves),
        replies: sum.replies.min(next.replies),
        reactions: sum.reactions.min(next.reactions),
        joins_are_connections: sum.joins_are_connections || next.joins_are_connections,
    })
}

/// From the first to the last day on which anything was told; `None` without pages. Silence before
/// the first and after the last message belongs to it: joins and service rows are told then.
pub fn full_span(groups: &[GroupPages<'_>]) -> Option<Span> {
    let days = groups.iter().flat_map(|group| group.pages.days());
    days.fold(None, |span: Option<Span>, day| {
        let span = span.unwrap_or(Span { from: day, to: day });
        Some(Span { from: span.from.min(day), to: span.to.max(day) })
    })
}
