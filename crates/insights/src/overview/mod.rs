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
use crate::tier::reach_days;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

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
    let (measured, aside) = measured(scope, before.as_ref(), both);
    let Aside { pulse, cohorts, entry, health } = aside;
    let open = unanswered(scope, UNANSWERED_MAX, fresh_since(scope));
    let steps = steps(scope, &health, &measured, &open.fresh);
    let (idle, media) = pulse::kinds(scope);
    Overview {
        span: scope.asked(),
        evidence: scope.evidence(),
        totals: totals::totals(scope),
        measured,
        pulse,
        heat: scope.heat().clone(),
        cohorts,
        entry,
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

/// The days of which an overview over `span` (beside `against`, or the window just before) asks who
/// spoke to whom, and what waited: both windows, and as far around them as answers reach. Of all
/// other days [`crate::Page::skim`] tells enough.
pub fn whole_days(span: Span, against: Option<Span>, settings: &Settings) -> Span {
    let against = against.unwrap_or_else(|| span.before());
    let reach = reach_days(settings);
    let (from, to) = (span.from.min(against.from), span.to.max(against.to));
    Span { from: from.plus(-reach), to: to.plus(reach) }
}

/// How alive the groups are on the last day of the window, alone: what lists over many groups show.
pub fn health_of(groups: &[GroupPages<'_>], span: Span, settings: &Settings) -> Health {
    health(&Scope::new(groups.to_vec(), span, settings))
}

/// Pieces of an overview that are made beside the figures.
struct Aside {
    pulse: Vec<PulseDay>,
    cohorts: CohortGrid,
    entry: Entry,
    health: Health,
}

impl Aside {
    fn of(scope: &Scope<'_>) -> Self {
        let span = scope.asked();
        Self {
            pulse: pulse::pulse(scope),
            cohorts: cohorts::grid(scope),
            entry: entry::entry(scope.groups(), span.from.0, span.to.0),
            health: health(scope),
        }
    }
}

/// Every definition over both windows, and what is made beside.
fn measured(scope: &Scope<'_>, before: Option<&Scope<'_>>, both: Both) -> (Vec<Measured>, Aside) {
    // Whoever is free measures the next one.
    let windows = [Some(scope), before].into_iter().flatten();
    let wanted = windows.flat_map(|scope| METRICS.iter().map(move |metric| (metric, scope)));
    let wanted: Vec<_> = wanted.map(|one| (one, OnceLock::new())).collect();
    let (aside, next) = (OnceLock::new(), AtomicUsize::new(0));
    let measure = || {
        while let Some(((metric, scope), figure)) = wanted.get(next.fetch_add(1, Relaxed)) {
            figure.get_or_init(|| metric.figure(scope));
        }
    };
    both(
        // Each begins with what takes long and does not need the other's.
        &|| {
            scope.threads();
            aside.get_or_init(|| Aside::of(scope));
            measure();
        },
        &|| {
            scope.talk();
            measure();
        },
    );
    let unknown = Figure::Unknown(Missing::WindowTooShort);
    let mut figures = wanted.into_iter().map(|(_, figure)| figure.into_inner().unwrap_or(unknown));
    let now: Vec<Figure> = figures.by_ref().take(METRICS.len()).collect();
    let measured = METRICS.iter().zip(now).map(|(metric, now)| Measured {
        code: metric.code,
        now,
        before: figures.next().unwrap_or(unknown),
    });
    (measured.collect(), aside.into_inner().unwrap_or_else(|| Aside::of(scope)))
}
