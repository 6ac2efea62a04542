//! How numbers, times and names are said in each language.
//!
//! Invariant: what comes from a chat (names, excerpts, file names) passes through [`clean`] and
//! [`cut`] before any face shows it. Words for codes live in `crate::words`. The other
//! faces say numbers and dates with these, too.

mod dates;
mod figures;
mod names;
mod numbers;

pub use dates::{clock, day, day_near, day_short, day_with_weekday, hour, period, weekday};
pub(crate) use figures::{Shift, base, change, interval, reason, value, value_of};
pub(crate) use names::{clean, cut, shown_name, shown_title, width};
pub use numbers::{bytes, count, days, decimal, duration, plural, share, times};
