//! Invitations to type something short: 想要的扣1, drop a 1 if you are in (P02's window).
//!
//! The bare answer is none: 扣1 alone, or 1. Neither is what only looks alike: 打1折, type 1 error.

use crate::features::chars::{Char, kind};
use crate::features::pieces::{Kind, Piece};

/// Counting words: after a number they make it an amount (发1个, 打8折).
const MEASURES: &str = "个张份条次元块折遍局天分楼把场台包下米岁年月日号点人部件本瓶杯斤套步层倍万千百只双级篇页枪桩车卡针轮集章盘";

/// Fewest other characters or words that make it an invitation.
const AROUND_MIN: usize = 2;

/// Whether the Han verb at `from..to` asks to type something.
pub(super) fn in_han(text: &str, from: usize, to: usize) -> bool {
    let before = text.get(..from).unwrap_or("");
    let after = text.get(to..).unwrap_or("");
    let told = [
        "我",
        "已",
        "已经",
        "刚",
        "刚刚",
        "都",
        "没",
        "别",
        "不要",
        "为什么",
        "干嘛",
        "不",
        "被",
        "才",
    ];
    if told.iter().any(|word| before.ends_with(word)) || after.starts_with(['了', '过', '的']) {
        return false;
    }
    let verb = text.get(from..to).unwrap_or("");
    if verb == "扣" && ends_clause(after) && before.ends_with(['的', '者', '请']) {
        return around(before, "") >= AROUND_MIN;
    }
    if verb == "回复" && (before.ends_with("收到请") || before.ends_with("收到")) {
        return true;
    }
    let Some((bytes, quoted)) = target(after) else { return false };
    let rest = after.get(bytes..).unwrap_or("");
    let next = rest.chars().next();
    let amount =
        next.is_some_and(|c| MEASURES.contains(c) || (!quoted && c.is_ascii_alphanumeric()));
    !amount && !is_only_verbs(before, rest) && around(before, rest) >= AROUND_MIN
}

/// What is to be typed, after some filling: its length in bytes with the filling, and whether it
/// stands in quotes.
fn target(after: &str) -> Option<(usize, bool)> {
    let mut at = 0;
    let mut quoted = false;
    for filling in ["一个", "一波", "一下", "个", "波", "下", "数字", "字母", "一遍"]
    {
        if after.get(at..)?.starts_with(filling) {
            at += filling.len();
        }
    }
    while let Some(c) = after.get(at..)?.chars().next() {
        match c {
            '"' | '\'' | '「' | '【' | '“' | '[' | '(' => quoted = true,
            ' ' | ':' => {}
            _ => break,
        }
        at += c.len_utf8();
    }
    let rest = after.get(at..)?;
    if quoted {
        let end = rest.find(['"', '\'', '」', '】', '”', ']', ')'])?;
        return (rest.get(..end)?.chars().count() <= 6 && end > 0).then_some((at + end + 1, true));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let same = rest.bytes().take(digits).all(|byte| rest.as_bytes().first() == Some(&byte));
    if (1..=3).contains(&digits) && same {
        return Some((at + digits, false));
    }
    let first = rest.chars().next()?;
    let second = rest.chars().nth(1);
    let letter = first.is_ascii_alphabetic() && !second.is_some_and(|c| c.is_ascii_alphanumeric());
    let one = matches!(first, '一' | '+') && second.is_none_or(|c| !c.is_alphabetic());
    (letter || one).then_some((at + first.len_utf8(), false))
}

fn ends_clause(after: &str) -> bool {
    let Some(first) = after.chars().next() else { return true };
    matches!(kind(first), Char::Sign | Char::Emoji | Char::Line | Char::Space | Char::EmojiPart)
        || after.starts_with('我')
}

fn around(before: &str, rest: &str) -> usize {
    let letters = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count();
    letters(before) + letters(rest)
}

/// 扣1扣1扣1, 打1打1: the answer, given several times.
fn is_only_verbs(before: &str, rest: &str) -> bool {
    let only =
        |part: &str| part.chars().all(|c| "扣打刷回复发敲".contains(c) || !c.is_alphabetic());
    only(before) && only(rest)
}

/// Whether the pieces after an English verb name something short to type.
pub(super) fn in_words(text: &str, after: Option<&[Piece]>) -> bool {
    let part = |piece: &Piece| text.get(piece.from..piece.to).unwrap_or("");
    let mut quoted = false;
    let mut rest = after.unwrap_or(&[]).iter().peekable();
    while let Some(piece) = rest.next_if(|piece| FILLING.contains(&part(piece))) {
        quoted |= matches!(part(piece), "\"" | "'");
    }
    let Some(target) = rest.next() else { return false };
    let word = part(target);
    let is_short = match target.kind {
        Kind::Digits => word.len() <= 3,
        Kind::Emoji => return true,
        Kind::Word => word.chars().count() == 1 || WORDS.contains(&word),
        Kind::Sign => word == "+",
        _ => false,
    };
    let next = rest.find(|piece| !matches!(part(piece), "\"" | "'" | "1"));
    let goes_on = next.is_none_or(|piece| {
        matches!(piece.kind, Kind::Sign | Kind::Line | Kind::Emoji | Kind::Mention)
            || FOLLOWS.contains(&part(piece))
    });
    is_short && goes_on && (quoted || target.kind != Kind::Word || next.is_some())
}

const FILLING: [&str; 12] =
    ["a", "an", "the", "with", "me", "down", "just", "number", "\"", "'", "плюс", "\u{2018}"];
const WORDS: [&str; 10] =
    ["yes", "me", "hi", "here", "ok", "interested", "done", "present", "да", "quero"];
const FOLLOWS: [&str; 16] = [
    "if", "for", "to", "in", "and", "below", "when", "now", "who", "or", "если", "кто", "si", "se",
    "wenn", "kalau",
];
