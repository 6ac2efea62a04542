//! Use cases end to end: from export files to reports and stores.

mod console;
mod import;
mod live;
mod overlap;
mod request;
mod samples;
mod shipped;
mod simulation;
mod waiting_agrees;
mod wecom;
