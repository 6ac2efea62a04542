//! WeChatMsg / MemoTrace CSV.

use crate::recorder::{Event, Recorder, options, read, read_file, sample};
use domain::{Extent, JoinManner, LeaveManner, ServiceKind};
use imports::{Bundle, ImportError};
use proptest::prelude::{ProptestConfig, any, prop, proptest};

const HEADER: &str = "\u{feff}localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,\
                      StrContent,StrTime,Remark,NickName,Sender\r\n";

/// Talker, type, sub-type, is-sender, second, content, remark, nickname, sender.
type Cells<'a> = (u32, u32, u32, u8, i64, &'a str, &'a str, &'a str, &'a str);

fn csv(rows: &[Cells<'_>]) -> Vec<u8> {
    let mut out = HEADER.to_owned();
    for (at, (talker, kind, sub, own, second, content, remark, nick, sender)) in
        rows.iter().enumerate()
    {
        let quoted = format!("\"{}\"", content.replace('"', "\"\""));
        let time = 1_704_445_623 + second;
        out += &format!(
            "{},{talker},{kind},{sub},{own},{time},2,{quoted},x,{remark},{nick},{sender}\r\n",
            at + 1
        );
    }
    out.into_bytes()
}

fn told(rows: &[Cells<'_>]) -> Recorder {
    read_file("wechatmsg", "花友会_utf8.csv", &csv(rows)).unwrap()
}

#[test]
fn messages_keep_their_words_and_lose_the_markup() {
    let quote = "<msg><appmsg><title>好的</title><refermsg/></appmsg></msg>";
    let told = told(&[
        (1, 1, 0, 0, 0, "早上好\n第二行", "", "安", "wxid_a"),
        (1, 3, 0, 0, 1, "<msg><img/></msg>", "", "安", "wxid_a"),
        (1, 49, 57, 0, 2, quote, "", "小林", "wxid_l"),
        (1, 49, 19, 0, 3, "<msg/>", "", "小林", "wxid_l"),
        (1, 1, 0, 1, 4, "我来", "", "", ""),
        (1, 50, 0, 0, 5, "", "", "小林", "wxid_l"),
        (1, 777, 0, 0, 6, "?", "", "小林", "wxid_l"),
    ]);
    assert_eq!(
        told.messages(),
        [
            ("wxid_a", "早上好\n第二行"),
            ("wxid_a", " [Image]"),
            ("wxid_l", "好的"),
            ("wxid_l", " [Link] forwarded"),
            ("self", "我来"),
        ]
    );
    assert_eq!(told.rows[0].at, 1_704_445_623_000);
    assert_eq!(told.rows[1].line, 4, "the line in the file, bodies have several");
    assert_eq!(told.rows[5].what, Event::Service(ServiceKind::Call));
    assert_eq!(told.warned(), [("unknown_kind", 9)]);
    assert_eq!(told.groups[0].name, "花友会");
    assert_eq!(told.groups[0].evidence.leaves, Extent::Partial);
    assert!(told.rows.iter().all(|row| row.key.is_none()));
}

#[test]
fn system_rows_find_the_people_they_name() {
    let system = |second, text| (1, 10_000, 0, 0, second, text, "", "", "");
    let told = told(&[
        system(0, "\"安\"邀请\"小林、阿杰\"加入了群聊"),
        system(1, "\"阿杰\"通过扫描\"安\"分享的二维码加入群聊"),
        system(2, "你将\"无名\"移出了群聊"),
        system(3, "\"小林\" 撤回了一条消息"),
        system(4, "\"安\"修改群名为“花友会”"),
        system(5, "\"安\" 拍了拍 \"小林\""),
        (1, 1, 0, 0, 6, "hi", "", "小林", "wxid_l"),
        (1, 1, 0, 0, 7, "hi", "安", "Ann", "wxid_a"),
        (1, 1, 0, 1, 8, "hi", "", "", "wxid_me"),
    ]);
    let by = |key: &str| Some(key.to_owned());
    let rows: Vec<_> = told.rows.iter().map(|row| (row.who.as_deref(), row.what.clone())).collect();
    assert_eq!(
        rows[..7],
        [
            (Some("wxid_l"), Event::Join(JoinManner::Invited, by("wxid_a"))),
            (Some("name:阿杰"), Event::Join(JoinManner::Invited, by("wxid_a"))),
            (Some("name:阿杰"), Event::Join(JoinManner::Scan, by("wxid_a"))),
            (Some("name:无名"), Event::Leave(LeaveManner::Removed, by("wxid_me"))),
            (Some("wxid_l"), Event::Recall(None)),
            (Some("wxid_a"), Event::Service(ServiceKind::GroupName)),
            (Some("wxid_a"), Event::Service(ServiceKind::Nudge)),
        ]
    );
    assert_eq!(told.name_of("wxid_a"), Some("Ann"));
}

#[test]
fn chats_in_one_file_stay_apart_and_bad_rows_are_numbered() {
    let mut bytes = csv(&[
        (1, 1, 0, 0, 0, "a", "", "安", "wxid_a"),
        (2, 1, 0, 0, 1, "b", "", "安", "wxid_a"),
        (1, 1, 0, 0, 2_000_000_000, "future", "", "安", "wxid_a"),
    ]);
    bytes.extend(b"4,1,1,0,0,yesterday,2,x,x,,,wxid_a\r\n5,1,text,0,0,1704445623,2,x,x,,,\r\n");
    bytes.extend(b"6,1,1,0,0,1704445623,2,caf\xe9,x,,,wxid_a\r\n");
    let told = read_file("wechatmsg", "a.csv", &bytes).unwrap();
    let groups: Vec<&str> = told.groups.iter().map(|group| group.key.as_str()).collect();
    assert_eq!(groups, ["a", "a #2"]);
    assert_eq!(
        told.warned(),
        [("future_time", 4), ("unreadable_time", 5), ("unreadable_row", 6), ("invalid_text", 7)]
    );
}

#[test]
fn a_file_cut_in_a_row_is_truncated_unless_the_part_is_wanted() {
    let mut bytes = csv(&[(1, 1, 0, 0, 0, "a", "", "安", "wxid_a")]);
    bytes.extend(b"2,1,1,0,0,1704445624,2,\"half a mess");
    let error = read_file("wechatmsg", "a.csv", &bytes).err();
    assert!(
        matches!(&error, Some(ImportError::Truncated { place }) if place.line == 3),
        "{error:?}"
    );
    let bundle = Bundle::of(&[("a.csv", &bytes)]);
    let partial = imports::ReadOptions { partial: true, ..options() };
    let told = read("wechatmsg", &bundle, &partial).unwrap();
    assert_eq!(told.messages()[0], ("wxid_a", "a"));
    assert!(told.warned().contains(&("truncated", 3)));
}

#[test]
fn the_derived_sample_gives_its_counts() {
    let Some(bundle) = sample("derived/family-houstondatavis/wechatmsg_utf8.csv.gz") else {
        return;
    };
    let told = read("wechatmsg", &bundle, &options()).unwrap();
    assert_eq!((told.messages().len(), told.senders(), told.joins()), (1025, 32, 71));
    assert_eq!(told.groups.len(), 1);
    assert_eq!(told.warnings, []);
    let joined_and_wrote = told.rows.iter().filter(|row| {
        matches!(row.what, Event::Join(..))
            && row.who.as_deref().is_some_and(|key| key.starts_with("wxid_"))
    });
    assert_eq!(joined_and_wrote.count(), 32);
    assert!(told.consumed > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut file = HEADER.as_bytes().to_vec();
        file.extend(&bytes);
        let _ = read_file("wechatmsg", "a.csv", &file);
    }

    #[test]
    fn what_is_written_is_read_back(
        rows in prop::collection::vec(("[a-z\"，,\n早]{1,20}", 0_i64..100_000, 0_u8..5), 1..30)
    ) {
        let people: Vec<String> = (0..5).map(|n| format!("wxid_{n}")).collect();
        let cells: Vec<Cells<'_>> = rows
            .iter()
            .map(|(text, at, who)| {
                (1, 1, 0, 0, *at, text.as_str(), "", "安", people[usize::from(*who)].as_str())
            })
            .collect();
        let told = told(&cells);
        let seen: Vec<_> = told.rows.iter().map(|row| (row.at, row.who.clone())).collect();
        let written: Vec<_> = rows
            .iter()
            .map(|(_, at, who)| {
                ((1_704_445_623 + at) * 1000, Some(people[usize::from(*who)].clone()))
            })
            .collect();
        assert_eq!(seen, written);
        for ((text, ..), (_, seen)) in rows.iter().zip(told.messages()) {
            assert_eq!(text.trim(), seen);
        }
    }
}
