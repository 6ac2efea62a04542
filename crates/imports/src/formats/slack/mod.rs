//! Slack's export zip: a folder a channel, a file a day, lists of users and channels beside them.
//!
//! Invariants: the time is the row's `ts`, never the date in the file name (which is cut by the
//! day in Los Angeles); a channel is a group, its key Slack's id. Direct messages between two
//! people are left out unless there is nothing else. Format: chat-formats §1.

mod channels;
mod claim;
mod people;
mod row;
mod rows;
mod text;

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::json::{Records, ended, finish, open_json};
use crate::formats::slack::channels::Channels;
use crate::formats::slack::people::People;
use crate::formats::slack::rows::Day;
use domain::{Clock, GroupRef, Place, Sink, Warning, WarningCode};

/// The word for people's and groups' scope.
const PLATFORM: &str = "slack";

/// Slack's export zip, packed or unpacked.
pub(super) const FORMAT: Format = Format {
    word: PLATFORM,
    title: ["Slack 导出包", "Slack export"],
    clock: Clock::Absolute,
    has_ids: true,
    claim: claim::claim,
    read,
};

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let beside = claim.beside.iter().filter_map(|&number| bundle.entries().get(number));
    let (lists, days): (Vec<&Entry>, Vec<&Entry>) =
        claim.entries(bundle).chain(beside).partition(|entry| claim::is_list(entry.file_name()));
    let mut people = People::default();
    let mut channels = Channels::default();
    for list in lists {
        match list.file_name() {
            "users.json" | "org_users.json" => people.read(list, sink)?,
            "channels.json" | "groups.json" | "mpims.json" | "dms.json" => {
                channels.read(list, sink)?;
            }
            _ => {}
        }
    }
    let reading: Vec<&Entry> = claim.entries(bundle).collect();
    warn_left_out(&days, &reading, sink);
    for entry in reading.into_iter().filter(|entry| !claim::is_list(entry.file_name())) {
        let folder = match claim::folder(entry.path()) {
            "" => bundle.folder(),
            folder => folder,
        };
        let group = channels.group(folder, options, sink);
        let result = read_day(entry, group, &mut people, sink);
        ended(result, options, sink)?;
    }
    Ok(())
}

fn read_day(
    entry: &Entry,
    group: GroupRef,
    people: &mut People,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    sink.file(&entry.place(0));
    let mut cursor = open_json(entry)?;
    let mut day = Day::of(entry, group);
    let mut records = Records::of(entry);
    let result = records
        .each(&mut cursor, sink, |sink, number, bytes| day.take(number, bytes, people, sink));
    // What stands before a broken end was told by then.
    day.tell_all(people, sink)?;
    result?;
    finish(&mut cursor, entry, sink)
}

/// One warning for all direct messages that stay unread.
fn warn_left_out(days: &[&Entry], reading: &[&Entry], sink: &mut dyn Sink) {
    let left_out = days.iter().filter(|entry| {
        claim::is_direct(claim::folder(entry.path()))
            && !reading.iter().any(|one| one.path() == entry.path())
    });
    let paths: Vec<&str> = left_out.map(|entry| entry.path()).collect();
    if let Some(first) = paths.first() {
        sink.warn(Warning {
            code: WarningCode::SkippedFile,
            place: Place { file: (*first).to_owned(), line: 0 },
            what: format!("{} files of direct messages", paths.len()),
        });
    }
}
