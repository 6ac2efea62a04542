//! All that a report shows about a window, put together from the scope and the definitions.
//!
//! Each builder is a function of the [`Scope`]; none of them counts what a metric counts already.

mod cohorts;
mod entry;
mod heat;
mod helpers;
mod lost;
mod matrix;
mod pulse;
mod totals;
mod types;
mod unanswered;

pub(crate) use cohorts::{Newcomer, newcomers};
pub(crate) use heat::{build_heat, ranked as ranked_slots};
pub(crate) use helpers::build_helpers;
pub use types::{
    Cause, CauseCode, Cohort, CohortGrid, Entry, EntryManner, Health, Heat, Helper, Inviter,
    LostRegular, Matrix, Measured, Mood, OpenItem, Overlap, Overview, PulseDay, RankedPerson, Slot,
    Span, Step, StepCode, Tie, Totals,
};
pub(crate) use unanswered::{Open, unanswered};

use crate::figure::{Figure, Missing};
use crate::health::health;
use crate::metrics::METRICS;
use crate::scope::{GroupPages, Scope};
use crate::settings::Settings;
use crate::steps::{fresh_since, steps};
use std::sync::OnceLock;

/// Most unanswered things that an overview lists.
const UNANSWERED_MAX: usize = 200;

/// Everything about the window `span` of these groups taken together, people counted once.
/// `OpenItem::group` is the position in `groups`.
pub fn overview(groups: &[GroupPages<'_>], span: Span, settings: &Settings) -> Overview {
    overview_against(groups, (span, None), settings, in_turn)
}

/// How two pieces of work are done that do not need each other: one after the other
/// ([`in_turn`]), or side by side by whoever has threads.
pub type Both = fn(&(dyn Fn() + Sync), &(dyn Fn() + Sync));

/// One after the other.
pub fn in_turn(one: &(dyn Fn() + Sync), other: &(dyn Fn() + Sync)) {
    one();
    other();
}

/// The same with the window `against` in place of the one just before, which may be of another
/// length (P14): what stands "before" in [`Measured`] comes from there.
pub fn overview_against(
    groups: &[GroupPages<'_>],
    (span, against): (Span, Option<Span>),
    settings: &Settings,
    both: Both,
) -> Overview {
    let scope = &Scope::new(groups.to_vec(), span, settings);
    let before = against.map_or_else(|| scope.before(), |against| scope.against(against));
    let measured = measured(scope, before.as_ref(), both);
    let open = unanswered(scope, UNANSWERED_MAX, fresh_since(scope));
    let health = health(scope);
    let steps = steps(scope, &health, &measured, &open.fresh);
    let (idle, media) = pulse::kinds(scope);
    Overview {
        span: scope.asked(),
        evidence: scope.evidence(),
        totals: totals::totals(scope),
        measured,
        pulse: pulse::pulse(scope),
        heat: scope.heat().clone(),
        cohorts: cohorts::grid(scope),
        entry: entry::entry(groups, span.from.0, span.to.0),
        overlap: entry::overlap(groups),
        matrix: matrix::matrix(scope),
        helpers: scope.helpers().to_vec(),
        unanswered_total: open.total,
        unanswered: open.first.iter().map(|open| open.item).collect(),
        lost: lost::lost(scope),
        idle,
        media,
        health,
        steps,
    }
}

/// How alive the groups are on the last day of the window, alone: what lists over many groups show.
pub fn health_of(groups: &[GroupPages<'_>], span: Span, settings: &Settings) -> Health {
    health(&Scope::new(groups.to_vec(), span, settings))
}

/// Every definition over both windows.
fn measured(scope: &Scope<'_>, before: Option<&Scope<'_>>, both: Both) -> Vec<Measured> {
    let all = |scope: &Scope<'_>| METRICS.iter().map(|one| one.figure(scope)).collect::<Vec<_>>();
    let (now, was) = (OnceLock::new(), OnceLock::new());
    both(
        // Each begins with what takes long and does not need the other's.
        &|| {
            scope.threads();
            was.get_or_init(|| before.map(all).unwrap_or_default());
        },
        &|| {
            scope.talk();
            now.get_or_init(|| all(scope));
        },
    );
    let now = now.into_inner().unwrap_or_default();
    let mut was = was.into_inner().unwrap_or_default().into_iter();
    let unknown = Figure::Unknown(Missing::WindowTooShort);
    let both = METRICS.iter().zip(now).map(|(metric, now)| Measured {
        code: metric.code,
        now,
        before: was.next().unwrap_or(unknown),
    });
    both.collect()
}
