//! The token: asked for by one caller at a time, however many need it.
//!
//! Invariants: at most one `gettoken` is on its way; who waits for it shares what comes of it; a
//! secret that was refused is not tried again before a pause is over, because the platform shuts
//! out an address for an hour after many wrong ones.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::Millis;
use serde::Deserialize;

use crate::wecom::answer::{Lack, Next};
use crate::wecom::budget::Limit;
use crate::wecom::client::call::{Ask, Body, Call};
use crate::wecom::client::error::CallError;
use crate::wecom::client::secret::Secret;
use crate::wecom::client::{Client, TRIES_MAX};

/// Far below the 2,000 wrong secrets an hour that shut out an address.
const LIMITS: [Limit; 2] =
    [Limit { most: 20, within_ms: Millis::MINUTE }, Limit { most: 200, within_ms: Millis::HOUR }];
const GETTOKEN: Call = Call::repeatable("/cgi-bin/gettoken").within(&LIMITS).hushed();

/// A token is asked for anew so long before it ends, in milliseconds.
const AHEAD_MS: i64 = 2 * Millis::MINUTE;
/// A refused secret is not tried again for so long, in milliseconds.
const REFUSED_MS: i64 = 10 * Millis::MINUTE;

/// A token in use; each has a number of its own, as the platform may give the same one again.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) nth: u64,
    pub(super) value: Secret,
    fresh_until: Millis,
}

/// What is known about the token.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    held: tokio::sync::Mutex<Held>,
    /// How often one was asked for, with whatever result.
    asked: AtomicU64,
}

#[derive(Debug, Default)]
struct Held {
    token: Option<Token>,
    failed: Option<Failed>,
}

#[derive(Debug)]
struct Failed {
    nth: u64,
    error: CallError,
    until: Option<Millis>,
}

#[derive(Deserialize)]
struct Given {
    access_token: String,
    #[serde(default)]
    expires_in: i64,
}

impl Client {
    /// A token that is fresh and not the stale one.
    pub(super) async fn token(&self, stale: Option<u64>) -> Result<Token, CallError> {
        let tokens = &self.0.tokens;
        let seen = tokens.asked.load(Ordering::Acquire);
        let mut held = tokens.held.lock().await;
        let now = self.now();
        if let Some(token) = &held.token
            && stale != Some(token.nth)
            && now < token.fresh_until
        {
            return Ok(token.clone());
        }
        if let Some(failed) = &held.failed
            && (failed.nth > seen || failed.until.is_some_and(|until| now < until))
        {
            return Err(failed.error.clone());
        }
        let given = self.gettoken().await;
        let nth = tokens.asked.fetch_add(1, Ordering::AcqRel) + 1;
        match given {
            Ok(given) => {
                let token = Token::of(given, nth, now);
                held.token = Some(token.clone());
                held.failed = None;
                Ok(token)
            }
            Err(error) => {
                let wrong = matches!(error.lack(), Some(Lack::Secret | Lack::Company));
                let until = wrong.then(|| Millis(self.now().0 + REFUSED_MS));
                held.failed = Some(Failed { nth, error: error.clone(), until });
                Err(error)
            }
        }
    }

    /// Forgets that the secret was refused: somebody says that it has been set right.
    pub async fn forget_refusal(&self) {
        self.0.tokens.held.lock().await.failed = None;
    }

    async fn gettoken(&self) -> Result<Given, CallError> {
        let account = &self.0.account;
        let credentials =
            [("corpid", account.corp.as_str()), ("corpsecret", account.secret.reveal())];
        let ask = Ask { call: GETTOKEN, query: &[], body: Body::Nothing };
        let mut tries = 1;
        loop {
            self.enter(&GETTOKEN)?;
            let error = match self.hear(&ask, &credentials, &account.secret).await {
                Ok(given) => return Ok(given),
                Err(CallError::Refused(refusal)) => CallError::NoToken(refusal),
                Err(error) => error,
            };
            if error.next() != Next::Soon || tries >= TRIES_MAX {
                return Err(error);
            }
            self.pause(tries).await;
            tries += 1;
        }
    }
}

impl Token {
    fn of(given: Given, nth: u64, now: Millis) -> Self {
        // Near its end the platform gives the same token again, with little time left: half of
        // that is used, so that it is not asked for at every call.
        let lasts = given.expires_in.max(0) * 1_000;
        let fresh = (lasts - AHEAD_MS).max(lasts / 2).max(1_000);
        Self {
            nth,
            value: Secret::new(given.access_token),
            fresh_until: Millis(now.0.saturating_add(fresh)),
        }
    }
}
