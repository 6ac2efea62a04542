//! Events and actions as text in the store: `{"v":1,"is":…}`.
//!
//! An action that staff asked for says so beside it: `{"v":1,"is":…,"by":3}`.
//!
//! Invariant: text of an older version is read, of a newer one refused with words for staff.

use domain::{Action, Event, IdentityId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Version written now.
const VERSION: u16 = 1;

#[derive(Serialize)]
struct Out<'a, T> {
    v: u16,
    is: &'a T,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<u32>,
}

#[derive(Deserialize)]
struct In {
    v: u16,
    is: serde_json::Value,
}

/// What may be stored as text.
pub trait Stored: Serialize + DeserializeOwned {
    /// The text.
    fn to_text(&self) -> String {
        // Writing plain data to memory cannot fail.
        serde_json::to_string(&Out { v: VERSION, is: self, by: None }).unwrap_or_default()
    }

    /// Reads the text back; what is wrong with it, in words.
    fn from_text(text: &str) -> Result<Self, String> {
        let found: In = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match found.v {
            VERSION => serde_json::from_value(found.is).map_err(|error| error.to_string()),
            newer => Err(format!("written by a newer program (version {newer})")),
        }
    }
}

/// The text of an action that somebody asked for.
pub(crate) fn with_by(action: &Action, by: IdentityId) -> String {
    // Writing plain data to memory cannot fail.
    serde_json::to_string(&Out { v: VERSION, is: action, by: Some(by.0) }).unwrap_or_default()
}

/// Who asked for an action of the outbox; `None` when a decision did.
pub fn asked_by(action: &str) -> Option<IdentityId> {
    #[derive(Deserialize)]
    struct By {
        by: u32,
    }
    serde_json::from_str(action).ok().map(|By { by }| IdentityId(by))
}

impl Stored for Event {}
impl Stored for Action {}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        ActorClass, EventWhat, FeatureWord, GroupId, IdentityId, Millis, Origin, Post, SourceKey,
    };

    const EVENT: &str = concat!(
        r#"{"v":1,"is":{"group":7,"key":{"key":5,"part":16777216},"at":1795348800000,"#,
        r#""actor":3,"class":"member","origin":"asked","what":{"message":{"text":"早","#,
        r#""features":1,"text_hash":18446744073709551615,"reply_to":null,"calls":0}}}}"#,
    );
    const ACTION: &str = r#"{"v":1,"is":{"mute":{"who":3,"until":1795348800000}}}"#;

    fn event() -> Event {
        let post = Post {
            text: "早".into(),
            features: FeatureWord(1),
            text_hash: u64::MAX,
            reply_to: None,
            calls: IdentityId::NOBODY,
        };
        Event {
            group: GroupId(7),
            key: SourceKey { key: 5, part: 1 << 24 },
            at: Millis(1_795_348_800_000),
            actor: IdentityId(3),
            class: ActorClass::Member,
            origin: Origin::Asked,
            what: EventWhat::Message(post),
        }
    }

    #[test]
    fn version_1_is_written_and_read_as_it_was() {
        assert_eq!(event().to_text(), EVENT);
        assert_eq!(Event::from_text(EVENT).as_ref(), Ok(&event()));
        let mute = Action::Mute { who: IdentityId(3), until: Some(Millis(1_795_348_800_000)) };
        assert_eq!(mute.to_text(), ACTION);
        assert_eq!(Action::from_text(ACTION).as_ref(), Ok(&mute));
        assert_eq!(asked_by(ACTION), None);
        let asked = with_by(&mute, IdentityId(8));
        assert_eq!(Action::from_text(&asked).as_ref(), Ok(&mute));
        assert_eq!(asked_by(&asked), Some(IdentityId(8)));
    }

    #[test]
    fn what_a_newer_program_wrote_or_nobody_can_read_is_refused_in_words() {
        let newer = EVENT.replace("\"v\":1", "\"v\":2");
        assert!(Event::from_text(&newer).unwrap_err().contains("newer"));
        assert!(Event::from_text("{}").is_err());
        assert!(Action::from_text(EVENT).is_err());
    }
}
