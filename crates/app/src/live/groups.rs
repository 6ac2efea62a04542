//! What stands around a live group: how it is opened, its links, its guests, its tasks.

use domain::{Evidence, GroupId, IdentityId, OrgId};
use store::{IdentitySaid, LinkRow, NewLiveGroup, TaskRow, TaskState};

use crate::error::Fault;
use crate::live::handle::Live;
use crate::live::receipt::Refused;
use crate::live::writer::Held;

/// Platform word of our own chat.
pub const WEB: &str = "web";

/// Letters of codes: no vowels, so that no words come out; none that look like another.
const LETTERS: &[u8; 27] = b"23456789bcdfghjkmnpqrstvwxz";

/// Letters in a code: 27¹⁶ is more than 2⁷⁶, nobody guesses one.
const CODE_LETTERS: usize = 16;

/// A group to be opened on our own chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGroup {
    /// Its name.
    pub name: String,
    /// IANA name of its zone.
    pub zone: String,
}

impl Live {
    /// Opens a group on our own chat, with a first link to it.
    pub async fn open_group(&self, org: OrgId, new: NewGroup) -> Result<GroupId, Refused> {
        let now = self.clock().now();
        let zone =
            domain::Zone::named(&new.zone).map_err(|error| Fault::Unreadable(error.to_string()))?;
        let group = NewLiveGroup {
            platform: WEB.to_owned(),
            key: code()?,
            name: new.name,
            zone: zone.name().to_owned(),
            evidence: Evidence::full(),
            founded: now,
        };
        let group = self.store().open_live_group(org, group).await?;
        self.add_link(org, group, "").await?;
        Ok(group)
    }

    /// Where a code leads.
    pub async fn link(&self, code: &str) -> Result<Option<LinkRow>, Fault> {
        Ok(self.store().link(code).await?)
    }

    /// Makes a code that leads to a group; stays by it keep `via`.
    pub async fn add_link(&self, org: OrgId, group: GroupId, via: &str) -> Result<String, Fault> {
        let made = self.clock().now();
        let code = code()?;
        let link = LinkRow { code: code.clone(), org, group, via: via.to_owned(), made };
        self.store().add_link(link).await?;
        Ok(code)
    }

    /// The codes of a group, the oldest first.
    pub async fn links(&self, org: OrgId, group: GroupId) -> Result<Vec<LinkRow>, Fault> {
        Ok(self.store().links(org, group).await?)
    }

    /// The number of a guest of our own chat; the name is the one shown last.
    pub async fn guest(&self, org: OrgId, key: &str, name: &str) -> Result<IdentityId, Fault> {
        let said = IdentitySaid {
            platform: WEB.to_owned(),
            key: key.to_owned(),
            name: name.to_owned(),
            class: None,
        };
        Ok(self.store().ensure_identity(org, said).await?)
    }

    /// Tasks of an organisation in a state, at most `limit`.
    pub async fn tasks(
        &self,
        org: OrgId,
        state: TaskState,
        limit: u32,
    ) -> Result<Vec<TaskRow>, Fault> {
        Ok(self.store().tasks(org, state, limit).await?)
    }

    /// The name of a group; `None` when there is no such live group.
    pub async fn name(&self, org: OrgId, group: GroupId) -> Result<Option<String>, Fault> {
        self.seen(org, group, |held: &Held| held.name.clone()).await
    }

    /// Whether everything in the organisation is made up for a demonstration.
    pub async fn is_demo(&self, org: OrgId) -> Result<bool, Fault> {
        let all = self.store().organisations().await?;
        Ok(all.iter().any(|one| one.id == org && one.demo))
    }
}

/// A code that nobody guesses.
pub(crate) fn code() -> Result<String, Fault> {
    let mut code = String::with_capacity(CODE_LETTERS);
    let mut dice = [0; 64];
    while code.len() < CODE_LETTERS {
        getrandom::fill(&mut dice).map_err(|error| Fault::Unreadable(error.to_string()))?;
        // Only the lower 243 = 9 · 27 values, so that all letters are as likely.
        for roll in dice.iter().filter(|roll| **roll < 243).take(CODE_LETTERS - code.len()) {
            let letter = LETTERS.get(usize::from(*roll) % LETTERS.len()).copied();
            code.push(char::from(letter.unwrap_or(b'2')));
        }
    }
    Ok(code)
}
