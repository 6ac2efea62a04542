//! Words that must not stand in any tracked text: paths of somebody's machine.

use crate::tidy::tree::numbered;
use crate::tidy::{Finding, Tree};
use regex::Regex;

/// Folders of machines, spelled in halves so that this file does not name them itself.
const MACHINE_FOLDERS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!(r"C:\\", r"Users"),
];

/// Holds the rule. A folder's name counts where a path begins, not inside a longer one.
pub(super) fn check(tree: &Tree, found: &mut Vec<Finding>) {
    let folders = MACHINE_FOLDERS.join("|");
    let Ok(machine) = Regex::new(&format!(r"(^|[^\w./$}}-])({folders})")) else { return };
    for file in &tree.files {
        for (line, text) in numbered(&file.text) {
            if machine.is_match(text) {
                let what = "a path of one machine: take it from the repository".to_owned();
                found.push(Finding { path: file.path.clone(), line, rule: "machine-path", what });
            }
        }
    }
}
