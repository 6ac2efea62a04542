//! When people talk, by the habits of the kind of group.

use crate::day::sheet::Sheet;
use crate::dice::Dice;
use crate::plan::Habits;

/// A second of the day at which a talk can begin, if a few throws find one.
pub(crate) fn start(
    habits: &Habits,
    weekend: bool,
    sheet: &mut Sheet,
    dice: &mut Dice,
) -> Option<u32> {
    let hours = if weekend { &habits.weekend } else { &habits.workday };
    for attempt in 0..12 {
        let hour = u32::try_from(dice.weighted(hours)).unwrap_or(20);
        let second = hour * 3600 + dice.below(3600);
        if sheet.is_free(second, attempt > 5) {
            sheet.reserve(second);
            return Some(second);
        }
    }
    None
}

/// A second between two hours, the second included.
pub(crate) fn clock(from: u32, to: u32, dice: &mut Dice) -> u32 {
    dice.between(from, to) * 3600 + dice.below(3600)
}
