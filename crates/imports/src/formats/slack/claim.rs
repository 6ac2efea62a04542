//! Which entries of a bundle are a Slack export.

use crate::bundle::{Bundle, Entry};
use crate::format::Claim;
use std::collections::BTreeMap;

/// Files that stand beside the channels' folders.
const LISTS: [&str; 11] = [
    "users.json",
    "channels.json",
    "groups.json",
    "mpims.json",
    "dms.json",
    "org_users.json",
    "integration_logs.json",
    "canvases.json",
    "huddle_transcripts.json",
    "lists.json",
    "file_conversations.json",
];

/// A list beside the channels (by file name).
pub(super) fn is_list(file_name: &str) -> bool {
    LISTS.contains(&file_name)
}

/// A folder of direct messages between two people: named by its id, `D` and capitals or digits.
pub(super) fn is_direct(folder: &str) -> bool {
    folder.len() >= 8
        && folder.starts_with('D')
        && folder.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The channel's folder: the last but one part of the path, or nothing.
pub(super) fn folder(path: &str) -> &str {
    let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    parent.rsplit('/').next().unwrap_or(parent)
}

/// One claim for each export found: a workspace folder with its lists, or day files alone that
/// hold Slack's rows.
pub(super) fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let mut exports: BTreeMap<&str, Export> = BTreeMap::new();
    for (number, entry) in open.iter().filter_map(|&n| Some((n, bundle.entries().get(n)?))) {
        let path = entry.path();
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        if is_list(entry.file_name()) {
            let export = exports.entry(parent).or_default();
            export.lists.push(number);
            export.named |= matches!(entry.file_name(), "users.json" | "channels.json");
        } else if is_day_file(entry.file_name()) {
            let root = parent.rsplit_once('/').map_or("", |(root, _)| root);
            let export = exports.entry(root).or_default();
            let direct = is_direct(folder(path));
            (if direct { &mut export.direct } else { &mut export.days }).push(number);
        } else if entry.file_name() == "canvas_in_the_conversation.json" {
            let root = parent.rsplit_once('/').map_or("", |(root, _)| root);
            exports.entry(root).or_default().lists.push(number);
        }
    }
    exports.into_values().filter_map(|export| export.claim(bundle)).collect()
}

#[derive(Default)]
struct Export {
    named: bool,
    days: Vec<usize>,
    direct: Vec<usize>,
    lists: Vec<usize>,
}

impl Export {
    fn claim(mut self, bundle: &Bundle) -> Option<Claim> {
        let any = !self.days.is_empty() || !self.direct.is_empty();
        let mut looked_at = self.days.iter().chain(&self.direct).take(3);
        let rows = |number: &usize| bundle.entries().get(*number).is_some_and(has_rows);
        if !any || !(self.named || looked_at.any(rows)) {
            return None;
        }
        if self.days.is_empty() {
            std::mem::swap(&mut self.days, &mut self.direct);
        }
        self.lists.append(&mut self.direct);
        Some(Claim { entries: self.days, beside: self.lists })
    }
}

fn is_day_file(name: &str) -> bool {
    name.strip_suffix(".json").is_some_and(|day| {
        day.len() == 10
            && day.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            })
    })
}

fn has_rows(entry: &Entry) -> bool {
    let head = entry.head();
    let list = head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    list && memchr::memmem::find(head, b"\"ts\"").is_some()
}
