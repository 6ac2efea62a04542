//! What a client is made of: whose calls, by which way, and what it is given from outside.

use std::sync::{Arc, Mutex};

use domain::Millis;

use crate::wecom::answer::Refusal;
use crate::wecom::budget::{Budget, PER_ADDRESS};
use crate::wecom::client::address::{Address, Proxy};
use crate::wecom::client::secret::Secret;

/// One app of one company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// 企业ID, such as `ww1234567890abcdef`.
    pub corp: String,
    /// Secret of the app.
    pub secret: Secret,
}

/// The way to the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where the platform is.
    pub api: Address,
    /// Through which proxy; the environment's is never used.
    pub proxy: Option<Proxy>,
    /// How long a connection may take, in milliseconds.
    pub connect_ms: u64,
    /// How long an answer may take from the first byte sent to the last one read, in milliseconds.
    pub answer_ms: u64,
    /// The same for calls that carry a file.
    pub upload_ms: u64,
    /// The pause before another try of a call is so long at least and less than twice it, times the
    /// tries so far; in milliseconds.
    pub pause_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api: Address::default(),
            proxy: None,
            connect_ms: 5_000,
            answer_ms: 20_000,
            upload_ms: 120_000,
            pause_ms: 150,
        }
    }
}

/// Settings that no client can be made of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// The proxy is refused by the HTTP client.
    #[error("the proxy cannot be used")]
    Proxy,
    /// No certificates to trust on this machine, or the like.
    #[error("no encrypted connections can be made here: {0}")]
    Tls(String),
}

/// Where "now" comes from.
pub type Clock = Arc<dyn Fn() -> Millis + Send + Sync>;

/// Where the lines of calls go: the connection log. It is called in the middle of calls and must
/// not wait.
pub type Lines = Arc<dyn Fn(CallLine) + Send + Sync>;

/// What a client is given from outside. All clients of a process share one world, because they
/// share one address.
#[derive(Clone)]
pub struct World {
    pub(super) clock: Clock,
    pub(super) lines: Lines,
    pub(super) address: Arc<Mutex<Budget>>,
}

impl World {
    /// This clock, and this log.
    pub fn new(clock: Clock, lines: Lines) -> Self {
        Self { clock, lines, address: Arc::new(Mutex::new(Budget::of(&PER_ADDRESS))) }
    }

    /// The present moment.
    pub fn now(&self) -> Millis {
        (self.clock)()
    }

    /// The same world with another log: for the next company.
    #[must_use]
    pub fn telling(&self, lines: Lines) -> Self {
        Self { lines, ..self.clone() }
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

/// One line of the connection log: one request that went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallLine {
    /// When it went out.
    pub at: Millis,
    /// Path of the call, never its query.
    pub call: &'static str,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// Why it failed, in the platform's words; without token and secret.
    pub refused: Option<Refusal>,
    /// Bytes of the answer's body.
    pub size: usize,
}
