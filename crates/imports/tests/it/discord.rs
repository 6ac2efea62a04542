//! `DiscordChatExporter`'s JSON.

use crate::recorder::{Event, Recorder, attempt, options, read, read_file, sample};
use domain::{ActorClass, Extent, JoinManner, LeaveManner, ServiceKind};
use imports::{Bundle, ImportError};
use proptest::prelude::*;

fn channel(messages: &str) -> String {
    format!(
        r#"{{"guild": {{"id": "1", "name": "书社"}},
 "channel": {{"id": "2", "type": "GuildTextChat", "category": "General", "name": "help"}},
 "messages": [{messages}], "messageCount": 1}}"#
    )
}

fn told(messages: &str) -> Recorder {
    read_file("discord", "help [2].json", channel(messages).as_bytes()).unwrap()
}

fn events(told: &Recorder) -> Vec<(Option<&str>, Event)> {
    told.rows.iter().map(|row| (row.who.as_deref(), row.what.clone())).collect()
}

#[test]
fn the_derived_export_gives_its_published_counts() {
    let Some(bundle) = sample("derived/discord-dce-json/pyscript.zip") else { return };
    let told = read("discord", &bundle, &options()).unwrap();
    assert_eq!((told.messages().len(), told.senders()), (2741, 197));
    assert_eq!(told.count(|what| matches!(what, Event::Service(_))), 18);
    assert_eq!((told.joins(), told.groups.len()), (0, 14));
    assert_eq!(told.warnings, []);
}

#[test]
fn messages_of_every_shape_are_told() {
    let told = told(
        r#"
 {"id": "4194304", "type": "Default", "timestamp": "2024-01-05T09:07:03.123+01:00",
  "timestampEdited": "2024-01-05T09:08:03+01:00", "content": "hi @Bob @everyone",
  "author": {"id": "5", "name": "ann", "nickname": "Ann", "isBot": false,
   "roles": [{"id": "6", "name": "Moderator"}]},
  "attachments": [{"fileName": "a.PNG"}],
  "reactions": [{"emoji": {"name": "👍"}, "count": 2, "users": [{"id": "9"}]}],
  "mentions": [{"id": "9", "name": "bob", "nickname": "Bob"}]},
 {"id": "8388608", "type": "Reply", "content": "sure <:ok:1>",
  "author": {"id": "9", "name": "bob", "nickname": "Bob", "roles": [{"name": "modern art"}]},
  "mentions": [{"id": "5", "name": "ann", "nickname": "Ann"}],
  "reference": {"messageId": "4194304", "channelId": "2"}},
 {"id": "8388609", "type": "Default", "content": "", "stickers": [{"id": "1"}],
  "author": {"id": "10", "name": "hook", "isBot": true}},
 {"id": "8388610", "type": "Default", "content": "", "reference": {"messageId": "7"},
  "forwardedMessage": {"content": "elsewhere"}, "author": {"id": "9", "name": "bob"}},
 {"id": "8388611", "type": "Default", "content": "", "embeds": [], "stickers": [],
  "forwardedMessage": {"content": "", "attachments": [], "stickers": [], "embeds": [{}]},
  "author": {"id": "9", "name": "bob"}},
 {"id": "8388612", "type": "20", "content": "", "embeds": [{"title": "t"}],
  "interaction": {"id": "3", "name": "roll", "user": {"id": "5"}},
  "author": {"id": "10", "name": "hook", "isBot": true}}"#,
    );
    let expected = [
        (Some("5"), Event::Message("hi @Bob @everyone [Image] @9 @everybody".into())),
        (Some("5"), Event::Edit(4_194_304)),
        (Some("9"), Event::Reaction(4_194_304, "👍".into())),
        (None, Event::Reaction(4_194_304, "👍".into())),
        (Some("9"), Event::Message("sure :ok: re=4194304".into())),
        (Some("10"), Event::Message(" [Sticker]".into())),
        (Some("9"), Event::Message("elsewhere forwarded".into())),
        (Some("9"), Event::Message(" [Link] forwarded".into())),
        (Some("10"), Event::Message(" [Link]".into())),
    ];
    assert_eq!(events(&told), expected);
    let at: Vec<_> = told.rows.iter().map(|row| row.at).collect();
    assert_eq!(at[..3], [1_704_442_023_123, 1_704_442_083_000, 1_704_442_023_123]);
    // Without a clock the id tells the time.
    assert_eq!(at[4], 1_420_070_400_002);
    let class = |key: &str| told.people.iter().find(|one| one.key == key).unwrap().class;
    let classes = [class("5"), class("9"), class("10")];
    assert_eq!(classes, [Some(ActorClass::Staff), None, Some(ActorClass::Bot)]);
    let group = &told.groups[0];
    assert_eq!((group.key.as_str(), group.name.as_str()), ("2", "书社 / help"));
    assert_eq!((group.evidence.joins, group.evidence.leaves), (Extent::None, Extent::None));
}

