//! What the customer reads (D02, D03): hostile names stay words, only names are cut.

use engine::welcome::{Known, Text, UnknownSlot, plain_name};
use proptest::prelude::*;

const MOST: usize = 4_000;

fn read(text: &str) -> Text {
    Text::read(text, &["福利时间".to_owned()]).unwrap()
}

fn rendered(text: &str, known: &Known) -> String {
    read(text).render(known, MOST).text
}

fn named(nickname: &str) -> Known {
    Known { nickname: nickname.to_owned(), ..Known::default() }
}

// catalogue: D02
#[test]
fn a_missing_nickname_falls_back_gracefully() {
    let text = "你好，{昵称}！我是{员工|小林}。";
    assert_eq!(rendered(text, &named("小雨")), "你好，小雨！我是小林。");
    assert_eq!(rendered(text, &named("")), "你好，朋友！我是小林。");
    for nothing in [" \n ", "\u{200b}\u{200d}", "\u{202e}", "\u{3164}", "\0"] {
        assert_eq!(rendered("{昵称|亲}，欢迎", &named(nothing)), "亲，欢迎", "{nothing:?}");
    }
    assert_eq!(rendered("Hi {nickname}!", &named("")), "Hi there!");
    assert_eq!(
        rendered("｛昵称｜同学｝好", &named("")),
        "同学好",
        "full-width signs are read, too"
    );
    let known = Known { staff: "小林".into(), channel: "抖音".into(), ..named("A") };
    assert_eq!(rendered("{昵称} {员工} {渠道}", &known), "A 小林 抖音");
}

#[test]
fn a_hostile_nickname_is_nothing_but_words() {
    let name = "{员工}{群规}\n%NICKNAME%<b>\u{202e}x";
    let known = Known { staff: "小林".into(), rules: "不发广告".into(), ..named(name) };
    assert_eq!(rendered("好，{昵称}", &known), "好，{员工}{群规} %NICKNAME%<b>x");
    assert_eq!(plain_name("👨‍👩‍👧 一家"), "👨‍👩‍👧 一家");
    assert_eq!(plain_name(&"长".repeat(90)).chars().count(), 64);
}

// catalogue: D03
#[test]
fn rules_announcement_and_blocks_are_told_as_they_are() {
    let known = Known {
        rules: "1. 不发广告\n2. 友善".into(),
        announcement: "周三 20:00 直播".into(),
        blocks: vec![("福利时间".into(), "每周五".into())],
        ..named("小雨")
    };
    let text = "{昵称}你好\n{群规}\n福利：{福利时间}\n{群公告}";
    let told = "小雨你好\n1. 不发广告\n2. 友善\n福利：每周五\n周三 20:00 直播";
    assert_eq!(rendered(text, &known), told);
    let other = Known { rules: "只聊跑步".into(), ..known.clone() };
    assert!(rendered(text, &other).contains("只聊跑步"), "the next one reads what holds now");
    let none = Known { rules: String::new(), announcement: String::new(), ..known };
    assert_eq!(rendered(text, &none), "小雨你好\n福利：每周五", "an empty line goes");
}

#[test]
fn what_stands_for_nothing_is_refused_and_braces_alone_are_words() {
    let unknown = Text::read("你好 {昵稱}", &[]).unwrap_err();
    assert_eq!(unknown, UnknownSlot("昵稱".to_owned()));
    for words in ["a { b", "{}", "{ }", "{a\n}", "}{", "if (x) { 很长".repeat(20).as_str(), ""] {
        let text = Text::read(words, &[]).unwrap();
        assert_eq!(text.render(&Known::default(), MOST).text, words.trim_end(), "{words}");
    }
}

#[test]
fn only_names_are_cut_and_a_block_that_does_not_fit_is_left_out_whole_and_named() {
    let known = Known { nickname: "长".repeat(40), ..Known::default() };
    let text = format!("{}{{昵称}}", "字".repeat(1_330));
    let out = read(&text).render(&known, MOST);
    assert_eq!((out.text.len(), out.left_out.len()), (3_999, 0), "3990 bytes and three letters");
    let known = Known { rules: "规".repeat(1_400), ..named("小雨") };
    let out = read("{昵称}好\n{群规}\n回头见").render(&known, MOST);
    assert_eq!(out.text, "小雨好\n回头见");
    assert_eq!(out.left_out, ["群规"]);
}

proptest! {
    #[test]
    fn whatever_is_known_it_fits_and_words_stay_whole(
        nickname in "\\PC{0,80}",
        rules in "[规则 \n]{0,900}",
        block in "[福利a]{0,900}",
        most in 200_usize..4_000,
    ) {
        let known = Known { rules, blocks: vec![("福利时间".into(), block)], ..named(&nickname) };
        let out = read("开头{昵称}，{群规}，{福利时间}。{nickname|you}结尾").render(&known, most);
        prop_assert!(out.text.len() <= most);
        prop_assert!(out.text.starts_with("开头") && out.text.ends_with("结尾"), "{}", out.text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[{}｛｝|昵称a\n]{0,60}") {
        if let Ok(text) = Text::read(&text, &[]) {
            let out = text.render(&Known::default(), MOST);
            prop_assert!(out.left_out.is_empty());
        }
    }
}
