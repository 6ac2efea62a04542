//! Settings of the organisation: name, zone, language, and what counts as effective speech.
//!
//! Invariants: everybody of staff reads them, owners change them; each value counts from a moment
//! on and earlier ones stay; whoever saves over a value that he has not seen is refused
//! ([`Denied::Changed`]).

mod new_groups;
mod trial;

use std::sync::{PoisonError, RwLockReadGuard};

use domain::{Actor, May, Millis, OrgId, StaffId, Zone};
use insights::Settings;
use report::Lang;
use rustc_hash::FxHashMap;
use serde_json::json;
use store::{NewSetting, SettingRow};

use crate::console::settings::new_groups::NEW_GROUPS;
use crate::console::{About, Console, Denied, FieldError, allowed};
use crate::judging::{self, JUDGE};

pub use new_groups::NewGroups;
pub use trial::{Trial, Tried};

/// The zone where none was chosen.
pub const ZONE: &str = "Asia/Shanghai";

/// Letters of an organisation's name, at most.
const NAME_MAX: usize = 60;

/// A value of a setting, and when it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    /// Number of the value.
    pub n: i64,
    /// From when it counts.
    pub from: Millis,
    /// Who saved it.
    pub by: StaffId,
    /// The value.
    pub value: T,
}

/// Settings of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organised {
    /// Its name; empty while nobody gave one.
    pub name: String,
    /// Its zones, the latest last: IANA names.
    pub zones: Vec<Dated<String>>,
    /// Its languages, the latest last: `zh` or `en`.
    pub langs: Vec<Dated<String>>,
    /// What new groups began with, the latest last.
    pub new_groups: Vec<Dated<NewGroups>>,
    /// What counted, the latest last.
    pub judges: Vec<Dated<Settings>>,
}

impl Organised {
    /// The zone in force.
    pub fn zone(&self) -> &str {
        self.zones.last().map_or(ZONE, |zone| &zone.value)
    }

    /// The language in force.
    pub fn lang(&self) -> &str {
        self.langs.last().map_or("zh", |lang| &lang.value)
    }

    /// What counts.
    pub fn judge(&self) -> Settings {
        self.judges.last().map_or_else(Settings::default, |judge| judge.value.clone())
    }
}

/// The number of the latest of several values; 0 for none.
pub fn seen<T>(values: &[Dated<T>]) -> i64 {
    values.last().map_or(0, |value| value.n)
}

impl Console {
    /// The settings of the organisation.
    pub async fn organised(&self, actor: &Actor) -> Result<Organised, Denied> {
        allowed(actor, May::Look)?;
        let rows = self.store().settings(actor.org).await?;
        let all = self.store().organisations().await?;
        let name = all.into_iter().find(|one| one.id == actor.org).map(|one| one.name);
        Ok(Organised {
            name: name.unwrap_or_default(),
            zones: dated(&rows, "zone", text),
            langs: dated(&rows, "lang", text),
            new_groups: dated(&rows, NEW_GROUPS, |row| {
                serde_json::from_str(&row.value).unwrap_or_default()
            }),
            judges: dated(&rows, JUDGE, |row| judging::read(&row.value, judging::version(row.n))),
        })
    }

    /// The zone of an organisation now: of lists over all groups and of new groups. Days that are
    /// counted already keep the zone of their group.
    pub async fn zone(&self, org: OrgId) -> Result<Zone, Denied> {
        let rows = self.store().settings(org).await?;
        let now = self.now();
        let mut zones = dated(&rows, "zone", text);
        zones.retain(|zone| zone.from <= now);
        let name = zones.last().map_or(ZONE, |zone| &zone.value);
        Ok(Zone::named(name).unwrap_or_else(|_| Zone::utc()))
    }

    /// The language in force for those who chose none, where the organisation chose one. Read
    /// from memory: every page asks.
    pub async fn tongue(&self, org: OrgId) -> Option<Lang> {
        let kept = self.tongues().get(&org).copied();
        if let Some(known) = kept {
            return known;
        }
        // While the database is away pages speak as the browser asks.
        let rows = self.store().settings(org).await.ok()?;
        let chosen = dated(&rows, "lang", text).pop().and_then(|lang| tongue(&lang.value));
        self.learn(org, chosen);
        chosen
    }

    /// The same, when it is known already.
    pub fn known_tongue(&self, org: OrgId) -> Option<Lang> {
        self.tongues().get(&org).copied().flatten()
    }

