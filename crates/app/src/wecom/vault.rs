//! Secrets at rest: sealed with a key that is not in the database.
//!
//! Invariant: what is sealed for one company cannot be opened as another's.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use domain::OrgId;

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;

/// Bytes before the sealed text.
const NONCE_BYTES: usize = 12;

/// What seals and opens. Its key never shows.
#[derive(Clone)]
pub struct Vault(Aes256Gcm);

/// It was sealed with another key, for somebody else, or is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sealed with another key, or damaged")]
pub struct Locked;

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// A vault with this key.
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self(Aes256Gcm::new(key.into()))
    }

    /// Seals a text for a company of an organisation.
    pub(super) fn seal(&self, org: OrgId, corp: &str, text: &[u8]) -> Result<Vec<u8>, Locked> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| Locked)?;
        let about = about(org, corp);
        let payload = Payload { msg: text, aad: about.as_bytes() };
        let sealed = self.0.encrypt(&Nonce::from(nonce), payload).map_err(|_| Locked)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for this company.
    pub(super) fn open(&self, org: OrgId, corp: &str, bytes: &[u8]) -> Result<Vec<u8>, Locked> {
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or(Locked)?;
        let about = about(org, corp);
        let payload = Payload { msg: sealed, aad: about.as_bytes() };
        self.0.decrypt(&Nonce::from(*nonce), payload).map_err(|_| Locked)
    }
}

fn about(org: OrgId, corp: &str) -> String {
    format!("wecom/{}/{corp}", org.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_company_and_nobody_else() {
        let vault = Vault::new(&[7; KEY_BYTES]);
        let sealed = vault.seal(OrgId(1), "ww1", b"secret").unwrap();
        assert_ne!(sealed, vault.seal(OrgId(1), "ww1", b"secret").unwrap(), "never twice the same");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(vault.open(OrgId(1), "ww1", &sealed).unwrap(), b"secret");
        assert_eq!(vault.open(OrgId(2), "ww1", &sealed), Err(Locked));
        assert_eq!(vault.open(OrgId(1), "ww2", &sealed), Err(Locked));
        assert_eq!(Vault::new(&[8; KEY_BYTES]).open(OrgId(1), "ww1", &sealed), Err(Locked));
        assert_eq!(vault.open(OrgId(1), "ww1", &sealed[..11]), Err(Locked));
        assert!(!format!("{vault:?}").contains('7'));
    }
}
