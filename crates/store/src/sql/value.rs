//! Parameters and rows of the statements that are written once for both databases.

use crate::fault::{Fault, Result};

/// A parameter, typed even when it is absent, because PostgreSQL asks for the type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(printable(value)))
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

/// PostgreSQL keeps no NUL in a text; neither do we anywhere.
pub(crate) fn printable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// One row of an answer.
#[derive(Debug)]
pub(crate) struct Row(pub(crate) Vec<Value>);

impl Row {
    pub(crate) fn int(&self, column: usize) -> Result<i64> {
        self.opt_int(column)?.ok_or_else(|| odd(column))
    }

    pub(crate) fn opt_int(&self, column: usize) -> Result<Option<i64>> {
        match self.0.get(column) {
            Some(Value::Int(value)) => Ok(*value),
            // An absent value has no type on SQLite.
            Some(Value::Text(None) | Value::Bytes(None)) => Ok(None),
            _ => Err(odd(column)),
        }
    }

    pub(crate) fn small<T: TryFrom<i64>>(&self, column: usize) -> Result<T> {
        T::try_from(self.int(column)?).map_err(|_| odd(column))
    }

    pub(crate) fn text(&mut self, column: usize) -> Result<String> {
        match self.0.get_mut(column) {
            Some(Value::Text(Some(value))) => Ok(std::mem::take(value)),
            _ => Err(odd(column)),
        }
    }

    pub(crate) fn opt_text(&mut self, column: usize) -> Result<Option<String>> {
        match self.0.get_mut(column) {
            Some(Value::Text(value)) => Ok(value.take()),
            _ => Err(odd(column)),
        }
    }

    pub(crate) fn bytes(&mut self, column: usize) -> Result<Vec<u8>> {
        match self.0.get_mut(column) {
            Some(Value::Bytes(Some(value))) => Ok(std::mem::take(value)),
            _ => Err(odd(column)),
        }
    }
}

fn odd(column: usize) -> Fault {
    Fault::Damaged { what: format!("column {column} of a row does not hold what it should") }
}
