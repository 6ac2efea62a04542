//! WhatsApp exports: the samples, every header variant, and what can be wrong with a file.

use crate::recorder::{Event, Recorder, attempt, options, read, read_file, sample};
use domain::{Extent, JoinManner, LeaveManner, ServiceKind};
use imports::{Bundle, DateOrder, ReadOptions};
use proptest::prelude::{ProptestConfig, Strategy, prop_assert_eq, proptest};

/// Android rows in en-GB, the header of which decides everything.
fn android(rows: &[&str]) -> String {
    let row = |(minute, row): (usize, &&str)| format!("31/12/2023, 09:{minute:02} - {row}\n");
    rows.iter().enumerate().map(row).collect()
}

fn told(rows: &[&str]) -> Recorder {
    read_file("whatsapp", "WhatsApp Chat with 读书会.txt", android(rows).as_bytes()).unwrap()
}

fn events(recorder: &Recorder) -> Vec<(Option<&str>, &Event)> {
    recorder.rows.iter().map(|row| (row.who.as_deref(), &row.what)).collect()
}

fn services(recorder: &Recorder) -> usize {
    recorder.count(|what| matches!(what, Event::Service(_)))
}

#[test]
fn the_ios_sample_gives_its_counts() {
    let Some(bundle) = sample("whatsapp/codesapiens-cornucopia") else { return };
    let seen = read("whatsapp", &bundle, &options()).unwrap();
    assert_eq!((seen.messages().len(), seen.senders()), (4722, 256));
    assert_eq!(seen.joins(), 1136);
    let leaves = |manner| seen.count(|what| matches!(what, Event::Leave(how, _) if *how == manner));
    assert_eq!((leaves(LeaveManner::Left), leaves(LeaveManner::Removed)), (207, 1));
    assert_eq!(services(&seen), 39);
    let deleted = seen.messages().iter().filter(|(_, text)| text.ends_with(" deleted")).count();
    assert_eq!(deleted, 142);
    assert!(seen.groups[0].founded.is_some(), "the export begins with the founding");
    assert!(
        seen.warned().iter().all(|(code, _)| *code == "nameless_people"),
        "{:?}",
        seen.warned()
    );
    assert_eq!(seen.consumed, bundle.bytes());
}

#[test]
fn the_derived_android_sample_gives_its_counts() {
    let path = "derived/family-houstondatavis/whatsapp-android-en-us.txt.gz";
    let Some(bundle) = sample(path) else { return };
    let seen = read("whatsapp", &bundle, &options()).unwrap();
    assert_eq!((seen.messages().len(), seen.senders(), seen.joins()), (1025, 32, 71));
    assert_eq!(seen.warned(), []);
}

