//! A window over one group or several, with what its figures share counted once.

use crate::figure::{Missing, Need};
use crate::overview::Span;
use crate::page::Page;
use crate::settings::Settings;
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

/// A window over groups; people are counted once.
#[derive(Debug)]
pub struct Scope<'a> {
    groups: Vec<GroupPages<'a>>,
    span: Span,
    settings: &'a Settings,
}

impl<'a> Scope<'a> {
    /// The window `span` over `groups`, judged by `settings`.
    pub fn new(groups: Vec<GroupPages<'a>>, span: Span, settings: &'a Settings) -> Self {
        Self { groups, span, settings }
    }

    /// Why this need is not met, or `None` when it is.
    pub fn lacks(&self, need: Need) -> Option<Missing> {
        let _ = (&self.groups, self.span, self.settings);
        Some(Missing::NotInSource(need))
    }
}

/// From the first to the last day with a message, else with any page; `None` without pages.
pub fn full_span(groups: &[GroupPages<'_>]) -> Option<Span> {
    let days = |spoken: bool| {
        let pages = groups.iter().flat_map(|group| group.pages);
        let days = pages.filter(move |page| !spoken || page.first_last.is_some()).map(Page::day);
        days.fold(None, |span: Option<Span>, day| {
            Some(span.map_or(Span { from: day, to: day }, |span| Span {
                from: span.from.min(day),
                to: span.to.max(day),
            }))
        })
    };
    days(true).or_else(|| days(false))
}
