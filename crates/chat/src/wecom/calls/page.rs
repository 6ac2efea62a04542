//! One page of a list.

use crate::wecom::answer::Refusal;
use crate::wecom::client::CallError;

/// A page, and where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it; an empty page need not be the last one.
    pub items: Vec<T>,
    /// Cursor of the next page; `None` at the end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page as the platform gave it: an empty cursor is the end. A cursor that leads to the same
    /// page again would never end and is refused.
    pub(in crate::wecom::calls) fn of(
        items: Vec<T>,
        next: String,
        asked: Option<&str>,
    ) -> Result<Self, CallError> {
        if next.is_empty() {
            return Ok(Self { items, next: None });
        }
        if asked == Some(next.as_str()) {
            let words = "the next page is the same page".to_owned();
            return Err(CallError::Refused(Refusal::Shape(words)));
        }
        Ok(Self { items, next: Some(next) })
    }
}
