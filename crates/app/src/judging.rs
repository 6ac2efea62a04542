//! The settings of judgement as the database keeps them: a JSON object, the version beside it.
//!
//! Invariant: what cannot be read counts as it does by default, so that a newer program's field
//! never stops an older one.

use domain::OrgId;
use insights::Settings;
use serde_json::{Value, json};
use store::{SettingRow, Store};

use crate::error::Fault;

/// Name of the setting.
pub(crate) const JUDGE: &str = "judge";

/// The settings in force in an organisation.
pub(crate) async fn judge_of(store: &Store, org: OrgId) -> Result<Settings, Fault> {
    Ok(latest(&store.settings(org).await?))
}

/// The latest among all values of all settings. Each value has a version of its own: one more
/// than its number, because version 1 is what counts by default.
pub(crate) fn latest(rows: &[SettingRow]) -> Settings {
    let last = rows.iter().rfind(|row| row.name == JUDGE);
    last.map_or_else(Settings::default, |row| read(&row.value, version(row.n)))
}

/// The version of the n-th value.
pub(crate) fn version(n: i64) -> u16 {
    u16::try_from(n.saturating_add(1)).unwrap_or(u16::MAX)
}

/// The JSON of settings, without their version.
pub(crate) fn write(settings: &Settings) -> String {
    json!({
        "han_min": settings.han_min,
        "words_min": settings.words_min,
        "media_is_effective": settings.media_is_effective,
        "window_ms": settings.window_ms,
        "order_answer_ms": settings.order_answer_ms,
        "talk_gap_ms": settings.talk_gap_ms,
        "answer_within_ms": settings.answer_within_ms,
        "open_item_ms": settings.open_item_ms,
        "count_staff": settings.count_staff,
    })
    .to_string()
}

/// Settings of a version from their JSON.
pub(crate) fn read(text: &str, version: u16) -> Settings {
    let value: Value = serde_json::from_str(text).unwrap_or(Value::Null);
    let usual = Settings::default();
    let small = |name: &str, or: u8| {
        value.get(name).and_then(Value::as_u64).and_then(|n| u8::try_from(n).ok()).unwrap_or(or)
    };
    let long = |name: &str, or: i64| value.get(name).and_then(Value::as_i64).unwrap_or(or);
    let yes = |name: &str, or: bool| value.get(name).and_then(Value::as_bool).unwrap_or(or);
    Settings {
        version,
        han_min: small("han_min", usual.han_min),
        words_min: small("words_min", usual.words_min),
        media_is_effective: yes("media_is_effective", usual.media_is_effective),
        window_ms: long("window_ms", usual.window_ms),
        order_answer_ms: long("order_answer_ms", usual.order_answer_ms),
        talk_gap_ms: long("talk_gap_ms", usual.talk_gap_ms),
        answer_within_ms: long("answer_within_ms", usual.answer_within_ms),
        open_item_ms: long("open_item_ms", usual.open_item_ms),
        count_staff: yes("count_staff", usual.count_staff),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_they_were_written() {
        let odd = Settings {
            version: 7,
            han_min: 5,
            words_min: 3,
            media_is_effective: false,
            window_ms: 1,
            order_answer_ms: 2,
            talk_gap_ms: 3,
            answer_within_ms: 4,
            open_item_ms: 5,
            count_staff: true,
        };
        assert_eq!(read(&write(&odd), 7), odd);
        assert_eq!(read("{\"han_min\":-1}", 1), Settings::default());
        assert_eq!(read("not json", 1), Settings::default());
    }
}
