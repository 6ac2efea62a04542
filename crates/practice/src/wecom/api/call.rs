//! One call as its family sees it: what was asked, and the company.

use std::collections::BTreeMap;

use domain::Millis;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::wecom::books::{Refused, refused};
use crate::wecom::world::World;

/// How a call is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
}

/// What a call gives back.
#[derive(Debug)]
pub(crate) enum Reply {
    /// The fields beside `errcode` and `errmsg`.
    Json(Value),
    /// A file: its name, its type, its bytes.
    File(String, String, Vec<u8>),
}

/// What a family says.
pub(crate) type Answer = Result<Reply, Refused>;

impl From<Value> for Reply {
    fn from(value: Value) -> Self {
        Self::Json(value)
    }
}

/// One call.
pub(crate) struct Call<'a> {
    pub(crate) world: &'a mut World,
    pub(crate) now: Millis,
    pub(crate) query: &'a BTreeMap<String, String>,
    pub(crate) body: &'a [u8],
    /// The file of a call with a form.
    pub(crate) file: Option<&'a Upload>,
}

/// A file that came with a form.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) bytes: Vec<u8>,
}

impl Call<'_> {
    /// A word of the address; empty when it is missing.
    pub(crate) fn word(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// The body; an empty one is an empty object.
    ///
    /// A field that is missing is 40063, one of a wrong kind and a broken text are 40058.
    pub(crate) fn asked<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        let body: &[u8] = if self.body.is_empty() { b"{}" } else { self.body };
        serde_json::from_slice(body).map_err(|error| {
            let words = error.to_string();
            let code = if words.starts_with("missing field") { 40_063 } else { 40_058 };
            refused(code, &format!("invalid Request Parameter: {words}"))
        })
    }
}

/// Seconds, as the platform counts.
pub(crate) fn seconds(at: Millis) -> i64 {
    at.0.div_euclid(1_000)
}

/// The moment of a number of seconds.
pub(crate) fn moment(seconds: i64) -> Millis {
    Millis(seconds.saturating_mul(1_000))
}