#[test]
fn every_header_variant_reads_the_same_moment() {
    let morning = "2024-01-31T09:07:03";
    for (header, clock) in [
        ("[1/31/24, 9:07:03 AM] ", morning),
        ("[1/31/24, 9:07:03\u{202f}AM] ", morning),
        ("[31/01/2024, 09:07:03] ", morning),
        ("[31.01.24, 09:07:03] ", morning),
        ("[31-01-2024 09:07:03] ", morning),
        ("[2024-01-31, 09:07:03] ", morning),
        ("[2024/1/31 上午9:07:03] ", morning),
        ("[2024/1/31 下午9:07:03] ", "2024-01-31T21:07:03"),
        ("[2024/1/31 凌晨12:07:03] ", "2024-01-31T00:07:03"),
        ("[2024/1/31 中午12:07:03] ", "2024-01-31T12:07:03"),
        ("[2024/1/31 晚上11:07:03] ", "2024-01-31T23:07:03"),
        ("[2024/01/31 9:07:03] ", morning),
        ("[2024. 1. 31. 오전 9:07:03] ", morning),
        ("[31/01/2024, 9:07:03 p. m.] ", "2024-01-31T21:07:03"),
        ("\u{200f}[\u{200f}٣١\u{200f}/١\u{200f}/٢٠٢٤، ٩:٠٧:٠٣ ص] ", morning),
        ("[۳۱/۱/۲۰۲۴، ۹:۰۷:۰۳] ", morning),
        ("[३१/१/२४, ९:०७:०३ AM] ", morning),
        ("1/31/24, 9:07 AM - ", "2024-01-31T09:07:00"),
        ("1/31/24, 12:07\u{202f}AM - ", "2024-01-31T00:07:00"),
        ("1/31/24, 12:07\u{202f}PM - ", "2024-01-31T12:07:00"),
        ("31/01/2024, 09:07 - ", "2024-01-31T09:07:00"),
        ("31/01/24, 09:07 am - ", "2024-01-31T09:07:00"),
        ("31.01.24, 09:07 - ", "2024-01-31T09:07:00"),
        ("31/01/2024 09:07 - ", "2024-01-31T09:07:00"),
        ("31/1/24, 9:07 p.\u{a0}m. - ", "2024-01-31T21:07:00"),
        ("2024/1/31 09:07 - ", "2024-01-31T09:07:00"),
        ("2024年1月31日 上午9:07 - ", "2024-01-31T09:07:00"),
        ("31.1.2024 klo 9.07 - ", "2024-01-31T09:07:00"),
        ("31. 1. 2024 9:07 - ", "2024-01-31T09:07:00"),
        ("31. 01. 24, 09:07 - ", "2024-01-31T09:07:00"),
        ("2024. 01. 31. 9:07 - ", "2024-01-31T09:07:00"),
        ("2024. 01. 31. de. 9:07 - ", "2024-01-31T09:07:00"),
        ("31.01.24 г., 9:07 ч. - ", "2024-01-31T09:07:00"),
        ("31/1/2567 09:07 - ", "2024-01-31T09:07:00"),
        ("09:07, 31/01/2024 - ", "2024-01-31T09:07:00"),
        ("[9:07 PM, 1/31/2024] ", "2024-01-31T21:07:00"),
        ("[09:07:03, 31/1/2024] ", morning),
    ] {
        let text = format!("{header}Ann: hello\n");
        let seen = read_file("whatsapp", "_chat.txt", text.as_bytes()).unwrap();
        assert_eq!(seen.messages(), [("Ann", "hello")], "{header}");
        let at = options().zone.civil(domain::Millis(seen.rows[0].at));
        assert_eq!(at.to_string(), clock, "{header}");
        assert_eq!(seen.warned(), [], "{header}");
    }
}

#[test]
fn a_body_has_many_lines_and_may_look_like_anything() {
    let text = "[31/12/2023, 09:00:00] Ann: one\r\n\r\n- two: three\r\n[not a date] x\r\n\
                [31/12/2023, 09:00:05] 小林: ok\r\n[31/12/2023, 09:00:09] Ann:\r\n";
    let seen = read_file("whatsapp", "_chat.txt", text.as_bytes()).unwrap();
    let expected = [("Ann", "one\n\n- two: three\n[not a date] x"), ("小林", "ok"), ("Ann", "")];
    assert_eq!(seen.messages(), expected);
    assert_eq!(seen.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 5, 6]);
}

#[test]
fn people_come_and_go_one_by_one() {
    let seen = told(&[
        "Ann created group \"读书会\"",
        "Ann added you",
        "You added Bob",
        "Ann added 小林, 阿杰, and 2 others. Tap to see all.",
        "Cy joined using this group's invite link",
        "Bob left",
        "You removed 阿杰",
        "Dee was added",
    ]);
    let by = |key: &str| Some(key.to_owned());
    let invited = |key: &str| Event::Join(JoinManner::Invited, by(key));
    assert_eq!(
        events(&seen),
        [
            (Some("Ann"), &Event::Service(ServiceKind::Founded)),
            (Some("self"), &invited("Ann")),
            (Some("Bob"), &invited("self")),
            (Some("小林"), &invited("Ann")),
            (Some("阿杰"), &invited("Ann")),
            (None, &invited("Ann")),
            (None, &invited("Ann")),
            (Some("Cy"), &Event::Join(JoinManner::Link, None)),
            (Some("Bob"), &Event::Leave(LeaveManner::Left, None)),
            (Some("阿杰"), &Event::Leave(LeaveManner::Removed, by("self"))),
            (Some("Dee"), &Event::Join(JoinManner::Invited, None)),
        ]
    );
    assert_eq!(seen.warned(), [("nameless_people", 4)]);
    assert_eq!(seen.groups[0].founded.map(|at| at.0), Some(seen.rows[0].at));
    assert_eq!(seen.name_of("self"), Some("You"));
}

