//! The same thing told twice stands once, or the reading is refused.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use crate::request::report_on;
use app::Fault;
use std::fmt::Write;
use std::path::PathBuf;
use tempfile::TempDir;

/// A QQ text export of minutes `from..to` of an invented evening; `spoil` changes one line.
fn qq(from: u32, to: u32, spoil: Option<u32>) -> String {
    let mut text = String::from("消息记录（此消息记录为文本格式，不支持重新导入）\r\n\r\n");
    let line = "================================================================";
    let _ =
        write!(text, "{line}\r\n消息分组:我的QQ群\r\n{line}\r\n消息对象:晨跑群\r\n{line}\r\n\r\n");
    for n in from..to {
        let (minute, who) = (n / 3, if n % 2 == 0 { "小林(10001)" } else { "阿杰(10002)" });
        let words = if spoil == Some(n) { "改过了" } else { "明天几点集合" };
        let _ = write!(text, "2024-01-05 20:{minute:02}:00 {who}\r\n{words} {n}\r\n\r\n");
    }
    text
}

fn files(folder: &TempDir, texts: &[(&str, String)]) -> Vec<PathBuf> {
    texts
        .iter()
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect()
}

#[test]
fn the_same_export_twice_counts_once() {
    let folder = tempfile::tempdir().unwrap();
    let paths = files(&folder, &[("a.txt", qq(0, 60, None)), ("b.txt", qq(0, 60, None))]);
    let community = report_on(&paths).unwrap();
    assert_eq!(community.overall.totals.messages, 60);
    assert!(
        community.warnings.iter().any(|warned| warned.code == "duplicate" && warned.count == 60)
    );
}

#[test]
fn exports_that_overlap_are_laid_over_each_other() {
    let folder = tempfile::tempdir().unwrap();
    // The cuts fall inside a minute: 20 and 41 are neither first nor last of theirs.
    let paths = files(&folder, &[("a.txt", qq(0, 41, None)), ("b.txt", qq(20, 60, None))]);
    assert_eq!(report_on(&paths).unwrap().overall.totals.messages, 60);
}

#[test]
fn exports_that_do_not_agree_are_refused_with_the_moment() {
    let folder = tempfile::tempdir().unwrap();
    let paths = files(&folder, &[("a.txt", qq(0, 41, None)), ("b.txt", qq(20, 60, Some(30)))]);
    let refused = report_on(&paths).expect_err("it is refused");
    let Fault::NotCertain { group, at, stored, .. } = refused else { panic!("{refused}") };
    assert_eq!((group.as_str(), at.0, stored), ("晨跑群", 1_704_485_400_000, false));
}

#[test]
fn a_gap_in_the_middle_of_one_export_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut gappy = qq(0, 10, None);
    gappy.push_str(qq(40, 60, None).rsplit_once("====\r\n\r\n").unwrap().1);
    let paths = files(&folder, &[("a.txt", qq(0, 60, None)), ("b.txt", gappy)]);
    assert!(matches!(report_on(&paths), Err(Fault::NotCertain { .. })));
}

#[test]
fn an_export_of_which_nothing_can_be_read_says_where_it_fails() {
    let folder = tempfile::tempdir().unwrap();
    let export = r#"{"name": "晨跑群", "type": "private_group", "id": 1, "messages": [
 {"id": 1, "type": "message", "date": "gestern", "from": "阿杰", "from_id": "user1", "text": ""},
 {"id": 2, "type": "message", "date": "heute", "from": "阿杰", "from_id": "user1", "text": ""}]}"#;
    let refused = report_on(&files(&folder, &[("result.json", export.to_owned())])).err();
    let Some(Fault::NothingReadable { rows, first, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!((rows, first.as_str()), (2, "result.json:1: gestern"));
}
