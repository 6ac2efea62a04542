//! Sentences for codes of the domain, Chinese and English side by side.

mod clock;
mod refusals;
mod roles;
mod service;

pub(crate) use clock::{ago, day_label, hour_minute, moment};
pub(crate) use refusals::{name_wrong, refused, text_wrong};
pub(crate) use roles::role;
pub(crate) use service::{note, task_word};
