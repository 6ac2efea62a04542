//! What becomes of a timer that fell due: which of its moments fire now, and when it is due again.

use domain::{Millis, Missed, When, Zone};
use engine::schedule::{self, Fire};
use store::TimerRow;

/// What to fire of a stored timer, looked at `now`.
pub(super) fn fire(timer: &TimerRow, zone: &Zone, now: Millis) -> Result<Fire, String> {
    let policy = Missed::from_word(&timer.missed)
        .ok_or_else(|| format!("a timer has the unknown word {:?}", timer.missed))?;
    let when = match &timer.rule {
        Some(rule) => When::Civil(schedule::from_text(rule).map_err(|error| error.to_string())?),
        None => When::At(timer.due),
    };
    Ok(schedule::missed(&when, zone, policy, timer.due, now))
}