    fn tongues(&self) -> RwLockReadGuard<'_, FxHashMap<OrgId, Option<Lang>>> {
        self.inner.tongues.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn learn(&self, org: OrgId, lang: Option<Lang>) {
        let mut tongues = self.inner.tongues.write().unwrap_or_else(PoisonError::into_inner);
        tongues.insert(org, lang);
    }

    /// What counts in an organisation now.
    pub fn judge(&self, org: OrgId) -> Settings {
        self.live().judge(org)
    }

    /// Gives the organisation a name.
    pub async fn name_organisation(&self, actor: &Actor, name: &str) -> Result<(), Denied> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let told = About { told: json!({ "name": name }), ..About::default() };
        let acting = self.acting(actor, May::Own, "organisation.named", told)?;
        match name.chars().count() {
            0 => Err(Denied::field("name", "missing")),
            NAME_MAX.. => Err(Denied::field("name", "too_long")),
            _ => Ok(self.store().name_organisation(&name, acting).await?),
        }
    }

    /// Another zone from now on. `seen` is the number of the value that was seen.
    pub async fn set_zone(&self, actor: &Actor, zone: &str, seen: i64) -> Result<(), Denied> {
        allowed(actor, May::Own)?;
        let zone = Zone::named(zone.trim()).map_err(|_| Denied::field("zone", "unknown"))?;
        self.save(actor, "zone", (json!(zone.name()), seen)).await
    }

    /// Another language from now on.
    pub async fn set_lang(&self, actor: &Actor, lang: &str, seen: i64) -> Result<(), Denied> {
        allowed(actor, May::Own)?;
        let chosen = tongue(lang).ok_or_else(|| Denied::field("lang", "unknown"))?;
        self.save(actor, "lang", (json!(lang), seen)).await?;
        self.learn(actor.org, Some(chosen));
        Ok(())
    }

    /// Other speech counts from now on (P02): a new version, and all days are judged anew in the
    /// background. The version that was made.
    pub async fn set_judge(
        &self,
        actor: &Actor,
        settings: &Settings,
        seen: i64,
    ) -> Result<u16, Denied> {
        allowed(actor, May::Own)?;
        sound(settings)?;
        let value: serde_json::Value =
            serde_json::from_str(&judging::write(settings)).unwrap_or_default();
        self.save(actor, JUDGE, (value, seen)).await?;
        let version = judging::version(seen + 1);
        self.live().judge_by(actor.org, Settings { version, ..settings.clone() });
        Ok(version)
    }

    async fn save(
        &self,
        actor: &Actor,
        name: &'static str,
        (value, seen): (serde_json::Value, i64),
    ) -> Result<(), Denied> {
        let told = About { told: json!({ "name": name, "value": value }), ..About::default() };
        let acting = self.acting(actor, May::Own, "setting.changed", told)?;
        let new = NewSetting { name, from: acting.at, value: value.to_string(), seen };
        let is_put = self.store().put_setting(new, acting).await?;
        if is_put { Ok(()) } else { Err(Denied::Changed) }
    }
}

/// Refuses values under which nothing or everything would count.
fn sound(settings: &Settings) -> Result<(), Denied> {
    let day = Millis::DAY;
    let ranges = [
        ("han_min", i64::from(settings.han_min), 1, 50),
        ("words_min", i64::from(settings.words_min), 1, 50),
        ("window", settings.window_ms, Millis::MINUTE, day),
        ("order_answer", settings.order_answer_ms, Millis::MINUTE, day),
        ("talk_gap", settings.talk_gap_ms, Millis::MINUTE, day),
        ("answer_within", settings.answer_within_ms, Millis::MINUTE, 30 * day),
        ("open_item", settings.open_item_ms, settings.answer_within_ms, 60 * day),
    ];
    let out = ranges.into_iter().filter(|(_, value, least, most)| value < least || value > most);
    let wrong: Vec<FieldError> =
        out.map(|(field, ..)| FieldError { field, code: "out_of_range" }).collect();
    if wrong.is_empty() { Ok(()) } else { Err(Denied::Wrong(wrong)) }
}

fn tongue(word: &str) -> Option<Lang> {
    Lang::ALL.into_iter().find(|lang| lang.code() == word)
}

fn text(row: &SettingRow) -> String {
    serde_json::from_str(&row.value).unwrap_or_default()
}

fn dated<T>(rows: &[SettingRow], name: &str, read: impl Fn(&SettingRow) -> T) -> Vec<Dated<T>> {
    let of_name = rows.iter().filter(|row| row.name == name);
    of_name.map(|row| Dated { n: row.n, from: row.from, by: row.by, value: read(row) }).collect()
}
