//! Warnings of a reading: counted by kind, with the first places.

use domain::{Warning, WarningCode};
use report::WarningCount;
use std::collections::BTreeMap;

/// Places kept for each kind.
const EXAMPLES: usize = 5;
/// Characters of an offending piece that are kept.
const PIECE_CHARS: usize = 80;

/// Counted warnings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noticed {
    by_code: BTreeMap<WarningCode, WarningCount>,
}

impl Noticed {
    /// Counts one.
    pub(crate) fn add(&mut self, warning: &Warning) {
        let counted = self.by_code.entry(warning.code).or_insert_with(|| WarningCount {
            code: warning.code.code(),
            count: 0,
            examples: Vec::new(),
        });
        counted.count += 1;
        if counted.examples.len() < EXAMPLES {
            let piece = warning.what.chars().take(PIECE_CHARS).collect();
            counted.examples.push((warning.place.to_string(), piece));
        }
    }

    /// Counts many of one kind without places.
    pub(crate) fn add_many(&mut self, code: WarningCode, count: u64) {
        if count > 0 {
            self.add(&Warning { code, place: domain::Place::default(), what: String::new() });
            if let Some(counted) = self.by_code.get_mut(&code) {
                counted.count += count - 1;
                counted.examples.retain(|(place, _)| !place.is_empty());
            }
        }
    }

    /// Records that could not be read: their number, and the first with what is wrong with it.
    pub(crate) fn unreadable(&self) -> Option<(u64, String)> {
        let unread = [WarningCode::UnreadableRow, WarningCode::UnreadableTime];
        let counted = unread.iter().filter_map(|code| self.by_code.get(code));
        let (mut rows, mut first) = (0, None);
        for kind in counted {
            rows += kind.count;
            first = first.or_else(|| kind.examples.first());
        }
        first.map(|(place, what)| (rows, format!("{place}: {what}")))
    }

    /// All kinds, most frequent first.
    pub(crate) fn list(&self) -> Vec<WarningCount> {
        let mut list: Vec<_> = self.by_code.values().cloned().collect();
        list.sort_by_key(|counted| std::cmp::Reverse(counted.count));
        list
    }
}