#[test]
fn sentences_are_known_in_other_languages() {
    for (row, event, who) in [
        ("安通过此群组的邀请链接加入了", Event::Join(JoinManner::Link, None), "安"),
        ("小林退出了群组", Event::Leave(LeaveManner::Left, None), "小林"),
        ("Ann hat die Gruppe verlassen", Event::Leave(LeaveManner::Left, None), "Ann"),
        (
            "Ann se unió usando el enlace de invitación de este grupo",
            Event::Join(JoinManner::Link, None),
            "Ann",
        ),
        ("Ann saiu", Event::Leave(LeaveManner::Left, None), "Ann"),
        ("Ann님이 나갔습니다.", Event::Leave(LeaveManner::Left, None), "Ann"),
        ("Annがグループを退出しました", Event::Leave(LeaveManner::Left, None), "Ann"),
        ("Ann покинул(-а) группу", Event::Leave(LeaveManner::Left, None), "Ann"),
    ] {
        let seen = told(&["Bob: hi", row]);
        assert_eq!(events(&seen)[1], (Some(who), &event), "{row}");
    }
}

#[test]
fn an_unknown_sentence_is_kept_as_a_service_row() {
    let seen = told(&["Bob: hi", "Bob waved at the moon"]);
    assert_eq!(events(&seen)[1], (None, &Event::Service(ServiceKind::Other)));
    assert_eq!(seen.warned(), [("unknown_kind", 2)]);
}

#[test]
fn a_colon_within_a_new_group_name_makes_no_sender() {
    let seen = told(&["Bob: hi", "Bob changed the group name from “A: x” to “B: y”"]);
    assert_eq!(events(&seen)[1], (Some("Bob"), &Event::Service(ServiceKind::GroupName)));
    assert_eq!(seen.groups[0].name, "B: y");
    let typed = told(&["Bob: she said “A: x”"]);
    assert_eq!(typed.messages(), [("Bob", "she said “A: x”")]);
}

#[test]
fn on_ios_only_the_mark_makes_a_sentence() {
    let text = "[31/12/2023, 09:00:00] Ann: \u{200e}Ann created this group\r\n\
                [31/12/2023, 09:00:01] Ann: Bob left\r\n\
                [31/12/2023, 09:00:02] Bob: \u{200e}Bob left\r\n\
                [31/12/2023, 09:00:03] ~\u{202f}Cy: \u{200e}You deleted this message.\r\n\
                [31/12/2023, 09:00:04] Dee: \u{200e}You added Dee\r\n\
                [31/12/2023, 09:00:05] Dee: \u{200e}Something new happened\r\n";
    let seen = read_file("whatsapp", "_chat.txt", text.as_bytes()).unwrap();
    assert_eq!(seen.messages(), [("Ann", "Bob left"), ("Cy", " deleted")]);
    let added = Event::Join(JoinManner::Invited, Some("Cy".to_owned()));
    assert_eq!(events(&seen)[4], (Some("Dee"), &added), "the exporter is known by his deletion");
    assert_eq!(events(&seen)[5].1, &Event::Service(ServiceKind::Other));
    assert_eq!(seen.warned(), [("unknown_kind", 6)]);
}

#[test]
fn old_exports_of_ios_have_rows_without_label_and_mark() {
    let text = "[\u{feff}31.12.17, 09:00:00] Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\n\
                \u{feff}\u{feff}[31.12.17, 09:00:01] Du hast die Gruppe \"读书会\" erstellt.\n\
                [31.12.17, 09:00:02] Du hast Bob hinzugefügt.\n\
                \u{feff}[31.12.17, 09:00:03] Bob: hallo\n\
                [31.12.17, 09:00:04] Bob: \u{200e}getippt\n\
                [31.12.17, 09:00:05] Bob hat die Gruppe verlassen.\n";
    let bundle = Bundle::of(&[("chat.txt", text.as_bytes())]);
    assert_eq!(imports::detect(&bundle, None).unwrap().claims[0].0.word, "whatsapp");
    let seen = read("whatsapp", &bundle, &options()).unwrap();
    assert_eq!(seen.messages(), [("Bob", "hallo"), ("Bob", "getippt")]);
    assert_eq!((seen.joins(), services(&seen), seen.rows.len()), (1, 2, 6));
    assert_eq!((seen.groups[0].name.as_str(), seen.warned()), ("读书会", vec![]));
}

