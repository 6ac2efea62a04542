//! One told happening as the spool keeps it: a fact, where it came from, and its words.

use domain::{BODY_BYTES, Fact, Millis, SourceKey};
use std::io::{self, Read, Write};

/// Bytes of a spooled row before its words.
const HEAD_BYTES: usize = 4 + 4 + 8 + 8 + 8 + 4 + BODY_BYTES + 4;

/// A row without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Group of this reading.
    pub(crate) group: u32,
    /// Number of the claim (one export of one exporter) that told it.
    pub(crate) claim: u32,
    /// Order of telling over the whole reading.
    pub(crate) ordinal: u64,
    /// The fact; its source key is provisional where the format has no ids.
    pub(crate) fact: Fact,
    /// The source key is the platform's own.
    pub(crate) has_id: bool,
}

/// Order of rows: group, time, then the platform's key or the order of telling.
pub(crate) type RowOrder = (u32, Millis, i64, u64);

impl Row {
    /// What rows are sorted by.
    pub(crate) fn order(&self) -> RowOrder {
        if self.has_id {
            let part = (u64::from(self.fact.source.part) << 32) | u64::from(self.claim);
            (self.group, self.fact.at, self.fact.source.key, part)
        } else {
            (self.group, self.fact.at, i64::from(self.claim), self.ordinal)
        }
    }

    /// Appends the row and its words to a run.
    pub(crate) fn write(&self, words: &[u8], out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.group.to_le_bytes())?;
        out.write_all(&(self.claim << 1 | u32::from(self.has_id)).to_le_bytes())?;
        out.write_all(&self.ordinal.to_le_bytes())?;
        out.write_all(&self.fact.at.0.to_le_bytes())?;
        out.write_all(&self.fact.source.key.to_le_bytes())?;
        out.write_all(&self.fact.source.part.to_le_bytes())?;
        out.write_all(&self.fact.body())?;
        out.write_all(&u32::try_from(words.len()).unwrap_or(u32::MAX).to_le_bytes())?;
        out.write_all(words)
    }

    /// Reads the next row of a run, its words into `words`; `None` at the end.
    pub(crate) fn read(input: &mut impl Read, words: &mut Vec<u8>) -> io::Result<Option<Self>> {
        let mut head = [0; HEAD_BYTES];
        let Some(mut rest) = fill(input, &mut head)? else { return Ok(None) };
        let group = u32::from_le_bytes(take(&mut rest));
        let claim = u32::from_le_bytes(take(&mut rest));
        let ordinal = u64::from_le_bytes(take(&mut rest));
        let at = Millis(i64::from_le_bytes(take(&mut rest)));
        let key = i64::from_le_bytes(take(&mut rest));
        let part = u32::from_le_bytes(take(&mut rest));
        let body: [u8; BODY_BYTES] = take(&mut rest);
        let length = u32::from_le_bytes(take(&mut rest));
        let fact = Fact::from_body(at, SourceKey { key, part }, &body)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        words.clear();
        words.resize(length as usize, 0);
        input.read_exact(words)?;
        Ok(Some(Self { group, claim: claim >> 1, ordinal, fact, has_id: claim & 1 == 1 }))
    }
}

fn fill<'a>(input: &mut impl Read, head: &'a mut [u8]) -> io::Result<Option<&'a [u8]>> {
    let mut filled = 0;
    while let Some(space) = head.get_mut(filled..).filter(|space| !space.is_empty()) {
        match input.read(space)? {
            0 if filled == 0 => return Ok(None),
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => filled += read,
        }
    }
    Ok(Some(head))
}

fn take<const N: usize>(rest: &mut &[u8]) -> [u8; N] {
    let mut out = [0; N];
    if let Some((first, after)) = rest.split_first_chunk::<N>() {
        out = *first;
        *rest = after;
    }
    out
}
