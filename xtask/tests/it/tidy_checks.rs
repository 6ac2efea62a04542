//! Small bad inputs, each of which must be found.

use xtask::tidy::{Crate, Tree, findings};

/// The rules broken by these files and crates, in order, without repetition.
fn broken(files: &[(&str, &str)], crates: &[Crate]) -> Vec<&'static str> {
    let mut rules: Vec<_> =
        findings(&Tree::of(files), crates).into_iter().map(|one| one.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn source(text: &str) -> Vec<&'static str> {
    broken(&[("crates/insights/src/a.rs", &format!("//! Doc.\n{text}\n"))], &[])
}

fn test_file(text: &str) -> Vec<&'static str> {
    broken(&[("crates/insights/tests/it/a.rs", &format!("//! Doc.\n{text}\n"))], &[])
}

/// Name, what it depends on, what its tests depend on, what it reaches.
type Row<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str]);

fn crates(rows: &[Row<'_>]) -> Vec<Crate> {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let one = |&(name, direct, for_tests, reached): &Row<'_>| Crate {
        name: name.to_owned(),
        direct: set(direct),
        for_tests: set(for_tests),
        reached: set(reached),
        manifest: "[lints]\nworkspace = true\n".to_owned(),
    };
    rows.iter().map(one).collect()
}

#[test]
fn good_input_is_left_alone() {
    let good = crates(&[("domain", &[], &[], &[]), ("insights", &["domain"], &["testkit"], &[])]);
    let test = "//! Doc.\n\n#[test]\nfn it_holds() {\n    assert!(true);\n}\n";
    let files = [
        ("crates/insights/tests/it/main.rs", test),
        ("crates/insights/src/lib.rs", "//! Doc.\n\npub fn one() -> u32 {\n    1\n}\n"),
    ];
    assert_eq!(broken(&files, &good), [""; 0]);
}

#[test]
fn a_dependency_outside_the_table_is_found() {
    let base: Row<'_> = ("domain", &[], &[], &[]);
    for (name, direct, for_tests) in [
        ("imports", &["store"][..], &[][..]),
        ("report", &["imports"], &[]),
        ("domain", &["insights"], &[]),
        ("store", &["testkit"], &[]),
        ("insights", &[], &["huoqun"]),
        ("surprise", &[], &[]),
    ] {
        let store = ("store", &[][..], &[][..], &[][..]);
        let others: Vec<_> = ["imports", "insights", "testkit", "huoqun"]
            .into_iter()
            .map(|other| (other, &[][..], &[][..], &[][..]))
            .collect();
        let mut rows = vec![base, store, (name, direct, for_tests, &[])];
        rows.extend(others);
        assert_eq!(broken(&[], &crates(&rows)), ["crate-table"], "{name}");
    }
}

#[test]
fn only_the_store_names_a_database() {
    for driver in ["sqlx", "rusqlite", "tokio-postgres"] {
        let rows = crates(&[("app", &[driver], &[], &[]), ("store", &[driver], &[], &[])]);
        let found = findings(&Tree::default(), &rows);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].path, "crates/app/Cargo.toml");
    }
}

#[test]
fn a_pure_crate_must_not_reach_a_runtime_or_dice() {
    for name in ["tokio", "sqlx", "rusqlite", "axum", "hyper", "rand"] {
        assert_eq!(broken(&[], &crates(&[("imports", &[], &[], &[name])])), ["pure"], "{name}");
        assert_eq!(broken(&[], &crates(&[("app", &[], &[], &[name])])), [""; 0], "{name}");
    }
}

#[test]
fn a_manifest_without_the_workspace_lints_is_found() {
    let mut rows = crates(&[("domain", &[], &[], &[])]);
    rows[0].manifest = "[package]\n".to_owned();
    assert_eq!(broken(&[], &rows), ["lints"]);
}

#[test]
fn clock_dice_and_processes_are_found_in_pure_sources() {
    for line in [
        "use std::time::Instant;",
        "fn now() -> Timestamp { Timestamp::now() }",
        "use std::process::Command;",
        "use std::{fmt, net::TcpStream};",
        "fn dice() -> u8 { rand::random() }",
        "fn zone() -> TimeZone { TimeZone::system() }",
        "fn read() { let _ = std::fs::read(\"a\"); }",
    ] {
        assert_eq!(source(line), ["pure"], "{line}");
    }
    assert_eq!(source("// an Instant would be wrong here"), [""; 0]);
    assert_eq!(source("#[cfg(test)]\nmod tests { use std::time::Instant; }"), [""; 0]);
}

#[test]
fn only_the_binary_reads_the_environment() {
    for line in ["fn a() { std::env::args(); }", "use std::env;", "fn a() { env::var(\"A\"); }"] {
        let text = format!("//! Doc.\n{line}\n");
        assert_eq!(broken(&[("crates/app/src/a.rs", &text)], &[]), ["environment"], "{line}");
        assert_eq!(broken(&[("crates/huoqun/src/a.rs", &text)], &[]), [""; 0], "{line}");
        assert_eq!(broken(&[("crates/app/tool/src/a.rs", &text)], &[]), [""; 0], "{line}");
    }
}

