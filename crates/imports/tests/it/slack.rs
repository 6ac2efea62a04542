//! Slack's export zip.

use crate::recorder::{Event, attempt, options, read, sample};
use domain::{ActorClass, Extent, JoinManner, LeaveManner, ServiceKind};
use imports::{Bundle, ImportError};
use proptest::prelude::*;

const USERS: &str = r#"[
 {"id": "U1", "name": "ann", "real_name": "Ann Lee", "is_owner": true,
   "profile": {"display_name": ""}},
 {"id": "U2", "name": "xiaolin", "deleted": true, "profile": {"display_name": "小林"}},
 {"id": "U9", "name": "helper", "is_bot": true, "profile": {}}]"#;
const CHANNELS: &str = r#"[{"id": "C1", "name": "general", "created": 1451606300,
   "is_general": true, "members": ["U1"]}]"#;

fn export(day: &str) -> Bundle {
    Bundle::of(&[
        ("channels.json", CHANNELS.as_bytes()),
        ("general/2016-01-01.json", day.as_bytes()),
        ("users.json", USERS.as_bytes()),
    ])
}

#[test]
fn the_real_export_gives_its_published_counts() {
    let Some(bundle) = sample("slack/houstondatavis-slack-export-jul-31-2016.zip") else { return };
    let told = read("slack", &bundle, &options()).unwrap();
    assert_eq!((told.messages().len(), told.senders()), (1031, 32));
    assert_eq!(told.joins(), 320);
    assert_eq!(told.count(|what| matches!(what, Event::Leave(..))), 3);
    let general = told.groups.iter().find(|group| group.name == "general").unwrap();
    let mut joined: Vec<_> = told
        .rows
        .iter()
        .filter(|row| row.group == general.key && matches!(row.what, Event::Join(..)))
        .filter_map(|row| row.who.as_deref())
        .collect();
    joined.sort_unstable();
    joined.dedup();
    assert_eq!(joined.len(), 71);
    assert_eq!(told.warnings, []);
    assert_eq!(told.consumed, bundle_bytes(&bundle));
}

fn bundle_bytes(bundle: &Bundle) -> u64 {
    let wanted = |name: &str| name != "integration_logs.json";
    let entries = bundle.entries().iter().filter(|entry| wanted(entry.file_name()));
    entries
        .map(|entry| std::io::copy(&mut entry.open().unwrap(), &mut std::io::sink()).unwrap())
        .sum()
}

#[test]
fn rows_of_every_kind_are_told() {
    let told = read(
        "slack",
        &export(
            r#"[
 {"type": "message", "subtype": "channel_join", "user": "U1",
   "text": "<@U1> has joined the channel", "ts": "1451606400.000002"},
 {"type": "message", "subtype": "channel_join", "user": "U2", "inviter": "U1",
   "ts": "1451606401.000000"},
 {"type": "message", "user": "U2", "text": "hi <@U1|ann> &lt;3 <https:\/\/x.example|look>",
   "ts": "1451606460.000003",
  "thread_ts": "1451606460.000003", "reply_count": 1, "edited": {"user": "U2",
   "ts": "1451606470.5"},
  "reactions": [{"name": "+1", "users": ["U1"], "count": 2}]},
 {"type": "message", "user": "U1", "text": "yes <!channel>", "ts": "1451606461.000000",
   "thread_ts": "1451606460.000003"},
 {"type": "message", "subtype": "channel_topic", "user": "U1", "topic": "t",
   "ts": "1451606462.000000"},
 {"type": "message", "subtype": "tombstone", "user": "USLACKUSER",
   "text": "This message was deleted.", "ts": "1451606463.000000"},
 {"type": "message", "subtype": "channel_leave", "user": "U2", "ts": "1451606464.000000"},
 {"type": "message", "subtype": "brand_new", "user": "U1",
   "ts": "1451606465.000000"}]"#,
        ),
        &options(),
    )
    .unwrap();
    let what: Vec<_> = told.rows.iter().map(|row| (row.who.as_deref(), row.what.clone())).collect();
    assert_eq!(
        what,
        [
            (Some("U1"), Event::Join(JoinManner::Unknown, None)),
            (Some("U2"), Event::Join(JoinManner::Invited, Some("U1".into()))),
            (Some("U2"), Event::Message("hi @ann <3 look @U1".into())),
            (Some("U2"), Event::Edit(1_451_606_460_000_003)),
            (Some("U1"), Event::Reaction(1_451_606_460_000_003, "+1".into())),
            (None, Event::Reaction(1_451_606_460_000_003, "+1".into())),
            (Some("U1"), Event::Message("yes @channel re=1451606460000003 @everybody".into())),
            (Some("U1"), Event::Service(ServiceKind::Topic)),
            (None, Event::Recall(Some(1_451_606_463_000_000))),
            (Some("U2"), Event::Leave(LeaveManner::Left, None)),
            (Some("U1"), Event::Service(ServiceKind::Other)),
        ]
    );
    assert_eq!(told.rows[2].key, Some(1_451_606_460_000_003));
    assert_eq!((told.rows[2].at, told.rows[3].at), (1_451_606_460_000, 1_451_606_470_500));
    assert_eq!(told.warned(), [("unknown_kind", 8)]);
    let group = &told.groups[0];
    assert_eq!((group.key.as_str(), group.name.as_str()), ("C1", "general"));
    assert_eq!(group.founded.unwrap().0, 1_451_606_300_000);
    assert_eq!((group.evidence.joins, group.evidence.replies), (Extent::Full, Extent::Full));
    assert_eq!((told.name_of("U1"), told.name_of("U2")), (Some("Ann Lee"), Some("小林")));
    assert_eq!(
        told.people.iter().find(|one| one.key == "U1").unwrap().class,
        Some(ActorClass::Staff)
    );
}

