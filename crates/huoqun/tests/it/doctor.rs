//! `huoqun doctor`: beside a running server and without one, for people and for programs.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::run::{huoqun, printed};

/// A server on the data of a folder; ended when dropped.
struct Server(Child);

impl Server {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_huoqun"))
            .args(["serve", "--json", "--listen", "127.0.0.1:0"])
            .env("HUOQUN_DATA", folder.join("data"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("url"), "{line}");
        Self(child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

/// Exit code, and the tone of each check.
fn found(folder: &Path) -> (i32, serde_json::Value) {
    let output = huoqun(folder, &["doctor", "--json"]);
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    (output.status.code().unwrap(), said)
}

fn tone<'s>(said: &'s serde_json::Value, code: &str) -> &'s str {
    let all = said["findings"].as_array().unwrap();
    let one = all.iter().find(|one| one["code"] == code).unwrap();
    one["tone"].as_str().unwrap()
}

fn owner(folder: &Path) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_huoqun"))
        .args(["admin", "create", "--login", "ann", "--name", "Ann", "--password-stdin"])
        .env("HUOQUN_DATA", folder.join("data"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("a pot of tea, slowly\n".as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn where_there_is_no_database_it_says_so_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = huoqun(folder.path(), &["doctor"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("[有问题] 数据库"), "{said}");
    assert!(!folder.path().join("data").exists());
}

#[test]
fn beside_a_server_and_without_one_it_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    owner(folder.path());
    let (code, said) = found(folder.path());
    assert_eq!((code, tone(&said, "key")), (2, "broken"), "no server made it yet");
    assert_eq!((tone(&said, "owner"), tone(&said, "schema")), ("well", "well"));
    let server = Server::start(folder.path());
    let (_, said) = found(folder.path());
    assert_eq!((tone(&said, "key"), tone(&said, "backup")), ("well", "look"));
    let backup = folder.path().join("whole.hq");
    printed(&huoqun(folder.path(), &["backup", backup.to_str().unwrap()]));
    let (beside, said) = found(folder.path());
    assert_eq!(tone(&said, "backup"), "well");
    drop(server);
    let (alone, said) = found(folder.path());
    assert_eq!(tone(&said, "backup"), "well");
    assert_eq!(beside, alone);
    let english = huoqun(folder.path(), &["doctor", "--lang", "en"]);
    let english = String::from_utf8(english.stdout).unwrap();
    assert!(english.contains("[well]   Database"), "{english}");
    assert!(english.contains("The last one is 0 days old."), "{english}");
}

#[test]
fn the_token_for_figures_comes_from_a_file_and_is_not_too_short() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("token"), "short\n").unwrap();
    let words = ["serve", "--metrics-token-file", "token", "--listen", "127.0.0.1:0"];
    let output = huoqun(folder.path(), &words);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--metrics-token-file"));
}
