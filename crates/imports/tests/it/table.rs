//! Plain tables of messages.

use crate::recorder::{Event, Recorder, options, read, read_file};
use domain::{ActorClass, Extent, JoinManner};
use imports::{Bundle, ColumnMap, DateOrder, ImportError, ReadOptions, format_named};
use proptest::prelude::{ProptestConfig, any, prop, proptest};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// 2024-01-05 09:07:03 in Shanghai.
const AT: i64 = 1_704_416_823_000;

fn told(name: &str, text: &str) -> Recorder {
    read_file("table", name, text.as_bytes()).unwrap()
}

fn mapped(text: &str, columns: &[(&str, &str)]) -> Result<Recorder, ImportError> {
    let map = columns.iter().map(|(word, name)| ((*word).into(), (*name).into())).collect();
    let options = ReadOptions { columns: ColumnMap(map), ..options() };
    let bundle = Bundle::of(&[("a.csv", text.as_bytes())]);
    let claim = imports::Claim { entries: vec![0], beside: Vec::new() };
    let mut recorder = Recorder::default();
    (format_named("table").unwrap().read)(&bundle, &claim, &options, &mut recorder)?;
    Ok(recorder)
}

#[test]
fn headers_are_guessed_in_chinese_and_english_with_any_delimiter() {
    for (text, group) in [
        ("时间,发送人,内容\n2024-01-05 9:07:03,安,早上好\n", "花友会"),
        ("发送时间\t群名\t昵称\t消息内容\n2024/1/5 9:07:03\t甲群\t安\t早上好\n", "甲群"),
        ("timestamp;room;from;text\n1704416823;r1;安;早上好\n", "r1"),
        (
            "聊天时间;成员昵称;成员ID;消息类型;聊天内容\n2024-01-05 9:07:03;安;安;文本;早上好\n",
            "花友会",
        ),
        ("日期,时间,姓名,发言\n2024-01-05,09:07:03,安,早上好\n", "花友会"),
        (
            "Time,SenderName,TalkerName,Talker,Content\n05-Jan-24 09:07:03 AM,安,甲群,1@c,早上好\n",
            "甲群",
        ),
        ("sep=,\nDate,Author,Content\n2024-01-05 09:07:03,安,早上好\n", "花友会"),
        ("聊天记录导出,,\n日期,时间,发言人,消息\n2024-01-05,9:07:03,安,早上好\n", "花友会"),
    ] {
        let told = told("花友会.csv", text);
        assert_eq!(told.messages(), [("安", "早上好")], "{text}");
        assert_eq!((told.rows[0].at, told.groups[0].name.as_str()), (AT, group), "{text}");
        assert_eq!(told.warnings, [], "{text}");
    }
}

#[test]
fn the_wechaty_layout_needs_no_map() {
    let told = told(
        "log.csv",
        "time(Asia/Shanghai),group_id,group_name,from_id,from_nickname,content_type,content\n\
         2024-01-05 09:07:03,g@1,甲群,w1,安,Text,早上好\n\
         2024-01-05 09:07:04,g@1,甲群,w2,小林,Image,http://example.com/a.png\n\
         2024-01-05 09:07:05,g@2,乙群,w1,安,Text,[图片]看\n\
         2024-01-05 09:07:06,g@1,甲群,,,System,\"\"\"安\"\"邀请\"\"阿杰\"\"加入了群聊\"\n",
    );
    let expected = [("w1", "早上好"), ("w2", " [Image]"), ("w1", "看 [Image]")];
    assert_eq!(told.messages(), expected);
    let joined = Event::Join(JoinManner::Invited, Some("w1".into()));
    assert_eq!(told.rows[3].what, joined);
    assert_eq!(told.rows[3].who.as_deref(), Some("name:阿杰"));
    assert_eq!(told.rows[0].at, AT);
    let groups: Vec<_> = told.groups.iter().map(|g| (g.key.as_str(), g.name.as_str())).collect();
    assert_eq!(groups, [("g@1", "甲群"), ("g@2", "乙群")]);
}

