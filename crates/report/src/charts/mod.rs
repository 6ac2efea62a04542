//! Geometry of the charts. Templates draw it as SVG; words stay outside.
//!
//! Invariants: positions along the time axis are in per cent or in units of a stretched view box,
//! so that a chart re-flows to any width while its letters keep their size; numbers have at most
//! two decimals. No text of a chat comes in here.

mod heat;
mod pulse;
mod scale;
mod sparkline;

pub(crate) use heat::{HeatChart, heat, heat_level, heat_paths};
pub(crate) use pulse::{Bucket, Grain, PulseChart, buckets, pulse, spark};
pub(crate) use scale::{level, percent};
pub use sparkline::{line_path, sparkline};
