//! Welcomes: who gets which, in which words, and what an answer means.

mod choosing;
mod fates;
mod words;
