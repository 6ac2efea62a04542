//! Which channel a file holds: the members of its outer object before the messages.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::format::ReadOptions;
use crate::formats::discord::PLATFORM;
use crate::formats::json::{Value, open_json, parse_lenient};
use domain::{Evidence, Extent, GroupCard};
use serde::Deserialize;

#[derive(Deserialize)]
struct Named {
    id: Option<serde_json::Value>,
    #[serde(rename = "type")]
    kind: Option<serde_json::Value>,
    category: Option<String>,
    name: Option<String>,
}

/// The group of a file; `None` where neither server nor channel is told of. Broken structure is
/// left to the reading of the messages, which says where.
pub(super) fn card(entry: &Entry, options: &ReadOptions) -> Result<Option<GroupCard>, ImportError> {
    let mut cursor = open_json(entry)?;
    let (mut guild, mut channel) = (None, None);
    let mut whole = false;
    if cursor.open(b'{').is_ok() {
        while guild.is_none() || channel.is_none() {
            let key = match cursor.key() {
                Ok(Some(key)) => key,
                Ok(None) => {
                    whole = true;
                    break;
                }
                Err(_) => break,
            };
            let found = match (key.as_str(), cursor.value()) {
                ("guild" | "channel", Ok(Value::Whole(bytes))) => parse_lenient::<Named>(bytes),
                (_, Ok(_)) => continue,
                (_, Err(_)) => break,
            };
            *(if key == "guild" { &mut guild } else { &mut channel }) = found;
        }
    }
    let told = guild.is_some() || channel.is_some() || !whole;
    Ok(told.then(|| named(guild, channel, entry, options)))
}

fn named(
    guild: Option<Named>,
    channel: Option<Named>,
    entry: &Entry,
    options: &ReadOptions,
) -> GroupCard {
    let given = || options.group.clone().unwrap_or_else(|| entry.path().to_owned());
    let guild = guild.and_then(|guild| guild.name).unwrap_or_default();
    let (mut id, mut name) = (None, None);
    if let Some(channel) = channel {
        id = channel.id.map(word);
        // In a thread the "category" is the channel it hangs on.
        let thread = channel.kind.map(word).is_some_and(|kind| is_thread(&kind));
        let parent = channel.category.filter(|_| thread);
        let parts = [Some(guild), parent, channel.name];
        let parts: Vec<String> =
            parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        name = (!parts.is_empty()).then(|| parts.join(" / "));
    }
    let name = name.unwrap_or_else(given);
    let evidence = Evidence {
        messages: Extent::Full,
        // Until a welcome message shows that this channel has them.
        joins: Extent::None,
        leaves: Extent::None,
        replies: Extent::Full,
        reactions: Extent::Full,
        joins_are_connections: false,
    };
    let key = id.unwrap_or_else(|| name.clone());
    GroupCard { platform: PLATFORM, key, name, evidence, founded: None }
}

fn word(value: serde_json::Value) -> String {
    match value {
        serde_json::Value::String(word) => word,
        other => other.to_string(),
    }
}

/// Versions that had no words for threads wrote their numbers.
fn is_thread(kind: &str) -> bool {
    kind.contains("Thread") || matches!(kind, "10" | "11" | "12")
}
