//! Zulip as zulip-archive keeps it.

use crate::recorder::{Event, Recorder, attempt, options, read, sample};
use domain::{ActorClass, Extent, ServiceKind};
use imports::{Bundle, ImportError};
use proptest::prelude::*;

const TOPIC: &str = "zulip_json/7-new.20members/.E2.9C.94.20hello.json";

fn told(topic: &str) -> Recorder {
    read("zulip", &Bundle::of(&[(TOPIC, topic.as_bytes())]), &options()).unwrap()
}

#[test]
fn the_real_archive_gives_its_published_counts() {
    let Some(bundle) = sample("zulip-archive-json/lean-machine-learning-for-theorem-proving.zip")
    else {
        return;
    };
    let told = read("zulip", &bundle, &options()).unwrap();
    assert_eq!((told.messages().len(), told.senders()), (9466, 458));
    assert_eq!(told.count(|what| matches!(what, Event::Service(_))), 119);
    let deleted = told.messages().into_iter().filter(|(who, _)| *who == "(deleted)").count();
    assert_eq!(deleted, 258);
    assert_eq!((told.groups.len(), told.groups[0].key.as_str()), (1, "219941"));
    assert_eq!(told.warnings, []);
}

#[test]
fn an_archive_or_one_stream_of_it_may_be_given_as_the_folder_itself() {
    let topic = br#"[{"id": 11, "sender_full_name": "Ann", "timestamp": 1704445623,
 "content": "<p>hi</p>"}]"#;
    let inside = [("7-news/a.json", topic.as_slice()), ("stream_index.json", b"{}")];
    let archive = Bundle::of(&inside).in_folder("zulip_json");
    assert_eq!(imports::detect(&archive, None).unwrap().skipped, [] as [usize; 0]);
    let stream = Bundle::of(&[("a.json", topic)]).in_folder("7-news");
    for bundle in [archive, stream] {
        let told = read("zulip", &bundle, &options()).unwrap();
        let group = &told.groups[0];
        assert_eq!((group.key.as_str(), group.name.as_str()), ("7", "news"));
    }
}

#[test]
fn messages_are_read_out_of_their_html() {
    let told = told(
        r##"[
 {"id": 11, "sender_full_name": "Ann", "timestamp": 1704445623, "content": "<p>hi &lt;3</p>"},
 {"id": 12, "sender_full_name": "小林", "timestamp": 1704445624, "content":
  "<p><span class=\"user-mention silent\" data-user-id=\"1\">Ann</span>
   <a href=\"#narrow/stream/7/topic/hello/near/11\">said</a>:</p><blockquote>hi</blockquote>
   <p>hello <span class=\"user-mention\" data-user-id=\"1\">@Ann</span></p>"},
 {"id": 13, "sender_full_name": "Notification Bot", "timestamp": 1704445625,
  "content": "<p>Ann has marked this topic as resolved.</p>"}]"##
            .replace("\n   <", " <")
            .as_str(),
    );
    assert_eq!(told.messages(), [("Ann", "hi <3"), ("小林", "hello @Ann re=11 @name:Ann")]);
    assert_eq!(told.rows[2].what, Event::Service(ServiceKind::Thread));
    assert_eq!((told.rows[1].key, told.rows[1].at), (Some(12), 1_704_445_624_000));
    let bot = told.people.iter().find(|one| one.key == "Notification Bot").unwrap();
    assert_eq!(bot.class, Some(ActorClass::Bot));
    let group = &told.groups[0];
    assert_eq!((group.key.as_str(), group.name.as_str()), ("7", "new members"));
    assert_eq!((group.evidence.joins, group.evidence.replies), (Extent::None, Extent::Partial));
}

#[test]
fn a_broken_record_costs_only_itself_and_a_cut_file_says_where() {
    let good = r#"{"id": 1, "sender_full_name": "Ann", "timestamp": 1704445623, "content": "t"}"#;
    let bad = r#"{"id": 2, "sender_full_name": "Ann", "timestamp": "noon", "content": "t"}"#;
    let file = format!(r#"[{good}, {{"id": "x"}}, {bad}, {good}, {{"id": 3, "cont"#);
    let bundle = Bundle::of(&[(TOPIC, file.as_bytes())]);
    let (told, result) = attempt("zulip", &bundle, &options());
    let Err(ImportError::Truncated { place }) = result else { panic!("{result:?}") };
    assert_eq!((place.line, told.messages().len()), (5, 2));
    assert_eq!(told.warned(), [("unreadable_row", 2), ("unreadable_time", 3)]);
}

#[test]
fn a_file_cut_between_records_names_the_one_that_is_missing() {
    let good = r#"{"id": 1, "sender_full_name": "Ann", "timestamp": 1704445623, "content": "t"}"#;
    for end in ["", ",", ", "] {
        let file = format!("[{good}{end}");
        let (told, result) = attempt("zulip", &Bundle::of(&[(TOPIC, file.as_bytes())]), &options());
        let Err(ImportError::Truncated { place }) = result else { panic!("{result:?}") };
        assert_eq!((place.line, told.messages().len()), (2, 1));
    }
}

#[test]
fn another_shape_is_refused() {
    for wrong in ["{}", "3", "[}", "[:]"] {
        let bundle = Bundle::of(&[("x.json", wrong.as_bytes())]);
        let (_, result) = attempt("zulip", &bundle, &options());
        assert!(matches!(result, Err(ImportError::Malformed { .. })), "{wrong}: {result:?}");
    }
}

#[test]
fn what_follows_the_end_is_said() {
    let (told, result) = attempt("zulip", &Bundle::of(&[("x.json", b"[] [1]")]), &options());
    assert!(result.is_ok());
    assert_eq!(told.warned(), [("unreadable_row", 0)]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        html in "(<|>|/|p|a|\"|=|&|#x1;|<blockquote>|</p>|<span class=\"emoji-1f\">|林){0,40}",
    ) {
        let _ = attempt("zulip", &Bundle::of(&[(TOPIC, &bytes)]), &options());
        let row = serde_json::json!([
            {"id": 1, "sender_full_name": "Ann", "timestamp": 1, "content": html}
        ]).to_string();
        let told = told(&row);
        prop_assert_eq!(told.messages().len(), 1);
    }

    #[test]
    fn written_messages_are_read_back(
        rows in prop::collection::vec(("[a-z小林 \\\\\"&<>]{1,20}", 0_u8..4), 1..20),
    ) {
        let records: Vec<_> = rows.iter().enumerate().map(|(at, (text, who))| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            serde_json::json!({
                "id": at, "sender_full_name": format!("P{who}"), "timestamp": 1_704_445_623,
                "content": format!("<p>{text}</p>"),
            })
        }).collect();
        let told = told(&serde_json::to_string(&records).unwrap());
        let read: Vec<_> = told.messages().into_iter()
            .map(|(who, text)| (text.to_owned(), who.to_owned())).collect();
        let written: Vec<_> = rows.into_iter()
            .map(|(text, who)| (text.trim().to_owned(), format!("P{who}"))).collect();
        prop_assert_eq!(read, written);
    }
}
