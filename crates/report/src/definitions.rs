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

/// The headline figures in their order, then all the others in the order of insights. Where
/// insights knows none of the headlines, the first ones stand for them.
pub(crate) fn headlines(overview: &Overview) -> (Vec<Defined<'_>>, Vec<Defined<'_>>) {
    let head: Vec<Defined<'_>> =
        HEADLINES.into_iter().filter_map(|code| find(overview, code)).collect();
    let is_head = |figure: &Defined<'_>| HEADLINES.contains(&figure.measured.code);
    let (_, mut rest): (Vec<_>, Vec<_>) = defined(overview).into_iter().partition(is_head);
    if head.is_empty() {
        let others = rest.split_off(rest.len().min(HEADLINES.len()));
        return (rest, others);
    }
    (head, rest)
}

/// All figures of an overview with their definitions, in the order of insights.
pub(crate) fn defined(overview: &Overview) -> Vec<Defined<'_>> {
    overview.measured.iter().map(Defined::of).collect()
}

/// The figure with this code, when it was measured.
pub(crate) fn find<'a>(overview: &'a Overview, code: &str) -> Option<Defined<'a>> {
    overview.measured.iter().find(|measured| measured.code == code).map(Defined::of)
}
