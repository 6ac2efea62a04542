//! The content of a report: overviews of insights, with names and words added by the application.

use domain::{IdentityId, Millis, Zone};
use insights::{Overview, Settings};
use std::collections::HashMap;

/// Language of the words on a face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// Everything one report shows.
#[derive(Clone, Debug)]
pub struct Community {
    /// Name of the community: the group's name, or the export's when there are several groups.
    pub title: String,
    /// When the report was made.
    pub made_at: Millis,
    /// The zone in which days and hours are counted.
    pub zone: Zone,
    /// The person gave the zone; otherwise it is the machine's.
    pub zone_given: bool,
    /// Some source wrote wall-clock times that were read in `zone`.
    pub wall_clock: bool,
    /// Settings of judgement.
    pub settings: Settings,
    /// What was read.
    pub sources: Vec<Source>,
    /// All groups taken together, people counted once.
    pub overall: Overview,
    /// Each group, most messages first. `OpenItem::group` is the position here.
    pub groups: Vec<GroupReport>,
    /// Names of people.
    pub names: HashMap<IdentityId, String>,
    /// First words of messages that the report names, by group position and source key.
    pub excerpts: HashMap<(u32, i64), String>,
    /// What the import noticed, most frequent first.
    pub warnings: Vec<WarningCount>,
}

/// One group of the report.
#[derive(Clone, Debug)]
pub struct GroupReport {
    /// Its name.
    pub name: String,
    /// Platform word.
    pub platform: String,
    /// Its figures.
    pub overview: Overview,
}

/// One export that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// File or folder, as the person gave it, without its folders.
    pub name: String,
    /// Word of the format.
    pub format: String,
    /// Name of the format in Chinese and English.
    pub format_title: [&'static str; 2],
    /// Bytes read, unpacked.
    pub bytes: u64,
}

/// Warnings of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarningCount {
    /// Stable code.
    pub code: &'static str,
    /// How many.
    pub count: u64,
    /// The first places (at most 5), each with what stood there.
    pub examples: Vec<(String, String)>,
}
