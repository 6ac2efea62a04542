//! Day by day: messages, speakers, joins, leaves, members.

use crate::overview::PulseDay;
use crate::scope::Scope;
use domain::Day;

/// Every day of the window as asked for, in order.
pub(super) fn pulse(scope: &Scope<'_>) -> Vec<PulseDay> {
    let span = scope.asked();
    let days = (span.from.0..=span.to.0).map(Day);
    let row = |day: Day| {
        let count = scope.day(day);
        PulseDay {
            day: day.0,
            messages: count.messages,
            speakers: count.speakers,
            effective_speakers: count.effective_speakers,
            joins: count.joins,
            leaves: count.leaves,
            members: scope.members(day),
        }
    };
    days.map(row).collect()
}

/// Reasons of idle messages and kinds of media, summed.
pub(super) fn kinds(scope: &Scope<'_>) -> ([u32; 7], [u32; 12]) {
    let sums = scope.sums();
    (sums.idle, sums.media)
}
