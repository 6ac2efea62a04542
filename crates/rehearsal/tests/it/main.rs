//! Tests of the make-believe community.

mod agreement;
mod community;
mod life;
mod onward;
mod talk;
