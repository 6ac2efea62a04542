//! Which importer reads which entries.

use crate::bundle::Bundle;
use crate::error::ImportError;
use crate::format::{Claim, Format};
use crate::formats::{FORMATS, format_named};
use domain::Place;

/// What [`detect`] found.
#[derive(Debug, Default)]
pub struct Detected {
    /// Claims in reading order, each with its importer.
    pub claims: Vec<(&'static Format, Claim)>,
    /// Entries that no importer knows.
    pub skipped: Vec<usize>,
}

/// Asks every format in turn (most particular first) for its entries. `forced` is the word given
/// with `--format`: then only that format is asked, and it is given every entry when it recognises
/// none.
///
/// Errors: [`ImportError::NoSuchFormat`]; [`ImportError::Empty`] for a bundle without content;
/// [`ImportError::UnknownFormat`] when nothing at all is recognised.
pub fn detect(bundle: &Bundle, forced: Option<&str>) -> Result<Detected, ImportError> {
    let mut open: Vec<usize> = (0..bundle.entries().len()).collect();
    let mut detected = Detected::default();
    let forced = match forced {
        Some(word) => {
            Some(format_named(word).ok_or_else(|| ImportError::NoSuchFormat(word.to_owned()))?)
        }
        None => None,
    };
    for format in forced.map_or(FORMATS.to_vec(), |one| vec![one]) {
        let mut claims = (format.claim)(bundle, &open);
        if claims.is_empty() && forced.is_some() {
            claims = vec![Claim { entries: open.clone(), beside: Vec::new() }];
        }
        for claim in claims {
            open.retain(|number| !claim.entries.contains(number) && !claim.beside.contains(number));
            detected.claims.push((format, claim));
        }
    }
    if detected.claims.iter().all(|(_, claim)| claim.entries.is_empty()) {
        return Err(nothing_known(bundle));
    }
    detected.skipped = open;
    Ok(detected)
}

fn nothing_known(bundle: &Bundle) -> ImportError {
    match bundle.entries().iter().find(|entry| !is_blank(&entry.head_text())) {
        None => ImportError::Empty(bundle.name().to_owned()),
        Some(entry) => ImportError::UnknownFormat {
            place: Place { file: entry.path().to_owned(), line: 0 },
            beginning: entry.head_text().chars().take(60).collect(),
        },
    }
}

fn is_blank(text: &str) -> bool {
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}').is_empty()
}
