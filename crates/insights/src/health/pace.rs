//! The group's own rhythm: how long it is usually silent, how many usually speak.

use crate::metrics::silent_days;
use crate::overview::Span;
use crate::scope::{Scope, within};
use domain::Day;

/// Length of the periods compared, in days.
pub(super) const PERIOD_DAYS: i32 = 14;
/// How many periods make the usual.
const PERIODS_MAX: i32 = 12;
/// Fewest gaps between days with talk for a rhythm to be read from them; else a week is assumed.
const GAPS_MIN: usize = 10;
const GAP_ASSUMED: i32 = 7;
/// An alert never comes on the first two silent days.
const ALERT_MIN: i32 = 2;
/// A group is dead after four of its long gaps in a row: not before three weeks, not after 90 days.
const DEAD_GAPS: i32 = 4;
const DEAD_MIN: i32 = 21;
const DEAD_MAX: i32 = 90;

/// What was said in some days by those who count.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stretch {
    pub(super) speakers: u32,
    pub(super) messages: u64,
    /// Days on which somebody spoke.
    pub(super) days: u32,
}

/// A group's rhythm, seen from the last day of the window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// Days since the first one in the data.
    pub(super) seen_days: i32,
    pub(super) silent_days: i32,
    /// Nineteen of twenty gaps between days with talk are no longer than this.
    pub(super) gap_days: i32,
    /// A silence longer than this is unusual for the group (O05).
    pub(super) alert_after: i32,
    /// From this silence on the group is dead (O07).
    pub(super) dead_after: i32,
    /// The last 14 days.
    pub(super) now: Stretch,
    /// The 14 days before; `None` when the data do not reach so far.
    pub(super) before: Option<Stretch>,
    /// Middle number of speakers in the earlier periods of 14 days; 0 when there are none.
    pub(super) usual: f64,
    /// Middle number of messages in the same periods.
    pub(super) usual_messages: u64,
}

impl Pace {
    /// `None` without data before the end of the window.
    pub(super) fn of(scope: &Scope<'_>) -> Option<Self> {
        let (to, data) = (scope.asked().to, scope.data()?);
        let seen_days = to.since(data.from) + 1;
        let gap_days = usual_gap(scope, Span { from: data.from, to });
        let reaches = |n: i32| period(to, n).from >= data.from;
        let earlier: Vec<Stretch> = (1..=PERIODS_MAX)
            .take_while(|n| reaches(*n))
            .map(|n| stretch(scope, period(to, n)))
            .collect();
        let speakers = middle(earlier.iter().map(|period| u64::from(period.speakers)).collect());
        Some(Self {
            seen_days,
            silent_days: silent_days(scope).unwrap_or(seen_days),
            gap_days,
            alert_after: gap_days.max(ALERT_MIN),
            dead_after: (gap_days * DEAD_GAPS).clamp(DEAD_MIN, DEAD_MAX),
            now: stretch(scope, period(to, 0)),
            before: earlier.first().copied(),
            usual: speakers as f64,
            usual_messages: middle(earlier.iter().map(|period| period.messages).collect()),
        })
    }
}

/// The middle one (the upper of two), 0 of none.
fn middle(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(0)
}

/// The n-th period of 14 days before the last one, which is number 0.
fn period(to: Day, n: i32) -> Span {
    let to = to.plus(-n * PERIOD_DAYS);
    Span { from: to.plus(1 - PERIOD_DAYS), to }
}

/// What those who count said on these days.
fn stretch(scope: &Scope<'_>, span: Span) -> Stretch {
    let census = scope.census();
    let (mut sum, mut days) = (Stretch::default(), 0_u32);
    for writer in scope.writers_of(span) {
        sum.speakers += 1;
        sum.messages += writer.messages;
        let marks = census.person(writer.person).map_or(&[][..], |person| census.marks(person));
        let counted = within(marks, span).iter().filter(|mark| scope.counts(mark.class()));
        // A period has no more days than a word has bits.
        days |= counted.fold(0, |days, mark| days | 1 << (mark.day() - span.from.0).clamp(0, 31));
    }
    sum.days = days.count_ones();
    sum
}

/// The gap between two days with talk that nineteen of twenty gaps do not exceed.
fn usual_gap(scope: &Scope<'_>, span: Span) -> i32 {
    let days = (span.from.0..=span.to.0).filter(|day| scope.day(Day(*day)).messages > 0);
    let days: Vec<i32> = days.collect();
    let mut gaps: Vec<i32> = days.iter().zip(days.iter().skip(1)).map(|(a, b)| b - a).collect();
    gaps.sort_unstable();
    if gaps.len() < GAPS_MIN {
        return GAP_ASSUMED;
    }
    let place = (gaps.len() * 19).div_ceil(20) - 1;
    gaps.get(place).copied().unwrap_or(GAP_ASSUMED)
}
