//! Tests of the deciders.
