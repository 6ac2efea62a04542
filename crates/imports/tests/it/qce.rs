//! QQ Chat Exporter.

use crate::recorder::{Event, options, read, read_file};
use domain::JoinManner;
use imports::{Bundle, ImportError};
use proptest::prelude::{ProptestConfig, any, prop, proptest};
use serde_json::{Value, json};

const AT: i64 = 1_704_416_823_000;

fn messages() -> Vec<Value> {
    let text = |text: &str| json!({"type": "text", "data": {"text": text}});
    vec![
        json!({"id": "7000000000000000001", "seq": "1", "timestamp": AT, "system": true,
            "sender": {"uid": "", "name": "系统"}, "content": {"text": "安邀请小林加入了本群。"}}),
        json!({"id": "7000000000000000002", "timestamp": AT + 1000, "type": "text",
            "sender": {"uid": "u_a", "uin": "11111", "name": "安"},
            "content": {"text": "早上好", "elements": [text("早上好")]}}),
        json!({"id": "7000000000000000003", "timestamp": AT + 2000, "type": "reply",
            "sender": {"uid": "u_l", "uin": "22222", "name": "小林"},
            "content": {"text": "[回复 安: 早上好] 看 [图片: a.jpg]",
                "elements": [{"type": "reply", "data": {"referencedMessageId": "7000000000000000002"}},
                    text("看"), {"type": "image", "data": {}}]}}),
        json!({"id": "7000000000000000004", "timestamp": AT + 3000, "recalled": true,
            "sender": {"uid": "u_x", "name": "阿杰"}, "content": {"text": "[图片]"}}),
    ]
}

fn head() -> Value {
    json!({"metadata": {"name": "QQChatExporter", "version": "5"},
        "chatInfo": {"name": "花友会", "type": "group"}, "statistics": {}})
}

fn check(word: &str, bundle: &Bundle) {
    let told = read(word, bundle, &options()).unwrap();
    assert_eq!(
        told.messages(),
        [
            ("11111", "早上好"),
            ("22222", "看 [Image] re=7000000000000000002"),
            ("u_x", " [Image] deleted"),
        ]
    );
    let joined = Event::Join(JoinManner::Invited, Some("11111".into()));
    assert_eq!((told.rows[0].who.as_deref(), &told.rows[0].what), (Some("22222"), &joined));
    assert_eq!((told.rows[1].at, told.rows[1].key), (AT + 1000, Some(7_000_000_000_000_000_002)));
    assert_eq!(told.groups.len(), 1);
    assert_eq!(told.groups[0].name, "花友会");
    assert_eq!(told.warnings, []);
}

#[test]
fn one_file_is_read() {
    let mut file = head();
    file["messages"] = messages().into();
    let bytes = serde_json::to_vec_pretty(&file).unwrap();
    check("qce", &Bundle::of(&[("花友会.json", &bytes)]));
    let error = read_file("qce", "a.json", &bytes[..bytes.len() - 5]).err();
    assert!(matches!(error, Some(ImportError::Truncated { .. })), "{error:?}");
}

#[test]
fn chunks_are_read_by_their_manifest() {
    let lines: Vec<String> = messages().iter().map(|m| format!("{m}\n")).collect();
    let manifest = head().to_string();
    let bundle = Bundle::of(&[
        ("x/chunks/c000001.jsonl", lines[..2].concat().as_bytes()),
        ("x/chunks/c000002.jsonl", lines[2..].concat().as_bytes()),
        ("x/manifest.json", manifest.as_bytes()),
    ]);
    check("qce", &bundle);
}

#[test]
fn a_chat_with_a_friend_is_refused() {
    let mut file = head();
    file["chatInfo"]["type"] = "private".into();
    file["messages"] = messages().into();
    let error = read_file("qce", "a.json", file.to_string().as_bytes()).err().unwrap();
    assert_eq!(error.code(), "unsupported");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        at in 0_usize..900,
    ) {
        let mut file = head();
        file["messages"] = messages().into();
        let mut file = file.to_string().into_bytes();
        let at = at.min(file.len()).max(120);
        file.splice(at..at, bytes);
        let _ = read_file("qce", "a.json", &file);
    }

    #[test]
    fn what_is_written_is_read_back(
        rows in prop::collection::vec((".{1,20}", 0_i64..1_000_000, 0_u8..5), 1..20)
    ) {
        let mut file = head();
        let written: Vec<Value> = (1..).zip(&rows).map(|(id, (text, at, who))| json!({
            "id": i64::to_string(&id), "timestamp": AT + at,
            "sender": {"uid": format!("u{who}"), "uin": format!("1000{who}"), "name": "安"},
            "content": {"text": text, "elements": [{"type": "text", "data": {"text": text}}]}
        })).collect();
        file["messages"] = written.into();
        let told = read_file("qce", "a.json", file.to_string().as_bytes()).unwrap();
        let seen: Vec<_> = told.rows.iter().map(|row| (row.key, row.at, row.who.clone())).collect();
        let expected: Vec<_> = (1..)
            .zip(&rows)
            .map(|(id, (_, at, who))| (Some(id), AT + at, Some(format!("1000{who}"))))
            .collect();
        assert_eq!(seen, expected);
    }
}