#[test]
fn comings_goings_and_service_rows_are_told() {
    let told = told(
        r#"
 {"id": "1", "type": "GuildMemberJoin", "content": "Joined the server.", "author": {"id": "5"}},
 {"id": "2", "type": "RecipientAdd", "author": {"id": "5"}, "mentions": [{"id": "6"}]},
 {"id": "3", "type": "RecipientRemove", "author": {"id": "6"}, "mentions": [{"id": "6"}]},
 {"id": "4", "type": "RecipientRemove", "author": {"id": "5"}, "mentions": [{"id": "7"}]},
 {"id": "5", "type": "ThreadCreated", "author": {"id": "5"}},
 {"id": "6", "type": "8", "author": {"id": "5"}},
 {"id": "7", "type": "Novelty", "author": {"id": "5"}},
 {"id": "8", "type": "RecipientAdd", "author": {"id": "5"}, "mentions": []}"#,
    );
    let five = Some("5".to_owned());
    let expected = [
        (Some("5"), Event::Join(JoinManner::Unknown, None)),
        (Some("6"), Event::Join(JoinManner::Invited, five.clone())),
        (Some("6"), Event::Leave(LeaveManner::Left, None)),
        (Some("7"), Event::Leave(LeaveManner::Removed, five)),
        (Some("5"), Event::Service(ServiceKind::Thread)),
        (Some("5"), Event::Service(ServiceKind::Other)),
        (Some("5"), Event::Service(ServiceKind::Other)),
        // Whom he added is not written.
        (Some("5"), Event::Service(ServiceKind::Other)),
    ];
    assert_eq!(events(&told), expected);
    assert_eq!(told.warned(), [("unknown_kind", 7)]);
    let evidence = told.groups[0].evidence;
    assert_eq!((evidence.joins, evidence.leaves), (Extent::Partial, Extent::Partial));
}

#[test]
fn kinds_written_as_numbers_by_older_versions_are_the_same_kinds() {
    let told = told(
        r#"
 {"id": "1", "type": "0", "content": "hi", "author": {"id": "5"}},
 {"id": "2", "type": "19", "content": "yes", "author": {"id": "6"},
  "reference": {"messageId": "1", "channelId": "2"},
  "reactions": [{"emoji": {"name": "👍"}, "count": null, "users": null}]},
 {"id": "3", "type": 7, "author": {"id": "7"}},
 {"id": "4", "type": "18", "author": {"id": "5"}}"#,
    );
    let expected = [
        (Some("5"), Event::Message("hi".into())),
        (Some("6"), Event::Message("yes re=1".into())),
        (Some("7"), Event::Join(JoinManner::Unknown, None)),
        (Some("5"), Event::Service(ServiceKind::Thread)),
    ];
    assert_eq!(events(&told), expected);
    assert_eq!(told.warnings, []);
}

