//! How staff write welcomes: wordings in their order, shared blocks, hours of duty.
//!
//! Invariant: what is saved can be sent: a block that would make a wording too long, or that one
//! speaks of and is taken away, is refused.

use chat::wecom::calls::contacts::WELCOME_BYTES_MAX;
use domain::{Actor, GroupId, May, OrgId};
use engine::welcome::{Duty, Known, Slot, Text};
use serde_json::json;
use store::{NewSetting, SettingRow, WecomId, WordingChange, WordingPlace, WordingRow};

use crate::console::{About, Console, Denied};
use crate::error::Fault;
use crate::wecom::companies::reaches;
use crate::wecom::welcome::form::{Against, WordingForm, named};
use crate::wecom::welcome::places::{ChannelView, Places};
use crate::wecom::welcome::wording::Wording;

/// Shared blocks, at most.
pub const BLOCKS_MAX: usize = 20;
/// Bytes of a shared block, at most: two of them leave room for a greeting.
const BLOCK_BYTES_MAX: usize = 1_500;
/// Wordings of a company, at most.
const WORDINGS_MAX: usize = 200;

const DUTY: &str = "duty_hours";
const BLOCKS: &str = "welcome_blocks";

/// A wording as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordingView {
    /// Its number.
    pub id: i64,
    /// What staff call it.
    pub name: String,
    /// What it says.
    pub wording: Wording,
    /// The channels for which it is; none: all.
    pub channels: Vec<ChannelView>,
}

/// Which way in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Before the one before it.
    Up,
    /// After the one after it.
    Down,
}

impl Console {
    /// Saves a wording, a new one without a number; its number. One that takes everybody stands
    /// last when it is new, others first.
    pub async fn save_wording(
        &self,
        actor: &Actor,
        (account, nth): (i64, Option<i64>),
        form: &WordingForm,
    ) -> Result<i64, Denied> {
        let id = self.welcomer(actor, account).await?;
        let (name, wording) = self.checked_wording(id, form).await?;
        let about = About { told: json!({ "name": name }), ..About::default() };
        let body = json!(wording).to_string();
        let change = WordingChange { name, body };
        let saved = if let Some(nth) = nth {
            let acting = self.acting(actor, May::Lead, "welcome.changed", about)?;
            let is_there = self.store().change_wording((id, nth), change, acting).await?;
            is_there.then_some(nth).ok_or(Denied::Missing)?
        } else {
            let all = self.store().wordings(id).await?;
            if all.iter().filter(|row| row.gone.is_none()).count() >= WORDINGS_MAX {
                return Err(Denied::field("name", "too_many"));
            }
            let acting = self.acting(actor, May::Lead, "welcome.added", about)?;
            let is_default = wording.when.is_default();
            let place = if is_default { WordingPlace::Last } else { WordingPlace::First };
            self.store().add_wording(id, (change, place), acting).await?
        };
        self.renew_media_soon(id);
        Ok(saved)
    }

    /// Looks at a form as saving would.
    pub async fn check_wording(
        &self,
        actor: &Actor,
        account: i64,
        form: &WordingForm,
    ) -> Result<(), Denied> {
        let id = self.welcomer(actor, account).await?;
        self.checked_wording(id, form).await.map(drop)
    }

    /// Takes a wording away.
    pub async fn remove_wording(
        &self,
        actor: &Actor,
        (account, nth): (i64, i64),
    ) -> Result<(), Denied> {
        let id = self.welcomer(actor, account).await?;
        let rows = self.store().wordings(id).await?;
        let row = rows.iter().find(|row| row.id == nth && row.gone.is_none());
        let name = row.map(|row| row.name.clone()).ok_or(Denied::Missing)?;
        let about = About { told: json!({ "name": name }), ..About::default() };
        let acting = self.acting(actor, May::Lead, "welcome.removed", about)?;
        let removed = self.store().remove_wording((id, nth), acting).await?;
        if removed { Ok(()) } else { Err(Denied::Missing) }
    }

