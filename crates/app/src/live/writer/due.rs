//! What becomes of a timer that fell due: whether it fires now, and when it falls due again.

use domain::{CivilRule, Millis, Missed, When, Zone};
use store::TimerRow;

use crate::live::stored::Stored;

/// Later than this after its time, a timer counts as missed, in milliseconds: longer than a
/// restart takes, shorter than anybody plans for.
const MISSED_AFTER_MS: i64 = Millis::MINUTE;

/// Whether the timer fires, and when it falls due again.
pub(super) fn turn(
    timer: &TimerRow,
    zone: &Zone,
    now: Millis,
) -> Result<(bool, Option<Millis>), String> {
    let missed = Missed::from_word(&timer.missed)
        .ok_or_else(|| format!("unknown word {:?} of a timer", timer.missed))?;
    let rule = timer.rule.as_deref().map(CivilRule::from_text).transpose()?;
    let next = |after: Millis| {
        rule.and_then(|rule| engine::schedule::next(&When::Civil(rule), zone, after))
    };
    let is_missed = now.since(timer.due) > MISSED_AFTER_MS;
    Ok(match missed {
        Missed::Late => (true, next(timer.due)),
        Missed::Merge => (true, next(timer.due.max(now))),
        Missed::Skip => (!is_missed, next(timer.due.max(now))),
    })
}
