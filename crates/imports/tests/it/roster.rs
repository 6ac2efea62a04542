//! Rosters of groups and members.

use crate::recorder::{Event, Recorder, read_file};
use domain::{ActorClass, Extent, JoinManner, LeaveManner};
use proptest::prelude::{ProptestConfig, any, prop, proptest};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// 2024-01-05 09:07:03 in Shanghai.
const AT: i64 = 1_704_416_823_000;

fn told(text: &str) -> Recorder {
    read_file("roster", "名单.csv", text.as_bytes()).unwrap()
}

#[test]
fn a_row_is_a_stay_with_its_way_in_and_its_end() {
    let told = told(
        "客户群名称,成员昵称,成员ID,身份,入群时间,退群时间,邀请人,入群方式\n\
         花友会,安,a1,群主,2024-01-05 09:07:03,,,建群\n\
         花友会,小林,l1,客户,2024-01-05 09:07:04,2024-01-06 09:07:04,安,扫描二维码\n\
         花友会,小林,l1,客户,2024-01-07 09:07:04,-,安,\n\
         读书会,阿杰,j1,机器人,2024-01-05 09:07:03,,外人,邀请链接\n",
    );
    let by = |key: &str| Some(key.to_owned());
    let rows: Vec<_> = told
        .rows
        .iter()
        .map(|row| (row.group.as_str(), row.who.as_deref().unwrap(), row.at - AT, row.what.clone()))
        .collect();
    let day = 86_400_000;
    assert_eq!(
        rows,
        [
            ("花友会", "a1", 0, Event::Join(JoinManner::Founding, None)),
            ("花友会", "l1", 1_000, Event::Join(JoinManner::Scan, by("a1"))),
            ("花友会", "l1", 1_000 + day, Event::Leave(LeaveManner::Unknown, None)),
            ("花友会", "l1", 1_000 + 2 * day, Event::Join(JoinManner::Invited, by("a1"))),
            ("读书会", "j1", 0, Event::Join(JoinManner::Link, by("外人"))),
        ]
    );
    let class = |key: &str| told.people.iter().find(|person| person.key == key).unwrap().class;
    assert_eq!(class("a1"), Some(ActorClass::Staff));
    assert_eq!(class("l1"), Some(ActorClass::Member));
    assert_eq!(class("j1"), Some(ActorClass::Bot));
    let evidence = told.groups[0].evidence;
    assert_eq!((evidence.messages, evidence.joins), (Extent::None, Extent::Full));
    assert_eq!(told.warnings, []);
}

#[test]
fn who_has_no_time_is_listed_at_the_earliest_of_the_group() {
    let told = told(
        "group,member,joined at\nbooks,Ann,\nbooks,Bob,2024-01-05 09:07:04\n\
         books,Cem,2024-01-05 09:07:03\ntea,Dee,2024-01-05 09:07:05\nbooks,Eve,soon\nbooks,,\n",
    );
    let listed: Vec<_> = told
        .rows
        .iter()
        .filter(|row| row.what == Event::Join(JoinManner::Listed, None))
        .map(|row| (row.group.as_str(), row.who.as_deref().unwrap(), row.at - AT, row.line))
        .collect();
    assert_eq!(listed, [("books", "Ann", 0, 2), ("books", "Eve", 0, 6)]);
    assert_eq!(told.joins(), 5);
    assert_eq!(told.warned(), [("unreadable_time", 6), ("unreadable_row", 7)]);
}

#[test]
fn a_workbook_with_dates_is_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("yyyy/m/d");
    sheet.write(0, 0, "企业微信群成员").unwrap();
    for (column, name) in (0_u16..).zip(["群聊名称", "姓名", "入群时间"]) {
        sheet.write(1, column, name).unwrap();
    }
    sheet.write(2, 0, "花友会").unwrap();
    sheet.write(2, 1, "安").unwrap();
    let clock = ExcelDateTime::parse_from_str("2024-01-05").unwrap();
    sheet.write_with_format(2, 2, &clock, &date).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let told = read_file("roster", "a.xlsx", &bytes).unwrap();
    let midnight = AT - (9 * 3_600 + 7 * 60 + 3) * 1_000;
    assert_eq!(told.rows.len(), 1);
    assert_eq!((told.rows[0].at, told.rows[0].line), (midnight, 3));
}

#[test]
fn a_table_with_messages_is_no_roster() {
    let text = "群名,昵称,入群时间,内容,时间\n甲,安,2024-01-05,hi,2024-01-06 10:00\n";
    let told = read_file("table", "a.csv", text.as_bytes()).unwrap();
    assert_eq!(told.messages(), [("安", "hi")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut file = "群名,成员,入群时间,退群时间\n".as_bytes().to_vec();
        file.extend(&bytes);
        let _ = read_file("roster", "a.csv", &file);
    }

    #[test]
    fn what_is_written_is_read_back(
        rows in prop::collection::vec((0_u8..3, 0_u8..9, 0_i64..100_000, any::<bool>()), 1..30)
    ) {
        let mut text = "group,member,joined,left\n".to_owned();
        for (group, member, at, left) in &rows {
            let joined = AT / 1000 + at;
            let left = if *left { (joined + 5).to_string() } else { String::new() };
            text += &format!("g{group},m{member},{joined},{left}\n");
        }
        let told = told(&text);
        let mut expected = Vec::new();
        for (group, member, at, left) in &rows {
            let (group, member, at) = (format!("g{group}"), format!("m{member}"), AT + at * 1000);
            expected.push((group.clone(), member.clone(), at, false));
            if *left {
                expected.push((group, member, at + 5_000, true));
            }
        }
        let seen: Vec<_> = told
            .rows
            .into_iter()
            .map(|row| {
                let left = matches!(row.what, Event::Leave(..));
                (row.group, row.who.unwrap(), row.at, left)
            })
            .collect();
        assert_eq!(seen, expected);
    }
}
