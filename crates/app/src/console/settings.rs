//! Settings of the organisation.
