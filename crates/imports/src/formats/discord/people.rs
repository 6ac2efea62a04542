//! The people met in the channels of one export.

use crate::formats::discord::PLATFORM;
use crate::formats::discord::row::{Account, Role};
use crate::formats::json::Loose;
use domain::{ActorClass, PersonCard, PersonRef, Sink};
use rustc_hash::FxHashMap;

/// Role names that plainly mean somebody who runs the server.
const KEEPERS: [&str; 8] =
    ["admin", "administrator", "moderator", "mod", "owner", "管理员", "群主", "服主"];

/// Everybody announced so far.
#[derive(Default)]
pub(super) struct People {
    by_id: FxHashMap<String, Known>,
}

#[derive(Clone, Copy)]
struct Known {
    person: PersonRef,
    /// Met as an author: only there are roles and the mark of a program written.
    as_author: bool,
}

impl People {
    /// Who this is; nobody without an id.
    pub(super) fn of(
        &mut self,
        account: &Account<'_>,
        as_author: bool,
        sink: &mut dyn Sink,
    ) -> Option<PersonRef> {
        let id = filled(account.id.as_ref())?;
        if let Some(known) = self.by_id.get(id)
            && (known.as_author || !as_author)
        {
            return Some(known.person);
        }
        let user_name = filled(account.name.as_ref());
        let name = filled(account.nickname.as_ref()).or(user_name).unwrap_or(id);
        let called: Vec<&str> = user_name.into_iter().filter(|other| *other != name).collect();
        let class = class(account);
        let card = PersonCard { platform: PLATFORM, key: id, name, called: &called, class };
        let person = sink.person(&card);
        self.by_id.insert(id.to_owned(), Known { person, as_author });
        Some(person)
    }
}

fn class(account: &Account<'_>) -> Option<ActorClass> {
    let plainly = |role: &Role<'_>| {
        let name = role.name.as_ref().map_or("", Loose::as_str).trim().to_lowercase();
        KEEPERS.contains(&name.as_str())
    };
    if account.is_bot == Some(true) {
        Some(ActorClass::Bot)
    } else if account.roles.iter().flatten().any(plainly) {
        Some(ActorClass::Staff)
    } else {
        None
    }
}

fn filled<'n>(text: Option<&'n Loose<'_>>) -> Option<&'n str> {
    text.map(Loose::as_str).filter(|text| !text.is_empty())
}
