//! The faces: member pages and the keeper's desk.
