//! Names of a row of groups: 公测3群, 福利11群 (A10).
//!
//! The platform itself can only put the number last (`room_base_name` + `room_base_id`: 公测3);
//! both ways count as the same row.

/// What stands behind the number.
const GROUP: char = '群';

/// The name of a group of a row.
pub fn series_name(series: &str, number: u32) -> String {
    format!("{series}{number}{GROUP}")
}

/// The number of a group whose name fits the row.
pub fn fits(series: &str, name: &str) -> Option<u32> {
    let rest = name.trim().strip_prefix(series.trim())?.trim();
    let digits = rest.strip_suffix(GROUP).unwrap_or(rest).trim();
    let plain = !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|_| plain && !series.trim().is_empty())
}

/// The number after the highest one in these names; 1 where none fits.
pub fn next_number<'a>(series: &str, names: impl IntoIterator<Item = &'a str>) -> u32 {
    let highest = names.into_iter().filter_map(|name| fits(series, name)).max();
    highest.unwrap_or(0).saturating_add(1)
}
