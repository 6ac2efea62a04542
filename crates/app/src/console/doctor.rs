//! Whether everything is well: what is looked at, what was found, what to do.
