//! Lists of a day packed as bytes, because there are as many entries as there are questions.
//!
//! What is packed cannot change any more. A day has one stretch of bytes or several: what is
//! settled later is packed later. Bytes are read only as this module's callers wrote them.

use crate::codec::wire::{Reader, Writer};
use crate::overview::Span;

/// Stretches of packed entries by day.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    stretches: Vec<(i32, Box<[u8]>)>,
}

impl Packed {
    /// Keeps what was written about a day.
    pub(crate) fn keep(&mut self, day: i32, written: Writer) {
        self.stretches.push((day, written.0.into_boxed_slice()));
    }

    /// Brings the days in order; each keeps the order in which it was written.
    pub(crate) fn sort(&mut self) {
        self.stretches.sort_by_key(|(day, _)| *day);
        self.stretches.shrink_to_fit();
    }

    /// The stretches of these days.
    pub(crate) fn of(&self, span: Span) -> impl Iterator<Item = Reader<'_>> {
        let from = self.stretches.partition_point(|(day, _)| *day < span.from.0);
        let to = self.stretches.partition_point(|(day, _)| *day <= span.to.0);
        let stretches = self.stretches.get(from..to).unwrap_or_default();
        stretches.iter().map(|(_, bytes)| Reader(bytes))
    }
}

/// Milliseconds in one number with some bits: whole seconds, which most logs tell, are short.
pub(crate) fn put_wait(to: &mut Writer, ms: u32, bits: u32, width: u32) {
    let (whole, count) = if ms.is_multiple_of(1000) { (1, ms / 1000) } else { (0, ms) };
    to.unsigned((u64::from(count) << 1 | whole) << width | u64::from(bits));
}

/// What [`put_wait`] wrote: milliseconds and bits; `None` at the end.
pub(crate) fn get_wait(from: &mut Reader<'_>, width: u32) -> Option<(u32, u32)> {
    let number = from.unsigned().ok()?;
    let bits = u32::try_from(number & ((1 << width) - 1)).ok()?;
    let (count, whole) = (number >> (width + 1), number >> width & 1);
    let ms = u32::try_from(count).ok()?;
    Some((if whole == 1 { ms.saturating_mul(1000) } else { ms }, bits))
}