    /// Moves a wording past its neighbour; nothing happens at the end of the list.
    pub async fn move_wording(
        &self,
        actor: &Actor,
        (account, nth): (i64, i64),
        way: Direction,
    ) -> Result<(), Denied> {
        let id = self.welcomer(actor, account).await?;
        let mut rows = self.store().wordings(id).await?;
        rows.retain(|row| row.gone.is_none());
        let at = rows.iter().position(|row| row.id == nth).ok_or(Denied::Missing)?;
        let other = match way {
            Direction::Up => at.checked_sub(1),
            Direction::Down => at.checked_add(1).filter(|other| *other < rows.len()),
        };
        let (Some(other), Some(name)) = (other, rows.get(at).map(|row| row.name.clone())) else {
            return Ok(());
        };
        rows.swap(at, other);
        let order: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let about = About { told: json!({ "name": name }), ..About::default() };
        let acting = self.acting(actor, May::Lead, "welcome.moved", about)?;
        self.store().order_wordings(id, &order, acting).await?;
        Ok(())
    }

    /// Sets when somebody is on duty; `None`: always. `seen` is the number of the value that was
    /// seen.
    pub async fn set_duty(
        &self,
        actor: &Actor,
        duty: Option<Duty>,
        seen: i64,
    ) -> Result<(), Denied> {
        reaches(actor, May::Lead)?;
        if duty.is_some_and(|duty| !duty.days.contains(&true)) {
            return Err(Denied::field("days", "missing"));
        }
        if duty.is_some_and(|duty| duty.from > 1_439 || duty.to > 1_440) {
            return Err(Denied::field("from", "not_a_time"));
        }
        let told = json!(duty).to_string();
        self.save_setting(actor, ("welcome.duty_set", DUTY), (told, seen)).await
    }

    /// Gives a shared block this text, a new one under a new name (D03).
    pub async fn set_block(&self, actor: &Actor, name: &str, text: &str) -> Result<(), Denied> {
        reaches(actor, May::Lead)?;
        let name = named(name).map_err(|code| Denied::field("name", code))?;
        if name.contains(['{', '}', '｛', '｝', '|', '｜']) {
            return Err(Denied::field("name", "signs"));
        }
        if Slot::is_own(&name) {
            return Err(Denied::field("name", "taken"));
        }
        let text = text.replace("\r\n", "\n").trim().to_owned();
        match text.len() {
            0 => return Err(Denied::field("text", "missing")),
            1..=BLOCK_BYTES_MAX => {}
            _ => return Err(Denied::field("text", "too_long")),
        }
        let (mut blocks, seen) = blocks_of(&self.store().settings(actor.org).await?);
        let many = blocks.len();
        match blocks.iter_mut().find(|(own, _)| *own == name) {
            Some(block) => block.1.clone_from(&text),
            None if many >= BLOCKS_MAX => return Err(Denied::field("name", "too_many")),
            None => blocks.push((name, text)),
        }
        if !self.fits_all(actor.org, &blocks).await? {
            return Err(Denied::field("text", "too_long_together"));
        }
        let value = json!(blocks).to_string();
        self.save_setting(actor, ("welcome.block_set", BLOCKS), (value, seen)).await
    }

    /// Takes a shared block away; `in_use` while a wording speaks of it.
    pub async fn remove_block(&self, actor: &Actor, name: &str) -> Result<(), Denied> {
        reaches(actor, May::Lead)?;
        let (mut blocks, seen) = blocks_of(&self.store().settings(actor.org).await?);
        let names: Vec<String> = blocks.iter().map(|(own, _)| own.clone()).collect();
        let slot = Slot::Block(name.to_owned());
        let speaks = |text: &String| Text::read(text, &names).is_ok_and(|text| text.has(&slot));
        if self.written(actor.org).await?.iter().any(|(_, text)| speaks(text)) {
            return Err(Denied::field("name", "in_use"));
        }
        if !names.iter().any(|own| own == name) {
            return Err(Denied::Missing);
        }
        blocks.retain(|(own, _)| own != name);
        let value = json!(blocks).to_string();
        self.save_setting(actor, ("welcome.block_removed", BLOCKS), (value, seen)).await
    }

    /// The company, when who asks may write its welcomes and it is connected.
    pub(super) async fn welcomer(&self, actor: &Actor, account: i64) -> Result<WecomId, Denied> {
        reaches(actor, May::Lead)?;
        Ok(self.company_row(WecomId { org: actor.org, account }).await?.id)
    }

