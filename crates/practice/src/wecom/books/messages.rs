//! What the app sent to staff, and what they pressed.

use std::collections::BTreeMap;

use domain::Millis;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::wecom::books::{Books, Event, Happened, Hindrance, Refused, What, refused};

/// A card can be changed for so long.
pub const CARD_MS: i64 = 72 * Millis::HOUR;

/// What the app sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// `msgid`.
    pub id: String,
    /// When.
    pub at: Millis,
    /// Userids that got it.
    pub to: Vec<String>,
    /// Such as `text` or `template_card`.
    pub kind: String,
    /// The part of that name: the text, the card.
    pub content: Value,
    /// The answer that stands on the card instead of its buttons, by userid.
    pub answered: BTreeMap<String, String>,
    /// Taken back.
    pub recalled: bool,
}

/// The right to change a card once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardCode {
    /// The message.
    pub message: String,
    /// Whose card; everybody's when it came with the sending.
    pub staff: Option<String>,
    /// Serves before this moment.
    pub until: Millis,
    /// Was used.
    pub used: bool,
}

/// What was pressed on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Press {
    /// The key of the button.
    pub key: String,
    /// What was chosen: question, options.
    pub chosen: Vec<(String, Vec<String>)>,
}

impl Books {
    /// The messages of a member of staff, the latest last.
    pub fn inbox(&self, staff: &str) -> impl Iterator<Item = &Message> {
        self.messages.iter().filter(move |one| one.to.iter().any(|to| to == staff))
    }

    pub(crate) fn card_code(&mut self, message: &str, staff: Option<&str>, now: Millis) -> String {
        let code = self.mint.id("");
        let right = CardCode {
            message: message.to_owned(),
            staff: staff.map(str::to_owned),
            until: Millis(now.0 + CARD_MS),
            used: false,
        };
        self.card_codes.insert(code.clone(), right);
        code
    }

    /// A member of staff presses a button of a card.
    pub fn press(&mut self, message: &str, staff: &str, press: Press, now: Millis) -> Happened {
        let Press { key, chosen } = press;
        let mine = |one: &&Message| one.id == message && one.to.iter().any(|to| to == staff);
        let found = self.messages.iter().find(mine).ok_or(Hindrance::Nothing)?;
        if found.recalled || found.answered.contains_key(staff) {
            return Err(Hindrance::Nothing);
        }
        let word = |name: &str| {
            found.content.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let (task, card) = (word("task_id"), word("card_type"));
        let response = self.card_code(message, Some(staff), now);
        let staff = staff.to_owned();
        let what = What::Card { staff, key, task, card, response, chosen };
        Ok(vec![Event { at: now, what }])
    }

    /// Writes an answer onto a card instead of its buttons.
    ///
    /// Refused: 40058 unknown, used or too old code.
    pub(crate) fn change_card(
        &mut self,
        code: &str,
        words: &str,
        to: &[String],
        now: Millis,
    ) -> Result<(), Refused> {
        let gone = || refused(40_058, "invalid response_code");
        let right = self.card_codes.get_mut(code).ok_or_else(gone)?;
        if right.used || right.until <= now {
            return Err(gone());
        }
        right.used = true;
        let own = |one: &&mut Message| one.id == right.message;
        let message = self.messages.iter_mut().find(own).ok_or_else(gone)?;
        let whose = right.staff.as_ref().map_or(to, std::slice::from_ref);
        for staff in whose {
            message.answered.insert(staff.clone(), words.to_owned());
        }
        Ok(())
    }
}
