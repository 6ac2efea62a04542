//! What lists over all groups are made from.
