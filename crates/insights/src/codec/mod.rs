//! The bytes of a page.

use crate::page::Page;

/// Page bytes that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageError {
    /// They end too early, or a list claims more entries than there are bytes.
    Truncated,
    /// Written by a newer program.
    Version(u8),
    /// A value that this version does not define, or an order that it never writes.
    Value,
    /// Bytes left over.
    Trailing(usize),
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Truncated => write!(f, "a stored day page ends too early: rebuild the pages"),
            Self::Version(version) => write!(
                f,
                "a stored day page has version {version}, newer than this program: update it"
            ),
            Self::Value => write!(f, "a stored day page holds an unknown value: rebuild the pages"),
            Self::Trailing(bytes) => {
                write!(f, "a stored day page has {bytes} bytes too many: rebuild the pages")
            }
        }
    }
}

impl std::error::Error for PageError {}

impl Page {
    /// The page as bytes, version 1.
    pub fn encode(&self) -> Vec<u8> {
        Vec::new()
    }

    /// Reads a page of any known version.
    pub fn decode(bytes: &[u8]) -> Result<Self, PageError> {
        let _ = bytes;
        Err(PageError::Truncated)
    }
}
