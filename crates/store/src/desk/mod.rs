//! Settings of the organisation, what was put off on Today, imports from the browser, and finding.

mod finding;
mod jobs;
mod put_offs;
mod reports;
mod settings;
mod today;
mod vitals;

pub use finding::{NoteSaid, Phrase, TagNamed};
pub use jobs::{JobRow, JobState, JobStep};
pub use put_offs::PutOff;
pub use reports::{NewReport, ReportRow};
pub use settings::{NewSetting, SettingRow};
pub use today::{GroupTitle, Keeping, PersonIn, StaffTitle};
pub use vitals::{Vitals, Waits};
