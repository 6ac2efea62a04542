//! What the platform tells of itself (回调): taken at once, done shortly after.
//!
//! Reading order: the door here, `mailbox` (many letters in one commit), `deliver` (what is done
//! about them; `contact` where it is about customers, `aside` where nothing is), `inbox` (what is
//! known of those that wait), `versions` (whether some are missing), `health` (how all of it goes).
//! Codes for welcomes go another way, before all else: `welcome`.
//!
//! Invariants: a letter is answered only when it is kept, and it is kept once however often it is
//! told; nothing is done twice by doing a letter again; what changed in a group is read from the
//! group itself, so that lost and reordered letters do no harm.

mod aside;
mod contact;
mod deliver;
mod health;
mod inbox;
mod mailbox;
mod versions;

use chat::wecom::{ContactChange, Fields, News, NotFields, Seal, Told, Unsealable};
use domain::Millis;
use store::{NewWelcome, WecomAccountRow, WecomLetter};
use xxhash_rust::xxh3::xxh3_64;

use crate::console::{Console, Denied};

pub use health::{CallbackHealth, GroupHealth, PostDay, Resynced};
pub(super) use mailbox::{Mailbox, Refusals};

/// What stands in the address of a callback beside its hook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// `msg_signature`.
    pub signature: String,
    /// `timestamp`.
    pub timestamp: String,
    /// `nonce`.
    pub nonce: String,
}

/// A callback that is not taken.
#[derive(Debug, thiserror::Error)]
pub enum CallbackError {
    /// No connected company has this word in its address, or it has no token and key.
    #[error("no company listens here")]
    NoSuchHook,
    /// The body is not the XML of a callback.
    #[error(transparent)]
    NotFields(#[from] NotFields),
    /// It is not signed, or not sealed, with our token and key.
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
    /// It cannot be kept now: the platform tells it again.
    #[error("it cannot be kept now")]
    NotNow,
}

/// Letters of a kind.
const KIND_MAX: usize = 100;

impl From<Denied> for CallbackError {
    fn from(_: Denied) -> Self {
        Self::NotNow
    }
}

impl From<store::Fault> for CallbackError {
    fn from(_: store::Fault) -> Self {
        Self::NotNow
    }
}

impl Console {
    /// The answer to the platform's question whether this address is ours (验证URL有效性).
    pub async fn callback_checked(
        &self,
        hook: &str,
        mark: &Mark,
        echo: &str,
    ) -> Result<String, CallbackError> {
        let (row, seal) = self.hooked(hook).await?;
        let words = seal.open(&mark.signature, &mark.timestamp, &mark.nonce, echo);
        let words = words.map_err(|error| self.refused(&row, error))?;
        String::from_utf8(words).map_err(|_| Unsealable::Key.into())
    }

    /// Takes a callback: comes back when it is kept.
    pub async fn callback_taken(
        &self,
        hook: &str,
        mark: &Mark,
        body: &str,
    ) -> Result<(), CallbackError> {
        let (row, seal) = self.hooked(hook).await?;
        let (text, fields) =
            opened(&seal, mark, body).map_err(|error| self.refused(&row, error))?;
        let welcome = newcomer(&fields, self.now());
        let letter = WecomLetter {
            hash: xxh3_64(text.as_bytes()).cast_signed(),
            received: self.now(),
            chat: fields.get("ChatId").unwrap_or_default().to_owned(),
            kind: kind(&fields),
            text,
            welcome,
        };
        let kept = self.companies().mailbox.put(self.store(), (row.id, letter)).await;
        kept.map_err(|()| CallbackError::NotNow)
    }

    /// Counts a callback that is not believed.
    fn refused(&self, row: &WecomAccountRow, error: impl Into<CallbackError>) -> CallbackError {
        let error = error.into();
        let fate = match &error {
            CallbackError::NotFields(_) => "malformed",
            CallbackError::Unsealable(Unsealable::Signature) => "signature",
            CallbackError::Unsealable(_) => "sealed_otherwise",
            CallbackError::NoSuchHook | CallbackError::NotNow => return error,
        };
        self.companies().refusals.add((row.id, fate), self.now());
        error
    }

    async fn hooked(&self, hook: &str) -> Result<(WecomAccountRow, Seal), CallbackError> {
        let row = self.store().wecom_by_hook(hook).await?.ok_or(CallbackError::NoSuchHook)?;
        let secrets = self.secrets(&row).ok_or(CallbackError::NoSuchHook)?;
        let seal = Seal::new(&secrets.token, &secrets.aes_key, &row.corp);
        Ok((row, seal.map_err(|_| CallbackError::NoSuchHook)?))
    }
}

/// The code for a welcome that a letter brings.
fn newcomer(fields: &Fields, now: Millis) -> Option<NewWelcome> {
    let told = Told::of(fields);
    let News::Contact { staff, customer, change } = told.news else { return None };
    let (code, channel) = match change {
        ContactChange::Added { welcome, state, .. } => (welcome?, Some(state.unwrap_or_default())),
        // The same customer was added before, and the code of that letter could not be used.
        ContactChange::Agreed { welcome } => (welcome?, None),
        _ => return None,
    };
    let is_dated = told.at > Millis(0);
    let added = if is_dated { told.at } else { now };
    (!code.is_empty()).then_some(NewWelcome { code, staff, customer, channel, added })
}

/// The opened text of a callback, and its fields.
fn opened(seal: &Seal, mark: &Mark, body: &str) -> Result<(String, Fields), CallbackError> {
    let sealed = Fields::of(body)?;
    let sealed = sealed.get("Encrypt").ok_or(NotFields::Xml)?;
    let words = seal.open(&mark.signature, &mark.timestamp, &mark.nonce, sealed)?;
    let text = String::from_utf8(words).map_err(|_| Unsealable::Key)?;
    let fields = Fields::of(&text)?;
    Ok((text, fields))
}

/// What a letter tells, as the platform names it: event, change, detail.
fn kind(fields: &Fields) -> String {
    let event = fields.get("Event").or_else(|| fields.get("MsgType"));
    let more = [fields.get("ChangeType"), fields.get("UpdateDetail")];
    let words: Vec<&str> = event.into_iter().chain(more.into_iter().flatten()).collect();
    words.join(".").chars().take(KIND_MAX).collect()
}
