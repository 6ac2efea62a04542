//! The binary COPY format of PostgreSQL, for rows of integers, texts and bytes on their way in.
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

    pub(crate) fn null(&mut self) {
        self.bytes.extend_from_slice(&(-1_i32).to_be_bytes());
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
