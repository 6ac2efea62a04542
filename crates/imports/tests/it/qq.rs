//! The TXT of the QQ PC client.

use crate::recorder::{Event, Recorder, options, read, read_file, sample};
use domain::{ActorClass, JoinManner, LeaveManner, ServiceKind};
use proptest::prelude::{ProptestConfig, any, prop, proptest};

const RULE: &str = "================================================================";

fn block(list: &str, chat: &str, body: &str) -> String {
    format!("{RULE}\n消息分组:{list}\n{RULE}\n消息对象:{chat}\n{RULE}\n\n{body}\n")
}

fn export(blocks: &str) -> String {
    format!("\u{feff}消息记录（此消息记录为文本格式，不支持重新导入）\n\n{blocks}")
        .replace('\n', "\r\n")
}

fn told(text: &str) -> Recorder {
    read_file("qq", "全部消息记录.txt", text.as_bytes()).unwrap()
}

fn group(body: &str) -> Recorder {
    told(&export(&block("我的QQ群", "花友会", body)))
}

/// 2024-01-05 09:07:03 in Shanghai.
const START: i64 = 1_704_416_823_000;

#[test]
fn bodies_keep_blank_lines_and_what_looks_like_a_header() {
    let told = group(
        "2024-01-05 9:07:03 【管理员】安(123456789)\n第一行\n\n第三行\n2024-01-05 9:00:00 抄来的(55555)\n\n\
         2024-01-05 9:08:00 bo<Bo@Example.com>\n[图片]看这个\n\n\
         2024-01-05 9:08:01 a(b)(22222)\n[QQ红包]我发了一个红包，请使用新版手机QQ查收红包。\n\n",
    );
    assert_eq!(
        told.messages(),
        [
            ("123456789", "第一行\n\n第三行\n2024-01-05 9:00:00 抄来的(55555)"),
            ("bo@example.com", "看这个 [Image]"),
            ("22222", " [RedPacket]"),
        ]
    );
    assert_eq!((told.rows[0].at, told.rows[0].line), (START, 9));
    assert_eq!(told.people[0].class, Some(ActorClass::Staff));
    assert_eq!(told.name_of("22222"), Some("a(b)"));
    assert_eq!(told.groups[0].name, "花友会");
    assert_eq!(told.warnings, []);
}

#[test]
fn a_new_card_is_a_rename_of_the_same_number() {
    let told = group(
        "2024-01-05 9:07:03 安(12345)\na\n\n2024-01-05 9:07:04 【冒泡】安(12345)\nb\n\n\
         2024-01-05 9:07:05 阿安(12345)\nc\n\n2024-01-05 9:07:06 (12345)\nd\n\n",
    );
    assert_eq!(told.messages().len(), 4);
    assert_eq!(told.senders(), 1);
    assert_eq!(told.count(|what| *what == Event::Rename("阿安".into())), 1);
    assert_eq!(told.count(|what| matches!(what, Event::Rename(_))), 1);
}

#[test]
fn system_rows_lead_to_numbers_by_the_card_of_that_time() {
    let system = |second: u32, text: &str| {
        format!("2024-01-05 9:07:{second:02} 系统消息(10000)\n{text}\n\n")
    };
    let told = group(
        &[
            system(3, "小明加入本群。"),
            system(4, "安邀请阿杰加入了本群。"),
            system(5, "小明撤回了一条消息"),
            system(6, "无名被管理员移出本群。"),
            system(7, "阿杰退出了本群。"),
            system(8, "安修改群名片为阿安"),
            system(9, "安成为新群主"),
            "2024-01-05 9:07:10 小明(11111)\nhi\n\n".to_owned(),
            "2024-01-05 9:07:11 安(22222)\nhi\n\n".to_owned(),
            "2024-01-06 9:07:10 小红(11111)\nhi\n\n".to_owned(),
        ]
        .concat(),
    );
    let rows: Vec<_> = told.rows.iter().map(|row| (row.who.as_deref(), row.what.clone())).collect();
    let by = Some("22222".to_owned());
    assert_eq!(
        rows[..7],
        [
            (Some("11111"), Event::Join(JoinManner::Unknown, None)),
            (Some("name:阿杰"), Event::Join(JoinManner::Invited, by)),
            (Some("11111"), Event::Recall(None)),
            (Some("name:无名"), Event::Leave(LeaveManner::Removed, None)),
            (Some("name:阿杰"), Event::Leave(LeaveManner::Left, None)),
            (Some("22222"), Event::Rename("阿安".into())),
            (None, Event::Service(ServiceKind::Keeper)),
        ]
    );
}

