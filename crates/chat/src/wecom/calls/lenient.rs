//! Numbers and moments as the platform writes them.

use domain::Millis;
use serde::{Deserialize, Deserializer};

/// The platform tells time in whole seconds.
const SECOND_MS: i64 = 1_000;

#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Number(i64),
    Text(String),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    userid: String,
}

/// Whole seconds, as a number or as text; zero when there are none.
pub(in crate::wecom::calls) fn moment<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Millis, D::Error> {
    let seconds = match Told::deserialize(from)? {
        Told::Number(number) => number,
        Told::Text(text) => text.trim().parse().unwrap_or(0),
    };
    Ok(Millis(seconds.saturating_mul(SECOND_MS)))
}

/// The ids of a list of objects that hold nothing but `userid`.
pub(in crate::wecom::calls) fn userids<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<String>, D::Error> {
    let rows = Vec::<Row>::deserialize(from)?;
    Ok(rows.into_iter().map(|row| row.userid).filter(|id| !id.is_empty()).collect())
}

/// The same for one object.
pub(in crate::wecom::calls) fn userid<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<String>, D::Error> {
    let row = Row::deserialize(from)?;
    Ok(Some(row.userid).filter(|id| !id.is_empty()))
}
