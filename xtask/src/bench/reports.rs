//! A whole report of a file: parsed, settled, folded into day pages, measured.

use crate::bench::Failure;
use crate::bench::inputs::{Inputs, options, request};
use crate::bench::measure::{Bound, Sheet, processor_seconds, timed};
use app::{Asked, Unwatched, report_files};
use insights::Settings;

/// Seconds allowed for a million messages (issue: "parse + day pages of 1 M messages ≤ 5 s").
const SECONDS_A_MILLION: f64 = 5.0;

/// Time for a million messages in each format.
pub(super) fn measure(inputs: &Inputs, sheet: &mut Sheet) -> Result<(), Failure> {
    let options = options()?;
    let asked = Asked {
        zone: options.zone,
        zone_given: true,
        from: None,
        to: None,
        members: None,
        settings: Settings::default(),
        now: options.now,
        title: None,
    };
    for (name, path) in inputs.files() {
        let request = request(&path)?;
        let before = processor_seconds();
        let (community, time) = timed(|| report_files(&request, &asked, &Unwatched));
        let worked = processor_seconds() - before;
        let messages = community?.overall.totals.messages;
        let a_million = 1e6 / messages.max(1) as f64;
        let seconds = time.as_secs_f64() * a_million;
        let label = format!("report on 1 M messages, {name}");
        sheet.note(label, seconds, "s", Bound::AtMost(SECONDS_A_MILLION));
        let label = format!("report on 1 M messages, {name}, processor");
        sheet.note(label, worked * a_million, "s", Bound::None);
    }
    Ok(())
}
