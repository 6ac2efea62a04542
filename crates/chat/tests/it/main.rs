//! Tests of the platforms.
