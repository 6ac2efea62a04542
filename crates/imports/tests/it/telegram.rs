//! Telegram Desktop's `result.json`.

use crate::recorder::{Event, Recorder, attempt, options, read, read_file, sample};
use domain::{ActorClass, Extent, JoinManner, LeaveManner, ServiceKind};
use imports::{Bundle, ImportError};
use proptest::prelude::*;

fn group(kind: &str, messages: &str) -> String {
    format!(r#"{{"name": "读书会", "type": "{kind}", "id": 77, "messages": [{messages}]}}"#)
}

fn told(messages: &str) -> Recorder {
    read_file("telegram", "result.json", group("private_group", messages).as_bytes()).unwrap()
}

fn events(told: &Recorder) -> Vec<(Option<&str>, Event)> {
    told.rows.iter().map(|row| (row.who.as_deref(), row.what.clone())).collect()
}

#[test]
fn the_sample_derived_from_slack_gives_its_counts() {
    let path = "derived/family-houstondatavis/telegram-result.json.gz";
    let Some(bundle) = sample(path) else { return };
    let told = read("telegram", &bundle, &options()).unwrap();
    assert_eq!((told.messages().len(), told.senders(), told.joins()), (1025, 32, 71));
    assert_eq!(told.count(|what| matches!(what, Event::Leave(..))), 0);
    assert_eq!(told.warnings, []);
}

#[test]
fn the_real_export_gives_its_published_counts() {
    let Some(bundle) = sample("telegram-desktop-json/roboteam-test-2022") else { return };
    let told = read("telegram", &bundle, &options()).unwrap();
    assert_eq!((told.messages().len(), told.senders(), told.joins()), (8, 2, 4));
    assert_eq!(told.count(|what| matches!(what, Event::Leave(..))), 1);
    let mut records: Vec<_> = told.rows.iter().map(|row| row.line).collect();
    records.dedup();
    assert_eq!(records.len(), 12);
    assert_eq!(told.warnings, []);
}

#[test]
fn messages_of_every_shape_are_told() {
    let told = told(
        r#"
 {"id": 1, "type": "message", "date": "2024-01-05T17:07:03", "date_unixtime": "1704445623",
   "from": "Ann", "from_id": "user1",
  "text": ["hi ", {"type": "mention", "text": "@bob"}, " and ", {"type": "mention_name",
   "text": "小林", "user_id": 3}, {"type": "bold", "text": "!"}],
  "text_entities": [{"type": "plain", "text": "hi "}], "edited": "2024-01-05T17:08:03",
   "edited_unixtime": "1704445683",
  "reactions": [{"type": "emoji", "count": 2, "emoji": "👍", "recent": [{"from": "Bob",
   "from_id": "user2", "date": "2024-01-05T17:09:03"}]}]},
 {"id": 2, "type": "message", "date": "2024-01-05T17:07:04", "from": "Bob", "from_id": 2,
   "reply_to_message_id": 1, "text": "ok", "edited": "1970-01-01T08:00:00"},
 {"id": 3, "type": "message", "date": "2024-01-05T17:07:05", "from": null, "from_id": "user4",
   "photo": "p.jpg", "text": "", "forwarded_from": null},
 {"id": 4, "type": "message", "date": "2024-01-05T17:07:06", "from": "读书会",
   "from_id": "channel77", "file": "(File not included.)", "media_type": "voice_message",
   "text": ""},
 {"id": 5, "type": "message", "date": "2024-01-05T17:07:07", "from": "Ann", "from_id": "user1",
   "reply_to_message_id": 9, "reply_to_peer_id": "channel5", "file": "a.bin",
   "mime_type": "application/pdf", "text": "x\x0Bz"}"#,
    );
    let expected = [
        (Some("user1"), Event::Message("hi @bob and 小林! @name:bob @user3".into())),
        (Some("user1"), Event::Edit(1)),
        (Some("user2"), Event::Reaction(1, "👍".into())),
        (None, Event::Reaction(1, "👍".into())),
        (Some("user2"), Event::Message("ok re=1".into())),
        (Some("user4"), Event::Message(" [Image] forwarded".into())),
        (Some("channel77"), Event::Message(" [Audio]".into())),
        (Some("user1"), Event::Message("x\u{b}z [File]".into())),
    ];
    assert_eq!(events(&told), expected);
    let at: Vec<_> = told.rows.iter().map(|row| row.at - 1_704_445_623_000).collect();
    // The wall clock is Shanghai's, as the options say.
    assert_eq!(at, [0, 60_000, 120_000, 0, 1_000, 2_000, 3_000, 4_000]);
    assert_eq!(
        told.people.iter().find(|one| one.key == "channel77").unwrap().class,
        Some(ActorClass::Staff)
    );
    assert_eq!(
        (told.name_of("user4"), told.name_of("user3")),
        (Some("Deleted Account"), Some("小林"))
    );
    assert_eq!(told.groups[0].evidence.reactions, Extent::Full);
    assert_eq!(told.warnings, []);
}

#[test]
fn who_comes_and_goes_is_told_with_the_account_where_the_name_has_only_one() {
    let told = told(
        r#"
 {"id": 1, "type": "service", "date": "2024-01-05T17:00:00", "actor": "Ann", "actor_id": "user1",
   "action": "create_group", "title": "读书会", "members": ["Bob", null], "text": ""},
 {"id": 2, "type": "service", "date": "2024-01-05T17:00:01", "actor": "Kim", "actor_id": "user3",
   "action": "invite_members", "members": ["Kim"], "text": ""},
 {"id": 3, "type": "service", "date": "2024-01-05T17:00:02", "actor": "Ann", "actor_id": "user1",
   "action": "invite_members", "members": ["Eve", "Kim"], "text": ""},
 {"id": 4, "type": "service", "date": "2024-01-05T17:00:03", "actor": "阿杰", "actor_id": "user5",
   "action": "join_group_by_link", "inviter": "Ann", "text": ""},
 {"id": 5, "type": "service", "date": "2024-01-05T17:00:04", "actor": "阿杰", "actor_id": "user5",
   "action": "remove_members", "members": ["阿杰"], "text": ""},
 {"id": 6, "type": "service", "date": "2024-01-05T17:00:05", "actor": "Ann", "actor_id": "user1",
   "action": "remove_members", "members": ["Bob"], "text": ""},
 {"id": 7, "type": "message", "date": "2024-01-05T17:00:06", "from": "Bob", "from_id": "user2",
   "text": "?"},
 {"id": 8, "type": "message", "date": "2024-01-05T17:00:06", "from": "Kim", "from_id": "user6",
   "text": "another Kim"},
 {"id": 9, "type": "service", "date": "2024-01-05T17:00:07", "actor": "Lin", "actor_id": "user7",
   "action": "join_group_by_request", "text": ""}"#,
    );
    let join = |how, by: Option<&str>| Event::Join(how, by.map(str::to_owned));
    let ann = Some("user1");
    assert_eq!(
        events(&told)[..10],
        [
            (ann, Event::Service(ServiceKind::Founded)),
            (ann, join(JoinManner::Founding, None)),
            (Some("user2"), join(JoinManner::Founding, ann)),
            (None, join(JoinManner::Founding, ann)),
            (Some("user3"), join(JoinManner::Unknown, None)),
            (Some("name:Eve"), join(JoinManner::Invited, ann)),
            (Some("name:Kim"), join(JoinManner::Invited, ann)),
            (Some("user5"), join(JoinManner::Link, ann)),
            (Some("user5"), Event::Leave(LeaveManner::Left, None)),
            (Some("user2"), Event::Leave(LeaveManner::Removed, Some("user1".into()))),
        ]
    );
    assert_eq!(events(&told)[12].1, join(JoinManner::Approved, None));
    assert_eq!(told.groups[0].founded.unwrap().0, told.rows[0].at);
    assert_eq!(told.groups[0].evidence.joins, Extent::Full);
    assert_eq!(told.warned(), [("nameless_people", 1)]);
}

#[test]
fn a_deleted_account_comes_and_goes_by_itself() {
    let told = told(
        r#"
 {"id": 1, "type": "service", "date": "2024-01-05T17:00:00", "actor": null, "actor_id": "user1",
   "action": "invite_members", "members": [null], "text": ""},
 {"id": 2, "type": "service", "date": "2024-01-05T17:00:01", "actor": null, "actor_id": "user1",
   "action": "remove_members", "members": [null], "text": ""},
 {"id": 3, "type": "service", "date": "2024-01-05T17:00:02", "actor": null, "actor_id": "user1",
   "action": "invite_members", "members": [null, null], "text": ""},
 {"id": 4, "type": "service", "date": "2024-01-05T17:00:03", "actor": "Ann", "actor_id": "user2",
   "action": "remove_members", "members": [null], "text": ""}"#,
    );
    let (one, two) = (Some("user1"), Some("user2".to_owned()));
    let invited = Event::Join(JoinManner::Invited, one.map(str::to_owned));
    let expected = [
        (one, Event::Join(JoinManner::Unknown, None)),
        (one, Event::Leave(LeaveManner::Left, None)),
        (None, invited.clone()),
        (None, invited),
        (None, Event::Leave(LeaveManner::Removed, two)),
    ];
    assert_eq!(events(&told), expected);
}

#[test]
fn a_large_group_shows_comings_only_in_part() {
    let join = r#"{"id": 2, "type": "service", "date_unixtime": "1704445623", "date": "",
   "actor": "Kim", "actor_id": "user3", "action": "invite_members", "members": ["Kim"]}"#;
    let file = group("public_supergroup", join);
    let told = read_file("telegram", "result.json", file.as_bytes()).unwrap();
    let evidence = told.groups[0].evidence;
    assert_eq!((evidence.joins, evidence.leaves), (Extent::Partial, Extent::None));
    assert_eq!((evidence.reactions, told.groups[0].founded), (Extent::None, None));
}

