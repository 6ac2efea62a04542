//! What somebody types to connect a company, and what of it is wrong.

use chat::wecom::{Account, Address, Proxy, Seal, Secret, Settings};
use serde::{Deserialize, Serialize};
use store::WecomAccountRow;

use crate::console::{Denied, FieldError};

/// Letters of a field, at most; a corp id has 18, a secret 43.
const LETTERS_MAX: usize = 200;

/// People that a customer group may be said to hold.
const HELD: std::ops::RangeInclusive<u32> = 10..=5_000;

/// What is typed to connect a company. Empty is "not given".
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CompanyForm {
    /// 企业ID, such as `ww1234567890abcdef`.
    pub corp: String,
    /// Secret of the self-built app (自建应用); when changing, empty keeps the one there is.
    pub secret: String,
    /// Number of the app (`AgentId`), for cards to staff.
    pub agent: String,
    /// Token of the callback settings.
    pub token: String,
    /// `EncodingAESKey` of the callback settings.
    pub aes_key: String,
    /// Address of the interface; the platform's own where there is none.
    pub api: String,
    /// Proxy on the way there.
    pub proxy: String,
    /// People that a customer group holds; empty for the usual number.
    pub group_max: String,
    /// When changing: token and key of callbacks are no longer kept.
    pub drop_callback: bool,
    /// When changing: the proxy is no longer kept.
    pub drop_proxy: bool,
}

impl std::fmt::Debug for CompanyForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CompanyForm").field("corp", &self.corp).finish_non_exhaustive()
    }
}

/// What of it is sealed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Secrets {
    pub(super) secret: String,
    pub(super) token: String,
    pub(super) aes_key: String,
    pub(super) proxy: String,
}

/// A form that is right.
pub(super) struct Checked {
    pub(super) account: Account,
    pub(super) settings: Settings,
    pub(super) agent: Option<i64>,
    pub(super) api: String,
    pub(super) group_max: Option<u32>,
    pub(super) secrets: Secrets,
}

impl CompanyForm {
    /// Looks at every field; secrets that are empty are those of `before`.
    pub(super) fn checked(&self, before: &Secrets) -> Result<Checked, Denied> {
        let mut wrong = Vec::new();
        let mut say = |field, code| wrong.push(FieldError { field, code });
        let corp = self.corp.trim();
        let shaped = corp.starts_with("ww") || corp.starts_with("wx");
        let plain = corp.chars().all(|letter| letter.is_ascii_alphanumeric());
        match corp.len() {
            0 => say("corp", "missing"),
            16..=24 if shaped && plain => {}
            _ => say("corp", "not_a_corp"),
        }
        let secrets = Secrets {
            secret: kept(&self.secret, &before.secret),
            token: kept(&self.token, unless(self.drop_callback, &before.token)),
            aes_key: kept(&self.aes_key, unless(self.drop_callback, &before.aes_key)),
            proxy: kept(&self.proxy, unless(self.drop_proxy, &before.proxy)),
        };
        match secrets.secret.len() {
            0 => say("secret", "missing"),
            1..=LETTERS_MAX => {}
            _ => say("secret", "too_long"),
        }
        if let Some((field, code)) = callback_wrong(&secrets, corp) {
            say(field, code);
        }
        let agent = read(&self.agent, |agent: &i64| *agent > 0);
        if agent.is_err() {
            say("agent", "not_a_number");
        }
        let group_max = read(&self.group_max, |most: &u32| HELD.contains(most));
        if group_max.is_err() {
            say("group_max", "not_a_size");
        }
        let mut settings = Settings::default();
        let api = self.api.trim();
        if !api.is_empty() {
            match Address::parse(api) {
                Ok(address) => settings.api = address,
                Err(_) => say("api", "not_an_address"),
            }
        }
        if !secrets.proxy.is_empty() {
            match Proxy::parse(&secrets.proxy) {
                Ok(proxy) => settings.proxy = Some(proxy),
                Err(_) => say("proxy", "not_an_address"),
            }
        }
        if !wrong.is_empty() {
            return Err(Denied::Wrong(wrong));
        }
        let secret = Secret::new(secrets.secret.clone());
        let account = Account { corp: corp.to_owned(), secret };
        let (agent, group_max) = (agent.unwrap_or_default(), group_max.unwrap_or_default());
        let api = api.to_owned();
        Ok(Checked { account, settings, agent, api, group_max, secrets })
    }
}

/// The form of a company as it is kept, without its secrets.
pub(super) fn form_of(row: &WecomAccountRow) -> CompanyForm {
    let (corp, api) = (row.corp.clone(), row.access.api.clone());
    CompanyForm { corp, api, ..CompanyForm::default() }
}

/// What is wrong with token and key of callbacks: one goes with the other.
fn callback_wrong(secrets: &Secrets, corp: &str) -> Option<(&'static str, &'static str)> {
    match (secrets.token.is_empty(), secrets.aes_key.is_empty()) {
        (true, true) => None,
        (true, false) => Some(("token", "missing")),
        (false, true) => Some(("aes_key", "missing")),
        (false, false) => Seal::new(&secrets.token, &secrets.aes_key, corp)
            .is_err()
            .then_some(("aes_key", "not_a_key")),
    }
}

/// A number that fits; nothing where nothing was typed.
fn read<T: std::str::FromStr>(typed: &str, fits: impl Fn(&T) -> bool) -> Result<Option<T>, ()> {
    match typed.trim() {
        "" => Ok(None),
        digits => digits.parse().ok().filter(fits).map(Some).ok_or(()),
    }
}

fn unless(is_dropped: bool, before: &str) -> &str {
    if is_dropped { "" } else { before }
}

fn kept(typed: &str, before: &str) -> String {
    let typed = typed.trim();
    if typed.is_empty() { before.to_owned() } else { typed.to_owned() }
}
