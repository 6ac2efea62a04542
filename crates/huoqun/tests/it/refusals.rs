//! Bad input: a clear error with the thing and the remedy, an exit code, nothing half-done.

use crate::run::{huoqun, refused, sample};
use std::fs;
use std::path::Path;

fn said(folder: &Path, words: &[&str]) -> String {
    let (code, said) = refused(&huoqun(folder, words));
    assert!(code == 1 || code == 2, "exit {code}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let whole = fs::read(sample("running-group-telegram.json")).unwrap();
    put("empty.json", b"");
    put("cut.json", &whole[..whole.len() / 3]);
    put("photo.png", b"\x89PNG\r\n\x1a\n0000");
    put("columns.csv", "甲,乙\n1,2\n".as_bytes());
    for (words, named, remedy) in [
        (vec!["report", "none.zip"], "none.zip", "打不开"),
        (vec!["report", "empty.json"], "empty.json", "空"),
        (vec!["report", "cut.json"], "cut.json", "--partial"),
        (vec!["report", "photo.png"], "photo.png", "--format"),
        (vec!["report", "columns.csv", "--format", "table"], "columns.csv", "--columns"),
        (vec!["report", "cut.json", "--format", "icq"], "icq", "huoqun formats"),
    ] {
        let said = said(folder.path(), &words);
        assert!(said.contains(named) && said.contains(remedy), "{words:?}: {said}");
    }
}

#[test]
fn a_wrong_argument_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample("running-group-qq.txt");
    for (words, named) in [
        (vec!["report", &file, "--timezone", "Mars/Base"], "Mars/Base"),
        (vec!["report", &file, "--from", "gestern"], "gestern"),
        (vec!["report", &file, "--from", "2031-01-01"], "2031-01-01"),
        (vec!["report", &file, "--group", "没有的群"], "没有的群"),
        (vec!["report", &file, "--columns", "time"], "time"),
        (vec!["report", &file, "--staff", "@none.txt"], "none.txt"),
        (vec!["report"], "huoqun report"),
    ] {
        let said = said(folder.path(), &words);
        assert!(said.contains(named), "{words:?}: {said}");
    }
}

#[test]
fn a_report_that_cannot_be_written_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample("running-group-qq.txt");
    let said = said(folder.path(), &["report", &file, "--html", "no/such/folder/r.html"]);
    assert!(said.contains("no/such/folder/r.html"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
