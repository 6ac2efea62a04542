//! Events and actions as text in the store: `{"v":1,"is":…}`.
//!
//! Invariant: text of an older version is read, of a newer one refused with words for staff.

use domain::{Action, Event};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Version written now.
const VERSION: u16 = 1;

#[derive(Serialize)]
struct Out<'a, T> {
    v: u16,
    is: &'a T,
}

#[derive(Deserialize)]
struct In {
    v: u16,
    is: serde_json::Value,
}

/// What may be stored as text.
pub trait Stored: Serialize + DeserializeOwned {
    /// The text.
    fn to_text(&self) -> String {
        // Writing plain data to memory cannot fail.
        serde_json::to_string(&Out { v: VERSION, is: self }).unwrap_or_default()
    }

    /// Reads the text back; what is wrong with it, in words.
    fn from_text(text: &str) -> Result<Self, String> {
        let found: In = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match found.v {
            VERSION => serde_json::from_value(found.is).map_err(|error| error.to_string()),
            newer => Err(format!("written by a newer program (version {newer})")),
        }
    }
}

impl Stored for Event {}
impl Stored for Action {}
