//! Passwords: argon2id, on threads that may block, a few at a time.
//!
//! Parameters are the least that OWASP's cheat sheet on password storage (2024) gives for
//! argon2id: 19 MiB, two passes, one lane.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::console::FieldError;
use crate::error::Fault;

const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// Hashes at once: each takes 19 MiB and a core.
const AT_ONCE: usize = 4;

/// Letters of a password at least.
const LETTERS_MIN: usize = 10;

/// Bytes of a password at most: nobody types more.
const BYTES_MAX: usize = 512;

/// A hash of nobody's password: what a login that does not exist is compared with.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmU\
                       $5c3r0H5cEFnhiwyRMSIRxMcfqQVUT+XdwKqJyrAGsl0";

/// Makes and compares hashes.
#[derive(Clone, Debug)]
pub(crate) struct Hashing(Arc<Semaphore>);

impl Default for Hashing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Hashing {
    /// The PHC string of a password.
    pub(super) async fn make(&self, password: &str) -> Result<String, Fault> {
        let password = password.to_owned();
        self.run(move || make(&password)).await?
    }

    /// Whether the password is the one of this PHC string. Without one the work is the same, and
    /// the answer is no.
    pub(super) async fn fits(&self, password: &str, phc: Option<&str>) -> Result<bool, Fault> {
        let password = password.to_owned();
        let known = phc.filter(|phc| !phc.is_empty()).map(str::to_owned);
        self.run(move || {
            let phc = known.as_deref().unwrap_or(NOBODYS);
            let fits = password.len() <= BYTES_MAX && fits(&password, phc);
            known.is_some() && fits
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let failed = |what: String| Fault::Unreadable(what);
        let _turn = self.0.acquire().await.map_err(|error| failed(error.to_string()))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| failed(error.to_string()))
    }
}

/// Refuses a password that is easily guessed.
pub(super) fn accepted(password: &str, login: &str) -> Result<(), FieldError> {
    let wrong = |code| Err(FieldError { field: "password", code });
    if password.is_empty() {
        return wrong("missing");
    }
    if password.chars().count() < LETTERS_MIN {
        return wrong("too_short");
    }
    if password.len() > BYTES_MAX {
        return wrong("too_long");
    }
    let plain = password.trim().to_lowercase();
    if plain == login || plain == format!("{login}{login}") {
        return wrong("is_login");
    }
    let mut letters: Vec<char> = plain.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 4 { wrong("too_simple") } else { Ok(()) }
}

fn argon2() -> Result<Argon2<'static>, Fault> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(unusable)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn make(password: &str) -> Result<String, Fault> {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(unusable)?;
    let salt = SaltString::encode_b64(&salt).map_err(unusable)?;
    let hash = argon2()?.hash_password(password.as_bytes(), &salt).map_err(unusable)?;
    Ok(hash.to_string())
}

/// The parameters are those that the PHC string says.
fn fits(password: &str, phc: &str) -> bool {
    let Ok(hash) = PasswordHash::new(phc) else { return false };
    let Ok(argon2) = argon2() else { return false };
    argon2.verify_password(password.as_bytes(), &hash).is_ok()
}

fn unusable(error: impl std::fmt::Display) -> Fault {
    Fault::Unreadable(format!("a password cannot be hashed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let hashing = Hashing::default();
        let phc = hashing.make("春天里的第一杯茶").await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(hashing.fits("春天里的第一杯茶", Some(&phc)).await.unwrap());
        assert!(!hashing.fits("春天里的第二杯茶", Some(&phc)).await.unwrap());
        assert_ne!(hashing.make("春天里的第一杯茶").await.unwrap(), phc, "salted");
        for none in [None, Some(""), Some("no hash")] {
            assert!(!hashing.fits("春天里的第一杯茶", none).await.unwrap());
        }
    }

    #[test]
    fn the_hash_of_nobody_costs_what_others_cost() {
        let hash = PasswordHash::new(NOBODYS).unwrap();
        let params = Params::try_from(&hash).unwrap();
        assert_eq!((params.m_cost(), params.t_cost()), (MEMORY_KIB, PASSES));
        assert_eq!(params.p_cost(), LANES);
    }

    #[test]
    fn what_is_easily_guessed_is_refused() {
        let table = [
            ("", Err("missing")),
            ("九个字的密码不够长", Err("too_short")),
            ("Xiaolin-tea", Err("is_login")),
            ("aaaaaaaaaaaa", Err("too_simple")),
            ("1212121212", Err("too_simple")),
            ("十个字的密码这样就够了", Ok(())),
            ("correct horse", Ok(())),
        ];
        for (typed, wanted) in table {
            assert_eq!(accepted(typed, "xiaolin-tea").map_err(|no| no.code), wanted, "{typed}");
        }
        assert_eq!(accepted(&"长a1 ".repeat(200), "x").map_err(|no| no.code), Err("too_long"));
    }
}
