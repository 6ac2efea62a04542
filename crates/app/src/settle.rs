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
use domain::{Fact, IdentityId, Millis, SourceKey};
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

    /// Claims of a group.
    fn of(&self, group: u32, claim: u32) -> Option<(Millis, Millis)> {
        self.0.get(&(group, claim)).copied()
    }

    fn several(&self, group: u32) -> bool {
        self.0.keys().filter(|(of, _)| *of == group).nth(1).is_some()
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
    /// Told by the claim that stands for what the store already has.
    pub(crate) stored: bool,
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
            self.ready = self.settle()?.into_iter();
        }
    }

    /// Takes all rows of the next (group, moment) together.
    fn gather(&mut self) -> Result<bool, Fault> {
        self.moment.clear();
        loop {
            let next = match self.ahead.take() {
                Some(row) => Some(row),
                None => {
                    let mut words = String::new();
                    let row = self.rows.next(&mut words).map_err(Fault::Spool)?;
                    row.map(|row| (row, words))
                }
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
        let moment = std::mem::take(&mut self.moment);
        let Some(group) = moment.first().map(|(row, _)| row.group) else { return Ok(Vec::new()) };
        if self.several.is_none_or(|(known, _)| known != group) {
            self.several = Some((group, self.spans.several(group)));
        }
        let several = self.several.is_some_and(|(_, several)| several);
        let (with_id, without): (Vec<_>, Vec<_>) =
            moment.into_iter().partition(|(row, _)| row.has_id);
        let mut settled = self.once_by_id(with_id);
        let without = if several { self.lay_over(without)? } else { without };
        let mut within = 0;
        for (row, words) in without {
            let mut fact = row.fact;
            let key = (fact.at.0 << WITHIN_BITS) | within;
            within += 1;
            fact.source = SourceKey { key, part: row.fact.source.part };
            settled.push(Settled { group: row.group, fact, words, stored: row.claim == STORED });
        }
        Ok(settled)
    }

    fn once_by_id(&mut self, rows: Vec<(Row, String)>) -> Vec<Settled> {
        let mut settled: Vec<Settled> = Vec::with_capacity(rows.len());
        for (row, words) in rows {
            if settled.last().is_some_and(|last| last.fact.source == row.fact.source) {
                self.dropped += 1;
                continue;
            }
            settled.push(Settled {
                group: row.group,
                fact: row.fact,
                words,
                stored: row.claim == STORED,
            });
        }
        settled
    }

    /// Lays the claims of one moment over each other; gives the longest, which holds all others.
    fn lay_over(&mut self, rows: Vec<(Row, String)>) -> Result<Vec<(Row, String)>, Fault> {
        let Some((first, _)) = rows.first() else { return Ok(rows) };
        let (group, at) = (first.group, first.fact.at);
        let mut claims: Vec<Vec<(Row, String)>> = Vec::new();
        for row in rows {
            match claims
                .last_mut()
                .filter(|last| last.first().is_some_and(|l| l.0.claim == row.0.claim))
            {
                Some(claim) => claim.push(row),
                None => claims.push(vec![row]),
            }
        }
        let present: Vec<u32> =
            claims.iter().filter_map(|rows| rows.first()).map(|r| r.0.claim).collect();
        let silent = self.spans.0.iter().any(|(&(of, claim), &(from, to))| {
            of == group && from < at && at < to && !present.contains(&claim)
        });
        claims.sort_by_key(Vec::len);
        let Some(longest) = claims.pop() else { return Ok(Vec::new()) };
        let uncertain = silent || claims.iter().any(|claim| !self.fits(group, at, claim, &longest));
        if uncertain {
            return Err(Fault::NotCertain {
                group: (self.names)(group),
                at,
                told: longest.len(),
                other: claims.last().map_or(0, Vec::len),
                stored: present.contains(&STORED) || self.spans.of(group, STORED).is_some(),
            });
        }
        self.dropped += claims.iter().map(Vec::len).sum::<usize>() as u64;
        Ok(longest)
    }

    /// Whether the shorter telling of a moment agrees with the longer one: equal, or cut off where
    /// its export begins (an end part) or ends (a beginning part).
    fn fits(
        &self,
        group: u32,
        at: Millis,
        short: &[(Row, String)],
        long: &[(Row, String)],
    ) -> bool {
        let marks = |rows: &[(Row, String)]| {
            rows.iter().map(|(row, _)| mark(&row.fact)).collect::<Vec<_>>()
        };
        let (short_marks, long_marks) = (marks(short), marks(long));
        if short_marks == long_marks {
            return true;
        }
        let span = short.first().and_then(|(row, _)| self.spans.of(group, row.claim));
        let begins = span.is_some_and(|(from, _)| from == at);
        let ends = span.is_some_and(|(_, to)| to == at);
        (begins && long_marks.ends_with(&short_marks))
            || (ends && long_marks.starts_with(&short_marks))
    }
}

type Mark = (u8, u8, IdentityId, u64, u64);

/// What must agree for two rows to be the same happening. Not whom it mentions: an export that
/// begins later knows fewer names.
fn mark(fact: &Fact) -> Mark {
    let media = fact.features.media() as u64;
    (fact.kind as u8, fact.detail, fact.actor, fact.text_hash, media)
}
