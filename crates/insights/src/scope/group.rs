//! One group as the scope gets it, and what several of them show together.

use crate::overview::Span;
use crate::page::Page;
use domain::{Day, Evidence};

/// One group's pages and what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct GroupPages<'a> {
    /// All pages there are, by day.
    pub pages: &'a [Page],
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

/// From the first to the last day with a message, else with any page; `None` without pages.
pub fn full_span(groups: &[GroupPages<'_>]) -> Option<Span> {
    let days = |spoken: bool| {
        let pages = groups.iter().flat_map(|group| group.pages);
        let days = pages.filter(move |page| !spoken || page.first_last.is_some()).map(Page::day);
        days.fold(None, |span: Option<Span>, day| {
            let span = span.unwrap_or(Span { from: day, to: day });
            Some(Span { from: span.from.min(day), to: span.to.max(day) })
        })
    };
    days(true).or_else(|| days(false))
}
