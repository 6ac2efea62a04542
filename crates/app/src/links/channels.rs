//! What came of each code, placement and inviter (B02, B09, B14–B16, P05).

use domain::{Actor, Day};

use crate::console::{Console, Denied};

/// Days after which it is looked who is still in.
pub const KEPT_DAYS: [i64; 3] = [1, 7, 30];

/// Which days, by the organisation's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelAsk {
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChannelOf {
    /// A code, all its placements together.
    Code(i64),
    /// A placement: code and number.
    Placement(i64, i64),
    /// Who of the company invited: company and `userid`.
    Inviter(i64, String),
}

/// How many of those who came are still in after so many days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Those who came so long ago that it can be told.
    pub base: u32,
    /// Of them, still in at that time.
    pub kept: u32,
    /// Came too lately.
    pub too_early: u32,
    /// Their group was out of sight by then: not counted in `base`.
    pub unknown: u32,
}

/// What came of one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRow {
    /// Of what.
    pub of: ChannelOf,
    /// Its name.
    pub name: String,
    /// Name of its code, for placements; empty for others.
    pub under: String,
    /// Partner of a placement; may be empty.
    pub partner: String,
    /// Source of a placement; may be empty.
    pub source: String,
    /// Scans; `None` where nothing is scanned (inviters).
    pub scans: Option<u64>,
    /// Added somebody of staff.
    pub added: u32,
    /// Came into a group.
    pub joined: u32,
    /// Of those who came or added, after 1, 7 and 30 days ([`KEPT_DAYS`]).
    pub kept: [Kept; 3],
    /// Of them, in (or added) now.
    pub still_in: u32,
    /// Spent in the window, in hundredths; `None`: nothing was entered.
    pub cost: Option<i64>,
    /// Cost for each who came or added (B16), in hundredths, rounded half up.
    pub cost_per_came: Option<i64>,
    /// Cost for each who is in now (B14); `None` without a cost or when nobody is in.
    pub cost_per_kept: Option<i64>,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channels {
    /// Which days.
    pub ask: ChannelAsk,
    /// Codes, those that brought most first.
    pub codes: Vec<ChannelRow>,
    /// Placements, in the same order.
    pub placements: Vec<ChannelRow>,
    /// Inviters, in the same order.
    pub inviters: Vec<ChannelRow>,
}

impl Kept {
    /// Share in per mille; `None` where nobody can be counted.
    pub fn permille(self) -> Option<u32> {
        (u64::from(self.kept) * 1_000)
            .checked_div(u64::from(self.base))
            .map(|share| u32::try_from(share).unwrap_or(1_000))
    }
}

impl Console {
    /// What came of codes, placements and inviters in a window of at most 400 days (`from`:
    /// `out_of_range`).
    pub async fn channels(&self, _actor: &Actor, _ask: ChannelAsk) -> Result<Channels, Denied> {
        Err(Denied::Missing)
    }
}
