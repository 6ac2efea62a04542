//! Counts of a group and a day, which add over groups and days.

use crate::codec::PageError;
use crate::codec::wire::{Reader, Writer};

/// Upper ends of the answer times told apart in [`Sums::waits`], in milliseconds; the last entry of
/// the list is for all that took longer.
pub const ANSWER_WITHIN_MS: [i64; 7] = [
    5 * 60_000,
    15 * 60_000,
    60 * 60_000,
    4 * 3_600_000,
    12 * 3_600_000,
    24 * 3_600_000,
    72 * 3_600_000,
];

macro_rules! sums {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// Counts that add over groups and days. Whether a source tells of joins, leaves or replies
        /// at all stands in its evidence: a 0 here means "none told".
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Sums {
            $($(#[$doc])* pub $name: u64,)+
            /// Answered questions by the time to the first answer: within each of
            /// [`ANSWER_WITHIN_MS`], and longer.
            pub waits: [u64; 8],
        }

        impl Sums {
            /// Adds what happened elsewhere or on another day.
            pub fn add(&mut self, more: &Self) {
                $(self.$name += more.$name;)+
                for (sum, more) in self.waits.iter_mut().zip(more.waits) {
                    *sum += more;
                }
            }

            pub(super) fn write(&self, to: &mut Writer) {
                $(to.unsigned(self.$name);)+
                self.waits.iter().for_each(|count| to.unsigned(*count));
            }

            pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, PageError> {
                let mut sums = Self::default();
                $(sums.$name = from.unsigned()?;)+
                for count in &mut sums.waits {
                    *count = from.unsigned()?;
                }
                Ok(sums)
            }
        }
    };
}

sums! {
    /// Messages by anybody, bots included.
    written,
    /// Messages by people: members and staff.
    messages,
    /// Messages by those who count as members (P02's base).
    counted,
    /// Of these, effective (P02).
    effective,
    /// Messages by people that are not effective, whatever the reason.
    idle,
    /// Messages by staff and declared hosts.
    keeper_messages,
    /// Days with at least one message by anybody: group-days over several groups.
    days_with_messages,
    /// People who wrote on each day, summed over days (P07).
    speaker_days,
    /// People who count and spoke effectively on each day, summed (P01's numerator).
    effective_speaker_days,
    /// People who wrote for the first time ever in their group.
    new_speakers,
    /// Join events; people listed as members are none (P04).
    joins,
    /// Leave events (P04).
    leaves,
    /// Join events of named people who count, where 7 days have passed since (P05).
    newcomers_7d,
    /// Of these, still in at the end of the 7th day.
    kept_7d,
    /// Questions whose outcome is known (I08).
    questions,
    /// Of these, answered by another person within the limit.
    questions_answered,
    /// Of these questions, answered first by staff or a host, whenever that was.
    questions_by_keepers,
    /// First posts whose outcome is known (H10).
    first_posts,
    /// Of these, answered within the limit.
    first_posts_answered,
    /// Talk openers whose outcome is known (#12).
    openers,
    /// Of these, never taken up.
    openers_alone,
    /// Reactions.
    reactions,
}

impl Sums {
    /// `of` in a hundredth part of `all` as a share, 0 … 1; `None` of nothing.
    pub fn share(of: u64, all: u64) -> Option<f64> {
        (all > 0).then(|| of as f64 / all as f64)
    }

    /// Middle time to the first answer, as the upper end of the span of times in which it lies;
    /// `None` without answers, `Some(None)` beyond the longest.
    pub fn median_wait_ms(&self) -> Option<Option<i64>> {
        let all: u64 = self.waits.iter().sum();
        let mut seen = 0;
        let place = self.waits.iter().position(|count| {
            seen += count;
            all > 0 && seen * 2 >= all
        })?;
        Some(ANSWER_WITHIN_MS.get(place).copied())
    }
}
