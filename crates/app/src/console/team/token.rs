//! Secret tokens: 32 bytes of the system's dice, kept as their SHA-256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use store::TokenHash;

use crate::error::Fault;

/// Bytes of a token.
const BYTES: usize = 32;

/// A new token, as it stands in a cookie or a link, and its hash.
pub(super) fn fresh() -> Result<(String, TokenHash), Fault> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Fault::Unreadable(error.to_string()))?;
    Ok((URL_SAFE_NO_PAD.encode(bytes), hash(&bytes)))
}

/// The hash of a token; `None` when it has another shape.
pub(super) fn read(token: &str) -> Option<TokenHash> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == BYTES)?;
    Some(hash(&bytes))
}

fn hash(bytes: &[u8]) -> TokenHash {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_hash_alone() {
        let (token, hash) = fresh().unwrap();
        assert_eq!(token.len(), 43);
        assert_eq!(read(&token), Some(hash));
        assert_ne!(fresh().unwrap().1, hash);
        for odd in ["", "a", &token[1..], &format!("{token}A"), "口令", &"=".repeat(43)] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