#[test]
fn a_map_names_columns_and_a_missing_one_is_named() {
    let text = "wann,wer,was\n2024-01-05 09:07:03,Ann,hi\n";
    let told = mapped(text, &[("time", "wann"), ("sender", "2"), ("text", "WAS")]).unwrap();
    assert_eq!(told.messages(), [("Ann", "hi")]);
    let missing = |columns: &[(&str, &str)]| match mapped(text, columns) {
        Err(ImportError::MissingColumn { wanted, found, .. }) => (wanted, found),
        other => panic!("{:?}", other.err()),
    };
    let found = "wann, wer, was".to_owned();
    assert_eq!(missing(&[("time", "when")]), ("time".into(), found.clone()));
    assert_eq!(missing(&[("time", "1"), ("sender", "2")]), ("text".into(), found));
    let error = mapped(text, &[("tim", "wann")]).err().unwrap();
    assert!(error.to_string().contains("time") && error.code() == "unsupported", "{error}");
}

#[test]
fn json_lines_keep_long_ids_and_nested_names() {
    let text = r#"{"timestamp": 1704416823000, "sender": {"name": "Ann", "id": "u1"}, "text": "hi", "message_id": 9007199254740993}
{"timestamp": 1704416824000, "sender": {"name": "Bob", "id": "u2"}, "text": "yes", "message_id": 9007199254740994, "reply_to": 9007199254740993}
"#;
    let told = read_file("table-ids", "a.jsonl", text.as_bytes()).unwrap();
    let seen = [("u1", "hi"), ("u2", "yes re=9007199254740993")];
    assert_eq!(told.messages(), seen);
    assert_eq!(told.rows[0].key, Some(9_007_199_254_740_993));
    assert_eq!(told.groups[0].evidence.replies, Extent::Full);
    assert_eq!(told.name_of("u1"), Some("Ann"));
}

#[test]
fn a_workbook_is_read_with_its_dates() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    for (column, name) in (0_u16..).zip(["发送时间", "昵称", "内容", "身份"]) {
        sheet.write(0, column, name).unwrap();
    }
    let clock = ExcelDateTime::parse_from_str("2024-01-05T09:07:03").unwrap();
    sheet.write_with_format(1, 0, &clock, &date).unwrap();
    sheet.write(2, 0, 1_704_416_823_000_f64).unwrap();
    sheet.write(3, 0, "2024/1/5 9:07:03").unwrap();
    for row in 1..4 {
        sheet.write(row, 1, "安").unwrap();
        sheet.write(row, 2, format!("第{row}行")).unwrap();
        sheet.write(row, 3, "群主").unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let told = read_file("table", "花友会.xlsx", &bytes).unwrap();
    assert_eq!(told.messages(), [("安", "第1行"), ("安", "第2行"), ("安", "第3行")]);
    assert!(told.rows.iter().all(|row| row.at == AT), "{:?}", told.rows);
    assert_eq!(told.people[0].class, Some(ActorClass::Staff));
    assert_eq!((told.rows[0].line, told.groups[0].name.as_str()), (2, "花友会"));
}

#[test]
fn further_sheets_with_the_same_header_are_read_too() {
    let mut book = Workbook::new();
    for (name, header) in
        [("说明", ["写", "给你"]), ("1", ["时间", "内容"]), ("2", ["时间", "内容"])]
    {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, header[0]).unwrap();
        sheet.write(0, 1, header[1]).unwrap();
        if name != "说明" {
            sheet.write(0, 2, "昵称").unwrap();
            sheet.write(1, 0, "2024/1/5 9:07:03").unwrap();
            sheet.write(1, 1, format!("第{name}页")).unwrap();
            sheet.write(1, 2, "安").unwrap();
        }
    }
    let told = read_file("table", "a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(told.messages(), [("安", "第1页"), ("安", "第2页")]);
}

#[test]
fn bad_times_are_counted_with_their_row_and_the_rest_is_read() {
    let told = told(
        "a.csv",
        "time,sender,text\n1704416823,安,a\nsoon,安,b\n\n1704416824,安,\"c\nd\"\n3704416824,安,e\n",
    );
    assert_eq!(told.messages(), [("安", "a"), ("安", "c\nd"), ("安", "e")]);
    assert_eq!(told.warned(), [("unreadable_time", 3), ("future_time", 7)]);
    assert_eq!(told.warnings[0].what, "soon");
}

