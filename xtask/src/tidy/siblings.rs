//! Formats stand alone: one importer never imports another. What several share lives in a module
//! beside them that is no format itself, or is named in [`SHARED`].
//!
//! Which modules are formats is read from the one list of formats, `FORMATS`.

use crate::tidy::{File, Finding, Tree};
use regex::Regex;
use std::collections::BTreeSet;

const FOLDER: &str = "crates/imports/src/formats/";

/// Formats whose parts others are made of: a roster is a table with other columns.
const SHARED: &[&str] = &["table"];

/// Holds the rule.
pub(super) fn check(tree: &Tree, found: &mut Vec<Finding>) {
    let list = tree.files.iter().find(|file| file.path == format!("{FOLDER}mod.rs"));
    let formats = list.map(|file| listed(&file.text)).unwrap_or_default();
    for file in tree.rust().filter(|file| file.path.starts_with(FOLDER)) {
        let own = module(file);
        if own == "mod" {
            continue;
        }
        for other in
            formats.iter().filter(|other| **other != own && !SHARED.contains(&other.as_str()))
        {
            for (line, text) in file.product_lines() {
                if names(text, other, file) {
                    let what = format!("{own} must not import {other}: share a module instead");
                    found.push(Finding { path: file.path.clone(), line, rule: "siblings", what });
                }
            }
        }
    }
}

/// The first path element of each entry of `FORMATS`.
fn listed(text: &str) -> BTreeSet<String> {
    let list =
        text.split("FORMATS: &[&Format] = &[").nth(1).and_then(|rest| rest.split("];").next());
    let Ok(entry) = Regex::new(r"&(\w+)::") else { return BTreeSet::new() };
    let list = list.unwrap_or_default();
    entry.captures_iter(list).filter_map(|one| Some(one.get(1)?.as_str().to_owned())).collect()
}

/// The module directly under the folder of formats.
fn module(file: &File) -> &str {
    let below = file.path.strip_prefix(FOLDER).unwrap_or_default();
    let first = below.split('/').next().unwrap_or_default();
    first.strip_suffix(".rs").unwrap_or(first)
}

fn names(line: &str, other: &str, file: &File) -> bool {
    let direct = !file.path.strip_prefix(FOLDER).unwrap_or_default().contains('/');
    let code = line.split("//").next().unwrap_or_default();
    let after = |prefix: &str| {
        code.split(prefix).skip(1).any(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            rest.get(..end) == Some(other)
        })
    };
    after("formats::") || (direct && after("super::")) || (!direct && after("super::super::"))
}