#[test]
fn one_format_must_not_import_another() {
    let list = "//! Doc.\npub const FORMATS: &[&Format] = &[&slack::FORMAT, &qq::FORMAT];\n";
    let with = |line: &str, path: &str| {
        let text = format!("//! Doc.\n{line}\n");
        broken(&[("crates/imports/src/formats/mod.rs", list), (path, &text)], &[])
    };
    let slack = "crates/imports/src/formats/slack.rs";
    assert_eq!(with("use crate::formats::qq::header;", slack), ["siblings"]);
    assert_eq!(with("use super::qq;", slack), ["siblings"]);
    assert_eq!(with("use crate::formats::json::scan;", slack), [""; 0]);
    assert_eq!(with("use crate::formats::slack::users;", slack), [""; 0]);
    let inside = "crates/imports/src/formats/slack/users.rs";
    assert_eq!(with("use crate::formats::qq::header;", inside), ["siblings"]);
}

#[test]
fn sizes_are_held() {
    assert_eq!(source(&"// line\n".repeat(500)), ["file-size"]);
    assert_eq!(source(&format!("// {}", "x".repeat(98))), ["line-width"]);
    assert_eq!(source(&format!("// {}", "字".repeat(97))), [""; 0]);
    assert_eq!(source(&format!("const A: &str = \"{}\";", "x".repeat(98))), [""; 0]);
    let list = format!(
        "const A: &str = \"a\
    {}\
    b\";",
        "word ".repeat(30)
    );
    assert_eq!(source(&list), [""; 0]);
    assert_eq!(source(&format!("{}\"{}\";", "x".repeat(101), "x".repeat(60))), ["line-width"]);
    let files: Vec<(String, &str)> =
        (0..17).map(|n| (format!("crates/app/src/f{n}.rs"), "//! Doc.\n")).collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    assert_eq!(broken(&files, &[]), ["folder-size"]);
    assert_eq!(broken(&files[..16], &[]), [""; 0]);
}

#[test]
fn form_is_held() {
    assert_eq!(broken(&[("crates/app/src/a.rs", "fn a() {}\n")], &[]), ["module-doc"]);
    assert_eq!(source("use crate::page::*;"), ["glob"]);
    assert_eq!(source("pub struct GroupManager;"), ["empty-name"]);
    assert_eq!(source("pub struct ServiceKind;"), [""; 0]);
}

#[test]
fn a_test_without_an_assertion_is_found() {
    let idle = "#[test]\nfn it_runs() {\n    let _ = 1;\n}";
    assert_eq!(test_file(idle), ["assertion"]);
    let inline = format!("#[cfg(test)]\nmod tests {{\n    {}\n}}", idle.replace('\n', "\n    "));
    assert_eq!(source(&inline), ["assertion"]);
    let through = "#[test]\nfn it_holds() {\n    same(1, 1);\n}\n\nfn same(a: u8, b: u8) {\n    \
                   assert_eq!(a, b);\n}";
    assert_eq!(test_file(through), [""; 0]);
    let far = "#[test]\nfn it_runs() {\n    other();\n}\n\nfn other() {\n    let _ = 1;\n}";
    assert_eq!(test_file(far), ["assertion"]);
    let promise = idle.replace("it_runs", "garbage_never_panics");
    assert_eq!(test_file(&promise), [""; 0]);
}

#[test]
fn sleeping_and_ignoring_are_found() {
    let body =
        |line: &str| format!("#[test]\nfn it_waits() {{\n    {line}\n    assert!(true);\n}}");
    assert_eq!(test_file(&body("pause_and_sleep(1);")), ["sleep"]);
    assert_eq!(test_file(&format!("{}\n{}", concat!("#[ign", "ore]"), body(""))), ["ignored"]);
}

#[test]
fn a_malformed_catalogue_tag_is_found() {
    for tag in ["P1", "V01", "P01;P02", "p01", ""] {
        assert_eq!(test_file(&format!("// {}: {tag}", "catalogue")), ["catalogue"], "{tag}");
    }
    assert_eq!(test_file(&format!("// {}: P01, I08", "catalogue")), [""; 0]);
    assert_eq!(test_file(&format!("// {}: P01 I08", "catalogue")), [""; 0]);
}

#[test]
fn paths_of_a_machine_are_found() {
    let path = concat!("/ho", "me/ann/chat.txt");
    assert_eq!(broken(&[("README.md", &format!("see {path}"))], &[]), ["machine-path"]);
    assert_eq!(broken(&[("README.md", &format!("see docs{path}"))], &[]), [""; 0]);
}