#[test]
fn groups_of_a_whole_account_are_read_and_friends_are_skipped() {
    let text = export(
        &[
            block("我的好友", "妈妈", "2024-01-05 9:07:03 妈妈\n吃饭了吗\n"),
            block("我的QQ群", "甲群", "2024-01-05 9:07:03 安(12345)\na\n"),
            block("同学", "老同学", "2024-01-05 9:07:03 小林\nhi\n"),
            block("工作", "乙群", "2024-01-05 9:07:03 安(12345)\nb\n消息对象:假的\n"),
        ]
        .concat(),
    );
    let told = told(&text);
    let groups: Vec<&str> = told.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(groups, ["甲群", "乙群"]);
    assert_eq!(told.messages(), [("12345", "a"), ("12345", "b\n消息对象:假的")]);
    assert_eq!(told.warned(), [("skipped_file", 6), ("skipped_file", 24)]);
    assert_eq!(told.warnings[0].what, "我的好友 · 妈妈");
}

#[test]
fn a_friend_alone_is_refused_by_name() {
    let text = export(&block("我的好友", "妈妈", "2024-01-05 9:07:03 妈妈\n吃饭了吗\n"));
    let error = read_file("qq", "a.txt", text.as_bytes()).err().unwrap();
    assert_eq!(error.code(), "unsupported");
}

#[test]
fn text_without_empty_lines_and_in_other_encodings_is_read() {
    let crowded = "2024-01-05 8:43:38 PM 安(12345)\na\n2024-01-05 8:43:39 PM 小林(23456)\n早\n\
                   2024-01-05 8:43:40 PM 安(12345)\nc\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(crowded);
    let told = read_file("qq", "花友会.txt", &gb).unwrap();
    assert_eq!(told.messages(), [("12345", "a"), ("23456", "早"), ("12345", "c")]);
    assert_eq!(told.groups[0].name, "花友会");
    assert_eq!(told.rows[0].at, START + 11 * 3_600_000 + 36 * 60_000 + 35_000);
}

#[test]
fn the_derived_sample_gives_its_counts() {
    let Some(bundle) = sample("derived/family-houstondatavis/qq-pc-export.txt.gz") else {
        return;
    };
    let told = read("qq", &bundle, &options()).unwrap();
    assert_eq!((told.messages().len(), told.senders(), told.joins()), (1025, 32, 71));
    assert_eq!(told.warnings, []);
    assert_eq!(told.groups[0].name, "Houston Data Vis");
    let joined_by_number = told.rows.iter().filter(|row| {
        matches!(row.what, Event::Join(..))
            && row.who.as_deref().is_some_and(|key| !key.starts_with("name:"))
    });
    assert_eq!(joined_by_number.count(), 32);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut file = export(&block("我的QQ群", "花友会", "")).into_bytes();
        file.extend(&bytes);
        let _ = read_file("qq", "a.txt", &file);
    }

    #[test]
    fn any_lines_are_read_or_refused(
        lines in prop::collection::vec(
            "(2024-01-05 9:07:0[0-9] )?(【.{0,3}】)?.{0,8}(\\(10000\\)|\\([0-9]{4,7}\\)|<a@b>)?|", 0..30
        )
    ) {
        let text = export(&block("我的QQ群", "花友会", &lines.join("\n")));
        let _ = read_file("qq", "a.txt", text.as_bytes());
    }

    #[test]
    fn what_is_written_is_read_back(
        rows in prop::collection::vec(("[a-z早(),。]{1,12}(\n\n?[a-z]{1,5})?", 0_i64..3_000, 0_u8..5), 1..30)
    ) {
        let mut body = String::new();
        for (text, at, who) in &rows {
            let (hour, minute, second) = (at / 3600 + 9, at / 60 % 60, at % 60);
            let clock = format!("2024-01-05 {hour}:{minute:02}:{second:02}");
            body += &format!("{clock} 人{who}(1000{who}0)\n{text}\n\n");
        }
        let told = group(&body);
        let seen: Vec<_> = told
            .messages()
            .into_iter()
            .map(|(who, text)| (who.to_owned(), text.to_owned()))
            .collect();
        let written: Vec<_> =
            rows.iter().map(|(text, _, who)| (format!("1000{who}0"), text.clone())).collect();
        assert_eq!(seen, written);
        let base = START - 7 * 60_000 - 3_000;
        for ((_, at, _), row) in rows.iter().zip(&told.rows) {
            assert_eq!(row.at, base + at * 1000);
        }
    }
}
