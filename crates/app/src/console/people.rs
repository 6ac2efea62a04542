//! People over groups and platforms.
