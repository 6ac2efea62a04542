//! What needs a hand today, over all groups.
