//! Runs the binary.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs `huoqun` with these words, in a folder, without anything of the environment that changes
/// its words or zone.
pub(crate) fn huoqun(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_huoqun"))
        .args(words)
        .current_dir(folder)
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("TZ", "UTC")
        .env("HUOQUN_DATA", folder.join("data"))
        .output()
        .unwrap()
}

/// A file of the shipped sample, as an argument.
pub(crate) fn sample(name: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name);
    path.to_str().unwrap().to_owned()
}

/// What the binary printed, when it succeeded.
pub(crate) fn printed(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "exit {:?}: {said}", output.status.code());
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Exit code and what was said on standard error.
pub(crate) fn refused(output: &Output) -> (i32, String) {
    assert!(!output.status.success(), "it should have failed");
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    (output.status.code().unwrap(), said)
}

/// A count of the shipped sample, as its generator made it.
pub(crate) fn expected(count: &str) -> u64 {
    let text = std::fs::read_to_string(sample("expected.json")).unwrap();
    let counts: serde_json::Value = serde_json::from_str(&text).unwrap();
    counts.get(count).and_then(serde_json::Value::as_u64).unwrap()
}
