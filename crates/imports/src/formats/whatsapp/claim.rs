//! Which entries are WhatsApp exports, and what their names say about the group.

use crate::bundle::{Bundle, Entry};
use crate::format::Claim;
use crate::formats::whatsapp::body::is_media_file;
use crate::formats::whatsapp::header::header;
use crate::formats::whatsapp::rows::split;
use crate::formats::whatsapp::wording::{plain, sentence};

/// A header must stand within so many lines that are not empty.
const LINES_LOOKED_AT: usize = 5;

/// So many rows decide whether a program wrote them.
const LINES_COUNTED: usize = 50;

/// The level is one of the first words behind the date.
const LEVEL_WITHIN_WORDS: usize = 3;

/// A claim for each chat, with the media files beside it.
pub(super) fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let entries =
        || open.iter().filter_map(|&number| Some((number, bundle.entries().get(number)?)));
    let mut claims: Vec<Claim> = entries()
        .filter(|(_, entry)| is_chat(entry))
        .map(|(number, _)| Claim { entries: vec![number], beside: Vec::new() })
        .collect();
    let folder = |entry: &Entry| entry.path().rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let sent = |entry: &Entry| is_media_file(entry.file_name()) || is_numbered(entry.file_name());
    let folders: Vec<_> = claims
        .iter()
        .flat_map(|claim| claim.entries(bundle))
        .filter(|entry| !is_numbered(entry.file_name()))
        .map(folder)
        .collect();
    let was_sent =
        |entry: &Entry| is_numbered(entry.file_name()) && folders.contains(&folder(entry));
    claims.retain(|claim| !claim.entries(bundle).any(was_sent));
    for (number, entry) in entries().filter(|(_, entry)| sent(entry)) {
        let beside = claims.iter_mut().find(|claim| {
            let mut chats = claim.entries(bundle);
            chats.any(|chat| folder(chat) == folder(entry))
        });
        if let Some(claim) = beside {
            claim.beside.push(number);
        }
    }
    claims
}

/// Files that were sent into the chat bear numbers: `00000012-list.xlsx` (iOS),
/// `DOC-20240105-WA0001.xlsx` (Android).
fn is_numbered(name: &str) -> bool {
    let digits = |text: &str, count: usize| {
        text.len() >= count && text.bytes().take(count).all(|byte| byte.is_ascii_digit())
    };
    let ios = name.starts_with('0') && digits(name, 8) && name.as_bytes().get(8) == Some(&b'-');
    ios || name.split_once("-WA").is_some_and(|(_, rest)| digits(rest, 4))
}

fn is_chat(entry: &Entry) -> bool {
    let name = entry.file_name();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    if is_media_file(name) || matches!(ending.as_deref(), Some("json" | "csv" | "tsv" | "jsonl")) {
        return false;
    }
    let head = entry.head_text();
    let known_name = name == "_chat.txt" || name.contains("WhatsApp");
    if !known_name && is_log_of_a_program(&head) {
        return false;
    }
    let mut lines = head.lines().filter(|line| !line.trim().is_empty()).take(LINES_LOOKED_AT);
    let first = lines.next().is_some_and(is_row);
    first || (known_name && lines.any(is_row))
}

fn is_row(line: &str) -> bool {
    header(line).is_some_and(|header| {
        !header.shape.bracket
            || split(header.rest).0.is_some()
            || header.rest.contains('\u{200e}')
            || sentence(&plain(header.rest)).is_some()
    })
}

/// How programs call the weight of a line.
const LEVELS: &[&str] = &[
    "TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "CRITICAL", "FATAL", "SEVERE",
];

/// Programs write dates in the same ways, and then the level.
fn is_log_of_a_program(head: &str) -> bool {
    let (mut rows, mut levels) = (0, 0);
    for header in head.lines().filter_map(header).take(LINES_COUNTED) {
        rows += 1;
        let mut words = header.rest.split(|letter: char| !letter.is_alphanumeric());
        let first = words.by_ref().filter(|word| !word.is_empty()).take(LEVEL_WITHIN_WORDS);
        levels += usize::from(first.into_iter().any(|word| LEVELS.contains(&word)));
    }
    levels * 2 > rows
}

/// Names of files by language: what stands before and after the name of the chat.
const FILE_NAMES: &[(&str, &str)] = &[
    ("WhatsApp Chat with ", ""),
    ("WhatsApp Chat - ", ""),
    ("WhatsApp Group Chat with ", ""),
    ("与“", "”的 WhatsApp 对话"),
    ("与", "的 WhatsApp 对话"),
    ("與「", "」的 WhatsApp 對話"),
    ("與", "的 WhatsApp 對話"),
    ("WhatsApp 聊天 - ", ""),
    ("WhatsApp Chat mit ", ""),
    ("Chat de WhatsApp con ", ""),
    ("Chat WhatsApp con ", ""),
    ("Discussion WhatsApp avec ", ""),
    ("Chat WhatsApp avec ", ""),
    ("Conversa do WhatsApp com ", ""),
    ("Чат WhatsApp с ", ""),
    ("Чат WhatsApp с контактом ", ""),
    ("WhatsApp-chat met ", ""),
    ("WhatsApp Sohbeti - ", ""),
    ("WhatsAppのトーク：", ""),
    ("WhatsApp 대화 - ", ""),
    ("Chat WhatsApp dengan ", ""),
];

/// The name of the chat, from the name of its file or of the archive.
pub(super) fn group_name(bundle: &Bundle, entry: &Entry) -> Option<String> {
    let whole = bundle.name().replace('\\', "/");
    entry.path().rsplit('/').chain(whole.rsplit('/').take(2)).find_map(|name| {
        let stem = [".txt", ".zip", ".gz", ".zst"]
            .iter()
            .fold(name, |stem, ending| stem.strip_suffix(ending).unwrap_or(stem));
        FILE_NAMES.iter().find_map(|(before, after)| {
            let inner = stem.strip_prefix(before)?.strip_suffix(after)?.trim();
            (!inner.is_empty()).then(|| inner.to_owned())
        })
    })
}
