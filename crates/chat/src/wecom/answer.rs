//! What the platform answered to a call, and what is to be done where it refused.
//!
//! Business failures come with HTTP 200: only `errcode` tells. The words beside it are for people
//! and change; nothing is decided by them.

use std::net::IpAddr;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How much of an answer that cannot be read is kept for the log.
const START_CHARS: usize = 200;

/// What was called: a token is asked for with the secret, all else with the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// `gettoken`.
    Token,
    /// Anything else.
    Business,
}

/// A call that gave no answer to use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The platform refused, in its own words, which may name the caller's address.
    #[error("{code}: {words}")]
    Code {
        /// `errcode`.
        code: i64,
        /// `errmsg`.
        words: String,
    },
    /// The server failed, or nothing came in time.
    #[error("no answer: {0}")]
    Silence(String),
    /// An answer of another shape; its beginning.
    #[error("an answer that is not understood: {0}")]
    Shape(String),
}

/// What is to be done about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A new token, once, and the same call again.
    Refresh,
    /// The same call a little later, at most three times; a call that makes something may have
    /// made it, and is looked up first.
    Soon,
    /// Nothing of this kind before the window of the limit is over.
    Later,
    /// The same in smaller parts.
    Less,
    /// Somebody has to set something right on the platform; until then every call fails.
    Tell(Lack),
    /// This call will never succeed, others may.
    Drop,
}

/// What somebody has to set right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lack {
    /// The company's id is wrong.
    Company,
    /// The secret does not belong to the app, was reset, or the app is stopped.
    Secret,
    /// The app may not make this call: it is missing among those of 客户联系 → API.
    Permission,
    /// What the app was allowed was taken back.
    Withdrawn,
    /// The app is switched off.
    Disabled,
    /// This machine's address is not among the trusted ones (企业可信IP).
    Address,
}

impl Refusal {
    /// From which address the platform saw us, where its words say so (`from ip: 9.9.9.9`).
    pub fn address_seen(&self) -> Option<IpAddr> {
        let (_, rest) = self.words().split_once("from ip:")?;
        let end = |letter: char| letter == ',' || letter.is_whitespace();
        rest.trim_start().split(end).next()?.parse().ok()
    }

    /// The words of the platform or of the network.
    pub fn words(&self) -> &str {
        match self {
            Self::Code { words, .. } | Self::Silence(words) | Self::Shape(words) => words,
        }
    }

    /// The same with other words.
    pub(crate) fn reworded(self, change: impl FnOnce(&str) -> String) -> Self {
        let new = change(self.words());
        match self {
            Self::Code { code, .. } => Self::Code { code, words: new },
            Self::Silence(_) => Self::Silence(new),
            Self::Shape(_) => Self::Shape(new),
        }
    }

    /// What to do, after a call of this kind.
    ///
    /// Source: the platform's table of error codes as of 2026-02-12. Codes that are not in it
    /// concern the one call.
    pub fn next(&self, asked: Asked) -> Next {
        let code = match self {
            Self::Code { code, .. } => *code,
            Self::Silence(_) => return Next::Soon,
            Self::Shape(_) => return Next::Drop,
        };
        match (code, asked) {
            (40_014 | 42_001, _) | (40_001, Asked::Business) => Next::Refresh,
            (-1 | 45_033, _) => Next::Soon,
            (45_009, _) => Next::Later,
            (45_029 | 81_017, _) => Next::Less,
            (40_013, _) => Next::Tell(Lack::Company),
            (40_001, Asked::Token) | (40_091 | 41_004, _) => Next::Tell(Lack::Secret),
            (48_002, _) => Next::Tell(Lack::Permission),
            (48_004 | 48_006, _) => Next::Tell(Lack::Withdrawn),
            (50_003, _) => Next::Tell(Lack::Disabled),
            (60_020, _) => Next::Tell(Lack::Address),
            _ => Next::Drop,
        }
    }
}

#[derive(Deserialize)]
struct Head {
    errcode: i64,
    #[serde(default)]
    errmsg: String,
}

/// Reads the body of an answer with HTTP status `status`. What is `null` is taken as missing; an
/// answer without `errcode` is none of the platform's.
pub fn answer<T: DeserializeOwned>(status: u16, body: &[u8]) -> Result<T, Refusal> {
    let start = || {
        let seen: String = String::from_utf8_lossy(body).chars().take(START_CHARS).collect();
        // A gateway or a proxy on the way answers with a status of its own.
        if status == 200 { seen } else { format!("HTTP {status} {seen}") }
    };
    if status >= 500 {
        return Err(Refusal::Silence(format!("HTTP {status}")));
    }
    let mut whole: Value = serde_json::from_slice(body).map_err(|_| Refusal::Shape(start()))?;
    drop_nulls(&mut whole);
    let head = Head::deserialize(&whole).map_err(|_| Refusal::Shape(start()))?;
    if head.errcode != 0 {
        return Err(Refusal::Code { code: head.errcode, words: head.errmsg });
    }
    serde_json::from_value(whole).map_err(|_| Refusal::Shape(start()))
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(list) => {
            list.retain(|one| !one.is_null());
            list.iter_mut().for_each(drop_nulls);
        }
        _ => {}
    }
}
