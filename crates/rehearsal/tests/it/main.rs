//! Tests of the make-believe community.

mod agreement;
mod community;
mod fill;
mod life;
mod onward;
mod platform;
mod talk;
