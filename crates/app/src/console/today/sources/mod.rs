//! Where rows come from: a file each, pure.

mod answers;
mod codes;
mod failures;
mod filling;
mod flows;
mod newcomers;
mod ownerless;
mod refused;
mod reports;
mod tasks;
mod troubles;
mod unled;

use crate::console::today::ground::Ground;
use crate::console::today::row::Row;

/// A source of rows.
pub(super) struct Source {
    /// Its stable word: in addresses, and in what was put off.
    pub(super) word: &'static str,
    /// Its rows, in any order; whoever looks may look at them all.
    pub(super) rows: fn(&Ground) -> Vec<Row>,
}

/// All sources, in the order of their filters.
pub(super) const ALL: [Source; 12] = [
    answers::SOURCE,
    reports::SOURCE,
    troubles::SOURCE,
    flows::SOURCE,
    newcomers::SOURCE,
    tasks::SOURCE,
    filling::SOURCE,
    codes::SOURCE,
    unled::SOURCE,
    failures::SOURCE,
    refused::SOURCE,
    ownerless::SOURCE,
];

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn no_two_sources_have_the_same_word() {
        let mut words: Vec<_> = ALL.iter().map(|source| source.word).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), ALL.len());
    }
}
