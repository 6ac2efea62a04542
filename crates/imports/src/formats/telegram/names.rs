//! Whose name is whose: service rows name members without their ids.
//!
//! Invariant: only a name that exactly one account bears in the file leads to that account.

use crate::formats::json::{Loose, Value, parse_lenient, value_of};
use memchr::memmem::Finder;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::Hasher;

/// Names of the people who wrote, acted or reacted.
pub(super) struct Names {
    /// `None` for a name of several accounts.
    by_name: FxHashMap<String, Option<String>>,
    /// Hashes of the spelled-out pairs met before.
    seen: FxHashSet<u64>,
    keys: [(Finder<'static>, &'static [u8]); 2],
}

impl Default for Names {
    fn default() -> Self {
        let keys = [
            (Finder::new("\"from\""), b"\"from_id\"".as_slice()),
            (Finder::new("\"actor\""), b"\"actor_id\"".as_slice()),
        ];
        Self { by_name: FxHashMap::default(), seen: FxHashSet::default(), keys }
    }
}

impl Names {
    /// Notes every pair of name and id in a cut record. Telegram writes the two side by side.
    ///
    /// A quoted key cannot occur inside a text: quotation marks in there are escaped.
    pub(super) fn note(&mut self, record: &[u8]) {
        let Self { by_name, seen, keys } = self;
        for (key, id_key) in keys {
            for at in key.find_iter(record) {
                let after = record.get(at + key.needle().len()..).unwrap_or_default();
                let Some((name, rest)) = member(after) else { continue };
                let rest = spaces(rest).strip_prefix(b",").map(spaces);
                let rest = rest.and_then(|rest| rest.strip_prefix(*id_key));
                let Some((id, _)) = rest.and_then(member) else { continue };
                let mut hasher = FxHasher::default();
                hasher.write(name);
                hasher.write(id);
                if seen.insert(hasher.finish()) {
                    note_pair(by_name, name, id);
                }
            }
        }
    }

    /// The account with this name, when there is exactly one.
    pub(super) fn account(&self, name: &str) -> Option<&str> {
        self.by_name.get(name)?.as_deref()
    }
}

fn note_pair(by_name: &mut FxHashMap<String, Option<String>>, name: &[u8], id: &[u8]) {
    let name = parse_lenient::<String>(name);
    let id = parse_lenient::<Option<LooseOwned>>(id).flatten();
    let (Some(name), Some(LooseOwned(id))) = (name, id) else { return };
    let id = account_key(&id);
    by_name
        .entry(name)
        .and_modify(|known| {
            if known.as_deref() != Some(&id) {
                *known = None;
            }
        })
        .or_insert(Some(id));
}

/// The key of an account: `user5`, `channel7`; before 2021 a bare number, of a user.
pub(super) fn account_key(id: &str) -> String {
    if id.bytes().all(|byte| byte.is_ascii_digit()) { format!("user{id}") } else { id.to_owned() }
}

struct LooseOwned(String);

impl<'de> serde::Deserialize<'de> for LooseOwned {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Loose::deserialize(deserializer).map(|loose| Self(loose.0.into_owned()))
    }
}

/// The value of a member whose key was just read, and what follows it.
fn member(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = spaces(spaces(bytes).strip_prefix(b":")?);
    match value_of(rest)? {
        Value::Whole(value) => Some((value, rest.get(value.len()..)?)),
        Value::TooLarge => None,
    }
}

fn spaces(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_leads_to_its_only_account() {
        let mut names = Names::default();
        names.note(br#"{"id":1,"from": "Ann", "from_id" : "user1", "text": "Ann"}"#);
        names.note(br#"{"text": "\"from\": \"Eve\", \"from_id\": \"user9\""}"#);
        names.note(br#"{"actor":"Bob","actor_id":2}"#);
        names.note(br#"{"recent":[{"from": "\u5c0f\u6797","from_id":"user3"}]}"#);
        names.note(br#"{"from": null, "from_id": "user4"}"#);
        names.note(br#"{"from": "Kim", "from_id": "user5"}"#);
        names.note(br#"{"from": "Kim", "from_id": "user6"}"#);
        let account = |name| names.account(name);
        assert_eq!((account("Ann"), account("Bob")), (Some("user1"), Some("user2")));
        assert_eq!((account("小林"), account("Kim"), account("Eve")), (Some("user3"), None, None));
    }
}
