//! The definitions: each metric once, with its formula in words and the function that measures it.
//!
//! A metric is one constant in the file of its family and one word in [`METRICS`]. Faces show
//! what stands here and never count anything themselves. Ask [`Metric::figure`]: it looks at what
//! the data can show before it measures, so that an unknown never becomes a number.

use crate::figure::{Figure, Good, Need, Unit, Words};
use crate::scope::Scope;

/// A definition: what is counted over what, where it comes from, and what it needs.
#[derive(Debug)]
pub struct Metric {
    /// Stable word for JSON, links and tests.
    pub code: &'static str,
    /// Catalogue items and numbers of the standard metrics, such as `P01 · #3`.
    pub source: &'static str,
    /// Name.
    pub name: Words,
    /// Formula in words.
    pub formula: Words,
    /// What is counted.
    pub numerator: Words,
    /// Over what.
    pub denominator: Words,
    /// Whom and what it leaves out.
    pub filter: Words,
    /// Over which days.
    pub window: Words,
    /// Which way is good.
    pub good: Good,
    /// How the value reads.
    pub unit: Unit,
    /// What the data must show.
    pub needs: &'static [Need],
    /// Measures it, where the needs are met. Call [`Metric::figure`].
    pub measure: fn(&Scope<'_>) -> Figure,
}

impl Metric {
    /// The figure in this scope; unknown when the data cannot show what the metric needs.
    pub fn figure(&self, scope: &Scope<'_>) -> Figure {
        match self.needs.iter().find_map(|need| scope.lacks(*need)) {
            Some(missing) => Figure::Unknown(missing),
            None => (self.measure)(scope),
        }
    }
}

/// All definitions, in the order in which a report shows them.
pub const METRICS: &[&Metric] = &[];

/// The definition with this code.
pub fn metric(code: &str) -> Option<&'static Metric> {
    METRICS.iter().copied().find(|metric| metric.code == code)
}
