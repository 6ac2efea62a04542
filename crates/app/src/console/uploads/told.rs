//! What a job keeps as JSON: what was uploaded and recognised, how it is read, what came of it.

use imports::{Bundle, Limits, detect};
use report::{Lang, WarningCount};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

use domain::{Clock, Millis, Zone};
use imports::{ColumnMap, ReadOptions};

use crate::error::Fault;
use crate::import_files::{ImportRequest, Imported};
use crate::intake::{Keep, Roles};
use crate::reading::{ReadRequest, read};
use crate::watch::Unwatched;
use crate::words;

/// Exports up to this size are read to their end to show the groups in them, in bytes.
const PEEK_BYTES: u64 = 48 << 20;

/// Groups shown of an export, at most.
const GROUPS_MAX: usize = 200;

/// How an upload is to be read, as a form says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UploadAsked {
    /// IANA name of the zone of wall clocks and of days.
    pub zone: String,
    /// Name of the only group, or of the one to take.
    pub group: String,
    /// Who exported.
    pub exporter: String,
    /// Names or ids of staff.
    pub staff: Vec<String>,
    /// Names or ids of declared hosts.
    pub hosts: Vec<String>,
    /// Names or ids of bots.
    pub bots: Vec<String>,
    /// Word of the format; empty: by content.
    pub format: String,
    /// Keep what stands before the end of a truncated file.
    pub partial: bool,
}

/// What was found in the files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recognised {
    /// Files with the names of their formats in Chinese and English, and bytes.
    pub sources: Vec<(String, [String; 2], u64)>,
    /// Files that nothing is known of.
    pub skipped: Vec<String>,
    /// Groups in them, where the export is small enough to look.
    pub groups: Vec<String>,
    /// Times were written by a wall clock: the zone decides.
    pub wall_clock: bool,
    /// Why nothing was recognised, in Chinese and English.
    pub error: Option<[String; 2]>,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// Groups with the records that they got.
    pub groups: Vec<(String, u64)>,
    /// Records that were there already.
    pub duplicates: u64,
    /// Warnings: Chinese and English, how many, examples.
    pub warnings: Vec<([String; 2], u64, Vec<String>)>,
    /// Why it failed, in Chinese and English.
    pub error: Option<[String; 2]>,
}

/// What a job keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    pub(super) files: Vec<String>,
    pub(super) asked: UploadAsked,
    pub(super) recognised: Recognised,
}

impl Outcome {
    /// What an import did.
    pub(super) fn of(imported: &Imported) -> Self {
        Self {
            groups: imported.groups.clone(),
            duplicates: imported.duplicates,
            warnings: imported.warnings.iter().map(warning).collect(),
            error: None,
        }
    }

    /// Why it failed.
    pub(super) fn failed(fault: &Fault) -> Self {
        Self { error: Some(both(fault)), ..Self::default() }
    }
}

fn warning(warned: &WarningCount) -> ([String; 2], u64, Vec<String>) {
    let word = Lang::ALL.map(|lang| report::warning_word(warned.code, lang).to_owned());
    let examples = warned.examples.iter().map(|(place, what)| format!("{place} {what}"));
    (word, warned.count, examples.collect())
}

fn both(fault: &Fault) -> [String; 2] {
    [Lang::Zh, Lang::En].map(|lang| words::on_page(fault, lang))
}

/// Looks what the files in a folder are. Blocks its thread.
pub(super) fn recognise(folder: &Path, format: &str, (zone, now): (&Zone, Millis)) -> Recognised {
    match look(folder, format, (zone, now)) {
        Ok(recognised) => recognised,
        Err(fault) => Recognised { error: Some(both(&fault)), ..Recognised::default() },
    }
}

fn look(folder: &Path, format: &str, (zone, now): (&Zone, Millis)) -> Result<Recognised, Fault> {
    let paths = vec![folder.to_path_buf()];
    let bundle = Bundle::open(&paths, Limits::default())?;
    let found = detect(&bundle, (!format.is_empty()).then_some(format))?;
    let mut recognised = Recognised::default();
    for (format, claim) in &found.claims {
        recognised.wall_clock |= format.clock == Clock::Wall;
        let bytes: u64 = claim.entries(&bundle).map(imports::Entry::bytes).sum();
        let name = claim.entries(&bundle).next().map_or("", |entry| entry.file_name());
        let title = format.title.map(str::to_owned);
        match recognised.sources.iter_mut().find(|one| one.1 == title) {
            Some(one) => one.2 += bytes,
            None => recognised.sources.push((name.to_owned(), title, bytes)),
        }
    }
    let entries = found.skipped.iter().filter_map(|number| bundle.entries().get(*number));
    recognised.skipped = entries.map(|entry| entry.file_name().to_owned()).collect();
    if bundle.bytes() <= PEEK_BYTES {
        let asked = UploadAsked { format: format.to_owned(), ..UploadAsked::default() };
        let mut peek = reading(folder, &asked, (zone.clone(), now));
        peek.options.partial = true;
        let read = read(&peek, Keep::Excerpt, &Unwatched)?;
        let names = read.groups.into_iter().map(|group| group.name);
        recognised.groups = names.take(GROUPS_MAX).collect();
    }
    Ok(recognised)
}

fn reading(folder: &Path, asked: &UploadAsked, (zone, now): (Zone, Millis)) -> ReadRequest {
    ReadRequest {
        paths: vec![PathBuf::from(folder)],
        format: (!asked.format.is_empty()).then(|| asked.format.clone()),
        options: ReadOptions {
            zone,
            now,
            partial: asked.partial,
            date_order: None,
            columns: ColumnMap(Vec::new()),
            group: (!asked.group.is_empty()).then(|| asked.group.clone()),
        },
        picked: Vec::new(),
        roles: Roles {
            staff: asked.staff.clone(),
            hosts: asked.hosts.clone(),
            bots: asked.bots.clone(),
        },
        limits: Limits::default(),
    }
}

/// The request of an import of the files in a folder.
pub(super) fn request(
    folder: &Path,
    asked: &UploadAsked,
    (zone, now): (Zone, Millis),
    settings: insights::Settings,
) -> ImportRequest {
    ImportRequest {
        read: reading(folder, asked, (zone, now)),
        group: (!asked.group.is_empty()).then(|| asked.group.clone()),
        exporter: asked.exporter.clone(),
        settings,
    }
}
