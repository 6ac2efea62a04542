//! WeCom from outside.

mod answer;
mod budget;
mod seal;
mod told;
