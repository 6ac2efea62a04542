//! A measured figure together with its definition.
//!
//! Invariant: a code that insights does not define still shows, under its code, so that no figure
//! is lost silently.

use crate::Lang;
use insights::{Figure, Good, Measured, Metric, Overview, Unit, metric};

/// A figure that knows its definition.
#[derive(Clone, Copy)]
pub(crate) struct Defined<'a> {
    /// What was measured.
    pub(crate) measured: &'a Measured,
    /// Its definition.
    pub(crate) metric: Option<&'static Metric>,
}

impl<'a> Defined<'a> {
    /// Looks the definition up.
    pub(crate) fn of(measured: &'a Measured) -> Self {
        Self { measured, metric: metric(measured.code) }
    }

    /// The figure of this window.
    pub(crate) fn now(&self) -> &'a Figure {
        &self.measured.now
    }

    /// The figure of the window before.
    pub(crate) fn before(&self) -> &'a Figure {
        &self.measured.before
    }

    /// The name, or the code where there is no definition.
    pub(crate) fn name(&self, lang: Lang) -> &'static str {
        self.metric.map_or(self.measured.code, |metric| lang.pick(metric.name.zh, metric.name.en))
    }

    /// How the value reads.
    pub(crate) fn unit(&self) -> Unit {
        self.metric.map_or(Unit::Mean, |metric| metric.unit)
    }

    /// Which way is good.
    pub(crate) fn good(&self) -> Good {
        self.metric.map_or(Good::Depends, |metric| metric.good)
    }
}

/// The figures that a glance should catch, most telling first (field-notes §4: no plain totals).
const HEADLINES: [&str; 12] = [
    "interaction_rate",
    "speakers_per_day",
    "answer_rate",
    "first_post_answered",
    "first_response_median",
    "new_contributors",
    "activation",
    "retention_30d_active",
    "returning_rate",
    "leave_rate",
    "member_to_member_share",
    "top10_share",
];

/// Known headlines below which other known figures take the places of unknown ones.
const HEADLINES_ENOUGH: usize = 6;

/// The headline figures in their order, then all the others in the order of insights. Where the
/// data shows few of the headlines, other known figures come before those that are unknown.
pub(crate) fn headlines(overview: &Overview) -> (Vec<Defined<'_>>, Vec<Defined<'_>>) {
    let is_known = |figure: &Defined<'_>| matches!(figure.now(), Figure::Known { .. });
    let found = HEADLINES.into_iter().filter_map(|code| find(overview, code));
    let (mut head, unknown): (Vec<_>, Vec<_>) = found.partition(is_known);
    let is_headline = |figure: &Defined<'_>| HEADLINES.contains(&figure.measured.code);
    let others = || defined(overview).into_iter().filter(|figure| !is_headline(figure));
    let head_is_poor = head.len() < HEADLINES_ENOUGH;
    if head_is_poor {
        let room = HEADLINES.len() - head.len();
        head.extend(others().filter(is_known).take(room));
    }
    let room = HEADLINES.len().saturating_sub(head.len());
    head.extend(unknown.into_iter().take(room));
    head.sort_by_key(|figure| {
        let place = HEADLINES.iter().position(|code| *code == figure.measured.code);
        (!is_known(figure), place.unwrap_or(usize::MAX))
    });
    let shown: Vec<&str> = head.iter().map(|figure| figure.measured.code).collect();
    let rest = defined(overview).into_iter().filter(|one| !shown.contains(&one.measured.code));
    (head, rest.collect())
}

/// All figures of an overview with their definitions, in the order of insights.
pub(crate) fn defined(overview: &Overview) -> Vec<Defined<'_>> {
    overview.measured.iter().map(Defined::of).collect()
}

/// The figure with this code, when it was measured.
pub(crate) fn find<'a>(overview: &'a Overview, code: &str) -> Option<Defined<'a>> {
    overview.measured.iter().find(|measured| measured.code == code).map(Defined::of)
}
