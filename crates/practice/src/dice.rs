//! Chance from a seed: the same seed throws the same on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A seeded stream of throws.
#[derive(Clone, Debug)]
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// One of many independent streams of a seed.
    pub(crate) fn stream(seed: u64, number: u64) -> Self {
        let mut throws = ChaCha8Rng::seed_from_u64(seed);
        throws.set_stream(number);
        Self(throws)
    }

    /// A stream of its own, from the next throw of this one.
    pub(crate) fn split(&mut self) -> Self {
        Self::seeded(self.0.next_u64())
    }

    /// 16 hex digits.
    pub(crate) fn hex(&mut self) -> String {
        format!("{:016x}", self.0.next_u64())
    }

    /// A number below `n`; 0 when `n` is 0.
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        let scaled = (u64::from(self.0.next_u32()) * u64::from(n)) >> 32;
        u32::try_from(scaled).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// Yes in so many of a thousand throws.
    pub(crate) fn permille(&mut self, share: u32) -> bool {
        self.below(1_000) < share
    }

    /// One of these; `None` of nothing.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let length = u32::try_from(from.len()).unwrap_or(u32::MAX);
        from.get(usize::try_from(self.below(length)).unwrap_or(0))
    }

    /// So many letters and digits.
    pub(crate) fn letters(&mut self, chars: usize) -> String {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let mut throws = vec![0; chars];
        self.0.fill_bytes(&mut throws);
        let letter = |throw: &u8| ALPHABET.get(usize::from(*throw) % ALPHABET.len()).copied();
        throws.iter().filter_map(letter).map(char::from).collect()
    }

    /// 16 bytes.
    pub(crate) fn bytes(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}
