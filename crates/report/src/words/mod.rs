//! The words for every code that a report shows, Chinese and English side by side.
//!
//! Each table is an exhaustive match, so that the compiler finds a code without words. Codes and
//! numbers come from insights; prose is made only here and in the templates.

mod causes;
mod figures;
mod kinds;
mod steps;
mod warnings;

pub(crate) use causes::cause;
pub(crate) use figures::{good, good_code, missing, missing_code, need, unit_code};
pub(crate) use kinds::{
    extent, extent_code, idle, item_labels, item_words, manner, media_code, mood, mood_code,
    mood_meaning, role, role_code,
};
pub(crate) use steps::{cause_code, step, step_code};
pub(crate) use warnings::warning;

/// The number at this place of a code's evidence; not a number when it was not given.
pub(crate) fn number(numbers: &[f64], place: usize) -> f64 {
    numbers.get(place).copied().unwrap_or(f64::NAN)
}
