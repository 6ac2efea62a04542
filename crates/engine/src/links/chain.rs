//! Which group is entered: one after the other, each up to its limit (A10, B04, B06, S26).
//!
//! Order of what is entered: groups in their order; then warmed-up spare ones; then, because a code
//! never dies, those that decline (O04) rather than nothing.

use serde::{Deserialize, Serialize};

/// Groups that the platform takes behind one code of its own (配置客户群进群方式).
pub const CHAIN_RUN: usize = 5;

/// Fewer leavers in a week than this are no sign of anything.
const LEAVERS_MIN: u32 = 3;

/// Groups behind a code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// Which, in their order.
    pub links: Vec<Link>,
    /// Those that decline are passed over.
    #[serde(default)]
    pub skips_declining: bool,
}

/// A group behind a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// `chat_id`.
    pub chat: String,
    /// Members at most, staff among them.
    pub limit: u32,
    /// Used only when no other has room (预热备用群).
    #[serde(default)]
    pub is_spare: bool,
}

/// How a group behind a code stands now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkNow {
    /// It is there, and in sight.
    pub is_there: bool,
    /// Who is in, staff among them; 0 while it was not read.
    pub members: u32,
    /// It declines.
    pub declines: bool,
}

/// Why a group is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Dismissed, or out of sight.
    Gone,
    /// As many are in as it takes.
    Full,
    /// Nobody new is led into a group that declines.
    Declines,
}

impl Link {
    /// How many more it takes.
    pub fn room(&self, now: LinkNow) -> u32 {
        if now.is_there { self.limit.saturating_sub(now.members) } else { 0 }
    }
}

impl Chain {
    /// Why a group of the chain is passed over; `None`: it is not.
    pub fn skip(&self, link: &Link, now: LinkNow) -> Option<Skip> {
        match now {
            LinkNow { is_there: false, .. } => Some(Skip::Gone),
            _ if link.room(now) == 0 => Some(Skip::Full),
            LinkNow { declines: true, .. } if self.skips_declining => Some(Skip::Declines),
            _ => None,
        }
    }

    /// Places of the groups that are entered from now on, the next one first, at most
    /// [`CHAIN_RUN`]; empty when none has room. `now` is in the order of the links.
    pub fn run(&self, now: &[LinkNow]) -> Vec<usize> {
        let places = |wanted: Option<Skip>, is_spare: bool| {
            let pairs = self.links.iter().zip(now).enumerate();
            let fits = move |(_, (link, now)): &(usize, (&Link, &LinkNow))| {
                self.skip(link, **now) == wanted && link.is_spare == is_spare
            };
            pairs.filter(fits).map(|(place, _)| place)
        };
        let open = places(None, false).chain(places(None, true));
        let mut run: Vec<usize> = open.take(CHAIN_RUN).collect();
        if run.is_empty() {
            let last = Some(Skip::Declines);
            run = places(last, false).chain(places(last, true)).take(CHAIN_RUN).collect();
        }
        run
    }

    /// How many more people all groups take, those that decline left out.
    pub fn room(&self, now: &[LinkNow]) -> u32 {
        let open = self.links.iter().zip(now);
        let open = open.filter(|(link, now)| self.skip(link, **now).is_none());
        open.map(|(link, now)| link.room(*now)).fold(0, u32::saturating_add)
    }
}

/// What is known of how a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    /// The verdict over its talk says that it fades; `None`: nothing is told of its talk.
    pub fades: Option<bool>,
    /// Who is in.
    pub members: u32,
    /// Came in the last 7 days.
    pub joins: u32,
    /// Left in the last 7 days.
    pub leaves: u32,
}

/// Whether a group declines (O04): by its talk where that is told; otherwise when three or more
/// left within a week, twice as many as came, and a twentieth of those who are in.
pub fn declines(trend: Trend) -> bool {
    let Trend { fades, members, joins, leaves } = trend;
    fades.unwrap_or(leaves >= LEAVERS_MIN && leaves >= 2 * joins && leaves * 20 >= members)
}
