//! The binary as a person uses it: files in, words and exit codes out.

mod companies;
mod doctor;
mod import;
mod refusals;
mod report;
mod run;
