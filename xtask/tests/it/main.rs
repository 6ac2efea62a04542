//! Tests of the workshop: the rules of the house hold, and the checks themselves can fail.

mod samples;
mod tidy_checks;
mod tidy_house;
