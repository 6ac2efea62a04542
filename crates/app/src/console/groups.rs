//! Groups as operators keep them: list, card, set-up, bulk changes, saved views.