#[test]
fn newer_service_rows_are_known_and_slack_itself_needs_no_record() {
    let rows = ["channel_tab_added", "channel_canvas_updated", "welcome_party"];
    let rows: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(at, kind)| {
            format!(r#"{{"subtype": "{kind}", "user": "USLACKBOT", "ts": "145160640{at}.000001"}}"#)
        })
        .collect();
    let hello = r#"{"user": "USLACKBOT", "text": "hello", "ts": "1451606410.000001"}"#;
    let day = format!("[{}, {hello}]", rows.join(","));
    let told = read("slack", &export(&day), &options()).unwrap();
    assert_eq!(told.count(|what| *what == Event::Service(ServiceKind::Other)), 3);
    assert_eq!(told.messages(), [("USLACKBOT", "hello")]);
    assert_eq!(told.name_of("USLACKBOT"), Some("Slackbot"));
    assert_eq!(told.warnings, []);
}

#[test]
fn the_folder_of_one_channel_is_that_channel() {
    let day = r#"[{"user": "U1", "text": "hi", "ts": "1451606410.000001",
   "reactions": [{"name": "+1", "users": null, "count": null}]}]"#;
    let files = [("2016-01-01.json", day.as_bytes())];
    let told = read("slack", &Bundle::of(&files).in_folder("random"), &options()).unwrap();
    assert_eq!((told.groups[0].name.as_str(), told.messages().len()), ("random", 1));
    let told = read("slack", &export(day).in_folder("export"), &options()).unwrap();
    assert_eq!(told.groups[0].name, "general");
}

#[test]
fn old_uploads_and_file_comments_are_their_peoples_messages() {
    let told = read(
        "slack",
        &export(
            r#"[
 {"subtype": "file_share", "user": "U1", "bot_id": null, "username": "ann",
   "ts": "1451606400.000001",
  "text": "<@U1|ann> uploaded a file: <https:\/\/f.example|Plan>",
   "file": {"mimetype": "image\/png"}},
 {"subtype": "file_share", "user": "U1", "bot_id": null, "ts": "1451606401.000001",
  "text": "<@U1|ann> uploaded a file: <https:\/\/f.example|Plan> and commented: see",
   "file": {"mimetype": "text\/csv"}},
 {"subtype": "file_comment", "text": "<@U2> commented on …: nice", "ts": "1451606402.000001",
   "comment": {"user": "U2", "comment": "nice"}},
 {"user": "U2", "text": "", "ts": "1451606403.000001",
   "files": [{"mimetype": "video\/mp4"}]}]"#,
        ),
        &options(),
    )
    .unwrap();
    let expected = [("U1", " [Image]"), ("U1", "see [File]"), ("U2", "nice"), ("U2", " [Video]")];
    assert_eq!(told.messages(), expected);
    assert_eq!(told.warnings, []);
}

#[test]
fn a_program_is_a_program_and_never_taints_the_person_it_speaks_through() {
    let told = read(
        "slack",
        &export(
            r#"[
 {"subtype": "bot_message", "bot_id": "B1", "username": "news", "text": "n",
   "ts": "1451606400.000001"},
 {"user": "U9", "bot_id": "B9", "bot_profile": {"name": "Helper"}, "text": "h",
   "ts": "1451606401.000001"},
 {"user": "U1", "bot_id": "B2", "bot_profile": {"name": "Poll"}, "text": "p",
   "ts": "1451606402.000001"},
 {"user": "U1", "text": "me", "ts": "1451606403.000001"}]"#,
        ),
        &options(),
    )
    .unwrap();
    assert_eq!(told.messages(), [("B1", "n"), ("U9", "h"), ("B2", "p"), ("U1", "me")]);
    let class = |key: &str| told.people.iter().find(|one| one.key == key).unwrap().class;
    assert_eq!([class("B1"), class("U9"), class("B2")], [Some(ActorClass::Bot); 3]);
    assert_eq!(class("U1"), Some(ActorClass::Staff));
    assert_eq!(told.name_of("B2"), Some("Poll"));
}

#[test]
fn somebody_missing_in_the_list_is_kept_and_warned_of_once() {
    let told = read(
        "slack",
        &export(
            r#"[
 {"user": "U7", "text": "a", "ts": "1451606400.000001", "user_profile": {"real_name": "阿杰"}},
 {"user": "U7", "text": "b", "ts": "1451606401.000001"}]"#,
        ),
        &options(),
    )
    .unwrap();
    assert_eq!(told.warned(), [("unknown_person", 1)]);
    assert_eq!(told.name_of("U7"), Some("阿杰"));
}

