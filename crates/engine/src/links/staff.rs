//! Who of staff is met (B01): by weight, on duty, with room today.

use serde::{Deserialize, Serialize};

use crate::links::duty::{Clock, Duty};

/// Somebody behind a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// `userid`.
    pub userid: String,
    /// Share among those who can be met, at least 1.
    pub weight: u32,
    /// When on duty.
    #[serde(default)]
    pub duty: Duty,
    /// Customers a day at most.
    #[serde(default)]
    pub daily_max: Option<u32>,
}

/// How somebody behind a code stands now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatNow {
    /// Can be added at all: of the company, with the customer-contact function, with a picture.
    pub is_there: bool,
    /// Customers who were led there today.
    pub today: u32,
}

impl Seat {
    /// Whether a customer can be led there now.
    pub fn takes(&self, now: SeatNow, clock: Clock) -> bool {
        let has_room = self.daily_max.is_none_or(|most| now.today < most);
        now.is_there && has_room && self.duty.covers(clock)
    }
}

/// Who is met at the scan of this number; `None`: nobody is on duty with room. Over as many scans
/// as the weights sum up to, each is met exactly as often as the weight says, and turns are mixed.
pub fn pick(seats: &[Seat], now: &[SeatNow], (clock, nth): (Clock, u64)) -> Option<usize> {
    let takes = |place: &usize| {
        let (seat, now) = (seats.get(*place), now.get(*place));
        seat.zip(now).is_some_and(|(seat, now)| seat.takes(*now, clock))
    };
    let open: Vec<usize> = (0..seats.len()).filter(takes).collect();
    let weight = |place: &usize| seats.get(*place).map_or(0, |seat| u64::from(seat.weight.max(1)));
    let shared = open.iter().map(weight).fold(0, gcd).max(1);
    let whole: u64 = open.iter().map(weight).sum::<u64>() / shared;
    if whole == 0 {
        return None;
    }
    let turn = u128::from(nth % whole) * u128::from(stride(whole)) % u128::from(whole);
    let mut turn = u64::try_from(turn).unwrap_or(0);
    for place in open {
        let share = weight(&place) / shared;
        if turn < share {
            return Some(place);
        }
        turn -= share;
    }
    None
}

/// A step near the golden section that meets every number below `whole` once.
fn stride(whole: u64) -> u64 {
    let near = whole * 618 / 1_000;
    (1..=near.max(1)).rev().find(|step| gcd(*step, whole) == 1).unwrap_or(1)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
