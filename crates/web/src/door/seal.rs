//! Signed words in cookies: who holds one got it from us, and cannot change it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes kept of a mark: 128 bits.
const MARK_BYTES: usize = 16;

/// The key with which words are signed (HMAC-SHA256).
#[derive(Clone)]
pub(crate) struct Seal(Hmac<Sha256>);

/// A guest of the web chat: the random key in the signed cookie.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Guest(String);

impl Seal {
    /// From the secret of the installation.
    pub(crate) fn new(secret: &[u8]) -> Option<Self> {
        Hmac::new_from_slice(secret).ok().map(Self)
    }

    /// The words with their mark behind: `word.word.mark`. The purpose is signed too, so that a
    /// cookie of one kind cannot stand in for another; `bound` is signed but not written down.
    pub(crate) fn sign(&self, purpose: &str, bound: &str, words: &str) -> String {
        let mut mark = self.mac(purpose, bound, words).finalize().into_bytes().to_vec();
        mark.truncate(MARK_BYTES);
        format!("{words}.{}", URL_SAFE_NO_PAD.encode(mark))
    }

    /// The words of a signed value, when the mark is ours.
    pub(crate) fn open<'a>(&self, purpose: &str, bound: &str, signed: &'a str) -> Option<&'a str> {
        let (words, mark) = signed.rsplit_once('.')?;
        let mark = URL_SAFE_NO_PAD.decode(mark).ok().filter(|mark| mark.len() == MARK_BYTES)?;
        self.mac(purpose, bound, words).verify_truncated_left(&mark).ok()?;
        Some(words)
    }

    fn mac(&self, purpose: &str, bound: &str, words: &str) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        for part in [purpose, bound, words] {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }
}

impl Guest {
    /// A new guest, by the dice of the system; `None` when it has none.
    pub(crate) fn new() -> Option<Self> {
        let mut key = [0_u8; 16];
        getrandom::fill(&mut key).ok()?;
        Some(Self(URL_SAFE_NO_PAD.encode(key)))
    }

    /// The guest of a signed cookie.
    pub(crate) fn of(signed: &str, seal: &Seal) -> Option<Self> {
        seal.open("guest", "", signed).map(|key| Self(key.to_owned()))
    }

    /// The value of the cookie.
    pub(crate) fn signed(&self, seal: &Seal) -> String {
        seal.sign("guest", "", &self.0)
    }

    /// The key: the guest's id on the platform `web`.
    pub(crate) fn key(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_word_mark_or_purpose_is_not_opened() {
        let seal = Seal::new(&[7; 32]).unwrap();
        let signed = seal.sign("me", "code", "12");
        assert_eq!(seal.open("me", "code", &signed), Some("12"));
        assert_eq!(seal.open("me", "other", &signed), None);
        assert_eq!(seal.open("guest", "code", &signed), None);
        assert_eq!(seal.open("me", "code", &signed.replacen("12", "13", 1)), None);
        assert_eq!(seal.open("me", "code", "12."), None);
        assert_eq!(seal.open("me", "code", "12"), None);
        let other = Seal::new(&[8; 32]).unwrap();
        assert_eq!(other.open("me", "code", &signed), None);
    }

    #[test]
    fn a_shortened_mark_is_not_opened() {
        let seal = Seal::new(&[7; 32]).unwrap();
        let signed = seal.sign("me", "code", "12");
        assert_eq!(seal.open("me", "code", &signed[..signed.len() - 2]), None);
    }

    #[test]
    fn guests_come_back_by_their_cookie() {
        let seal = Seal::new(&[7; 32]).unwrap();
        let guest = Guest::new().unwrap();
        assert_eq!(Guest::of(&guest.signed(&seal), &seal), Some(guest.clone()));
        assert_ne!(Guest::new(), Some(guest));
    }
}
