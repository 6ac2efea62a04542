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

/// All figures of an overview with their definitions, in the order of insights.
pub(crate) fn defined(overview: &Overview) -> Vec<Defined<'_>> {
    overview.measured.iter().map(Defined::of).collect()
}

/// The figure with this code, when it was measured.
pub(crate) fn find<'a>(overview: &'a Overview, code: &str) -> Option<Defined<'a>> {
    overview.measured.iter().find(|measured| measured.code == code).map(Defined::of)
}
