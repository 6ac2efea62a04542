//! What an importer is: a word, a way to recognise its files, a way to read them.

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use domain::{Clock, Millis, Sink, Zone};

/// One export format.
pub struct Format {
    /// The word for `--format`, such as `slack` or `whatsapp`.
    pub word: &'static str,
    /// Name to show, in Chinese and in English.
    pub title: [&'static str; 2],
    /// Which clock wrote its times.
    pub clock: Clock,
    /// Rows carry ids that are the same in every export of the group. Without them, a re-import
    /// is aligned by sequence.
    pub has_ids: bool,
    /// Picks its entries out of a bundle. Looks at names and at the first bytes only
    /// ([`Entry::head`]), returns entry numbers; a claim is what is read together.
    pub claim: fn(&Bundle, &[usize]) -> Vec<Claim>,
    /// Streams the entries of one claim.
    pub read: fn(&Bundle, &Claim, &ReadOptions, &mut dyn Sink) -> Result<(), ImportError>,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Format({})", self.word)
    }
}

/// Entries that one importer reads together, as numbers into [`Bundle::entries`], in the order
/// in which they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// The entries that hold records.
    pub entries: Vec<usize>,
    /// Entries that belong to the export and hold none (media, lists of people): not "skipped".
    pub beside: Vec<usize>,
}

impl Claim {
    /// The entries that hold records.
    pub fn entries<'a>(&'a self, bundle: &'a Bundle) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter_map(|&number| bundle.entries().get(number))
    }
}

/// Order of day and month where a format leaves it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/12/2024.
    DayFirst,
    /// 12/31/2024.
    MonthFirst,
}

/// Which column means what, for plain tables: pairs of meaning and column name (or number from 1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMap(pub Vec<(String, String)>);

/// What the person said about how to read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Zone of the exporter's wall clock.
    pub zone: Zone,
    /// Now; later clocks are warned about.
    pub now: Millis,
    /// Keep what was read before the end of a truncated file.
    pub partial: bool,
    /// Order of day and month, when the person said it.
    pub date_order: Option<DateOrder>,
    /// Columns of plain tables and rosters.
    pub columns: ColumnMap,
    /// Name of the group, for formats that do not write it.
    pub group: Option<String>,
}
