//! The sealed envelope of WeCom's callbacks: signature, AES-256-CBC, who it is for.
//!
//! A sealed text is `base64(AES-CBC(16 random bytes ‖ length ‖ words ‖ receiver ‖ padding))`, the
//! length in four bytes, the padding to blocks of 32 bytes, the first half of the key as IV
//! (接收消息与事件 / 加解密方案). Nothing that is not signed is opened; nothing here panics on bytes
//! from outside; keys never appear in `Debug`.

use std::fmt::{self, Write as _};

use aes::Aes256;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use sha1::{Digest as _, Sha1};
use subtle::ConstantTimeEq as _;

/// Characters of an `EncodingAESKey`.
const KEY_CHARS: usize = 43;
/// The longest callback token that the admin page takes.
const TOKEN_CHARS_MAX: usize = 32;
/// Random bytes before the length.
const SALT_BYTES: usize = 16;
/// The length of the words, big endian.
const LENGTH_BYTES: usize = 4;
/// Padding fills blocks of this size, twice the block of AES.
const PAD_BLOCK: usize = 32;
const AES_BLOCK: usize = 16;

/// The 43 characters hold two bits more than the key, and real keys have them set.
const KEY_TEXT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// What the admin page of the app shows, in one piece: token, key, and who may be meant.
#[derive(Clone)]
pub struct Seal {
    token: String,
    key: [u8; 32],
    receiver: String,
}

/// Settings that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealSettingError {
    /// Empty, too long, or with other characters.
    #[error("the callback token has 1 to 32 letters and digits: copy it again from 接收消息")]
    Token,
    /// Not 43 letters and digits.
    #[error("EncodingAESKey has exactly 43 letters and digits: copy it again from 接收消息")]
    Key,
    /// The id of the company is missing.
    #[error("the id of the company (企业ID) is missing: copy it from 我的企业")]
    Receiver,
}

/// Why an envelope is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsealable {
    /// Not signed with our token (-40001).
    #[error("the signature does not fit: the token here is not the one on WeCom's page")]
    Signature,
    /// Not base64, or not whole blocks (-40010).
    #[error("the sealed text is damaged")]
    Text,
    /// Opened to nonsense (-40007, -40008).
    #[error("the sealed text does not open: EncodingAESKey here is not the one on WeCom's page")]
    Key,
    /// Meant for another company (-40005).
    #[error("the message is for another company")]
    Receiver,
}

impl Seal {
    /// From the three settings; `receiver` is the company's id.
    pub fn new(token: &str, key: &str, receiver: &str) -> Result<Self, SealSettingError> {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if token.is_empty() || token.len() > TOKEN_CHARS_MAX || !plain(token) {
            return Err(SealSettingError::Token);
        }
        if key.len() != KEY_CHARS || !plain(key) {
            return Err(SealSettingError::Key);
        }
        if receiver.is_empty() {
            return Err(SealSettingError::Receiver);
        }
        let bytes = KEY_TEXT.decode(format!("{key}=")).map_err(|_| SealSettingError::Key)?;
        let key = <[u8; 32]>::try_from(bytes).map_err(|_| SealSettingError::Key)?;
        Ok(Self { token: token.to_owned(), key, receiver: receiver.to_owned() })
    }

    /// The signature over a sealed text: 40 lower-case hex digits.
    pub fn sign(&self, timestamp: &str, nonce: &str, sealed: &str) -> String {
        let mut parts = [self.token.as_str(), timestamp, nonce, sealed];
        parts.sort_unstable();
        let mut hash = Sha1::new();
        for part in parts {
            hash.update(part.as_bytes());
        }
        hash.finalize().iter().fold(String::with_capacity(40), |mut digits, byte| {
            // Writing into a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
            digits
        })
    }

    /// Checks the signature, opens the envelope and checks whom it is for.
    pub fn open(
        &self,
        signature: &str,
        timestamp: &str,
        nonce: &str,
        sealed: &str,
    ) -> Result<Vec<u8>, Unsealable> {
        let own = self.sign(timestamp, nonce, sealed);
        if !bool::from(own.as_bytes().ct_eq(signature.as_bytes())) {
            return Err(Unsealable::Signature);
        }
        self.unlock(sealed)
    }

    fn unlock(&self, sealed: &str) -> Result<Vec<u8>, Unsealable> {
        let bytes = STANDARD.decode(sealed).map_err(|_| Unsealable::Text)?;
        if bytes.is_empty() || bytes.len() % AES_BLOCK != 0 {
            return Err(Unsealable::Text);
        }
        let plain = cbc::Decryptor::<Aes256>::new(&self.key.into(), &self.iv().into())
            .decrypt_padded_vec::<NoPadding>(&bytes)
            .map_err(|_| Unsealable::Text)?;
        let (words, receiver) = taken_apart(&plain).ok_or(Unsealable::Key)?;
        if receiver == self.receiver.as_bytes() {
            Ok(words.to_vec())
        } else {
            Err(Unsealable::Receiver)
        }
    }

    /// Seals words; `salt` is 16 random bytes that are never used twice.
    pub fn seal(&self, words: &[u8], salt: [u8; SALT_BYTES]) -> String {
        let length = u32::try_from(words.len()).unwrap_or(u32::MAX).to_be_bytes();
        let mut plain = Vec::with_capacity(words.len() + 2 * PAD_BLOCK + self.receiver.len());
        plain.extend_from_slice(&salt);
        plain.extend_from_slice(&length);
        plain.extend_from_slice(words);
        plain.extend_from_slice(self.receiver.as_bytes());
        let pad = PAD_BLOCK - plain.len() % PAD_BLOCK;
        plain.resize(plain.len() + pad, u8::try_from(pad).unwrap_or(0));
        let sealed = cbc::Encryptor::<Aes256>::new(&self.key.into(), &self.iv().into())
            .encrypt_padded_vec::<NoPadding>(&plain);
        STANDARD.encode(sealed)
    }

    fn iv(&self) -> [u8; AES_BLOCK] {
        let mut iv = [0; AES_BLOCK];
        iv.iter_mut().zip(self.key).for_each(|(at, byte)| *at = byte);
        iv
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seal").field("receiver", &self.receiver).finish_non_exhaustive()
    }
}

/// The words and the receiver of an opened text.
fn taken_apart(plain: &[u8]) -> Option<(&[u8], &[u8])> {
    let pad = usize::from(*plain.last()?);
    let kept = plain.len().checked_sub(pad)?;
    let (body, padding) = plain.split_at_checked(kept)?;
    if !(1..=PAD_BLOCK).contains(&pad) || padding.iter().any(|byte| usize::from(*byte) != pad) {
        return None;
    }
    let (length, rest) = body.get(SALT_BYTES..)?.split_first_chunk::<LENGTH_BYTES>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}
