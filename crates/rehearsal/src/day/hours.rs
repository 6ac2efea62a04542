//! When people talk: peaks before work, at noon and in the evening; later mornings at weekends.

use crate::day::sheet::Sheet;
use crate::dice::Dice;

/// How likely a talk begins in each hour of a working day.
const WORKDAY: [u32; 24] =
    [0, 0, 0, 0, 0, 5, 30, 38, 22, 13, 11, 16, 42, 26, 9, 9, 11, 20, 34, 46, 62, 66, 42, 8];
/// … of a weekend day.
const WEEKEND: [u32; 24] =
    [0, 0, 0, 0, 0, 6, 30, 48, 58, 52, 38, 27, 24, 16, 15, 18, 22, 26, 28, 34, 42, 42, 28, 8];

/// A second of the day at which a talk can begin, if a few throws find one.
pub(crate) fn start(weekend: bool, sheet: &mut Sheet, dice: &mut Dice) -> Option<u32> {
    let hours = if weekend { &WEEKEND } else { &WORKDAY };
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
