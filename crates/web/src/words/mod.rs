//! Sentences for codes of the domain, Chinese and English side by side.

mod acts;
mod cell;
mod clock;
mod numbers;
mod refusals;
mod roles;
mod service;

pub(crate) use acts::act;
pub(crate) use cell::cell;
pub(crate) use clock::{ago, date, day_label, day_range, hour_minute, moment};
pub(crate) use numbers::{count, duration, growth, number, short, signed, times};
pub(crate) use refusals::{name_wrong, refused, text_wrong};
pub(crate) use roles::role;
pub(crate) use service::note;
