//! The client: one app of one company, calling the platform.
//!
//! Reading order: [`Client`] and its loop here; `token` for the single flight; `pace` for limits;
//! `wire` for HTTP; the calls themselves, typed, in [`calls`](crate::wecom::calls).
//!
//! Invariants: nothing that makes something goes out twice when the first may have taken effect; a
//! stale token is replaced once and the call replayed once; every request that went out leaves a
//! [`CallLine`]; token and secret are in no line, no error and no `Debug`.

mod address;
mod call;
mod error;
mod pace;
mod secret;
mod settings;
mod token;
mod wire;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Millis;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use crate::wecom::answer::{Next, Refusal, answer};

pub use address::{Address, AddressError, Proxy};
pub(crate) use call::Call;
pub use error::CallError;
pub use secret::Secret;
pub use settings::{Account, CallLine, Clock, Lines, SettingError, Settings, World};

use call::{Ask, Body};
use pace::Pace;
use token::Tokens;
use wire::Wire;
pub(in crate::wecom) use wire::words_of;

/// How often a request goes out: once, and three times more where the platform is busy.
const TRIES_MAX: u32 = 4;
/// For so long the client itself waits for room in a budget; otherwise the caller is told.
const ROOM_MS_MAX: i64 = 70_000;

/// One app of one company as a caller; clones share its token and its limits.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    account: Account,
    world: World,
    wire: Wire,
    tokens: Tokens,
    pace: Mutex<Pace>,
    apart: Mutex<Option<i64>>,
    pause_ms: u64,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("corp", &self.0.account.corp).finish_non_exhaustive()
    }
}

impl Client {
    /// A client that has called nothing yet. A changed account is a new client.
    pub fn new(account: Account, settings: &Settings, world: World) -> Result<Self, SettingError> {
        let wire = Wire::new(settings)?;
        Ok(Self(Arc::new(Inner {
            account,
            world,
            wire,
            tokens: Tokens::default(),
            pace: Mutex::default(),
            apart: Mutex::default(),
            pause_ms: settings.pause_ms.max(1),
        })))
    }

    /// Asks for a token and nothing else: whether company and secret are right.
    pub async fn greet(&self) -> Result<(), CallError> {
        self.token(None).await.map(|_| ())
    }

    /// By how many milliseconds the platform's clock was ahead of ours at the latest answer, to a
    /// second; `None` while it told no time.
    pub fn clock_apart(&self) -> Option<i64> {
        *lock(&self.0.apart)
    }

