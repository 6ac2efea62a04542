//! A text that is never shown.

use std::fmt;

/// A secret or a token: kept out of `Debug`, errors and logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// This text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the platform only.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The words without this text, should somebody else have put it there.
    pub(super) fn struck_from(&self, words: &str) -> String {
        if self.0.is_empty() { words.to_owned() } else { words.replace(&self.0, "…") }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
