//! Discord by `DiscordChatExporter`'s JSON: a file a channel or thread, long ones in parts.
//!
//! Invariants: a channel is a group, its key the channel's id, so parts of it are one group; a
//! row's number is the message's snowflake. Leaves are never shown by Discord. Format:
//! chat-formats §3.1.

mod channel;
mod people;
mod row;
mod rows;
mod text;

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::discord::people::People;
use crate::formats::discord::rows::{Channel, Messages};
use crate::formats::json::{Records, ended, finish, open_json};
use domain::{Clock, Sink};
use memchr::memmem;

/// The word for people's and groups' scope.
const PLATFORM: &str = "discord";

/// `DiscordChatExporter` JSON.
pub(super) const FORMAT: Format = Format {
    word: PLATFORM,
    title: ["Discord（DiscordChatExporter JSON）", "Discord (DiscordChatExporter JSON)"],
    clock: Clock::Absolute,
    has_ids: true,
    claim,
    read,
};

fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let entry = |number: usize| bundle.entries().get(number);
    let mut channels: Vec<(usize, &str)> = open
        .iter()
        .filter_map(|&number| Some((number, entry(number)?)))
        .filter(|(_, entry)| is_channel(entry))
        .map(|(number, entry)| (number, entry.path()))
        .collect();
    if channels.is_empty() {
        return Vec::new();
    }
    channels.sort_by_key(|(_, path)| part(path));
    // Downloaded media lie in a folder named after the file.
    let media: Vec<String> = channels.iter().map(|(_, path)| format!("{path}_Files/")).collect();
    let beside = open.iter().copied().filter(|&number| {
        let path = entry(number).map_or("", Entry::path);
        media.iter().any(|folder| path.starts_with(folder.as_str()))
    });
    let beside = beside.collect();
    vec![Claim { entries: channels.into_iter().map(|(number, _)| number).collect(), beside }]
}

fn is_channel(entry: &Entry) -> bool {
    let head = entry.head().strip_prefix(b"\xEF\xBB\xBF").unwrap_or(entry.head());
    let has = |word: &str| memmem::find(head, word.as_bytes()).is_some();
    head.trim_ascii_start().first() == Some(&b'{') && has("\"guild\"") && has("\"channel\"")
}

/// Orders `… [part 2].json` before `… [part 10].json`.
fn part(path: &str) -> (&str, u64) {
    let parted = path.rsplit_once("[part ").and_then(|(name, rest)| {
        let digits = rest.split(']').next()?;
        Some((name.trim_end(), digits.parse().ok()?))
    });
    parted.unwrap_or((path.strip_suffix(".json").unwrap_or(path), 1))
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let mut people = People::default();
    for entry in claim.entries(bundle) {
        let result = read_entry(entry, options, &mut people, sink);
        ended(result, options, sink)?;
    }
    Ok(())
}

fn read_entry(
    entry: &Entry,
    options: &ReadOptions,
    people: &mut People,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    sink.file(&entry.place(0));
    let malformed = |what: &str| {
        let (place, what) = (entry.place(0), what.to_owned());
        ImportError::Malformed { place, what }
    };
    let Some(card) = channel::card(entry, options)? else {
        return Err(malformed("neither a server nor a channel is named in it"));
    };
    let mut channel = Channel::of(entry, card, people);
    let mut records = Records::of(entry);
    let mut cursor = open_json(entry)?;
    cursor.open(b'{').map_err(|broken| broken.at(entry.place(0)))?;
    let mut any = false;
    while let Some(key) = cursor.key().map_err(|broken| broken.at(records.place()))? {
        if key == "messages" {
            any = true;
            records.each_read::<Messages, _>(&mut cursor, sink, |sink, number, row| {
                channel.take(number, &row, sink)
            })?;
        } else {
            cursor.skip().map_err(|broken| broken.at(records.place()))?;
        }
    }
    if !any {
        return Err(malformed("there is no list \"messages\" in it"));
    }
    finish(&mut cursor, entry, sink)
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn parts_come_in_the_order_of_their_numbers() {
        let mut paths = ["a [1] [part 10].json", "b [2].json", "a [1].json", "a [1] [part 2].json"];
        paths.sort_by_key(|path| part(path));
        let sorted = ["a [1].json", "a [1] [part 2].json", "a [1] [part 10].json", "b [2].json"];
        assert_eq!(paths, sorted);
    }
}