#[test]
fn other_rows_are_service_and_what_is_not_described_is_said() {
    let told = told(
        r#"
 {"id": 1, "type": "service", "date": "2024-01-05T17:00:00", "actor": "Ann", "actor_id": "user1",
   "action": "pin_message", "message_id": 3},
 {"id": 2, "type": "service", "date": "2024-01-05T17:00:00", "actor": "Ann", "actor_id": "user1",
   "action": "migrate_to_supergroup"},
 {"id": 3, "type": "service", "date": "2024-01-05T17:00:00", "actor": "Ann", "actor_id": "user1",
   "action": "stars_prize", "stars": 5},
 {"id": 4, "type": "service", "date": "2024-01-05T17:00:00", "actor": "Ann", "actor_id": "user1",
   "information_text": "the bot says so"},
 {"id": 5, "type": "service", "date": "2024-01-05T17:00:00", "actor": "Ann", "actor_id": "user1",
   "action": "teleport"},
 {"id": 6, "type": "unsupported"},
 {"id": 7, "type": "message", "date": "soon", "from": "Ann", "from_id": "user1", "text": ""}"#,
    );
    let kinds = [ServiceKind::Pin, ServiceKind::Moved];
    let kinds = kinds.into_iter().chain([ServiceKind::Other; 3]);
    let expected: Vec<_> = kinds.map(|kind| (Some("user1"), Event::Service(kind))).collect();
    assert_eq!(events(&told), expected);
    let warned = [("unknown_kind", 5), ("unknown_kind", 6), ("unreadable_time", 7)];
    assert_eq!(told.warned(), warned);
}

