//! Names of people and groups: one line, nothing invisible, nothing that passes for the house.

use unicode_normalization::UnicodeNormalization;

use crate::web::letters::{is_visible, sift};

/// Most visible characters of a person's name (a WeChat nickname has 16).
pub const NAME_CHARS_MAX: u32 = 20;

/// Most visible characters of a group's name (WeCom allows 30).
pub const TITLE_CHARS_MAX: u32 = 30;

/// Names that the pages themselves use: no member may be called so.
const HOUSE: &[&str] = &[
    "官方号",
    "官方",
    "群主",
    "管理员",
    "管理",
    "系统",
    "系统消息",
    "群公告",
    "活群",
    "admin",
    "administrator",
    "system",
    "official",
    "host",
    "keeper",
    "huoqun",
];

/// Names that call everybody after an `@`: nobody at all may be called so.
const EVERYBODY: &[&str] = &["所有人", "全体成员", "全体", "everyone", "all", "here", "channel"];

/// Parts that no member's name may hold, because the badge beside it says so.
const BADGES: &[&str] = &["官方号", "官方客服", "[官方", "(官方"];

/// Why a name cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing that a reader would see.
    #[error("the name is empty")]
    Empty,
    /// More than the limit.
    #[error("the name has more than {limit} characters")]
    TooLong {
        /// Characters allowed.
        limit: u32,
    },
    /// It could pass for the house or for everybody.
    #[error("this name is kept for the house")]
    Reserved,
}

/// The name of a member as it is kept.
pub fn name(raw: &str) -> Result<String, NameError> {
    let name = keeper_name(raw)?;
    let plain = plain(&name);
    let passes_for_the_house =
        HOUSE.contains(&plain.as_str()) || BADGES.iter().any(|badge| plain.contains(badge));
    if passes_for_the_house { Err(NameError::Reserved) } else { Ok(name) }
}

/// The name of a keeper as it is kept: who runs the group may say so in the name, and carries the
/// badge beside it anyway.
pub fn keeper_name(raw: &str) -> Result<String, NameError> {
    let line = line(raw);
    let name = bounded(line.trim_start_matches(['@', '＠', ' ']), NAME_CHARS_MAX)?;
    if EVERYBODY.contains(&plain(&name).as_str()) { Err(NameError::Reserved) } else { Ok(name) }
}

/// The name of a group as it is kept.
pub fn title(raw: &str) -> Result<String, NameError> {
    bounded(&line(raw), TITLE_CHARS_MAX)
}

/// Everything on one line, single blanks, nothing from the private area.
fn line(raw: &str) -> String {
    let mut out = String::new();
    // What comes after could never be shown.
    for letter in sift(raw).chars().take(1_000) {
        if letter.is_whitespace() || letter == '\u{2800}' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_private(letter) {
            out.push(letter);
        }
    }
    // Cutting may have left a joiner or a blank at the end.
    out.truncate(out.trim_end_matches([' ', '\u{200C}', '\u{200D}']).len());
    out
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

fn bounded(name: &str, limit: u32) -> Result<String, NameError> {
    let visible = name.chars().filter(|letter| is_visible(*letter)).count();
    if visible == 0 {
        return Err(NameError::Empty);
    }
    if u32::try_from(visible).is_ok_and(|visible| visible <= limit) {
        Ok(name.to_owned())
    } else {
        Err(NameError::TooLong { limit })
    }
}

/// What a reader takes the name for: width, case and what stands between letters do not matter.
fn plain(name: &str) -> String {
    name.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|letter| is_visible(*letter) && !matches!(letter, '-' | '_' | '.' | '·' | '@'))
        .collect()
}
