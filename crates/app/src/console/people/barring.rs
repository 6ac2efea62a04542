//! The blacklist: who is not to come in anywhere, with notice and a way to answer.
//!
//! Invariants: putting somebody on needs a reason and takes nobody out of a group unless staff
//! chose that group after seeing the list; what failed is told group by group. The door asks
//! [`Console::barred_guest`] whenever somebody comes in by a link.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Action, Actor, ActorClass, Event, EventWhat, FactKind, GroupId, IdentityId, May, Millis, OrgId,
    Origin, SourceKey, StaffId, minted_key,
};
use engine::Refusal;
use serde_json::json;
use store::{BanPlace, BlacklistRow, FaceRow};

use crate::console::people::{REASON_MAX, worded};
use crate::console::{About, Console, Denied, PersonView, allowed};
use crate::live::{Refused, WEB, Wanted};

/// Characters of what somebody says against being barred, at most.
pub const APPEAL_MAX: usize = 500;

/// Entries of the blacklist on a page.
const PAGE: u32 = 50;

/// What became of taking somebody out of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// Out.
    Done,
    /// Handed to staff as a task: the platform does not let programs do it.
    Task,
    /// Only an import: there is nobody to ask.
    Imported,
    /// It did not work now; somebody has to do it in the group.
    Failed,
}

impl Removal {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Task => "task",
            Self::Imported => "imported",
            Self::Failed => "failed",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Done, Self::Task, Self::Imported, Self::Failed];
        all.into_iter().find(|one| one.word() == word)
    }
}

/// An entry of the blacklist with the face of its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarredView {
    /// The entry.
    pub entry: BlacklistRow,
    /// The person as of now.
    pub face: Option<FaceRow>,
}

/// A page of the blacklist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blacklist {
    /// Its entries, the latest first.
    pub entries: Vec<BarredView>,
    /// After which entry the next page begins, when there is one.
    pub next: Option<BanPlace>,
    /// Names of staff.
    pub staff: HashMap<StaffId, String>,
}

impl Console {
    /// A page of the blacklist of the organisation, the latest first, after an entry or from the
    /// beginning. Who is in no group of the scope is left out.
    pub async fn blacklist(
        &self,
        actor: &Actor,
        with_lifted: bool,
        mut after: Option<BanPlace>,
    ) -> Result<Blacklist, Denied> {
        allowed(actor, May::Look)?;
        let (store, org) = (self.store(), actor.org);
        let merges = store.merges(org).await?;
        let lead = |id: IdentityId| merges.get(&id).copied().unwrap_or(id);
        let mut entries: Vec<BarredView> = Vec::new();
        let mut more = true;
        // One more than a page holds tells whether there is a next one.
        while more && entries.len() <= PAGE as usize {
            let rows = store.blacklist(org, with_lifted, (after, PAGE + 1)).await?;
            more = rows.len() > PAGE as usize;
            after = rows.last().map(BlacklistRow::place);
            let leads = rows.iter().map(|row| lead(row.identity)).collect();
            let faces = store.faces(org, leads, self.now()).await?;
            let faces: HashMap<_, _> = faces.into_iter().map(|face| (face.lead, face)).collect();
            for entry in rows {
                let person = lead(entry.identity);
                if actor.sees_all() || self.seen(actor, person).await.is_ok() {
                    entries.push(BarredView { entry, face: faces.get(&person).cloned() });
                }
            }
        }
        let further = entries.len() > PAGE as usize;
        entries.truncate(PAGE as usize);
        let next = entries.last().filter(|_| further).map(|last| last.entry.place());
        Ok(Blacklist { entries, next, staff: store.staff_names(org).await? })
    }

    /// Puts somebody on the blacklist and takes the person out of the groups chosen; what became
    /// of each.
    pub async fn bar_person(
        &self,
        actor: &Actor,
        person: IdentityId,
        (reason, groups): (&str, &[GroupId]),
    ) -> Result<BTreeMap<GroupId, Removal>, Denied> {
        allowed(actor, May::Keep)?;
        let view = self.person(actor, person).await?;
        let reason = worded("reason", reason, REASON_MAX)?;
        let chosen: Vec<GroupId> =
            view.now_in.iter().copied().filter(|group| groups.contains(group)).collect();
        let numbers: Vec<i64> = chosen.iter().map(|group| group.0).collect();
        let told = json!({ "reason": reason, "groups": numbers });
        let about = about(view.record.lead, told);
        let acting = self.acting(actor, May::Keep, "blacklist.added", about)?;
        let put = self.store().blacklist_person(view.record.lead, reason, acting).await?;
        if !put {
            return Err(Denied::Changed);
        }
        let mut removals = BTreeMap::new();
        for group in chosen {
            removals.insert(group, self.take_out(actor.org, &view, group).await);
        }
        Ok(removals)
    }

