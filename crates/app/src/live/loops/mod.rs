//! Loops beside the writer: the lease renewed, outages told, and each begun again after a bug.

pub(super) mod leases;
pub(super) mod outage;
pub(super) mod restart;
