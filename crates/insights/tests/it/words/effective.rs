//! What counts as speech, by examples in both languages.

use domain::Media;
use insights::{IdleReason, Settings, Spoken, features};

const STICKER: Option<IdleReason> = Some(IdleReason::StickerOrEmoji);
const FILLER: Option<IdleReason> = Some(IdleReason::Filler);
const COMMAND: Option<IdleReason> = Some(IdleReason::Command);
const SHORT: Option<IdleReason> = Some(IdleReason::TooShort);
const MEDIA: Option<IdleReason> = Some(IdleReason::BareMedia);
const SPEECH: Option<IdleReason> = None;

/// Text, why it is idle outside a window, why inside.
type Row = (&'static str, Option<IdleReason>, Option<IdleReason>);

const CHINESE: &[Row] = &[
    ("1", FILLER, SPEECH),
    ("11", FILLER, SPEECH),
    ("111", FILLER, SPEECH),
    ("好", FILLER, SPEECH),
    ("好的", FILLER, SPEECH),
    ("好的好的", FILLER, SPEECH),
    ("好的，收到！", FILLER, SPEECH),
    ("收到", FILLER, SPEECH),
    ("嗯嗯嗯", FILLER, SPEECH),
    ("哈哈哈哈哈哈", FILLER, SPEECH),
    ("哈哈哈笑死我了", FILLER, SPEECH),
    ("666", FILLER, SPEECH),
    ("牛啊", FILLER, SPEECH),
    ("太牛了👍", FILLER, SPEECH),
    ("赞一个", FILLER, SPEECH),
    ("顶顶顶", FILLER, SPEECH),
    ("打卡", FILLER, SPEECH),
    ("打卡第3天", FILLER, SPEECH),
    ("辛苦了老师", FILLER, SPEECH),
    ("早", FILLER, SPEECH),
    ("早安", FILLER, SPEECH),
    ("大家早上好", FILLER, SPEECH),
    ("各位群友晚安🌙", FILLER, SPEECH),
    ("你好", FILLER, SPEECH),
    ("你好，我是做茶叶的小林", SPEECH, SPEECH),
    ("谢谢", FILLER, SPEECH),
    ("谢谢老师", FILLER, SPEECH),
    ("谢谢你帮我改简历", SPEECH, SPEECH),
    ("欢迎欢迎", FILLER, SPEECH),
    ("欢迎新朋友", FILLER, SPEECH),
    ("欢迎小周，她是做烘焙的", SPEECH, SPEECH),
    ("签到", COMMAND, COMMAND),
    ("积分", COMMAND, COMMAND),
    ("我要抽奖", COMMAND, COMMAND),
    ("/start", COMMAND, COMMAND),
    ("！签到", COMMAND, COMMAND),
    ("抽奖几点开始", SPEECH, SPEECH),
    ("😂😂", STICKER, SPEECH),
    ("[微笑][强]", STICKER, SPEECH),
    ("。。。", FILLER, FILLER),
    ("？？？", FILLER, FILLER),
    ("2024-05-06", FILLER, SPEECH),
    ("13800000000", FILLER, SPEECH),
    ("https://example.com/a?x=1", MEDIA, SPEECH),
    ("这篇讲得清楚 https://example.com/a?x=1", SPEECH, SPEECH),
    ("茶", SHORT, SPEECH),
    ("吃饭", FILLER, SPEECH),
    ("苹果", SPEECH, SPEECH),
    ("谁？", SPEECH, SPEECH),
    ("哪家好", SPEECH, SPEECH),
    ("学 python", SPEECH, SPEECH),
    ("今天跑了五公里", SPEECH, SPEECH),
    ("打卡：今天跑了五公里", SPEECH, SPEECH),
    ("好的，我明天把合同寄给你", SPEECH, SPEECH),
    ("好吃", SPEECH, SPEECH),
    ("@小林", FILLER, FILLER),
    ("@小林 收到", FILLER, SPEECH),
    ("@小林 明天来仓库搬货", SPEECH, SPEECH),
    ("请问有人吗", SPEECH, SPEECH),
    ("謝謝", FILLER, SPEECH),
    ("想要的扣1", SPEECH, SPEECH),
    ("扣1", SPEECH, SPEECH),
];

const ENGLISH: &[Row] = &[
    ("ok", FILLER, SPEECH),
    ("OK!!", FILLER, SPEECH),
    ("okkkk", FILLER, SPEECH),
    ("k", FILLER, SPEECH),
    ("+1", FILLER, SPEECH),
    ("lol", FILLER, SPEECH),
    ("hahahaha", FILLER, SPEECH),
    ("lol nice", FILLER, SPEECH),
    ("yes yes yes", FILLER, SPEECH),
    ("sounds good, thanks!", FILLER, SPEECH),
    ("got it", FILLER, SPEECH),
    ("makes sense", FILLER, SPEECH),
    ("me too", FILLER, SPEECH),
    ("congrats!", FILLER, SPEECH),
    ("hi", FILLER, SPEECH),
    ("Hello everyone!", FILLER, SPEECH),
    ("good morning all ☀️", FILLER, SPEECH),
    ("Welcome to the group!", FILLER, SPEECH),
    ("welcome Ann, she bakes bread", SPEECH, SPEECH),
    ("thank you so much", FILLER, SPEECH),
    ("thanks for fixing the build", SPEECH, SPEECH),
    ("good point about the budget", SPEECH, SPEECH),
    ("👍", STICKER, SPEECH),
    (":smile: :+1:", STICKER, SPEECH),
    ("<:party:123456>", STICKER, SPEECH),
    ("!help", COMMAND, COMMAND),
    ("/roll 20", COMMAND, COMMAND),
    (".x", COMMAND, COMMAND),
    (".net is fine for that", SPEECH, SPEECH),
    ("/etc/hosts was wrong", SPEECH, SPEECH),
    ("...", FILLER, FILLER),
    ("42", FILLER, SPEECH),
    ("so y = 5", SPEECH, SPEECH),
    ("hi ppl", FILLER, SPEECH),
    ("bread", SHORT, SPEECH),
    ("why?", SPEECH, SPEECH),
    ("coffee?", SPEECH, SPEECH),
    ("I moved the server", SPEECH, SPEECH),
    ("see https://example.com for details", SPEECH, SPEECH),
    ("https://example.com", MEDIA, SPEECH),
    ("@bob", FILLER, FILLER),
    ("@bob thanks", FILLER, SPEECH),
    ("Привет всем", FILLER, SPEECH),
    ("Спасибо большое!", FILLER, SPEECH),
    ("Bom dia pessoal", FILLER, SPEECH),
    ("muchas gracias", FILLER, SPEECH),
    ("terima kasih kak", FILLER, SPEECH),
    ("Guten Morgen zusammen", FILLER, SPEECH),
    ("d'accord", FILLER, SPEECH),
    ("ありがとうございます", FILLER, SPEECH),
    ("안녕하세요", FILLER, SPEECH),
];

fn judged(spoken: &Spoken<'_>, window: bool) -> Option<IdleReason> {
    Settings::default().judge(features(spoken).0, window).err()
}

fn differences(rows: &[Row]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (text, outside, inside) in rows {
        let spoken = Spoken { text, ..Spoken::default() };
        for (window, wanted) in [(false, outside), (true, inside)] {
            let got = judged(&spoken, window);
            if got != *wanted {
                wrong.push(format!("{text:?} (window {window}): {got:?}, wanted {wanted:?}"));
            }
        }
    }
    wrong
}

// catalogue: P02
#[test]
fn idle_talk_is_told_from_speech_in_chinese() {
    assert!(CHINESE.len() >= 60);
    assert_eq!(differences(CHINESE), [""; 0]);
}

// catalogue: P02
#[test]
fn idle_talk_is_told_from_speech_in_english_and_others() {
    assert_eq!(differences(ENGLISH), [""; 0]);
}

// catalogue: P02
#[test]
fn media_without_words_counts_as_the_settings_say() {
    let strict = Settings { media_is_effective: false, ..Settings::default() };
    let rows = [
        (Media::Image, SPEECH, MEDIA),
        (Media::Audio, SPEECH, MEDIA),
        (Media::File, SPEECH, MEDIA),
        (Media::Sticker, STICKER, STICKER),
        (Media::Link, MEDIA, MEDIA),
        (Media::Contact, MEDIA, MEDIA),
        (Media::RedPacket, MEDIA, MEDIA),
        (Media::None, FILLER, FILLER),
    ];
    for (media, usual, wanted) in rows {
        let (word, _) = features(&Spoken { media, ..Spoken::default() });
        assert_eq!(Settings::default().judge(word, false).err(), usual, "{media:?}");
        assert_eq!(strict.judge(word, false).err(), wanted, "{media:?} under strict settings");
    }
    let text = "面包";
    let (word, _) = features(&Spoken { text, media: Media::Sticker, ..Spoken::default() });
    assert_eq!(strict.judge(word, false), Ok(()), "words beside a sticker");
}

// catalogue: P02
#[test]
fn a_sticker_counts_inside_a_window_only() {
    let sticker = Spoken { media: Media::Sticker, ..Spoken::default() };
    assert_eq!(judged(&sticker, false), STICKER);
    assert_eq!(judged(&sticker, true), SPEECH);
}

#[test]
fn the_first_reason_in_order_is_kept() {
    let deleted = Spoken { text: "/start", deleted: true, ..Spoken::default() };
    assert_eq!(judged(&deleted, true), Some(IdleReason::Deleted));
    assert_eq!(judged(&Spoken { text: "👍", ..Spoken::default() }, false), STICKER);
}

// catalogue: P02
#[test]
fn other_settings_judge_the_same_feature_words_again() {
    let strict = Settings { han_min: 6, words_min: 4, version: 2, ..Settings::default() };
    let rows = [("苹果好吃", true), ("今天跑了五公里", false), ("I moved it", true)];
    for (text, idle) in rows {
        let (word, _) = features(&Spoken { text, ..Spoken::default() });
        assert_eq!(Settings::default().judge(word, false), Ok(()), "{text}");
        assert_eq!(strict.judge(word, false).is_err(), idle, "{text} under strict settings");
    }
}
