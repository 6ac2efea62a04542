//! `huoqun import`, `report --group`, `rebuild`, `import --undo` on a data folder.

use crate::run::{expected, huoqun, printed, refused, sample};

#[test]
fn a_group_is_imported_reported_rebuilt_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| huoqun(folder.path(), words);
    let file = sample("running-group-telegram.json");
    let said = printed(&run(&["import", &file, "--group", "夜跑", "--timezone", "Asia/Shanghai"]));
    assert!(said.contains("夜跑") && said.contains("--undo 1"), "{said}");
    let report = printed(&run(&["report", "--group", "夜跑", "--json"]));
    let json: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(json["totals"]["messages"], expected("messages"));
    assert_eq!(json["title"], "夜跑");
    let asked = ["report", "--group", "夜跑", "--from", "2025-09-01", "--to", "2025-09-30"];
    assert!(printed(&run(&asked)).contains("9月"), "a window of the imported group");
    assert!(printed(&run(&["rebuild"])).contains("一致"));
    assert!(printed(&run(&["import", "--list"])).contains("telegram"));
    printed(&run(&["import", "--undo", "1"]));
    let (code, said) = refused(&run(&["report", "--group", "夜跑"]));
    assert_eq!(code, 1);
    assert!(said.contains("夜跑"), "{said}");
    let (code, said) = refused(&run(&["import", "--undo", "1"]));
    assert_eq!((code, said.contains("--list")), (1, true), "{said}");
}
