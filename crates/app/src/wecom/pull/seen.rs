//! What a reading of a group showed that had not been known.

use rustc_hash::FxHashSet;
use store::{WecomGroupRow, WecomMemberRow};
use xxhash_rust::xxh3::xxh3_64;

use crate::wecom::changes::Reading;

/// What was seen of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::wecom) struct Seen {
    /// Who owns it, by account; `None` when it was not told.
    pub(in crate::wecom) owner: Option<String>,
    /// Who had come, by account.
    pub(in crate::wecom) came: Vec<String>,
    /// Who had gone.
    pub(in crate::wecom) went: Vec<String>,
    /// Other changes, of name and notice.
    pub(in crate::wecom) others: usize,
    /// Why it was not told, in the platform's words.
    pub(in crate::wecom) failure: Option<String>,
    /// Of what was known before.
    pub(in crate::wecom) mark: i64,
}

/// A number for what is known of a group: whoever knows the same has the same.
pub(in crate::wecom) fn mark(known: Option<&WecomGroupRow>) -> i64 {
    let Some(row) = known else { return 0 };
    let read = row.read.unwrap_or_default().0;
    xxh3_64(format!("{} {} {read}", row.chat, row.version).as_bytes()).cast_signed()
}

impl Seen {
    /// What lies between what was known and a reading; nothing at the first one.
    pub(super) fn between(reading: Reading<'_>, known: &[WecomMemberRow], others: usize) -> Self {
        if reading.is_first {
            return Self::default();
        }
        let here = known.iter().filter(|row| row.gone.is_none());
        let here: FxHashSet<&str> = here.map(|row| row.member.userid.as_str()).collect();
        let there: FxHashSet<&str> =
            reading.told.members.iter().map(|one| one.userid.as_str()).collect();
        let beyond = |one: &FxHashSet<&str>, other: &FxHashSet<&str>| {
            one.difference(other).map(|userid| (*userid).to_owned()).collect()
        };
        let (came, went) = (beyond(&there, &here), beyond(&here, &there));
        Self { came, went, others, ..Self::default() }
    }

    /// Whether nothing had changed.
    pub(in crate::wecom) fn is_empty(&self) -> bool {
        self.came.is_empty() && self.went.is_empty() && self.others == 0
    }

    /// The same without these people, of whom was told.
    pub(in crate::wecom) fn beside(&self, told: &[String]) -> Self {
        let untold =
            |all: &[String]| all.iter().filter(|userid| !told.contains(userid)).cloned().collect();
        // Letters about name and notice carry no version: nobody can tell whether they are missing.
        Self { came: untold(&self.came), went: untold(&self.went), ..Self::default() }
    }

    /// How many came, how many went, how much else.
    pub(in crate::wecom) fn counts(&self) -> [u32; 3] {
        [self.came.len(), self.went.len(), self.others]
            .map(|count| u32::try_from(count).unwrap_or(u32::MAX))
    }
}
