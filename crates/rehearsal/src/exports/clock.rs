//! The wall clock of a row. Dates are worked out once a day.

use crate::plan::Plan;
use domain::{Day, Millis};

/// Turns moments into the group's wall clock.
#[derive(Debug)]
pub(super) struct Clock {
    day: Day,
    date: String,
}

impl Clock {
    pub(super) fn new() -> Self {
        Self { day: Day(i32::MIN), date: String::new() }
    }

    /// The date as `YYYY-MM-DD`, and hour, minute and second.
    pub(super) fn read(&mut self, plan: &Plan, at: Millis) -> (&str, u32, u32, u32) {
        let (day, second) = plan.civil(at);
        if day != self.day {
            self.day = day;
            self.date = day.to_string();
        }
        (&self.date, second / 3600, second / 60 % 60, second % 60)
    }
}
