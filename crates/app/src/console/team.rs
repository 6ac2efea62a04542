//! Staff: roles, sessions, invitations, hand-over, audit.
