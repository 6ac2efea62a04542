//! WeCom from outside.

mod answer;
mod budget;
mod calls;
mod client;
mod seal;
mod told;