#[test]
fn a_thread_is_named_with_its_channel_by_every_version() {
    let message = r#"{"id": "1", "type": "Default", "content": "t", "author": {"id": "5"}}"#;
    let kinds = [r#""GuildPublicThread""#, r#""11""#, "11", r#""GuildTextChat""#];
    let names = kinds.map(|kind| {
        let file = channel(message).replace(r#""GuildTextChat""#, kind);
        let told = read_file("discord", "x.json", file.as_bytes()).unwrap();
        (told.groups[0].key.clone(), told.groups[0].name.clone())
    });
    let names: Vec<_> = names.iter().map(|(key, name)| (key.as_str(), name.as_str())).collect();
    let thread = ("2", "书社 / General / help");
    assert_eq!(names, [thread, thread, thread, ("2", "书社 / help")]);
}

#[test]
fn parts_are_one_group_in_the_order_of_their_numbers() {
    let message = |id: u32| {
        channel(&format!(
            r#"{{"id": "{id}", "type": "Default", "content": "t", "author": {{"id": "5"}}}}"#
        ))
    };
    let (one, two, ten) = (message(1), message(2), message(10));
    let bundle = Bundle::of(&[
        ("x [2] [part 10].json", ten.as_bytes()),
        ("x [2] [part 2].json", two.as_bytes()),
        ("x [2].json", one.as_bytes()),
        ("x [2].json_Files/a.png", b"png"),
    ]);
    let told = read("discord", &bundle, &options()).unwrap();
    let keys: Vec<_> = told.rows.iter().filter_map(|row| row.key).collect();
    assert_eq!((keys, told.groups.len()), (vec![1, 2, 10], 1));
}

#[test]
fn a_broken_record_costs_only_itself_and_a_cut_file_says_where() {
    let good = r#"{"id": "1", "type": "Default", "content": "t", "author": {"id": "5"}}"#;
    let file = channel(&format!(r#"{good}, {{"id": {{}}}}, {{"type": "Default"}}, {good}, {{"id"#));
    let end = file.find("], \"messageCount").unwrap();
    let bundle = Bundle::of(&[("x.json", &file.as_bytes()[..end])]);
    let (told, result) = attempt("discord", &bundle, &options());
    let Err(ImportError::Truncated { place }) = result else { panic!("{result:?}") };
    assert_eq!((place.line, told.messages().len()), (5, 2));
    assert_eq!(told.warned(), [("unreadable_row", 2), ("unreadable_row", 3)]);
}

#[test]
fn another_shape_is_refused() {
    let telegram = r#"{"name": "读书会", "id": 7, "messages": [{"id": 1, "type": "message"}]}"#;
    for wrong in ["[1]", "{}", telegram, r#"{"guild": {}, "channel": {}, "messages": 3}"#, "{]"] {
        let bundle = Bundle::of(&[("x.json", wrong.as_bytes())]);
        let (_, result) = attempt("discord", &bundle, &options());
        assert!(matches!(result, Err(ImportError::Malformed { .. })), "{wrong}: {result:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = attempt("discord", &Bundle::of(&[("x.json", &bytes)]), &options());
        let before = br#"{"messages": [{"id": "1", "type": "Default", "content": ""#;
        let file = [before.as_slice(), &bytes, b"\"}]}"].concat();
        let _ = attempt("discord", &Bundle::of(&[("x.json", &file)]), &options());
    }

    #[test]
    fn written_messages_are_read_back(
        rows in prop::collection::vec(("[a-z小林 \\\\\"\n]{1,20}", 0_u8..4), 1..20),
    ) {
        let records: Vec<String> = rows.iter().enumerate().map(|(at, (text, who))| {
            serde_json::json!({
                "id": at.to_string(), "type": "Default", "content": text,
                "timestamp": "2024-01-05T09:07:03.123+00:00", "author": {"id": who.to_string()},
            }).to_string()
        }).collect();
        let told = told(&records.join(","));
        let read: Vec<_> = told.messages().into_iter()
            .map(|(who, text)| (text.to_owned(), who.to_owned())).collect();
        let written: Vec<_> =
            rows.into_iter().map(|(text, who)| (text, who.to_string())).collect();
        prop_assert_eq!(read, written);
    }
}