#[test]
fn rows_are_told_by_their_clock_and_keep_their_record_numbers() {
    let told = read(
        "slack",
        &export(
            r#"[
 {"user": "U1", "text": "late", "ts": "1451606402.000001"},
 {"user": "U1", "text": "early", "ts": "1451606401.000001"}]"#,
        ),
        &options(),
    )
    .unwrap();
    assert_eq!(told.messages(), [("U1", "early"), ("U1", "late")]);
    assert_eq!(told.rows[0].line, 2);
}

#[test]
fn a_broken_row_costs_only_itself() {
    let told = read(
        "slack",
        &export(
            r#"[
 {"user": "U1", "text": "a", "ts": "1451606400.000001"},
 {"user": "U1", "text": nonsense, "ts": "1451606401.000001"},
 {"user": {}, "text": "c", "ts": "1451606402.000001"},
 {"user": "U1", "text": "d", "ts": "yesterday"}, 7,
 {"user": "U1", "text": "e", "ts": "1451606403.000001"}]"#,
        ),
        &options(),
    )
    .unwrap();
    assert_eq!(told.messages(), [("U1", "a"), ("U1", "e")]);
    let mut warned = told.warned();
    warned.sort_by_key(|(_, line)| *line);
    let rows = ["unreadable_row", "unreadable_row", "unreadable_time", "unreadable_row"];
    assert_eq!(warned, rows.into_iter().zip(2..).collect::<Vec<_>>());
}

#[test]
fn a_cut_file_says_where_after_telling_the_part_before() {
    let bundle =
        export(r#"[{"user": "U1", "text": "a", "ts": "1451606400.000001"}, {"user": "U1", "te"#);
    let (told, result) = attempt("slack", &bundle, &options());
    let Err(ImportError::Truncated { place }) = result else { panic!("{result:?}") };
    assert_eq!((place.file.as_str(), place.line), ("general/2016-01-01.json", 2));
    assert_eq!(told.messages(), [("U1", "a")]);
    let mut partial = options();
    partial.partial = true;
    let (told, result) = attempt("slack", &bundle, &partial);
    assert!(result.is_ok());
    assert_eq!((told.messages().len(), told.warned()), (1, vec![("truncated", 2)]));
}

#[test]
fn another_top_level_is_refused() {
    let (_, result) = attempt("slack", &export(r#"{"messages": []}"#), &options());
    assert!(matches!(result, Err(ImportError::Malformed { .. })), "{result:?}");
}

#[test]
fn an_export_inside_a_folder_is_read_and_direct_messages_are_left_out() {
    let day = r#"[{"user": "U1", "text": "a", "ts": "1451606400.000001"}]"#.as_bytes();
    let bundle = Bundle::of(&[
        ("my export/channels.json", CHANNELS.as_bytes()),
        ("my export/D0A1B2C3D/2016-01-01.json", day),
        ("my export/general/2016-01-01.json", day),
        ("my export/users.json", USERS.as_bytes()),
    ]);
    let told = read("slack", &bundle, &options()).unwrap();
    assert_eq!(told.messages(), [("U1", "a")]);
    assert_eq!((told.groups.len(), told.groups[0].key.as_str()), (1, "C1"));
    assert_eq!(told.warned(), [("skipped_file", 0)]);
}

#[test]
fn direct_messages_alone_are_read() {
    let day = r#"[{"user": "U1", "text": "a", "ts": "1451606400.000001"}]"#.as_bytes();
    let bundle =
        Bundle::of(&[("D0A1B2C3D/2016-01-01.json", day), ("users.json", USERS.as_bytes())]);
    assert_eq!(read("slack", &bundle, &options()).unwrap().messages(), [("U1", "a")]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let bundle = Bundle::of(&[
            ("users.json", &bytes), ("channels.json", b"[]"), ("c/2016-01-01.json", &bytes),
        ]);
        let _ = attempt("slack", &bundle, &options());
        let rows = [b"[{\"ts\": \"1.000001\", \"text\": \"".as_slice(), &bytes, b"\"}]"].concat();
        let _ = attempt("slack", &Bundle::of(&[("c/2016-01-01.json", &rows)]), &options());
    }

    #[test]
    fn written_messages_are_read_back(
        texts in prop::collection::vec("[a-z小林 \\\\\"&<>\n]{1,20}", 1..20),
    ) {
        let rows: Vec<_> = texts.iter().enumerate().map(|(at, text)| {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            serde_json::json!({"user": "U1", "text": escaped, "ts": format!("1451606400.{at:06}")})
        }).collect();
        let bundle = export(&serde_json::to_string(&rows).unwrap());
        let told = read("slack", &bundle, &options()).unwrap();
        let read: Vec<&str> = told.messages().into_iter().map(|(_, text)| text).collect();
        prop_assert_eq!(read, texts.iter().map(|text| text.trim()).collect::<Vec<_>>());
    }
}
