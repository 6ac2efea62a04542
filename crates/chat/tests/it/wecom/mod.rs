//! WeCom from outside.

mod seal;
mod told;
