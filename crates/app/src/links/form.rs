//! What staff type of codes and placements: every field as it was typed.

use crate::console::Denied;
use crate::links::view::CodeKind;

/// Characters of a code's name.
pub const CODE_NAME_MAX: usize = 40;
/// Characters of a placement's name and of a partner's.
pub const PLACEMENT_NAME_MAX: usize = 40;
/// Groups behind one code.
pub const GROUPS_MAX: usize = 200;
/// Staff behind one code; the platform's own limit of a contact way is the same.
pub const STAFF_MAX: usize = 100;
/// Rules of one code.
pub const RULES_MAX: usize = 20;
/// Characters of a series' name. 40 by the platform (`room_base_name`), less room for number and 群.
pub const SERIES_MAX: usize = 30;

/// Where a code may hang (B02, B14, B15, B16): stable words.
pub const SOURCES: [&str; 14] = [
    "shop",
    "station",
    "property",
    "leaflet",
    "official_account",
    "video_channel",
    "moments_ads",
    "douyin",
    "xiaohongshu",
    "weibo",
    "bilibili",
    "zhihu",
    "friends",
    "other",
];

/// A code as it is typed. Fields of other kinds are not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeForm {
    /// Word of [`CodeKind`]; it cannot be changed later.
    pub kind: String,
    /// Name, for staff.
    pub name: String,
    /// Number of the connected company (`groups`, `staff`); empty where there is one only. It
    /// cannot be changed later.
    pub company: String,
    /// `groups`: which, in the order in which they fill; empty lines do not count.
    pub groups: Vec<GroupLine>,
    /// `groups`: 公测 of 公测3群. When all groups are full the platform makes the next one itself;
    /// empty: it makes none.
    pub series: String,
    /// `groups`: number of the next group of the series; empty: after the highest in the names.
    pub next_number: String,
    /// `groups`: nobody new is led into a group that declines (O04).
    pub skips_declining: bool,
    /// `groups`: who is met when no group is left: `userid`; empty: nobody. `staff`: who is met
    /// when nobody else is on duty.
    pub spare_staff: String,
    /// `staff`: who, with their shares; empty lines do not count.
    pub staff: Vec<StaffLine>,
    /// `staff`: customers need no approval (自动通过, B03).
    pub skips_verify: bool,
    /// `web`: where it leads, `https://…`.
    pub url: String,
    /// `web`: the code of the next hop on the way (B17); its number, or empty.
    pub leads_to: String,
    /// `rules`: the first that fits counts; lines without a code do not count.
    pub rules: Vec<RuleLine>,
    /// `rules`: number of the code for everybody else.
    pub otherwise: String,
}

/// A group behind a code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupLine {
    /// `chat_id`.
    pub chat: String,
    /// Members at most, staff among them: 2 to 500; empty: 500.
    pub limit: String,
    /// A warmed-up group that is used only when no other is left (预热备用群).
    pub is_spare: bool,
}

/// Somebody behind a code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffLine {
    /// `userid`.
    pub userid: String,
    /// Share, 1 to 100; empty: 1.
    pub weight: String,
    /// Days of duty, `1` Monday to `7` Sunday, such as `12345`; empty: every day.
    pub days: String,
    /// Duty begins, `09:00`, in the organisation's zone; empty with `to`: the whole day.
    pub from: String,
    /// Duty ends, `18:00`; before `from`: on the next day.
    pub to: String,
    /// Customers a day at most, counted by scans that are led to this person; empty: any number.
    pub daily_max: String,
}

/// A rule of a super code (B05): what is empty does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleLine {
    /// Number of a placement of this code.
    pub placement: String,
    /// `ios`, `android` or `computer`.
    pub device: String,
    /// `wechat`: in WeChat or WeCom; `elsewhere`: not.
    pub place: String,
    /// Days, as in [`StaffLine`].
    pub days: String,
    /// From this time of the day, `09:00`.
    pub from: String,
    /// To this time of the day.
    pub to: String,
    /// `first`: not been here with this browser before; `again`: been here.
    pub visit: String,
    /// Number of the code that it leads to.
    pub to_code: String,
}

/// A placement as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacementForm {
    /// Name: 店门口海报.
    pub name: String,
    /// With whom; may be empty.
    pub partner: String,
    /// One of [`SOURCES`], or empty.
    pub source: String,
    /// What was spent: a line a day, `2026-11-03 120.50`; tab, comma or blank between. May be
    /// pasted from a sheet (B16).
    pub spends: String,
}

impl CodeForm {
    /// The kind that was chosen.
    pub fn kind(&self) -> Result<CodeKind, Denied> {
        CodeKind::from_word(self.kind.trim()).ok_or(Denied::field("kind", "unknown"))
    }
}
