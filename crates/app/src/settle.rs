//! From spooled rows to facts that can be counted: what was told twice stands once, and rows
//! without ids get a place of their own.
//!
//! Where a format has ids, equal ids are one fact. Where it has none, several exports of the same
//! group are laid over each other as sequences, moment by moment: inside the time that two of them
//! share they must tell the same, in the same order; at the first and last moment of a shared time
//! one may be cut off. Anything else is not certain, and the reading is refused with the moment
//! and both sides, rather than counted double or lost.

use crate::error::Fault;
use crate::spool::{Reader, Row};
use domain::{Fact, FactKind, IdentityId, Millis};
use rustc_hash::FxHashMap;

/// Bits of a position-made key that number the rows within one moment.
const WITHIN_BITS: u32 = 20;

/// First and last moment of each (group, claim).
#[derive(Clone, Debug, Default)]
pub(crate) struct ClaimSpans(FxHashMap<(u32, u32), (Millis, Millis)>);

impl ClaimSpans {
    /// Widens the span of a claim in a group.
    pub(crate) fn add(&mut self, group: u32, claim: u32, at: Millis) {
        let span = self.0.entry((group, claim)).or_insert((at, at));
        *span = (span.0.min(at), span.1.max(at));
    }

    /// First and last moment of a claim in a group.
    pub(crate) fn of(&self, group: u32, claim: u32) -> Option<(Millis, Millis)> {
        self.0.get(&(group, claim)).copied()
    }

    /// First and last moment of a group over its claims.
    pub(crate) fn of_group(&self, group: u32) -> Option<(Millis, Millis)> {
        let spans = self.0.iter().filter(|((of, _), _)| *of == group).map(|(_, span)| *span);
        spans.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    }

    fn several(&self, group: u32) -> bool {
        self.0.keys().filter(|(of, _)| *of == group).nth(1).is_some()
    }

    /// Whether a claim other than the present ones covers the moment and says nothing of it.
    fn silent(&self, group: u32, at: Millis, present: impl Fn(u32) -> bool) -> bool {
        self.0.iter().any(|(&(of, claim), &(from, to))| {
            of == group && from < at && at < to && !present(claim)
        })
    }
}

/// A row ready to be counted or stored.
#[derive(Clone, Debug)]
pub(crate) struct Settled {
    /// Group of the reading.
    pub(crate) group: u32,
    /// The fact, its source key final.
    pub(crate) fact: Fact,
    /// Its words.
    pub(crate) words: String,
    /// Its key is the platform's own.
    pub(crate) has_id: bool,
}

/// The claim number that stands for rows read back from the store.
pub(crate) const STORED: u32 = 0;

/// Settles rows in order. Gives them out one by one.
pub(crate) struct Settler<'a> {
    rows: Reader<'a>,
    spans: &'a ClaimSpans,
    names: &'a dyn Fn(u32) -> String,
    ahead: Option<(Row, String)>,
    moment: Vec<(Row, String)>,
    ready: std::vec::IntoIter<Settled>,
    several: Option<(u32, bool)>,
    /// Rows dropped because they stood twice.
    pub(crate) dropped: u64,
}

impl<'a> Settler<'a> {
    /// Settles what `rows` gives; `names` names a group in an error.
    pub(crate) fn new(
        rows: Reader<'a>,
        spans: &'a ClaimSpans,
        names: &'a dyn Fn(u32) -> String,
    ) -> Self {
        Self {
            rows,
            spans,
            names,
            ahead: None,
            moment: Vec::new(),
            ready: Vec::new().into_iter(),
            several: None,
            dropped: 0,
        }
    }

