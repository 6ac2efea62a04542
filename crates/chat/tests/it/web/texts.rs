//! What stays of a text and what does not.

use chat::web::{TEXT_CHARS_MAX, TextError, text};
use proptest::collection::vec;
use proptest::prelude::{any, proptest};

fn clean(raw: &str) -> String {
    text(raw, TEXT_CHARS_MAX).unwrap_or_default()
}

#[test]
fn ordinary_words_of_many_scripts_pass_unchanged() {
    for said in [
        "今晚八点直播，大家记得来！",
        "第一行\n第二行\n\n新的一段",
        "السَّلامُ عَلَيْكُم، كيف الحال؟",
        "می\u{200C}خواهم بروم",
        "क्\u{200D}ष और न\u{200D}",
        "Tiếng Việt, e\u{302}\u{301}",
        "བསྒྲུབས",
        "👩\u{200D}👩\u{200D}👧\u{200D}👦 ❤️ 👍🏽 🇨🇳",
        "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
        "葛\u{E0100}城 ﷺ ㊗️ ①②③ ～～",
        "<script>alert(1)</script> & \"quoted\"",
        "שלום\u{200F}, עולם",
        "ในที่สุดก็ถึง",
    ] {
        assert_eq!(clean(said), said, "{said:?}");
    }
}

#[test]
fn what_nobody_sees_is_dropped() {
    let table = [
        ("a\u{0}b\u{7}c\u{1b}[31m", "abc[31m"),
        ("user\u{202E}gpj.exe", "usergpj.exe"),
        ("\u{2066}x\u{2069}\u{2067}y", "xy"),
        ("微\u{200B}信\u{2060}群\u{FEFF}", "微信群"),
        ("a\u{200D}b\u{200C}c", "abc"),
        ("plain\u{200F}\u{200E}", "plain"),
        ("\u{AD}软\u{34F}连\u{FFF9}字", "软连字"),
        ("x\u{E0041}\u{E0042}", "x"),
        ("👍\u{FE0F}\u{FE0F}\u{FE0F}", "👍\u{FE0F}"),
        ("\u{FFFE}\u{1FFFF}好", "好"),
        ("a\tb", "a b"),
    ];
    for (raw, kept) in table {
        assert_eq!(clean(raw), kept, "{raw:?}");
    }
}

#[test]
fn floods_of_marks_and_line_ends_are_cut() {
    let tower = format!("Z{}", "\u{0335}".repeat(300));
    assert_eq!(clean(&tower).chars().count(), 5);
    assert_eq!(clean("上\n\n\n\n\n\n\n下"), "上\n\n下");
    assert_eq!(clean("上\r\n\r\n \u{3000}\r\n\r\n下\r"), "上\n\n下");
    assert_eq!(clean("上\u{2028}下\u{2029}完\u{85}。"), "上\n下\n完\n。");
    let steps = "行\n".repeat(3_000 / 2);
    assert!(clean(&steps).matches('\n').count() < 500);
}

#[test]
fn nothing_to_see_is_empty_and_too_much_is_too_long() {
    for raw in ["", " \n\t ", "\u{200B}\u{200D}\u{FE0F}", "\u{3164}\u{2800}", "\u{301}\u{200E}"] {
        assert_eq!(text(raw, 10), Err(TextError::Empty), "{raw:?}");
    }
    assert_eq!(text("十个字十个字十个字十", 10), Ok("十个字十个字十个字十".to_owned()));
    assert_eq!(
        text("十个字十个字十个字十一", 10),
        Err(TextError::TooLong { chars: 11, limit: 10 })
    );
    let huge = "长".repeat(1_000_000);
    assert!(matches!(text(&huge, 4_000), Err(TextError::TooLong { chars: 1_000_000, .. })));
}

proptest! {
    #[test]
    fn cleaning_twice_is_cleaning_once(raw in any::<String>()) {
        let once = clean(&raw);
        assert_eq!(clean(&once), once);
    }

    #[test]
    fn strings_of_tricky_letters_stay_clean(picks in vec(0..TRICKS.len(), 0..60)) {
        let raw: String = picks.into_iter().map(|pick| TRICKS[pick]).collect();
        let once = clean(&raw);
        assert_eq!(clean(&once), once);
        assert!(!once.contains("\n\n\n"));
        assert!(!once.contains(['\u{202E}', '\u{2066}', '\u{200B}', '\0', '\r']));
    }

    #[test]
    fn chinese_is_never_changed(said in "[\u{4E00}-\u{9FFF}，。！？～0-9a-zA-Z]{1,80}") {
        assert_eq!(clean(&said), said);
    }
}

const TRICKS: [char; 22] = [
    'a',
    '中',
    'ع',
    '\u{64E}',
    '\u{301}',
    '\u{200B}',
    '\u{200C}',
    '\u{200D}',
    '\u{200F}',
    '\u{202E}',
    '\u{2066}',
    '\u{FE0F}',
    '👩',
    '👧',
    '🏴',
    '\u{E0067}',
    '\u{E007F}',
    '\n',
    '\r',
    ' ',
    '\0',
    '\u{2800}',
];