#[test]
fn mentions_are_resolved_by_number_and_name() {
    let seen = told(&[
        "+91 98765 43210: here",
        "~ Ann Lee: here",
        "Bob: @919876543210 and @15550001111",
        "Bob: @\u{2068}~Ann Lee\u{2069} look, @~Ann Lee too; a@b.example",
        "Bob: @\u{2068}Nobody\u{2069}",
    ]);
    let texts: Vec<&str> = seen.messages().into_iter().skip(2).map(|(_, text)| text).collect();
    assert_eq!(texts[0], "@919876543210 and @15550001111 @+91 98765 43210 @name:15550001111");
    assert_eq!(texts[1], "@~Ann Lee look, @~Ann Lee too; a@b.example @Ann Lee @Ann Lee");
    assert_eq!(texts[2], "@Nobody @name:Nobody");
}

#[test]
fn the_group_takes_its_name_from_the_option_the_sentences_or_the_file() {
    let text = android(&["Ann: hi"]);
    for (file, name) in [
        ("WhatsApp Chat with 读书会.txt", "读书会"),
        ("x/与“读书会”的 WhatsApp 对话.txt", "读书会"),
        ("WhatsApp Chat mit Büro.txt", "Büro"),
        ("chat.txt", "WhatsApp"),
    ] {
        let seen = read_file("whatsapp", file, text.as_bytes()).unwrap();
        assert_eq!(seen.groups[0].name, name, "{file}");
    }
    let bundle = Bundle::of(&[("WhatsApp Chat with A.txt", text.as_bytes())]);
    let said = ReadOptions { group: Some("B".to_owned()), ..options() };
    assert_eq!(read("whatsapp", &bundle, &said).unwrap().groups[0].key, "B");
}

#[test]
fn what_the_export_shows_is_declared() {
    let seen = told(&["Ann: hi"]);
    let evidence = seen.groups[0].evidence;
    assert_eq!((evidence.joins, evidence.leaves), (Extent::Full, Extent::Full));
    assert_eq!((evidence.replies, evidence.reactions), (Extent::None, Extent::None));
    assert_eq!(seen.groups[0].founded, None);
}

#[test]
fn media_files_belong_to_the_chat_beside_them() {
    let chat = android(&["Ann: IMG-20231231-WA0001.jpg (file attached)"]);
    let bundle = Bundle::of(&[
        ("a/chat.txt", chat.as_bytes()),
        ("a/IMG-20231231-WA0001.jpg", b"x"),
        ("a/00000002-sold.csv", b"time,sender,text\n2024-01-05 09:07,Bob,a table\n"),
        ("a/00000003-old.txt", chat.as_bytes()),
        ("a/DOC-20231231-WA0004.epub", b"x"),
    ]);
    let detected = imports::detect(&bundle, None).unwrap();
    assert_eq!((detected.claims.len(), detected.skipped), (1, vec![]));
    assert_eq!(read("whatsapp", &bundle, &options()).unwrap().messages(), [("Ann", " [Image]")]);
}

/// Two rows whose dates can be read in two ways.
fn ambiguous(first: &str, second: &str) -> String {
    format!("{first}, 09:00 - Ann: a\n{second}, 09:00 - Ann: b\n")
}

fn months(recorder: &Recorder) -> Vec<i8> {
    let zone = options().zone;
    recorder.rows.iter().map(|row| zone.civil(domain::Millis(row.at)).month()).collect()
}

#[test]
fn day_and_month_are_settled_by_the_whole_file() {
    let read = |text: String| read_file("whatsapp", "_chat.txt", text.as_bytes()).unwrap();
    let large = read(ambiguous("05/06/2024", "13/06/2024"));
    assert_eq!((months(&large), large.warned()), (vec![6, 6], vec![]));
    let order = read(ambiguous("1/2/24", "3/1/24"));
    assert_eq!((months(&order), order.warned()), (vec![1, 3], vec![]), "day first runs backwards");
    let open = read(ambiguous("05/06/2024", "06/07/2024"));
    assert_eq!((months(&open), open.warned()), (vec![6, 7], vec![("ambiguous_date", 1)]));
    let american = read("5/6/24, 9:00 AM - Ann: a\n6/7/24, 9:00 AM - Ann: b\n".to_owned());
    assert_eq!((months(&american), american.warned().len()), (vec![5, 6], 1));
    let text = ambiguous("05/06/2024", "06/07/2024");
    let said = ReadOptions { date_order: Some(DateOrder::MonthFirst), ..options() };
    let bundle = Bundle::of(&[("_chat.txt", text.as_bytes())]);
    let told = crate::recorder::read("whatsapp", &bundle, &said).unwrap();
    assert_eq!((months(&told), told.warned()), (vec![5, 6], vec![]));
}

