//! WeCom from outside.

mod seal;
