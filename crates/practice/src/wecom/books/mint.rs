//! New ids: never the same twice, the same row of them for the same seed.

use serde::{Deserialize, Serialize};

use crate::dice::Dice;

/// Where ids come from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Mint {
    seed: u64,
    made: u64,
}

impl Mint {
    /// The ids of a seed, from the first.
    pub fn new(seed: u64) -> Self {
        Self { seed, made: 0 }
    }

    /// A prefix and 30 letters and digits, 32 characters as the platform's own.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        format!("{prefix}{}", self.next().letters(30))
    }

    /// 32 hex digits, as versions of member lists and ids of live codes are.
    pub(crate) fn hex(&mut self) -> String {
        let number = u128::from_be_bytes(self.next().bytes());
        format!("{number:032x}")
    }

    fn next(&mut self) -> Dice {
        self.made += 1;
        Dice::stream(self.seed, self.made)
    }
}