#[test]
fn mixed_locales_are_refused_with_both_lines() {
    let text = "31.12.23, 09:00 - Ann: a\n31.12.23, 09:01 - Ann: b\n12/31/23, 9:02 AM - Ann: c\n";
    let (_, result) = attempt("whatsapp", &Bundle::of(&[("a.txt", text.as_bytes())]), &options());
    let error = result.unwrap_err();
    assert_eq!(error.code(), "malformed");
    assert!(error.to_string().contains("lines 1 and 3"), "{error}");
    let text = "31/12/2023, 09:00 - Ann: a\n12/31/2023, 09:01 - Ann: b\n";
    let (_, result) = attempt("whatsapp", &Bundle::of(&[("a.txt", text.as_bytes())]), &options());
    assert!(result.unwrap_err().to_string().contains("lines 1 and 2"));
}

#[test]
fn a_pasted_header_of_another_variant_is_text() {
    let mut text = android(&["Ann: hi"; 40]);
    text.push_str("[2023/12/31 09:50:00] Bob: pasted\n");
    let seen = read_file("whatsapp", "chat.txt", text.as_bytes()).unwrap();
    let last = seen.messages().pop().unwrap();
    assert_eq!(last, ("Ann", "hi\n[2023/12/31 09:50:00] Bob: pasted"));
}

#[test]
fn a_row_pasted_between_others_is_text_in_a_short_chat_too() {
    let mut text = android(&["Ann: hi"; 8]);
    text.push_str("[2023/12/31 09:50:00] Bob: pasted\n[9:50 PM, 12/31/2023] Cy: copied\n");
    text.push_str("31/12/2023, 09:59 - Ann: bye\n");
    let seen = read_file("whatsapp", "chat.txt", text.as_bytes()).unwrap();
    assert_eq!((seen.messages().len(), seen.senders()), (9, 1));
}

#[test]
fn an_unreadable_time_loses_one_row_with_its_lines_and_says_so() {
    let text = "31/12/2023, 09:00 - Ann: a\n31/13/2023, 09:01 - Ann: b\nmore b\n\
                31/12/2023, 09:99 - Ann: c\n31/12/2023, 09:03 - Ann: d\n";
    let seen = read_file("whatsapp", "chat.txt", text.as_bytes()).unwrap();
    assert_eq!(seen.messages(), [("Ann", "a"), ("Ann", "d")]);
    assert_eq!(seen.warned(), [("unreadable_time", 2), ("unreadable_time", 4)]);
}

#[test]
fn files_that_are_no_chat_are_refused() {
    for (bytes, code) in [(&b"name,age\nAnn,3\n"[..], "malformed"), (&b"\n \n"[..], "empty")] {
        let (seen, result) = attempt("whatsapp", &Bundle::of(&[("a.txt", bytes)]), &options());
        assert_eq!(result.unwrap_err().code(), code);
        assert_eq!(seen.rows.len(), 0);
    }
}

#[test]
fn a_huge_line_is_cut_and_stray_bytes_are_counted() {
    let mut bytes = b"31/12/2023, 09:00 - Ann: ".to_vec();
    bytes.resize(10_000_000, b'x');
    bytes.extend_from_slice(b"\n31/12/2023, 09:01 - Bob: caf\xe9\n31/12/2023, 09:02 - Bob: ok\n");
    let seen = read_file("whatsapp", "chat.txt", &bytes).unwrap();
    assert_eq!(seen.messages().len(), 3);
    assert_eq!(seen.warned(), [("line_too_long", 1), ("invalid_text", 2)]);
    assert_eq!(seen.consumed, bytes.len() as u64);
}

#[test]
fn a_file_that_breaks_off_is_refused_unless_part_of_it_is_wanted() {
    let said: Vec<String> =
        (0..50_000_u64).map(|n| format!("Ann: {:x}", n * 7_919_777_777)).collect();
    let text: String = said.iter().map(|row| format!("31/12/2023, 09:00 - {row}\n")).collect();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gz, text.as_bytes()).unwrap();
    let whole = gz.finish().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chat.txt.gz");
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let bundle = Bundle::open(&[path], imports::Limits::default()).unwrap();
    let (_, result) = attempt("whatsapp", &bundle, &options());
    assert_eq!(result.unwrap_err().code(), "truncated");
    let partial = ReadOptions { partial: true, ..options() };
    let seen = read("whatsapp", &bundle, &partial).unwrap();
    assert!(seen.messages().len() > 10_000);
    assert_eq!(seen.warned().last().map(|(code, _)| *code), Some("truncated"));
}

