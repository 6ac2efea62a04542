//! Samples of the templates of Today.