#[test]
fn what_holds_no_words_is_still_something_and_a_written_offset_is_believed() {
    let told = told(
        r#"
 {"id": 1, "type": "message", "date": "2024-01-05T17:07:03.500+01:00", "from": "Ann",
   "from_id": "user1", "text": "", "todo_list": {"title": "x", "answers": []}},
 {"id": 2, "type": "message", "date": "2024-01-05T16:07:04Z", "from": "Ann", "from_id": "user1",
   "text": "", "giveaway_information": {"quantity": 1}},
 {"id": 3, "type": "message", "date": "2024-01-06T00:07:05", "from": "Ann", "from_id": "user1",
   "text": "", "location_information": null}"#,
    );
    let said: Vec<_> = told.messages().into_iter().map(|(_, text)| text).collect();
    assert_eq!(said, [" [Other]", " [Other]", " [Location]"]);
    let at: Vec<_> = told.rows.iter().map(|row| row.at - 1_704_470_823_000).collect();
    assert_eq!(at, [500, 1_000, 2_000]);
    assert_eq!(told.warnings, []);
}

#[test]
fn messages_cut_out_of_an_export_are_recognised_without_its_head() {
    let list = r#"[{"id": 1, "type": "message", "date_unixtime": "1704445623", "from": "Ann",
   "from_id": "user1", "text": "hi"}]"#;
    let cut = format!(r#"{{"messages": {list}}}"#);
    let chats = format!(r#"{{"chats": {{"list": [{{"name": "A", "messages": {list}}}]}}}}"#);
    for (file, name) in [(cut, "result.json"), (chats, "A")] {
        let told = read_file("telegram", "result.json", file.as_bytes()).unwrap();
        assert_eq!((told.messages(), told.groups[0].name.as_str()), (vec![("user1", "hi")], name));
    }
}

#[test]
fn of_a_whole_account_only_groups_are_read_with_running_record_numbers() {
    let message = |id: u32, who: u32| {
        format!(
            r#"{{"id": {id}, "type": "message", "date_unixtime": "1704445623", "date": "",
   "from": "P{who}", "from_id": "user{who}", "text": "t{id}"}}"#
        )
    };
    let file = format!(
        r#"{{"about": "…", "personal_information": {{"user_id": 1}}, "contacts": {{"list": []}},
  "chats": {{"about": "…", "list": [
   {{"name": "A", "type": "private_group", "id": 1, "messages": [{}]}},
   {{"name": "me", "type": "saved_messages", "id": 2, "messages": [{}]}},
   {{"messages": [{}], "id": 3, "type": "public_channel", "name": "B"}}]}},
  "left_chats": {{"about": "…", "list": [{{"name": "C", "type": "private_supergroup", "id": 4,
   "messages": [{}]}}]}}}}"#,
        message(1, 1),
        message(2, 1),
        message(3, 2),
        message(4, 3)
    );
    let told = read_file("telegram", "result.json", file.as_bytes()).unwrap();
    let rows: Vec<_> = told.rows.iter().map(|row| (row.group.as_str(), row.line)).collect();
    assert_eq!(rows, [("1", 1), ("3", 2), ("4", 3)]);
    assert_eq!(
        told.groups.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["A", "B", "C"]
    );
    assert_eq!(told.warned(), [("skipped_file", 0)]);
    assert_eq!(told.consumed, file.len() as u64);
}

