//! The binary COPY format of PostgreSQL, both ways, for rows of integers, texts and bytes.
//!
//! <https://www.postgresql.org/docs/current/sql-copy.html>, "Binary Format".

use crate::fault::{Fault, Result};

/// Signature, flags, length of the header's extension.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// Rows on their way in.
pub(crate) struct CopyRows {
    bytes: Vec<u8>,
    columns: i16,
}

impl CopyRows {
    pub(crate) fn new(columns: i16) -> Self {
        Self { bytes: HEAD.to_vec(), columns }
    }

    pub(crate) fn row(&mut self) {
        self.bytes.extend_from_slice(&self.columns.to_be_bytes());
    }

    pub(crate) fn int(&mut self, value: i64) {
        self.bytes.extend_from_slice(&8_i32.to_be_bytes());
        self.bytes.extend_from_slice(&value.to_be_bytes());
    }

    /// A text or bytes.
    pub(crate) fn bytes(&mut self, value: &[u8]) -> Result<()> {
        let length = i32::try_from(value.len())
            .map_err(|_| Fault::Other { source: "a text of more than 2 GiB".into() })?;
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(value);
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(&(-1_i16).to_be_bytes());
        self.bytes
    }
}

/// Takes rows apart as they come out: each message of the server holds whole rows.
pub(crate) struct CopyReader<'a> {
    rest: &'a [u8],
}

impl<'a> CopyReader<'a> {
    pub(crate) fn new(message: &'a [u8]) -> Self {
        Self { rest: message.strip_prefix(HEAD).unwrap_or(message) }
    }

    /// Whether another row begins; its columns are then read in order.
    pub(crate) fn next_row(&mut self) -> Result<bool> {
        if self.rest.is_empty() {
            return Ok(false);
        }
        Ok(i16::from_be_bytes(self.take()?) >= 0)
    }

    pub(crate) fn int(&mut self) -> Result<i64> {
        let _length: [u8; 4] = self.take()?;
        Ok(i64::from_be_bytes(self.take()?))
    }

    pub(crate) fn small<T: TryFrom<i64>>(&mut self) -> Result<T> {
        T::try_from(self.int()?).map_err(|_| cut())
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = usize::try_from(i32::from_be_bytes(self.take()?)).map_err(|_| cut())?;
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or_else(cut)?;
        self.rest = rest;
        Ok(bytes)
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or_else(cut)?;
        self.rest = rest;
        Ok(*bytes)
    }
}

fn cut() -> Fault {
    Fault::Damaged { what: "the server sent a row that cannot be read".to_owned() }
}