    async fn checked_wording(
        &self,
        id: WecomId,
        form: &WordingForm,
    ) -> Result<(String, Wording), Denied> {
        let (known, blocks) = self.known_now(id.org, form.group).await?;
        let media = self.store().media(id).await?;
        let (places, most) = (self.places(id.org).await?, WELCOME_BYTES_MAX);
        let (places, blocks, media, known) = (&places, &blocks, &media, &known);
        form.checked(&Against { places, blocks, media, known, most })
    }

    /// What is known whoever comes, and the names of shared blocks.
    pub(super) async fn known_now(
        &self,
        org: OrgId,
        group: Option<i64>,
    ) -> Result<(Known, Vec<String>), Fault> {
        let blocks = blocks_of(&self.store().settings(org).await?).0;
        let names = blocks.iter().map(|(name, _)| name.clone()).collect();
        let (rules, announcement) = match group {
            Some(group) => self.notices(org, GroupId(group)).await?,
            None => (String::new(), String::new()),
        };
        Ok((Known { rules, announcement, blocks, ..Known::default() }, names))
    }

    /// The words of everything that is written in an organisation, with the most bytes of each.
    async fn written(&self, org: OrgId) -> Result<Vec<(usize, String)>, Fault> {
        use chat::wecom::calls::groups::TEMPLATE_BYTES_MAX;
        let mut all = Vec::new();
        for account in self.store().wecom_accounts(org).await? {
            let rows = self.store().wordings(account.id).await?;
            let rows = rows.iter().filter(|row| row.gone.is_none());
            all.extend(rows.map(|row| (WELCOME_BYTES_MAX, kept(row).text)));
            let groups = self.store().group_welcomes(account.id).await?;
            let groups = groups.iter().filter(|row| row.gone.is_none());
            all.extend(groups.map(|row| {
                let wording: super::GroupWording =
                    serde_json::from_str(&row.body).unwrap_or_default();
                (TEMPLATE_BYTES_MAX, wording.text)
            }));
        }
        Ok(all)
    }

    /// Whether everything that is written still fits with these blocks.
    async fn fits_all(&self, org: OrgId, blocks: &[(String, String)]) -> Result<bool, Fault> {
        let names: Vec<String> = blocks.iter().map(|(name, _)| name.clone()).collect();
        let known = Known { blocks: blocks.to_vec(), ..Known::default() };
        let fits = |(most, text): &(usize, String)| {
            Text::read(text, &names).is_ok_and(|text| text.bytes_without_names(&known) <= *most)
        };
        Ok(self.written(org).await?.iter().all(fits))
    }

    async fn save_setting(
        &self,
        actor: &Actor,
        (act, name): (&'static str, &'static str),
        (value, seen): (String, i64),
    ) -> Result<(), Denied> {
        let about = About { told: json!({ "name": name }), ..About::default() };
        let acting = self.acting(actor, May::Lead, act, about)?;
        let new = NewSetting { name, from: acting.at, value, seen };
        let is_put = self.store().put_setting(new, acting).await?;
        if is_put { Ok(()) } else { Err(Denied::Changed) }
    }
}

/// A wording as it is kept.
pub(super) fn kept(row: &WordingRow) -> Wording {
    serde_json::from_str(&row.body).unwrap_or_default()
}

/// A wording as pages show it.
pub(super) fn view(row: &WordingRow, places: &Places) -> WordingView {
    let wording = kept(row);
    let channels = wording.when.channels.iter().map(|state| places.view(state)).collect();
    WordingView { id: row.id, name: row.name.clone(), wording, channels }
}

/// The shared blocks, and the number of their value.
pub(super) fn blocks_of(settings: &[SettingRow]) -> (Vec<(String, String)>, i64) {
    latest(settings, BLOCKS)
}

/// The hours of duty, and the number of their value.
pub(super) fn duty_of(settings: &[SettingRow]) -> (Option<Duty>, i64) {
    latest(settings, DUTY)
}

fn latest<T: serde::de::DeserializeOwned + Default>(
    settings: &[SettingRow],
    name: &str,
) -> (T, i64) {
    let row = settings.iter().filter(|row| row.name == name).max_by_key(|row| row.n);
    let read = row.and_then(|row| serde_json::from_str(&row.value).ok());
    (read.unwrap_or_default(), row.map_or(0, |row| row.n))
}
