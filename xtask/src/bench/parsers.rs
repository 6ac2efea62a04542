//! The importers alone: bytes in, happenings counted and dropped.

use crate::bench::Failure;
use crate::bench::inputs::{Inputs, options};
use crate::bench::measure::{Bound, Sheet, rate, timed};
use domain::{GroupCard, GroupRef, PersonCard, PersonRef, Place, Sink, Stop, Told, Warning, What};
use imports::{Bundle, Limits, detect};
use std::collections::HashMap;

/// Counts messages and keeps the people met, as any receiver must.
#[derive(Default)]
struct Counter {
    messages: u64,
    warnings: u64,
    people: HashMap<String, u32>,
}

impl Sink for Counter {
    fn group(&mut self, _: &GroupCard) -> GroupRef {
        GroupRef(0)
    }

    fn person(&mut self, card: &PersonCard<'_>) -> PersonRef {
        if let Some(number) = self.people.get(card.key) {
            return PersonRef(*number);
        }
        let number = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        self.people.insert(card.key.to_owned(), number);
        PersonRef(number)
    }

    fn tell(&mut self, told: &Told<'_>) -> Result<(), Stop> {
        self.messages += u64::from(matches!(told.what, What::Message(_)));
        Ok(())
    }

    fn warn(&mut self, _: Warning) {
        self.warnings += 1;
    }

    fn file(&mut self, _: &Place) {}

    fn consumed(&mut self, _: u64) {}
}

/// Speed of each parser in bytes and messages.
pub(super) fn measure(inputs: &Inputs, sheet: &mut Sheet) -> Result<(), Failure> {
    for (name, path) in inputs.files() {
        let bundle = Bundle::open(&[path], Limits::default())?;
        let options = options()?;
        let mut counter = Counter::default();
        let (done, time) = timed(|| -> Result<(), Failure> {
            for (format, claim) in detect(&bundle, None)?.claims {
                (format.read)(&bundle, &claim, &options, &mut counter)?;
            }
            Ok(())
        });
        done?;
        if counter.warnings > 0 {
            return Err(format!("{name}: {} warnings about a good file", counter.warnings).into());
        }
        let megabytes = bundle.bytes() as f64 / 1e6;
        sheet.note(format!("parse {name}"), megabytes / time.as_secs_f64(), "MB/s", Bound::None);
        let speed = rate(counter.messages, time);
        sheet.note(format!("parse {name}"), speed, "messages/s", Bound::None);
    }
    Ok(())
}
