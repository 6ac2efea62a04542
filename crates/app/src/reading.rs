//! Reading exports to their end: detect, parse, spool. Nothing leaves the process.

use crate::error::Fault;
use crate::intake::{GroupMet, Intake, Keep, Noticed, People, Roles};
use crate::settle::{ClaimSpans, STORED};
use crate::spool::Spool;
use crate::watch::{Phase, Watch};
use domain::{Clock, Sink, Warning, WarningCode};
use imports::{Bundle, Claim, Format, ImportError, Limits, ReadOptions, detect};
use report::Source;
use std::path::PathBuf;

/// What to read, and how.
#[derive(Clone, Debug)]
pub struct ReadRequest {
    /// Files, folders, archives.
    pub paths: Vec<PathBuf>,
    /// `--format`: the word of a format, or detection from the content.
    pub format: Option<String>,
    /// How to read.
    pub options: ReadOptions,
    /// `--group`, `--channel`: only these groups of the export.
    pub picked: Vec<String>,
    /// Who is staff, host, bot.
    pub roles: Roles,
    /// What archives may unpack to.
    pub limits: Limits,
}

/// An export read to its end.
pub(crate) struct Reading {
    pub(crate) groups: Vec<GroupMet>,
    pub(crate) people: People,
    pub(crate) spool: Spool,
    pub(crate) spans: ClaimSpans,
    pub(crate) noticed: Noticed,
    pub(crate) sources: Vec<Source>,
    /// Some claim's times were written by a wall clock.
    pub(crate) wall_clock: bool,
    /// What the person gave, by name.
    pub(crate) name: String,
}

/// Reads everything the request names.
pub(crate) fn read(request: &ReadRequest, keep: Keep, watch: &dyn Watch) -> Result<Reading, Fault> {
    let bundle = Bundle::open(&request.paths, request.limits)?;
    let detected = detect(&bundle, request.format.as_deref())?;
    watch.phase(Phase::Reading, bundle.bytes());
    let now = request.options.now;
    let mut intake = Intake::new(&request.picked, &request.roles, keep, now, watch);
    let (mut sources, mut wall_clock) = (Vec::new(), false);
    for (number, (format, claim)) in detected.claims.iter().enumerate() {
        intake.begin_claim(STORED + 1 + u32::try_from(number).unwrap_or(0), format.has_ids);
        read_claim(&bundle, format, claim, request, &mut intake)?;
        wall_clock |= format.clock == Clock::Wall;
        sources.push(source(&bundle, format, claim));
    }
    for &skipped in &detected.skipped {
        if let Some(entry) = bundle.entries().get(skipped) {
            let (code, place) = (WarningCode::SkippedFile, entry.place(0));
            intake.warn(Warning { code, place, what: entry.file_name().to_owned() });
        }
    }
    if !request.picked.is_empty() && !intake.groups.list.iter().any(|group| group.wanted) {
        return Err(no_such_group(&request.picked, &intake.groups.list));
    }
    intake.spool.close().map_err(Fault::Spool)?;
    if intake.spool.rows() == 0 {
        let name = bundle.name().to_owned();
        return Err(match intake.noticed.unreadable() {
            Some((rows, first)) => Fault::NothingReadable { name, rows, first },
            None => Fault::NothingTold(name),
        });
    }
    Ok(Reading {
        groups: intake.groups.list,
        people: intake.people,
        spool: intake.spool,
        spans: intake.spans,
        noticed: intake.noticed,
        sources: merged(sources),
        wall_clock,
        name: file_name(bundle.name()).to_owned(),
    })
}

fn read_claim(
    bundle: &Bundle,
    format: &Format,
    claim: &Claim,
    request: &ReadRequest,
    intake: &mut Intake<'_>,
) -> Result<(), Fault> {
    match (format.read)(bundle, claim, &request.options, intake) {
        Err(ImportError::Truncated { place }) if request.options.partial => {
            let (code, what) = (WarningCode::Truncated, String::new());
            intake.warn(Warning { code, place, what });
            Ok(())
        }
        Err(ImportError::Stopped) => match intake.spool_failed.take() {
            Some(error) => Err(Fault::Spool(error)),
            None => Err(Fault::Import(ImportError::Stopped)),
        },
        other => Ok(other?),
    }
}

fn source(bundle: &Bundle, format: &Format, claim: &Claim) -> Source {
    let first = claim.entries(bundle).next().map_or("", |entry| entry.path());
    let name = if claim.entries.len() == 1 { first } else { bundle.name() };
    Source {
        name: file_name(name).to_owned(),
        format: format.word.to_owned(),
        format_title: format.title,
        bytes: claim.entries(bundle).map(imports::Entry::bytes).sum(),
    }
}

/// Claims of the same export and format are one source to the reader.
fn merged(sources: Vec<Source>) -> Vec<Source> {
    let mut merged: Vec<Source> = Vec::new();
    for source in sources {
        let same = |one: &&mut Source| (&one.name, &one.format) == (&source.name, &source.format);
        match merged.iter_mut().find(same) {
            Some(one) => one.bytes += source.bytes,
            None => merged.push(source),
        }
    }
    merged
}

pub(crate) fn no_such_group(picked: &[String], groups: &[GroupMet]) -> Fault {
    let names: Vec<&str> = groups.iter().take(20).map(|group| group.name.as_str()).collect();
    Fault::NoSuchGroup { picked: picked.join(", "), found: names.join(", ") }
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    let path = path.trim_end_matches(['/', '\\']);
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
