//! Live codes of staff (联系我): who is met when one is scanned.

use domain::Millis;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::wecom::books::{Books, Contact, Happened, Hindrance, Meeting};

/// Most members of staff behind one code.
pub const WAY_STAFF_MAX: usize = 100;

/// What a code is set to, with the names of the call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WayForm {
    /// 1 one person, 2 several.
    #[serde(rename = "type")]
    pub kind: u8,
    /// 1 a button in a mini-program, 2 a QR code.
    pub scene: u8,
    /// The look of the button.
    #[serde(default)]
    pub style: u8,
    /// At most 30 characters.
    #[serde(default)]
    pub remark: String,
    /// Customers need no approval.
    #[serde(default = "yes")]
    pub skip_verify: bool,
    /// The channel, at most 30 characters.
    #[serde(default)]
    pub state: String,
    /// Userids.
    #[serde(default)]
    pub user: Vec<String>,
    /// Departments, with several persons only.
    #[serde(default)]
    pub party: Vec<u32>,
    /// Chats end by themselves.
    #[serde(default)]
    pub is_temp: bool,
    /// Seconds that a temporary code lives.
    #[serde(default)]
    pub expires_in: i64,
    /// Seconds that a temporary chat lives.
    #[serde(default)]
    pub chat_expires_in: i64,
    /// Temporary: for this person only.
    #[serde(default)]
    pub unionid: String,
    /// Who comes again meets the same person.
    #[serde(default)]
    pub is_exclusive: bool,
    /// For apps that win customers.
    #[serde(default = "marked")]
    pub mark_source: Value,
    /// Temporary: the last words.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub conclusions: Value,
}

fn yes() -> bool {
    true
}

fn marked() -> Value {
    Value::Bool(true)
}

/// A live code of staff.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContactWay {
    /// What it is set to.
    pub form: WayForm,
    /// When it was made.
    pub created: Millis,
    /// How often it was scanned with success: whose turn it is.
    pub turns: usize,
}

impl Books {
    /// Everybody behind a code who can be met: listed, or in a listed department.
    pub fn behind(&self, form: &WayForm) -> Vec<String> {
        let inside = form.party.iter().flat_map(|party| self.staff_below(*party));
        let mut all: Vec<String> = form.user.clone();
        all.extend(inside.map(|(id, _)| id.clone()));
        all.sort();
        all.dedup();
        all.retain(|id| {
            self.staff.get(id).is_some_and(|one| one.serves() && one.contact != Contact::Full)
        });
        all
    }

    /// A customer scans a live code of staff: the next in turn, or who is known already.
    pub fn scan_way(&mut self, config: &str, customer: &str, now: Millis) -> Happened {
        let way = self.ways.get(config).ok_or(Hindrance::Code)?;
        let (form, turn) = (way.form.clone(), way.turns);
        let all = self.behind(&form);
        let known = |id: &&String| self.bond(id, customer).is_some_and(super::Bond::works);
        let staff = match all.iter().find(known) {
            Some(known) => known.clone(),
            None => all.get(turn % all.len().max(1)).ok_or(Hindrance::Staff)?.clone(),
        };
        let how = Meeting { add_way: 1, state: Some(form.state), checked: !form.skip_verify };
        let told = self.meet(&staff, customer, how, now)?;
        if let Some(way) = self.ways.get_mut(config) {
            way.turns += 1;
        }
        Ok(told)
    }
}
