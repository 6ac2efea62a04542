//! Requests for tests.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail loudly")]

use app::{Asked, Fault, ReadRequest, Roles, Unwatched, report_files};
use domain::{Millis, Zone};
use imports::{ColumnMap, Limits, ReadOptions};
use insights::Settings;
use report::Community;
use std::path::{Path, PathBuf};

/// A moment after all data of the tests: 2026-11-01T00:00:00Z.
pub(crate) const NOW: Millis = Millis(1_793_491_200_000);

/// Reads these paths in this zone.
pub(crate) fn reading(paths: &[PathBuf], zone: &str) -> ReadRequest {
    ReadRequest {
        paths: paths.to_vec(),
        format: None,
        options: ReadOptions {
            zone: Zone::named(zone).unwrap(),
            now: NOW,
            partial: false,
            date_order: None,
            columns: ColumnMap::default(),
            group: None,
        },
        picked: Vec::new(),
        roles: Roles::default(),
        limits: Limits::default(),
    }
}

/// Everything there is, in this zone.
pub(crate) fn asked(zone: &str) -> Asked {
    Asked {
        zone: Zone::named(zone).unwrap(),
        zone_given: true,
        from: None,
        to: None,
        members: None,
        settings: Settings::default(),
        now: NOW,
        title: None,
    }
}

/// The report on these files, in UTC.
pub(crate) fn report_on(paths: &[PathBuf]) -> Result<Community, Fault> {
    report_files(&reading(paths, "UTC"), &asked("UTC"), &Unwatched)
}

/// Real exports, where this checkout has them beside it; says so when it has not.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/chat").join(path);
    if !full.exists() {
        eprintln!("NOT CHECKED: the real export {path} is not beside this checkout");
        return None;
    }
    Some(full)
}

/// Files of the project's own samples.
pub(crate) fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name)
}
