//! How a practice company begins.

use std::path::PathBuf;

use domain::Millis;

use crate::wecom::books::Books;
use crate::wecom::clock::Pace;
use crate::wecom::life::Life;
use crate::wecom::limits::Limits;

/// A moment to begin with: 2026-03-02 10:00 at UTC+8, a Monday.
pub const BEGIN: Millis = Millis(1_772_416_800_000);

/// How a practice company begins.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Ids, secrets and chance come from it.
    pub seed: u64,
    /// The company; an empty one by default.
    pub books: Books,
    /// What its clock shows first.
    pub from: Millis,
    /// How its clock goes.
    pub pace: Pace,
    /// How lively it is; nothing happens by itself by default.
    pub life: Option<Life>,
    /// The port on 127.0.0.1; 0 for any that is free.
    pub port: u16,
    /// Where the company is kept: read instead of `books` and `from` when it is there, written
    /// by [`Practice::save`](crate::wecom::Practice::save) and at the end.
    pub file: Option<PathBuf>,
    /// How often calls may be made.
    pub limits: Limits,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            seed: 1,
            books: Books::default(),
            from: BEGIN,
            pace: Pace::Still,
            life: None,
            port: 0,
            file: None,
            limits: Limits::default(),
        }
    }
}

/// What the admin page shows of the app, to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// `corpid`.
    pub corp: String,
    /// `corpsecret`.
    pub secret: String,
    /// `agentid`.
    pub agent: i64,
}

/// Where callbacks go, as set on the admin page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// http or https.
    pub url: String,
    /// 1 to 32 letters and digits.
    pub token: String,
    /// 43 letters and digits.
    pub key: String,
}
