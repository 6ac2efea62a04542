//! What is kept of live codes (活码).
//!
//! Reading order: `rows` are the shapes; `codes`, `placements` (with what was spent), `ways` (what
//! is made on a platform), `scans`, `domains`, `checks` are a table each; `came` reads who came by
//! placements from what is kept of groups and contacts.
//!
//! Invariants: a slug is one placement's for good; codes and placements are closed, never deleted;
//! a scan names nobody.

mod came;
mod checks;
mod codes;
mod domains;
mod placements;
mod rows;
mod scans;
mod ways;

pub use rows::{
    LinkAdded, LinkCalled, LinkCheckRow, LinkCodeRow, LinkDomainRow, LinkInvited, LinkPlacementRow,
    LinkScan, LinkScanned, LinkSpend, LinkStay, LinkWayRow, NewLinkCode, NewLinkPlacement,
    PlacementSaid,
};
