//! What is kept of a code: where it leads.
//!
//! Invariant: a plan of an older version is read for ever; what it does not say is as it was
//! before it could be said.

use engine::links::{Chain, Duty, Rule, Seat};
use serde::{Deserialize, Serialize};
use store::LinkCodeRow;

use crate::links::form::{CodeForm, GroupLine, RuleLine, StaffLine};
use crate::links::view::CodeKind;
use crate::wecom::GROUP_MAX;

/// Where a code leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Plan {
    /// Into groups.
    Groups {
        chain: Chain,
        #[serde(default)]
        series: Option<Series>,
        /// Who is met when no group is left.
        #[serde(default)]
        spare: Option<String>,
    },
    /// To staff.
    Staff {
        seats: Vec<Seat>,
        #[serde(default)]
        spare: Option<String>,
        #[serde(default)]
        skips_verify: bool,
    },
    /// To an address.
    Web {
        url: String,
        #[serde(default)]
        leads_to: Option<i64>,
    },
    /// To other codes.
    Rules { rules: Vec<Rule>, otherwise: i64 },
}

/// A row of groups that the platform continues itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Series {
    /// 公测 of 公测3群.
    pub(super) name: String,
    /// Number of the first group that the platform makes; it counts on from there itself.
    pub(super) number: u32,
}

impl Plan {
    /// Reads what is kept; a damaged one leads nowhere.
    pub(super) fn of(row: &LinkCodeRow) -> Self {
        serde_json::from_str(&row.said.body).unwrap_or(Self::Rules { rules: vec![], otherwise: 0 })
    }

    /// What is kept.
    pub(super) fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(super) fn kind(&self) -> CodeKind {
        match self {
            Self::Groups { .. } => CodeKind::Groups,
            Self::Staff { .. } => CodeKind::Staff,
            Self::Web { .. } => CodeKind::Web,
            Self::Rules { .. } => CodeKind::Rules,
        }
    }

    /// Codes that it leads by: itself, or those of its rules.
    pub(super) fn through(&self, own: i64) -> Vec<i64> {
        let Self::Rules { rules, otherwise } = self else { return vec![own] };
        let mut codes: Vec<i64> = rules.iter().map(|rule| rule.to).collect();
        codes.push(*otherwise);
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Whether a rule asks who was here before.
    pub(super) fn asks_again(&self) -> bool {
        match self {
            Self::Rules { rules, .. } => rules.iter().any(|rule| rule.is_again.is_some()),
            _ => false,
        }
    }

    /// Everybody of staff who may be met.
    pub(super) fn people(&self) -> Vec<&str> {
        let (seats, spare): (&[Seat], _) = match self {
            Self::Groups { spare, .. } => (&[], spare),
            Self::Staff { seats, spare, .. } => (seats, spare),
            Self::Web { .. } | Self::Rules { .. } => return Vec::new(),
        };
        let mut all: Vec<&str> = seats.iter().map(|seat| seat.userid.as_str()).collect();
        if let Some(spare) = spare.as_deref()
            && !all.contains(&spare)
        {
            all.push(spare);
        }
        all
    }

    /// The form in which it is changed.
    pub(super) fn form(&self, row: &LinkCodeRow) -> CodeForm {
        let mut form = CodeForm {
            kind: self.kind().word().to_owned(),
            name: row.said.name.clone(),
            company: row.said.company.map(|id| id.to_string()).unwrap_or_default(),
            ..CodeForm::default()
        };
        match self {
            Self::Groups { chain, series, spare } => {
                form.groups = chain.links.iter().map(group_line).collect();
                form.skips_declining = chain.skips_declining;
                form.spare_staff = spare.clone().unwrap_or_default();
                if let Some(Series { name, number }) = series {
                    form.series.clone_from(name);
                    form.next_number = number.to_string();
                }
            }
            Self::Staff { seats, spare, skips_verify } => {
                form.staff = seats.iter().map(staff_line).collect();
                form.spare_staff = spare.clone().unwrap_or_default();
                form.skips_verify = *skips_verify;
            }
            Self::Web { url, leads_to } => {
                form.url.clone_from(url);
                form.leads_to = leads_to.map(|to| to.to_string()).unwrap_or_default();
            }
            Self::Rules { rules, otherwise } => {
                form.rules = rules.iter().map(rule_line).collect();
                form.otherwise = otherwise.to_string();
            }
        }
        form
    }
}

fn group_line(link: &engine::links::Link) -> GroupLine {
    let limit = if link.limit == GROUP_MAX { String::new() } else { link.limit.to_string() };
    GroupLine { chat: link.chat.clone(), limit, is_spare: link.is_spare }
}

fn staff_line(seat: &Seat) -> StaffLine {
    let (days, from, to) = typed(seat.duty);
    StaffLine {
        userid: seat.userid.clone(),
        weight: seat.weight.to_string(),
        days,
        from,
        to,
        daily_max: seat.daily_max.map(|most| most.to_string()).unwrap_or_default(),
    }
}

fn rule_line(rule: &Rule) -> RuleLine {
    use engine::links::Device;
    let (days, from, to) = rule.when.map(typed).unwrap_or_default();
    let device = match rule.device {
        None => "",
        Some(Device::Ios) => "ios",
        Some(Device::Android) => "android",
        Some(Device::Computer) => "computer",
    };
    let one_of = |is: Option<bool>, yes: &str, no: &str| match is {
        None => String::new(),
        Some(true) => yes.to_owned(),
        Some(false) => no.to_owned(),
    };
    RuleLine {
        placement: rule.placement.map(|id| id.to_string()).unwrap_or_default(),
        device: device.to_owned(),
        place: one_of(rule.in_wechat, "wechat", "elsewhere"),
        days,
        from,
        to,
        visit: one_of(rule.is_again, "again", "first"),
        to_code: rule.to.to_string(),
    }
}

/// Days and hours as they are typed; empty where every day, or the whole day, is meant.
fn typed(duty: Duty) -> (String, String, String) {
    let days = if duty.days == Duty::ALWAYS.days {
        String::new()
    } else {
        (1..=7_u8)
            .filter(|day| duty.days & (1 << (day - 1)) != 0)
            .map(|day| day.to_string())
            .collect()
    };
    if duty.from == duty.to {
        return (days, String::new(), String::new());
    }
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    (days, clock(duty.from), clock(duty.to))
}