/// How a variant writes a clock: year, month, day, hour, minute.
type Written = fn(i16, i8, i8, i8, i8) -> String;

const VARIANTS: &[Written] = &[
    |y, m, d, h, min| format!("[{m}/{d}/{:02}, {}:{min:02}:00 {}] ", y % 100, twelve(h), half(h)),
    |y, m, d, h, min| format!("[{d:02}/{m:02}/{y}, {h:02}:{min:02}:00] "),
    |y, m, d, h, min| format!("[{d:02}.{m:02}.{:02}, {h:02}:{min:02}:00] ", y % 100),
    |y, m, d, h, min| format!("[{d:02}-{m:02}-{y} {h:02}:{min:02}:00] "),
    |y, m, d, h, min| format!("[{y}/{m}/{d} {h}:{min:02}:00] "),
    |y, m, d, h, min| {
        format!("{m}/{d}/{:02}, {}:{min:02}\u{202f}{} - ", y % 100, twelve(h), half(h))
    },
    |y, m, d, h, min| format!("{d:02}/{m:02}/{y}, {h:02}:{min:02} - "),
    |y, m, d, h, min| format!("{d:02}.{m:02}.{:02}, {h:02}:{min:02} - ", y % 100),
    |y, m, d, h, min| format!("{y}/{m}/{d} {h:02}:{min:02} - "),
    |y, m, d, h, min| format!("{y}年{m}月{d}日 {h}:{min:02} - "),
];

fn twelve(hour: i8) -> i8 {
    if hour % 12 == 0 { 12 } else { hour % 12 }
}

fn half(hour: i8) -> &'static str {
    if hour < 12 { "AM" } else { "PM" }
}

fn chats() -> impl Strategy<Value = Vec<(i64, usize, String)>> {
    let row = (0_i64..100_000, 0_usize..4, "[a-zA-Z 你好吗哈0-9]{0,20}(\n[a-z ,.!]{0,9}x){0,2}");
    proptest::collection::vec(row, 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_generated_chat_reads_back_in_every_variant(chat in chats()) {
        let people = ["Ann", "小林", "+86 138 0000 0000", "Bob 🌱"];
        for variant in VARIANTS {
            // The first day settles the order of day and month.
            let mut clock = jiff::civil::date(2023, 5, 31).at(8, 0, 0, 0);
            let mut text = String::new();
            let mut expected = Vec::new();
            for (minutes, person, said) in &chat {
                let (date, time) = (clock.date(), clock.time());
                text += &variant(date.year(), date.month(), date.day(), time.hour(), time.minute());
                text += &format!("{}: {said}\n", people[*person]);
                expected.push((people[*person], said.trim_end(), clock));
                clock += jiff::Span::new().minutes(*minutes);
            }
            let seen = read_file("whatsapp", "_chat.txt", text.as_bytes()).unwrap();
            let zone = options().zone;
            let clocks = seen.rows.iter().map(|row| zone.civil(domain::Millis(row.at)));
            let read: Vec<_> = seen.messages().into_iter().zip(clocks)
                .map(|((who, text), clock)| (who, text, clock)).collect();
            prop_assert_eq!(read, expected);
            prop_assert_eq!(seen.warned(), vec![]);
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400),
    ) {
        let _ = attempt("whatsapp", &Bundle::of(&[("a.txt", &bytes)]), &options());
    }

    #[test]
    fn arbitrary_lines_after_headers_never_panic(
        rows in proptest::collection::vec("(\\[?[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4},? [0-9]{1,2}:[0-9]{2}( AM|\\]| -)? ?)?\\PC{0,30}", 0..20)
    ) {
        let mut text = "31/12/2023, 09:00 - Ann: hi\n[31/12/2023, 09:00:00] Ann: \u{200e}x\n".to_owned();
        text += &rows.join("\n");
        let _ = attempt("whatsapp", &Bundle::of(&[("a.txt", text.as_bytes())]), &options());
    }
}
