//! All that a report shows about a window, put together from the scope and the definitions.

mod types;

pub use types::{
    Cause, CauseCode, Cohort, CohortGrid, Health, Heat, Helper, LostRegular, Matrix, Measured,
    Mood, OpenItem, Overview, PulseDay, RankedPerson, Slot, Span, Step, StepCode, Tie, Totals,
};

use crate::scope::GroupPages;
use crate::settings::Settings;

/// Everything about the window `span` of these groups taken together, people counted once.
/// `OpenItem::group` is the position in `groups`.
pub fn overview(groups: &[GroupPages<'_>], span: Span, settings: &Settings) -> Overview {
    let _ = (groups, settings);
    Overview {
        span,
        evidence: domain::Evidence::default(),
        totals: Totals::default(),
        measured: Vec::new(),
        pulse: Vec::new(),
        heat: Heat::default(),
        cohorts: CohortGrid::default(),
        matrix: Matrix::default(),
        helpers: Vec::new(),
        unanswered: Vec::new(),
        unanswered_total: 0,
        lost: Vec::new(),
        idle: [0; 7],
        media: [0; 12],
        health: Health { mood: Mood::Unknown, causes: Vec::new() },
        steps: Vec::new(),
    }
}