    /// A GET call.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        call: Call,
        query: &[(&str, &str)],
    ) -> Result<T, CallError> {
        self.ask(Ask { call, query, body: Body::Nothing }).await
    }

    /// A POST call.
    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        call: Call,
        body: &impl Serialize,
    ) -> Result<T, CallError> {
        let json = serde_json::to_vec(body)
            .map_err(|error| CallError::Refused(Refusal::Shape(error.to_string())))?;
        self.ask(Ask { call, query: &[], body: Body::Json(&json) }).await
    }

    /// A POST call with a file.
    pub(crate) async fn upload<T: DeserializeOwned>(
        &self,
        call: Call,
        query: &[(&str, &str)],
        (name, bytes): (&str, &[u8]),
    ) -> Result<T, CallError> {
        self.ask(Ask { call, query, body: Body::File { name, bytes } }).await
    }

    async fn ask<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<T, CallError> {
        let mut token = self.token(None).await?;
        let (mut tries, mut refreshed) = (1, false);
        loop {
            self.room(&ask.call).await?;
            let credentials = [("access_token", token.value.reveal())];
            let error = match self.hear(&ask, &credentials, &token.value).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            match error.next() {
                Next::Refresh if !refreshed => {
                    token = self.token(Some(token.nth)).await?;
                    refreshed = true;
                }
                Next::Soon if tries < TRIES_MAX && ask.call.may_go_again(&error) => {
                    self.pause(tries).await;
                    tries += 1;
                }
                _ => return Err(error),
            }
        }
    }

    /// One request, its answer, and its line.
    async fn hear<T: DeserializeOwned>(
        &self,
        ask: &Ask<'_>,
        credentials: &[(&str, &str)],
        credential: &Secret,
    ) -> Result<T, CallError> {
        let (at, began) = (self.now(), Instant::now());
        let heard = self.0.wire.send(ask, credentials).await;
        let size = heard.as_ref().map_or(0, |heard| heard.body.len());
        if let Some(date) = heard.as_ref().ok().and_then(|heard| heard.date) {
            *lock(&self.0.apart) = Some(date.since(self.now()));
        }
        let result = heard
            .and_then(|heard| answer(heard.status, &heard.body).map_err(CallError::Refused))
            .map_err(|error| self.stripped(error, ask.call, credential));
        let now = self.now();
        match &result {
            Ok(_) => self.pace().taken(&ask.call, now),
            Err(error) if error.next() == Next::Later => self.pace().refused(&ask.call, now),
            Err(_) => {}
        }
        (self.0.world.lines)(CallLine {
            at,
            call: ask.call.path,
            took_ms: i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX),
            refused: result.as_ref().err().and_then(|error| match error {
                CallError::Unreached(words) => Some(Refusal::Silence(words.clone())),
                other => other.refusal().cloned(),
            }),
            size,
        });
        result
    }

    /// The error without token and secret.
    fn stripped(&self, error: CallError, call: Call, credential: &Secret) -> CallError {
        let strip = |words: &str| credential.struck_from(&self.0.account.secret.struck_from(words));
        match error {
            CallError::Refused(Refusal::Shape(_)) if call.hushed => {
                CallError::Refused(Refusal::Shape("not quoted".to_owned()))
            }
            CallError::Refused(refusal) => CallError::Refused(refusal.reworded(strip)),
            CallError::Unreached(words) => CallError::Unreached(strip(&words)),
            other => other,
        }
    }

    /// Waits for room in the budgets, if that is not long.
    async fn room(&self, call: &Call) -> Result<(), CallError> {
        loop {
            match self.enter(call) {
                Err(CallError::Shut { until, .. }) if self.waits_for(call, until) => {
                    let wait = u64::try_from(until.since(self.now())).unwrap_or(0).max(1);
                    stay(Duration::from_millis(wait)).await;
                }
                other => return other,
            }
        }
    }

    /// Whether the client waits by itself: its own budgets are waited for, not what the platform
    /// has shut.
    fn waits_for(&self, call: &Call, until: Millis) -> bool {
        let now = self.now();
        self.pace().shut(call, now).is_none() && until.since(now) <= ROOM_MS_MAX
    }

    /// Takes one call from the budgets.
    fn enter(&self, call: &Call) -> Result<(), CallError> {
        let now = self.now();
        let mut pace = self.pace();
        if let Some(until) = pace.shut(call, now) {
            return Err(CallError::Shut { call: call.path, until });
        }
        let address = || lock(&self.0.world.address).take(now);
        pace.take(call, now)
            .and_then(|()| address())
            .map_err(|wait| CallError::Shut { call: call.path, until: Millis(now.0 + wait) })
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        lock(&self.0.pace)
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Millis {
        (self.0.world.clock)()
    }

    /// Lets the platform breathe before another try.
    async fn pause(&self, tries: u32) {
        let mut dice = [0; 2];
        // Without dice everybody comes again at the same moment, which is all the harm.
        let _ = getrandom::fill(&mut dice);
        let pause = self.0.pause_ms;
        let more = u64::from(u16::from_le_bytes(dice)) % pause;
        stay(Duration::from_millis((pause + more) * u64::from(tries))).await;
    }
}

/// Lets this much time pass: the pause itself is what is waited for.
async fn stay(time: Duration) {
    let _ = tokio::time::timeout(time, std::future::pending::<()>()).await;
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