    /// The next settled row; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Settled>, Fault> {
        loop {
            if let Some(settled) = self.ready.next() {
                return Ok(Some(settled));
            }
            if !self.gather()? {
                return Ok(None);
            }
            if self.moment.len() == 1 && !self.lies_over() {
                return Ok(self.moment.pop().map(|(row, words)| settled(row, words, 0)));
            }
            self.ready = self.settle()?.into_iter();
        }
    }

    /// Takes all rows of the next (group, moment) together.
    fn gather(&mut self) -> Result<bool, Fault> {
        self.moment.clear();
        loop {
            let next = if let Some(row) = self.ahead.take() {
                Some(row)
            } else {
                let mut words = String::new();
                let row = self.rows.next(&mut words).map_err(Fault::Spool)?;
                row.map(|row| (row, words))
            };
            let Some(next) = next else { return Ok(!self.moment.is_empty()) };
            let same = self.moment.first().is_none_or(|(first, _)| {
                (first.group, first.fact.at) == (next.0.group, next.0.fact.at)
            });
            if !same {
                self.ahead = Some(next);
                return Ok(true);
            }
            self.moment.push(next);
        }
    }

    fn settle(&mut self) -> Result<Vec<Settled>, Fault> {
        let several = self.lies_over();
        let moment = std::mem::take(&mut self.moment);
        let (with_id, without): (Vec<_>, Vec<_>) =
            moment.into_iter().partition(|(row, _)| row.has_id);
        let mut settled = self.once_by_id(with_id);
        let (without, first) = if several { self.lay_over(without)? } else { (without, 0) };
        let placed = without.into_iter().zip(first..);
        settled.extend(placed.map(|((row, words), within)| self::settled(row, words, within)));
        Ok(settled)
    }

    /// Whether several claims tell of the group of this moment.
    fn lies_over(&mut self) -> bool {
        let Some((row, _)) = self.moment.first() else { return false };
        match self.several {
            Some((group, several)) if group == row.group => several,
            _ => self.several.insert((row.group, self.spans.several(row.group))).1,
        }
    }

    fn once_by_id(&mut self, rows: Vec<(Row, String)>) -> Vec<Settled> {
        let mut settled: Vec<Settled> = Vec::with_capacity(rows.len());
        for (row, words) in rows {
            if settled.last().is_some_and(|last| last.fact.source == row.fact.source) {
                self.dropped += 1;
                continue;
            }
            settled.push(self::settled(row, words, 0));
        }
        settled
    }

    /// Lays the claims of one moment over each other. Gives the longest, which holds all others,
    /// without what the store has already, and the position of its first row in the moment.
    fn lay_over(&mut self, rows: Vec<(Row, String)>) -> Result<(Vec<(Row, String)>, i64), Fault> {
        let Some((first, _)) = rows.first() else { return Ok((rows, 0)) };
        let (group, at) = (first.group, first.fact.at);
        let mut claims: Vec<Telling> = Vec::new();
        for (row, words) in rows {
            match claims.last_mut().filter(|last| last.claim == row.claim) {
                Some(telling) => telling.rows.push((row, words)),
                None => claims.push(Telling { claim: row.claim, rows: vec![(row, words)] }),
            }
        }
        let silent =
            self.spans.silent(group, at, |claim| claims.iter().any(|one| one.claim == claim));
        // The longest last; among equals the store's, which then leaves nothing to add.
        claims.sort_by_key(|telling| (telling.rows.len(), telling.claim == STORED));
        let Some(mut longest) = claims.pop() else { return Ok((Vec::new(), 0)) };
        if silent || !claims.iter().all(|short| self.fits(group, at, short, &longest).is_some()) {
            return Err(Fault::NotCertain {
                group: (self.names)(group),
                at,
                told: longest.rows.len(),
                other: claims.last().map_or(0, |telling| telling.rows.len()),
                stored: self.spans.of(group, STORED).is_some(),
            });
        }
        let longest_is_stored = longest.claim == STORED;
        let all = claims.iter().map(|telling| telling.rows.len()).sum::<usize>();
        if longest_is_stored {
            self.dropped += all as u64;
            return Ok((Vec::new(), 0));
        }
        let stored = claims.iter().find(|telling| telling.claim == STORED);
        let Some(stored) = stored else {
            self.dropped += all as u64;
            return Ok((longest.rows, 0));
        };
        let (had, fit) = (stored.rows.len(), self.fits(group, at, stored, &longest));
        self.dropped += all as u64;
        if fit == Some(Fit::Beginning) {
            return Ok((longest.rows.split_off(had), had as i64));
        }
        longest.rows.truncate(longest.rows.len() - had);
        let before = longest.rows.len() as i64;
        Ok((longest.rows, -before))
    }

    /// How the shorter telling of a moment agrees with the longer one: equal, or cut off where
    /// its export ends (a beginning) or begins (an end); `None` when it does not.
    fn fits(&self, group: u32, at: Millis, short: &Telling, long: &Telling) -> Option<Fit> {
        let (short_marks, long_marks) = (short.marks(), long.marks());
        let (from, to) = self.spans.of(group, short.claim).unwrap_or((at, at));
        let is_beginning = long_marks.starts_with(&short_marks);
        if is_beginning && (to == at || short_marks.len() == long_marks.len()) {
            return Some(Fit::Beginning);
        }
        (from == at && long_marks.ends_with(&short_marks)).then_some(Fit::End)
    }
}

/// The row with its final key: the platform's own, or clock and position within the moment.
fn settled(row: Row, words: String, within: i64) -> Settled {
    let mut fact = row.fact;
    if !row.has_id {
        fact.source.key = (fact.at.0 << WITHIN_BITS) + within;
    }
    Settled { group: row.group, fact, words, has_id: row.has_id }
}

/// What one claim tells of a moment.
struct Telling {
    claim: u32,
    rows: Vec<(Row, String)>,
}

impl Telling {
    fn marks(&self) -> Vec<Mark> {
        self.rows.iter().map(|(row, _)| mark(&row.fact)).collect()
    }
}

/// Which part of the longer telling the shorter one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Beginning,
    End,
}

type Mark = (u8, u8, IdentityId, u64, u64);

/// What must agree for two rows to be the same happening. Not whom a message mentions, nor who
/// came or went: an export that begins earlier or ends later knows other names of the same people.
fn mark(fact: &Fact) -> Mark {
    let media = fact.features.media() as u64;
    let said = fact.kind == FactKind::Message;
    let actor = if said { fact.actor } else { IdentityId::NOBODY };
    (fact.kind as u8, fact.detail, actor, fact.text_hash, media)
}