    /// Takes every account of a person out of a group.
    async fn take_out(&self, org: OrgId, view: &PersonView, group: GroupId) -> Removal {
        let stays = view.record.stays.iter();
        let here = stays.filter(|stay| stay.group == group && stay.left.is_none());
        let mut all = Removal::Done;
        for stay in here {
            match self.take_out_one(org, group, stay.identity).await {
                Ok(Removal::Done) => {}
                Ok(other) => all = other,
                Err(_) => return Removal::Failed,
            }
        }
        all
    }

    async fn take_out_one(
        &self,
        org: OrgId,
        group: GroupId,
        who: IdentityId,
    ) -> Result<Removal, Refused> {
        let live = self.store().live_group(org, group).await.map_err(crate::Fault::from)?;
        let Some(live) = live else { return Ok(Removal::Imported) };
        let key = minted_key(self.now(), dice());
        if live.platform != WEB {
            let action = Action::Remove { who };
            let wanted = Wanted { group, by: IdentityId::NOBODY, key, action };
            self.live().act(org, wanted).await?;
            return Ok(Removal::Task);
        }
        let event = Event {
            group,
            key: SourceKey { key, part: (FactKind::Leave as u32) << 24 },
            at: Millis(0),
            actor: IdentityId::NOBODY,
            class: ActorClass::Host,
            origin: Origin::Cascade,
            what: EventWhat::Remove { who },
        };
        match self.live().submit(org, event).await {
            Ok(_) | Err(Refused::Domain(Refusal::NoChange | Refusal::NotMember)) => {
                Ok(Removal::Done)
            }
            Err(refused) => Err(refused),
        }
    }

    /// Takes somebody off the blacklist.
    pub async fn lift_ban(
        &self,
        actor: &Actor,
        person: IdentityId,
        why: &str,
    ) -> Result<(), Denied> {
        allowed(actor, May::Keep)?;
        let person = self.seen(actor, person).await?;
        let why = worded("why", why, REASON_MAX)?;
        let about = about(person, json!({ "why": why }));
        let acting = self.acting(actor, May::Keep, "blacklist.lifted", about)?;
        let done = self.store().lift_ban(person, why, acting).await?;
        if done { Ok(()) } else { Err(Denied::Changed) }
    }

    /// Writes down what somebody said to staff against being barred (申诉).
    pub async fn note_appeal(
        &self,
        actor: &Actor,
        person: IdentityId,
        text: &str,
    ) -> Result<(), Denied> {
        allowed(actor, May::Tend)?;
        let person = self.seen(actor, person).await?;
        let text = worded("appeal", text, APPEAL_MAX)?;
        let acting =
            self.acting(actor, May::Tend, "blacklist.appealed", about(person, json!({})))?;
        let said = (text, self.now());
        let done = self.store().appeal(actor.org, person, said, Some(acting)).await?;
        if done { Ok(()) } else { Err(Denied::Changed) }
    }

    /// The question at the door of our own chat: the account of a guest's key, when its person may
    /// come in nowhere.
    pub async fn barred_guest(&self, org: OrgId, key: &str) -> Result<Option<IdentityId>, Denied> {
        let rows = self.store().identities_by_key(org, WEB, &[key]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        Ok(self.store().barred(org, row.id).await?.then_some(row.id))
    }

    /// What somebody at the door says against being barred; false when nobody is.
    pub async fn appeal_at_door(
        &self,
        org: OrgId,
        who: IdentityId,
        text: &str,
    ) -> Result<bool, Denied> {
        let text = worded("appeal", text, APPEAL_MAX)?;
        Ok(self.store().appeal(org, who, (text, self.now()), None).await?)
    }
}

fn about(person: IdentityId, told: serde_json::Value) -> About {
    About { person: Some(person), told, ..About::default() }
}

/// Random bits of the system; zero when it has none (the writer then finds the key taken).
fn dice() -> u32 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).map_or(0, |()| u32::from_le_bytes(bytes))
}
