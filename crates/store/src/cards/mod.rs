//! What operators say about groups: kind, owner, back-up, tags; saved views; bulk changes.
