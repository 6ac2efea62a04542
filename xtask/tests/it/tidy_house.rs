//! The workspace keeps its own rules.

use std::collections::BTreeSet;
use xtask::tidy::{EXCEPTIONS, Tree, check};

/// How many exceptions there are. Lower it when one goes; it never grows.
const EXCEPTIONS_LEFT: usize = 0;

#[test]
fn the_house_keeps_its_rules() {
    let findings = check(&xtask::root()).unwrap();
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} findings:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn the_list_of_exceptions_only_shrinks() {
    assert_eq!(EXCEPTIONS.len(), EXCEPTIONS_LEFT);
    assert!(EXCEPTIONS.iter().all(|one| one.reason.len() > 20), "each exception needs a reason");
}

#[test]
fn tags_name_items_of_the_catalogue() {
    let Ok(catalogue) = std::fs::read_to_string(xtask::root().join("../shared/catalogue.md"))
    else {
        eprintln!("NOT CHECKED: no catalogue beside the project, so tags are not looked up in it");
        return;
    };
    let items: BTreeSet<&str> = catalogue
        .lines()
        .filter_map(|line| line.strip_prefix("| **")?.split("**").next())
        .collect();
    assert!(items.contains("P01"), "the catalogue is laid out in another way");
    for file in Tree::read(&xtask::root()).unwrap().rust() {
        for tag in file.text.lines().filter_map(|line| line.trim().strip_prefix("// catalogue:")) {
            for item in tag.split([',', ' ']).filter(|item| !item.is_empty()) {
                assert!(items.contains(item), "{}: no item {item} in the catalogue", file.path);
            }
        }
    }
}
