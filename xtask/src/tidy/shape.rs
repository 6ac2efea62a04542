//! Sizes and form: lines, files, folders, module docs, globs, names.

use crate::tidy::tree::numbered;
use crate::tidy::{File, Finding, Tree};
use regex::Regex;
use std::collections::BTreeMap;

/// Longest file, in lines. Aim at 150, look again at 300.
const FILE_LINES_MAX: usize = 500;
/// Longest line, in characters, text in quotes left out: a sentence or a list of words is not
/// broken, and rustfmt leaves it alone.
const LINE_CHARS_MAX: usize = 100;
/// Most Rust files directly in one folder. Aim at 12.
const FOLDER_FILES_MAX: usize = 16;
/// Ends of type names that say nothing.
const EMPTY_NAMES: &str =
    r"\b(struct|enum|trait|type) \w*(Manager|Service|Helpers|Utils?|Data|Info)\b";

/// Holds the limits.
pub(super) fn check(tree: &Tree, found: &mut Vec<Finding>) {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for file in tree.rust() {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        *folders.entry(folder).or_default() += 1;
        look_at(file, found);
    }
    for (folder, count) in folders.into_iter().filter(|(_, count)| *count > FOLDER_FILES_MAX) {
        let what = format!("{count} files, at most {FOLDER_FILES_MAX}: make subfolders");
        found.push(Finding { path: folder.to_owned(), line: 0, rule: "folder-size", what });
    }
}

fn look_at(file: &File, found: &mut Vec<Finding>) {
    let mut say = |line, rule, what: &str| {
        found.push(Finding { path: file.path.clone(), line, rule, what: what.to_owned() });
    };
    let lines = file.text.lines().count();
    if lines > FILE_LINES_MAX {
        let what = format!("{lines} lines, at most {FILE_LINES_MAX}: split it");
        say(0, "file-size", &what);
    }
    if !file.text.starts_with("//!") {
        say(1, "module-doc", "begin with //!: what, the invariant, what it does not do");
    }
    let names = Regex::new(EMPTY_NAMES).ok();
    let mut in_quotes = false;
    for (at, line) in numbered(&file.text) {
        let chars = unquoted(line, &mut in_quotes);
        if chars > LINE_CHARS_MAX {
            say(at, "line-width", &format!("{chars} characters, at most {LINE_CHARS_MAX}"));
        }
        if is_glob(line) {
            say(at, "glob", "name what you import");
        }
        if names.as_ref().is_some_and(|names| names.is_match(line)) && !line.contains(['/', '"']) {
            say(at, "empty-name", "a noun from the operator's mouth says more");
        }
    }
}

/// Characters of a line outside of string literals, which may run over several lines.
fn unquoted(line: &str, in_quotes: &mut bool) -> usize {
    if line.chars().count() <= LINE_CHARS_MAX && !line.contains('"') {
        return if *in_quotes { 0 } else { line.chars().count() };
    }
    let plain = line.replace(r"\\", "").replace(r#"\""#, "").replace("'\"'", "' '");
    let mut chars = 0;
    for (at, part) in plain.split('"').enumerate() {
        *in_quotes ^= at > 0;
        chars += if *in_quotes { 0 } else { part.chars().count() };
    }
    chars
}

/// Globs are for a module's own inline tests and for proptest's prelude.
fn is_glob(line: &str) -> bool {
    let line = line.trim_start();
    let used = line.starts_with("use ") || line.starts_with("pub use ");
    used && line.contains("::*") && line != "use super::*;" && line != "use proptest::prelude::*;"
}
