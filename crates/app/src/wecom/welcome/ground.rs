//! What sending needs to know: read anew for each handful of newcomers, so that what staff changed
//! counts for the next one (D03).

use std::collections::BTreeMap;

use domain::{GroupId, Millis, OrgId, Zone};
use engine::welcome::{Duty, Known, Newcomer, Text, choose};
use store::{MediumRow, NewWelcome, WecomId, WordingRow};

use crate::console::Console;
use crate::error::Fault;
use crate::wecom::welcome::keeping::{blocks_of, duty_of, kept};
use crate::wecom::welcome::places::Places;
use crate::wecom::welcome::wording::Wording;

/// A wording that may be used.
pub(super) struct Usable {
    pub(super) id: i64,
    pub(super) wording: Wording,
    pub(super) text: Text,
}

/// What is known of a company's welcomes.
pub(super) struct Ground {
    pub(super) wordings: Vec<Usable>,
    pub(super) media: Vec<MediumRow>,
    duty: Option<Duty>,
    zone: Zone,
    blocks: Vec<(String, String)>,
    staff: BTreeMap<String, String>,
    places: Places,
    /// Rules and announcement of groups that wordings speak of.
    groups: BTreeMap<i64, (String, String)>,
}

impl Console {
    pub(super) async fn welcome_ground(&self, id: WecomId) -> Result<Ground, Fault> {
        let store = self.store();
        let settings = store.settings(id.org).await?;
        let blocks = blocks_of(&settings).0;
        let names: Vec<String> = blocks.iter().map(|(name, _)| name.clone()).collect();
        let rows = store.wordings(id).await?;
        let usable = rows.iter().filter(|row| row.gone.is_none());
        let wordings: Vec<Usable> = usable.map(|row| usable_of(row, &names)).collect();
        let mut groups = BTreeMap::new();
        for one in &wordings {
            let group = one.wording.group.filter(|_| one.text.has_group());
            if let Some(group) = group.filter(|group| !groups.contains_key(group)) {
                groups.insert(group, self.notices(id.org, GroupId(group)).await?);
            }
        }
        let staff = store.wecom_staff(id).await?;
        let called = |row: store::WecomStaffRow| (row.userid, row.name);
        Ok(Ground {
            wordings,
            media: store.media(id).await?,
            duty: duty_of(&settings).0,
            zone: zone_of(&settings),
            blocks,
            staff: staff.into_iter().map(called).collect(),
            places: self.places(id.org).await?,
            groups,
        })
    }

    /// Rules and announcement of a group in force; empty where there are none.
    pub(super) async fn notices(
        &self,
        org: OrgId,
        group: GroupId,
    ) -> Result<(String, String), Fault> {
        let room = self.live().room(org, group).await?;
        let room = room.map(|room| (room.rules, room.announcement)).unwrap_or_default();
        let rules = room.0.map(|(_, words)| words).unwrap_or_default();
        Ok((rules, room.1.map(|(_, words, _)| words).unwrap_or_default()))
    }
}

impl Ground {
    /// Who it is that came.
    pub(super) fn newcomer<'a>(&'a self, new: &'a NewWelcome, now: Millis) -> Newcomer<'a> {
        let channel = new.channel.as_deref().unwrap_or_default();
        let placement = self.places.name(channel);
        let on_duty = self.duty.is_none_or(|duty| duty.covers(now, &self.zone));
        Newcomer { channel, placement, staff: &new.staff, on_duty }
    }

    /// What is written for this newcomer.
    pub(super) fn chosen(&self, who: Newcomer<'_>) -> Option<&Usable> {
        let at = choose(self.wordings.iter().map(|one| &one.wording.when), who)?;
        self.wordings.get(at)
    }

    /// What is known of a newcomer.
    pub(super) fn known(&self, usable: &Usable, who: Newcomer<'_>, nickname: String) -> Known {
        let group = usable.wording.group.and_then(|group| self.groups.get(&group));
        let (rules, announcement) = group.cloned().unwrap_or_default();
        Known {
            nickname,
            staff: self.staff.get(who.staff).cloned().unwrap_or_default(),
            channel: who.channel_name(&usable.wording.channel).to_owned(),
            rules,
            announcement,
            blocks: self.blocks.clone(),
        }
    }
}

fn usable_of(row: &WordingRow, blocks: &[String]) -> Usable {
    let wording = kept(row);
    // Read when it was saved; a block that is gone since stands there as it was written.
    let text = Text::read(&wording.text, blocks).unwrap_or_else(|_| Text::words(&wording.text));
    Usable { id: row.id, wording, text }
}

/// The zone of the organisation, as settings have it.
fn zone_of(settings: &[store::SettingRow]) -> Zone {
    let zone = settings.iter().rfind(|row| row.name == "zone");
    let name: Option<String> = zone.and_then(|row| serde_json::from_str(&row.value).ok());
    let name = name.unwrap_or_else(|| crate::console::ZONE.to_owned());
    Zone::named(&name).unwrap_or_else(|_| Zone::utc())
}
