//! Tiers above the day pages: organisation-days, organisation-months, where each group stands.
