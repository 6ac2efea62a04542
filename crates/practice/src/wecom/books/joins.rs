//! Live codes of groups (群活码): groups that fill one after the other.
//!
//! Invariant: a group made because all were full is remembered in `made`, not in the list that the
//! app set: the platform does not say that it puts it there.

use domain::Millis;
use serde::{Deserialize, Serialize};

use crate::wecom::books::{Books, Event, Happened, Hindrance, Joining};

/// Most groups behind one code.
pub const JOIN_GROUPS_MAX: usize = 5;

/// What a code is set to, with the names of the call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinForm {
    /// 1 a button in a mini-program, 2 a QR code.
    pub scene: u8,
    /// More than 30 characters are cut.
    #[serde(default)]
    pub remark: String,
    /// 1 makes a new group when all are full.
    #[serde(default = "one")]
    pub auto_create_room: u8,
    /// The beginning of names of new groups, at most 40 characters.
    #[serde(default)]
    pub room_base_name: String,
    /// The number behind the first of them.
    #[serde(default)]
    pub room_base_id: u32,
    /// One to five groups.
    pub chat_id_list: Vec<String>,
    /// The channel, at most 30 characters.
    #[serde(default)]
    pub state: String,
    /// For apps that win customers.
    #[serde(default = "yes")]
    pub mark_source: bool,
}

fn one() -> u8 {
    1
}

fn yes() -> bool {
    true
}

/// A live code of groups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinWay {
    /// What it is set to.
    pub form: JoinForm,
    /// Groups made because all were full.
    pub made: Vec<String>,
    /// When it was made.
    pub created: Millis,
}

impl Books {
    /// A customer scans a live code of groups, and is in the first that has room.
    pub fn scan_join(&mut self, config: &str, customer: &str, now: Millis) -> Happened {
        let JoinWay { form, made, .. } = self.join_ways.get(config).ok_or(Hindrance::Code)?.clone();
        let all: Vec<&String> = form.chat_id_list.iter().chain(&made).collect();
        if all.iter().any(|chat| self.groups.get(*chat).is_some_and(|one| one.has(customer))) {
            return Err(Hindrance::Inside);
        }
        let state = Some(form.state.clone()).filter(|state| !state.is_empty());
        let by = Joining::Scanned(state);
        let room = |chat: &&&String| self.groups.get(**chat).is_some_and(|one| one.takes(1));
        if let Some(chat) = all.iter().find(room) {
            return self.join(chat, &[customer], &by, now);
        }
        if form.auto_create_room != 1 || !self.customers.contains_key(customer) {
            return Err(Hindrance::Full);
        }
        let (chat, mut told) = self.one_more(config, &form, &made, now)?;
        told.extend(self.join(&chat, &[customer], &by, now)?);
        Ok(told)
    }

    /// The next group of a code: base name and the next number, owned as the last one was.
    fn one_more(
        &mut self,
        config: &str,
        form: &JoinForm,
        made: &[String],
        now: Millis,
    ) -> Result<(String, Vec<Event>), Hindrance> {
        let last = made.last().or(form.chat_id_list.last());
        let last = last.and_then(|chat| self.groups.get(chat)).ok_or(Hindrance::Full)?;
        let (owner, room) = (last.owner.clone(), last.room);
        let number = usize::try_from(form.room_base_id).unwrap_or(0) + made.len();
        let name = if form.room_base_name.is_empty() {
            String::new()
        } else {
            format!("{}{number}", form.room_base_name)
        };
        let (chat, told) = self.make_group(&owner, &name, now).map_err(|_| Hindrance::Full)?;
        if let Some(group) = self.groups.get_mut(&chat) {
            group.room = room;
        }
        if let Some(way) = self.join_ways.get_mut(config) {
            way.made.push(chat.clone());
        }
        Ok((chat, told))
    }
}
