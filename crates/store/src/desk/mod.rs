//! Settings of the organisation, what was put off on Today, imports from the browser, and finding.

mod finding;

pub use finding::{NoteSaid, Phrase, TagNamed, Tail};