#[test]
fn a_single_personal_chat_is_refused_with_the_remedy() {
    let file = group("personal_chat", "");
    let (_, result) =
        attempt("telegram", &Bundle::of(&[("result.json", file.as_bytes())]), &options());
    let error = result.unwrap_err().to_string();
    assert!(error.contains("personal_chat") && error.contains("choose a group"), "{error}");
}

#[test]
fn a_broken_record_costs_only_itself_and_a_cut_file_says_where() {
    let good = |id: u32| {
        format!(
            r#"{{"id": {id}, "type": "message", "date_unixtime": "1704445623", "date": "",
   "from": "Ann", "from_id": "user1", "text": "t"}}"#
        )
    };
    let file = group(
        "private_group",
        &format!(r#"{}, {{"id": "x"}}, 5, {}, {{"id": 4, "te"#, good(1), good(3)),
    );
    let whole = file.trim_end_matches("]}");
    let (told, result) =
        attempt("telegram", &Bundle::of(&[("result.json", whole.as_bytes())]), &options());
    let Err(ImportError::Truncated { place }) = result else { panic!("{result:?}") };
    assert_eq!((place.line, told.messages().len()), (5, 2));
    assert_eq!(told.warned(), [("unreadable_row", 2), ("unreadable_row", 3)]);
}

