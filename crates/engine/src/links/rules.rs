//! Which code counts for a visitor (B05): the first rule that fits.

use serde::{Deserialize, Serialize};

use crate::links::duty::{Clock, Duty};

/// What somebody scans with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// An iPhone or iPad.
    Ios,
    /// Any Android.
    Android,
    /// Anything else.
    Computer,
}

/// Somebody who scans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// What the wall clock shows.
    pub clock: Clock,
    /// Number of the placement.
    pub placement: i64,
    /// With what.
    pub device: Device,
    /// In WeChat or WeCom.
    pub in_wechat: bool,
    /// Was here before with the same browser.
    pub is_again: bool,
}

/// A rule: what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// At this placement.
    pub placement: Option<i64>,
    /// With this.
    pub device: Option<Device>,
    /// In WeChat or WeCom, or elsewhere.
    pub in_wechat: Option<bool>,
    /// At these times.
    pub when: Option<Duty>,
    /// Was here before, or was not.
    pub is_again: Option<bool>,
    /// Number of the code that it leads to.
    pub to: i64,
}

impl Rule {
    /// Whether it counts for a visitor.
    pub fn fits(&self, visit: &Visit) -> bool {
        self.placement.is_none_or(|placement| placement == visit.placement)
            && self.device.is_none_or(|device| device == visit.device)
            && self.in_wechat.is_none_or(|inside| inside == visit.in_wechat)
            && self.when.is_none_or(|when| when.covers(visit.clock))
            && self.is_again.is_none_or(|again| again == visit.is_again)
    }
}

/// The code that counts: that of the first rule that fits, or the one for everybody else.
pub fn first_fit(rules: &[Rule], otherwise: i64, visit: &Visit) -> i64 {
    rules.iter().find(|rule| rule.fits(visit)).map_or(otherwise, |rule| rule.to)
}
