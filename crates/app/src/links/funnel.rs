//! From the scan into the group: steps and waits (B10), hops (B17), hours.

use domain::{Actor, Millis};

use crate::console::{Console, Denied};
use crate::links::channels::ChannelAsk;

/// The way in, all placements of a code together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Scans.
    pub scans: u64,
    /// Added somebody of staff.
    pub added: u32,
    /// Came into a group.
    pub joined: u32,
    /// From the scan to the coming (or adding). Nobody tells who scanned: each coming is taken
    /// with the last scan of its placement before it, so the true wait is this long or longer.
    pub from_scan: Option<Wait>,
    /// From adding staff to coming into a group, of people who did both: exact.
    pub from_add: Option<Wait>,
}

/// How long something took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Half of them waited no longer, in ms.
    pub median_ms: i64,
    /// Over how many.
    pub of: u32,
}

/// One hop of a way over several codes (B17).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The code.
    pub code: i64,
    /// Its name.
    pub name: String,
    /// Scans and clicks.
    pub scans: u64,
    /// Came or added; `None` for addresses of the web.
    pub came: Option<u32>,
}

/// An hour of a placement: scans beside comings, as counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourRow {
    /// Which placement.
    pub placement: i64,
    /// When the hour begins.
    pub hour: Millis,
    /// Scans.
    pub scans: u64,
    /// Came or added.
    pub came: u32,
}

impl Console {
    /// The way in of one code, or of all.
    pub async fn entry_funnel(
        &self,
        _actor: &Actor,
        _code: Option<i64>,
        _ask: ChannelAsk,
    ) -> Result<Funnel, Denied> {
        Err(Denied::Missing)
    }

    /// The hops from a code on, itself the first (B17).
    pub async fn hops(
        &self,
        _actor: &Actor,
        _code: i64,
        _ask: ChannelAsk,
    ) -> Result<Vec<Hop>, Denied> {
        Err(Denied::Missing)
    }

    /// Hours of a code's placements in which anything happened, by time.
    pub async fn code_hours(
        &self,
        _actor: &Actor,
        _code: i64,
        _ask: ChannelAsk,
    ) -> Result<Vec<HourRow>, Denied> {
        Err(Denied::Missing)
    }
}