#[test]
fn a_record_beyond_the_limit_is_passed_over() {
    let long = "x".repeat(17 << 20);
    let file = group(
        "private_group",
        &format!(
            r#"{{"id": 1, "type": "message", "text": "{long}"}}, {{"id": 2, "type": "message",
   "date_unixtime": "1", "date": "", "from_id": "user1", "text": "t"}}"#
        ),
    );
    let told = read_file("telegram", "result.json", file.as_bytes()).unwrap();
    assert_eq!((told.messages().len(), told.warned()), (1, vec![("unreadable_row", 1)]));
}

#[test]
fn records_are_all_read_across_the_reading_buffer_and_in_utf_16() {
    let records: Vec<String> = (1..=2000)
        .map(|id| {
            let text = "小林 \\x0B says: ".to_owned() + &"word ".repeat(id % 60);
            format!(
                r#"{{"id": {id}, "type": "message", "date": "2024-01-05T17:07:03",
 "from": "Ann", "from_id": "user1", "text": "{text}"}}"#
            )
        })
        .collect();
    let file = group("private_group", &records.join(",\n"));
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(file.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [file.as_bytes(), &wide] {
        let told = read_file("telegram", "result.json", bytes).unwrap();
        let lines: Vec<u64> = told.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, (1..=2000).collect::<Vec<_>>());
        assert!(told.messages()[59].1.starts_with("小林 \u{b} says:"));
        assert_eq!(told.warnings, []);
    }
}

#[test]
fn another_shape_is_refused() {
    for wrong in ["[1, 2]", r#"{"messages": {"a": 1}}"#, "{]", "{}", "\"x\""] {
        let (_, result) =
            attempt("telegram", &Bundle::of(&[("result.json", wrong.as_bytes())]), &options());
        assert!(matches!(result, Err(ImportError::Malformed { .. })), "{wrong}: {result:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = attempt("telegram", &Bundle::of(&[("result.json", &bytes)]), &options());
        for (before, after) in [("{\"messages\": [",
   "]}"), ("{\"messages\": [{\"id\": 1, \"text\": \"", "\"}]}")] {
            let file = [before.as_bytes(), &bytes, after.as_bytes()].concat();
            let _ = attempt("telegram", &Bundle::of(&[("result.json", &file)]), &options());
        }
    }

    #[test]
    fn written_messages_are_read_back(
        rows in prop::collection::vec(("[a-z小林 \\\\\"\n]{1,20}", 0_u8..4), 1..20),
    ) {
        let records: Vec<_> = rows.iter().enumerate().map(|(at, (text, who))| serde_json::json!({
            "id": at, "type": "message", "date_unixtime": (1_704_445_623 + at).to_string(),
   "date": "",
            "from": format!("P{who}"), "from_id": format!("user{who}"), "text": text,
        })).collect();
        let list = serde_json::to_string(&records).unwrap();
        let told = told(list.trim_matches(['[', ']']));
        let read: Vec<_> =
            told.messages().into_iter().map(|(who, text)| (who.to_owned(), text.to_owned())).collect();
        let written: Vec<_> =
            rows.into_iter().map(|(text, who)| (format!("user{who}"), text)).collect();
        prop_assert_eq!(read, written);
    }
}
