//! The content of a report: overviews of insights, with names and words added by the application.

use crate::speech::{clean, cut, shown_name};
use domain::{IdentityId, Millis, Zone};
use insights::{OpenItem, Overview, Settings};
use std::collections::HashMap;

/// Widest excerpt of a message, in columns of a terminal (a Han character takes two).
const EXCERPT_COLUMNS: usize = 120;

/// Characters after which the application cuts a text: so long an excerpt may be the beginning of
/// a longer one.
const EXCERPT_CHARS: usize = 120;

/// Language of the words on a face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The languages in the order in which a page offers them.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The one of two that is in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The code of the language: `zh` or `en`.
    pub fn code(self) -> &'static str {
        self.pick("zh", "en")
    }
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

impl Community {
    /// Name of a person, made harmless and cut; a word for nobody where no name is known.
    pub fn name(&self, who: IdentityId, lang: Lang) -> String {
        let raw = self.names.get(&who).map_or("", String::as_str);
        shown_name(raw, lang)
    }

    /// Name of a group at a position, made harmless and cut; without the name of the community
    /// where that stands in front of it.
    pub(crate) fn group_name(&self, place: u32, lang: Lang) -> String {
        let group = usize::try_from(place).ok().and_then(|at| self.groups.get(at));
        let name = group.map_or("", |group| group.name.as_str());
        let own = name.strip_prefix(&self.title).and_then(|rest| rest.strip_prefix(" / "));
        shown_name(own.filter(|_| self.is_many()).unwrap_or(name), lang)
    }

    /// First words of a message that waits, made harmless; `None` when the text is not at hand.
    pub fn excerpt(&self, item: &OpenItem) -> Option<String> {
        let raw = self.excerpts.get(&(item.group, item.key))?;
        let mut text = clean(raw);
        let ends = text.ends_with(['。', '！', '？', '.', '!', '?', '…', '”', '」', '~', '～']);
        if raw.chars().count() >= EXCERPT_CHARS && !ends {
            text.push('…');
        }
        let text = cut(&text, EXCERPT_COLUMNS);
        (!text.is_empty()).then_some(text)
    }

    /// Whether the report is about several groups.
    pub fn is_many(&self) -> bool {
        self.groups.len() > 1
    }
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
