//! Which welcome a newcomer gets (D04): the first in the list that fits.

use domain::{Millis, Zone};
use serde::{Deserialize, Serialize};

/// For whom a welcome is; what is empty takes everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct When {
    /// By which codes they came: the `state` of each, as the platform tells it, or the name of a
    /// placement of ours.
    pub channels: Vec<String>,
    /// Whom they added, by `userid`.
    pub staff: Vec<String>,
    /// At what hours.
    pub hours: Hours,
}

/// At what hours a welcome is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// At all.
    #[default]
    Any,
    /// While somebody is on duty.
    OnDuty,
    /// While nobody is.
    OffDuty,
}

/// When somebody is on duty, by the wall clock of the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Monday to Sunday.
    pub days: [bool; 7],
    /// First minute of the day, 0–1439.
    pub from: u16,
    /// The minute after the last; when it is not after `from`, duty lasts into the next day.
    pub to: u16,
}

/// Somebody who came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newcomer<'a> {
    /// The `state` of the code; empty without one.
    pub channel: &'a str,
    /// Name of the placement of ours whose slug that is; `None`: the code is not ours.
    pub placement: Option<&'a str>,
    /// The `userid` of whom they added.
    pub staff: &'a str,
    /// Whether somebody is on duty now.
    pub on_duty: bool,
}

impl<'a> Newcomer<'a> {
    /// What `{渠道}` says to them: `own`, which a welcome says whoever comes; without it the name
    /// of the placement. Empty: there is none; a `state` is a word of programs, not for customers.
    pub fn channel_name(self, own: &'a str) -> &'a str {
        let told = [Some(own), self.placement];
        told.into_iter().flatten().find(|name| !name.trim().is_empty()).unwrap_or_default()
    }
}

impl Duty {
    /// Whether this moment is within it.
    pub fn covers(&self, at: Millis, zone: &Zone) -> bool {
        let (civil, today) = (zone.civil(at), zone.local(at).day.weekday());
        let minute = u16::try_from(i32::from(civil.hour()) * 60 + i32::from(civil.minute()));
        let minute = minute.unwrap_or(0);
        let on = |weekday: u8| self.days.get(usize::from(weekday)).copied().unwrap_or(false);
        if self.from < self.to {
            return on(today) && (self.from..self.to).contains(&minute);
        }
        let yesterday = (today + 6) % 7;
        (on(today) && minute >= self.from) || (on(yesterday) && minute < self.to)
    }
}

impl When {
    /// Whether it is for them.
    pub fn fits(&self, who: Newcomer<'_>) -> bool {
        let among = |list: &[String], one: &str| list.is_empty() || list.iter().any(|x| x == one);
        let hour = match self.hours {
            Hours::Any => true,
            Hours::OnDuty => who.on_duty,
            Hours::OffDuty => !who.on_duty,
        };
        let by_name = who.placement.is_some_and(|name| among(&self.channels, name));
        let channel = by_name || among(&self.channels, who.channel);
        hour && channel && among(&self.staff, who.staff)
    }

    /// Whether it takes everybody at any hour: what stands after it is never used.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The place of the first that fits.
pub fn choose<'a>(list: impl IntoIterator<Item = &'a When>, who: Newcomer<'_>) -> Option<usize> {
    list.into_iter().position(|when| when.fits(who))
}
