//! Tests of the make-believe community.

mod agreement;
mod life;
