//! Telegram Desktop's `result.json`: one chat, or a whole account.
//!
//! The file is read twice: once for whose name is whose (service rows name people without ids),
//! once for telling. Invariants: groups and channels only; a
//! row's number is Telegram's message id. Format: chat-formats §4.

mod chat;
mod names;
mod outline;
mod people;
mod record;
mod service;
mod walk;

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::json::{Records, ended, finish, open_json};
use crate::formats::telegram::chat::Telling;
use crate::formats::telegram::outline::{ChatHead, Heads, Outline};
use crate::formats::telegram::people::People;
use domain::{Clock, Sink, Warning, WarningCode};
use memchr::memmem;

/// The word for people's and groups' scope.
const PLATFORM: &str = "telegram";

/// Telegram Desktop's JSON.
pub(super) const FORMAT: Format = Format {
    word: PLATFORM,
    title: ["Telegram 桌面版 JSON", "Telegram Desktop JSON"],
    clock: Clock::Absolute,
    has_ids: true,
    claim,
    read,
};

/// Folders that an export puts beside `result.json`.
const MEDIA_FOLDERS: [&str; 13] = [
    "photos",
    "files",
    "video_files",
    "voice_messages",
    "round_video_messages",
    "stickers",
    "contacts",
    "chats",
    "profile_pictures",
    "stories",
    "images",
    "css",
    "js",
];

fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let entry = |number: &usize| bundle.entries().get(*number);
    let found = open.iter().filter(|number| entry(number).is_some_and(is_result));
    let claims = found.filter_map(|number| {
        let path = entry(number)?.path();
        let root = path.rsplit_once('/').map_or(String::new(), |(root, _)| format!("{root}/"));
        let beside = open.iter().copied().filter(|other| {
            let rest = entry(other).and_then(|entry| entry.path().strip_prefix(root.as_str()));
            let folder = rest.and_then(|rest| rest.split_once('/')).map(|(folder, _)| folder);
            other != number && folder.is_some_and(|folder| MEDIA_FOLDERS.contains(&folder))
        });
        Some(Claim { entries: vec![*number], beside: beside.collect() })
    });
    claims.collect()
}

fn is_result(entry: &Entry) -> bool {
    let text;
    let head = match entry.head() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            text = entry.head_text();
            text.as_bytes()
        }
        head => head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head),
    };
    let has = |word: &str| memmem::find(head, word.as_bytes()).is_some();
    let kinds = ["_group\"", "_supergroup\"", "_channel\"", "_chat\"", "\"saved_messages\""];
    let one = || has("\"messages\"") && has("\"type\"") && kinds.iter().any(|kind| has(kind));
    let account = || has("\"about\"") && (has("\"personal_information\"") || has("\"chats\""));
    // What is left when somebody cut the chats, or the messages, out of an export.
    let cut_out = || has("\"messages\"") && has("\"date_unixtime\"") && has("\"from_id\"");
    head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
        && !has("\"guild\"")
        && (account() || one() || cut_out())
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    for entry in claim.entries(bundle) {
        let result = read_entry(entry, options, sink);
        ended(result, options, sink)?;
    }
    Ok(())
}

fn read_entry(
    entry: &Entry,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let outline = Outline::of(entry)?;
    sink.file(&entry.place(0));
    let mut cursor = open_json(entry)?;
    let mut telling = Telling {
        entry,
        options,
        outline: &outline,
        heads: Heads::default(),
        people: People::new(&outline.names),
        records: Records::of(entry),
        sink,
    };
    let walked = walk::walk(&mut cursor, &mut telling);
    walked.map_err(|stop| stop.into_error(|| telling.records.place()))?;
    finish(&mut cursor, entry, telling.sink)?;
    left_out(&telling.heads, entry, telling.sink)
}

/// Says which chats were passed over. A file of nothing else is refused.
fn left_out(heads: &Heads, entry: &Entry, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let place = entry.place(0);
    let others: Vec<&ChatHead> = heads.0.values().filter(|chat| !chat.is_group()).collect();
    match (others.as_slice(), heads.0.len()) {
        (_, 0) => {
            let what = "there is no chat in it".to_owned();
            Err(ImportError::Malformed { place, what })
        }
        ([only], 1) => {
            let what = format!(
                "this is a {}, not a group: choose a group in Telegram and export its history",
                only.kind
            );
            Err(ImportError::Unsupported { place, what })
        }
        ([], _) => Ok(()),
        (others, _) => {
            let what = format!("{} personal chats", others.len());
            sink.warn(Warning { code: WarningCode::SkippedFile, place, what });
            Ok(())
        }
    }
}