#[test]
fn the_order_of_day_and_month_is_taken_from_the_whole_file() {
    let rows = |dates: &[&str]| {
        let mut text = "time,sender,text\n".to_owned();
        for date in dates {
            text += &format!("{date} 09:07:03,Ann,hi\n");
        }
        text
    };
    let day_first = told("a.csv", &rows(&["05/01/2024", "25/01/2024"]));
    assert_eq!((day_first.rows[0].at, day_first.warned()), (AT, vec![]));
    let month_first = told("a.csv", &rows(&["01/05/2024", "01/25/2024"]));
    assert_eq!((month_first.rows[0].at, month_first.warned()), (AT, vec![]));
    let open = told("a.csv", &rows(&["01/05/2024"]));
    assert_eq!((open.rows[0].at, open.warned()), (AT, vec![("ambiguous_date", 0)]));
    let said = ReadOptions { date_order: Some(DateOrder::DayFirst), ..options() };
    let text = rows(&["05/01/2024"]);
    let told = read("table", &Bundle::of(&[("a.csv", text.as_bytes())]), &said).unwrap();
    assert_eq!((told.rows[0].at, told.warned()), (AT, vec![]));
}

#[test]
fn a_quotation_without_end_is_an_error_and_not_a_message() {
    let text = "time,sender,text\n1704416823,安,a\n1704416824,\"安,b\n1704416825,安,c\n";
    let error = read_file("table", "a.csv", text.as_bytes()).err().unwrap();
    assert_eq!(error.code(), "truncated");
}

#[test]
fn other_files_are_not_taken_for_tables() {
    for text in ["a,b,c\n1,2,3\n", "hello\n", "{\"a\": 1}\n", "time,place\n1,2\n", "PK\u{3}\u{4}xx"]
    {
        let error = read_file("table", "a.csv", text.as_bytes()).err().unwrap();
        assert_eq!(error.code(), "unknown_format", "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..300), shape in 0_usize..3
    ) {
        let head = ["time,sender,text\n", "{\"time\":1,\"sender\":\"a\",\"text\":\"b\"}\n", ""][shape];
        let mut file = head.as_bytes().to_vec();
        file.extend(&bytes);
        let _ = read_file("table", "a.csv", &file);
        let _ = mapped(&String::from_utf8_lossy(&file), &[("time", "1")]);
    }

    #[test]
    fn any_cells_are_read_or_refused(
        rows in prop::collection::vec(("[0-9 /:.T年月Z+-]{0,20}", ".{0,6}", ".{0,6}"), 0..20)
    ) {
        let mut text = "time,sender,text\n".to_owned();
        for (time, sender, body) in &rows {
            text += &format!("\"{time}\",\"{}\",\"{}\"\n", sender.replace('"', ""), body.replace('"', ""));
        }
        let _ = read_file("table", "a.csv", text.as_bytes());
    }

    #[test]
    fn what_is_written_is_read_back(
        rows in prop::collection::vec(("[a-z\"，,;\n早]{1,20}", 0_i64..100_000_000, 0_u8..5), 1..30),
        json in any::<bool>()
    ) {
        let mut text = if json { String::new() } else { "time,sender,text\n".to_owned() };
        for (body, at, who) in &rows {
            let time = AT + at;
            if json {
                text += &serde_json::json!({"time": time, "sender": who.to_string(), "text": body})
                    .to_string();
                text.push('\n');
            } else {
                text += &format!("{time},{who},\"{}\"\n", body.replace('"', "\"\""));
            }
        }
        let told = told("a.csv", &text);
        let seen: Vec<_> = told.rows.iter().map(|row| (row.at, row.who.clone().unwrap())).collect();
        let written: Vec<_> = rows.iter().map(|(_, at, who)| (AT + at, who.to_string())).collect();
        assert_eq!(seen, written);
        for ((body, ..), (_, seen)) in rows.iter().zip(told.messages()) {
            assert_eq!(body.trim(), seen);
        }
    }
}
