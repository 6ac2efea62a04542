//! Access tokens: one at a time, the same again while it is valid.

use domain::Millis;

use crate::dice::Dice;
use crate::wecom::books::{Refused, refused};

/// Seconds for which a token is valid.
pub(crate) const TOKEN_SECONDS: i64 = 7_200;

/// The tokens of the app.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    current: Option<(String, Millis)>,
    expired: Option<String>,
}

impl Tokens {
    /// The token, a new one when there is none, and the seconds left.
    pub(crate) fn get(&mut self, dice: &mut Dice, now: Millis) -> (String, i64) {
        if let Some((token, until)) = self.current.clone() {
            if until > now {
                return (token, until.since(now) / 1_000);
            }
            self.expired = Some(token);
        }
        // As long as real ones are, so that nobody keeps them in too short a place.
        let token = dice.letters(214);
        self.current = Some((token.clone(), Millis(now.0 + TOKEN_SECONDS * 1_000)));
        (token, TOKEN_SECONDS)
    }

    /// The platform takes the token back before its time.
    pub(crate) fn revoke(&mut self) {
        self.current = None;
    }

    pub(crate) fn check(&self, token: &str, now: Millis) -> Result<(), Refused> {
        match &self.current {
            _ if token.is_empty() => Err(refused(41_001, "access_token missing")),
            Some((own, until)) if own == token && *until > now => Ok(()),
            Some((own, _)) if own == token => Err(refused(42_001, "access_token expired")),
            _ if self.expired.as_deref() == Some(token) => {
                Err(refused(42_001, "access_token expired"))
            }
            _ => Err(refused(40_014, "invalid access_token")),
        }
    }
}
