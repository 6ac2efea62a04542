//! Numbers as bytes: LEB128, and zigzag for signed ones. Reading never trusts a length.

use crate::codec::PageError;

/// Bytes being written.
#[derive(Debug, Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn unsigned(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.0.push(value.to_le_bytes()[0]);
    }

    pub(crate) fn signed(&mut self, value: i64) {
        self.unsigned((value.wrapping_shl(1) ^ (value >> 63)).cast_unsigned());
    }

    pub(crate) fn count(&mut self, items: usize) {
        self.unsigned(items as u64);
    }
}

/// Bytes being read.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl Reader<'_> {
    pub(crate) fn byte(&mut self) -> Result<u8, PageError> {
        let (byte, rest) = self.0.split_first().ok_or(PageError::Truncated)?;
        self.0 = rest;
        Ok(*byte)
    }

    pub(crate) fn unsigned(&mut self) -> Result<u64, PageError> {
        // Most numbers are small.
        if let Some((byte, rest)) = self.0.split_first()
            && *byte < 0x80
        {
            self.0 = rest;
            return Ok(u64::from(*byte));
        }
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 {
                return Err(PageError::Value);
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(PageError::Value)
    }

    /// Goes past so many numbers.
    pub(crate) fn skip(&mut self, numbers: usize) -> Result<(), PageError> {
        if numbers == 0 {
            return Ok(());
        }
        let ends = self.0.iter().zip(1..).filter(|(byte, _)| **byte < 0x80);
        let end = ends.map(|(_, end)| end).nth(numbers - 1).ok_or(PageError::Truncated)?;
        self.0 = self.0.get(end..).ok_or(PageError::Truncated)?;
        Ok(())
    }

    pub(crate) fn signed(&mut self) -> Result<i64, PageError> {
        let value = self.unsigned()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    pub(crate) fn small<T: TryFrom<u64>>(&mut self) -> Result<T, PageError> {
        T::try_from(self.unsigned()?).map_err(|_| PageError::Value)
    }

    /// The length of a list whose entries take at least `entry_bytes_min` each.
    pub(crate) fn count(&mut self, entry_bytes_min: usize) -> Result<usize, PageError> {
        let count: usize = self.small()?;
        if count > self.0.len() / entry_bytes_min { Err(PageError::Truncated) } else { Ok(count) }
    }
}
