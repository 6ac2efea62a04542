//! Tests of the deciders: tables of moves and outcomes, and properties over random sequences.

mod facts;
mod hostile;
mod people;
mod refusals;
mod reminders;
mod room;
mod scene;
mod schedule;
mod silence;
mod stored;
mod waiting;
