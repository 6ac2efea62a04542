//! Numbers and moments as the platform writes them.

use domain::Millis;
use serde::{Deserialize, Deserializer, Serializer};

/// The platform tells time in whole seconds.
const SECOND_MS: i64 = 1_000;

#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Number(i64),
    Text(String),
    Nothing(()),
}

/// Whole seconds, as a number or as text; zero when there are none.
pub(super) fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Millis, D::Error> {
    let seconds = match Told::deserialize(from)? {
        Told::Number(number) => number,
        Told::Text(text) => text.trim().parse().unwrap_or(0),
        Told::Nothing(()) => 0,
    };
    Ok(Millis(seconds.saturating_mul(SECOND_MS)))
}

/// A moment as whole seconds, rounded down.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
pub(super) fn seconds<S: Serializer>(at: &Millis, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_i64(at.0.div_euclid(SECOND_MS))
}

/// The ids of a list of objects that hold nothing but `userid`.
pub(super) fn userids<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    struct Row {
        #[serde(default)]
        userid: String,
    }
    let rows = Option::<Vec<Row>>::deserialize(from)?.unwrap_or_default();
    Ok(rows.into_iter().map(|row| row.userid).filter(|id| !id.is_empty()).collect())
}

/// The same for one object.
pub(super) fn userid<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Row {
        userid: String,
    }
    let row = Option::<Row>::deserialize(from)?.unwrap_or_default();
    Ok(Some(row.userid).filter(|id| !id.is_empty()))
}
