//! What a test must have, and must not: an assertion; no `ignore`, no sleep; tags of catalogue
//! items in their one form.
//!
//! A function asserts when its text says so (`assert…!`, `panic!`, `unwrap_err`, …) or when it
//! calls a function of the same crate that asserts; a test named after a panic that does not come
//! asserts by running. Read from formatted source, without a parser.

use crate::tidy::tree::numbered;
use crate::tidy::{File, Finding, Tree};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// What an assertion looks like.
const SIGNS: &[&str] = &["assert", "panic!(", "unwrap_err(", "expect_err("];

/// A function of a source.
struct Function<'a> {
    name: &'a str,
    line: usize,
    /// Its own text asserts.
    asserts: bool,
    /// What it calls.
    calls: BTreeSet<String>,
    is_test: bool,
}

/// Holds the rules.
pub(super) fn check(tree: &Tree, found: &mut Vec<Finding>) {
    let mut by_crate: BTreeMap<&str, Vec<(&File, Function<'_>)>> = BTreeMap::new();
    for file in tree.rust() {
        look_at(file, found);
        let functions = by_crate.entry(file.krate()).or_default();
        functions.extend(functions_of(&file.text).into_iter().map(|one| (file, one)));
    }
    for functions in by_crate.values() {
        let asserting = asserting(functions);
        for (file, test) in functions.iter().filter(|(_, one)| one.is_test) {
            if !test.name.contains("panic") && !proves(test, &asserting) {
                let what = format!("{} cannot fail: assert something", test.name);
                let path = file.path.clone();
                found.push(Finding { path, line: test.line, rule: "assertion", what });
            }
        }
    }
}

fn look_at(file: &File, found: &mut Vec<Finding>) {
    let tag = Regex::new(r"^[A-U][0-9]{2}(,? [A-U][0-9]{2})*$").ok();
    let mut testing = file.is_test();
    for (line, text) in numbered(&file.text) {
        let mut say = |rule, what: &str| {
            found.push(Finding { path: file.path.clone(), line, rule, what: what.to_owned() });
        };
        testing |= text == "#[cfg(test)]";
        let code = text.trim_start();
        if code.starts_with("#[ignore") {
            say("ignored", "a test runs or is not there");
        }
        if testing && !code.starts_with("//") && code.contains("sleep(") && !code.contains('"') {
            say("sleep", "wait for the thing itself, not for a while");
        }
        if let Some(items) = code.strip_prefix("// catalogue:")
            && !tag.as_ref().is_some_and(|tag| tag.is_match(items.trim()))
        {
            say("catalogue", "a tag names items such as P01, separated by spaces");
        }
    }
}

/// The functions of a formatted source. A body ends at a brace as far in as its head.
fn functions_of(text: &str) -> Vec<Function<'_>> {
    let Ok(head) = Regex::new(r"^(\s*)(?:pub(?:\([a-z]+\))? )?(?:const )?(?:async )?fn (\w+)")
    else {
        return Vec::new();
    };
    let lines: Vec<&str> = text.lines().collect();
    let mut functions = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(parts) = head.captures(line) else { continue };
        let indent = parts.get(1).map_or("", |one| one.as_str());
        let end = format!("{indent}}}");
        let rest = lines.get(at..).unwrap_or_default();
        let length = if line.ends_with('}') || line.ends_with(';') {
            1
        } else {
            rest.iter().position(|one| *one == end).map_or(rest.len(), |found| found + 1)
        };
        let body = rest.get(..length).unwrap_or_default().join("\n");
        let inside = body.split_once('{').map_or("", |(_, inside)| inside);
        functions.push(Function {
            name: parts.get(2).map_or("", |one| one.as_str()),
            line: at + 1,
            asserts: SIGNS.iter().any(|sign| inside.contains(sign)),
            calls: calls(inside),
            is_test: is_test(lines.get(..at).unwrap_or_default()),
        });
    }
    functions
}

/// Whether the attributes right above say that it is a test.
fn is_test(above: &[&str]) -> bool {
    let attributes = above.iter().rev().map(|line| line.trim_start());
    attributes
        .take_while(|line| {
            line.starts_with("#[") || line.starts_with("//") || line.starts_with(')')
        })
        .any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
}

/// Names of functions that assert, by themselves or through others.
fn asserting<'a>(functions: &[(&File, Function<'a>)]) -> BTreeSet<&'a str> {
    let mut known = BTreeSet::new();
    loop {
        let more: Vec<&str> = functions
            .iter()
            .filter(|(_, one)| !known.contains(one.name) && proves(one, &known))
            .map(|(_, one)| one.name)
            .collect();
        if more.is_empty() {
            return known;
        }
        known.extend(more);
    }
}

/// Whether a body holds a sign of an assertion, or calls a function that asserts.
fn proves(function: &Function<'_>, asserting: &BTreeSet<&str>) -> bool {
    function.asserts || function.calls.iter().any(|name| asserting.contains(name.as_str()))
}

/// Names that are followed by an opening parenthesis.
fn calls(body: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let heads = body.split('(').map(|part| part.split("::<").next().unwrap_or(part));
    let names = heads.map(|head| {
        let start = head.rfind(|c| !is_name(c)).map_or(0, |at| at + 1);
        head.get(start..).unwrap_or_default().to_owned()
    });
    names.filter(|name| !name.is_empty()).collect()
}
