//! Normalised text: NFKC, lower case, white space folded, traditional characters of the word
//! lists written simply. Equal words in another dress give the same text.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Traditional characters that occur in the word lists, each before its simple form.
const SIMPLE: &str = "嗎吗麼么麽么誰谁為为爲为幾几請请問问裡里裏里謝谢歡欢個个沒没時时樣样點点號号錢钱讚赞頂顶\
強强對对確确實实厲厉來来們们師师說说會会簽签積积獎奖領领復复覆复評评論论輸输發发開开紅红聽听學学習习過过還还\
這这讓让嘍喽囉啰節节樂乐聖圣誕诞買买價价樓楼僅仅後后嚮向嗨嗨費费優优惠惠載载鏈链接接與与應应該该報报參参";

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    let mut chars = SIMPLE.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if let Some(place) = table.get_mut((from as u32 - FIRST) as usize) {
            *place = to;
        }
    }
    table
});

/// The normalised text. Line breaks stay (as one `\n` for any white space that holds one); there
/// is no white space at either end.
pub(super) fn normalise(text: &str) -> String {
    let mut folded = Folded { out: String::with_capacity(text.len()), gap: None };
    if text.is_ascii() {
        for byte in text.bytes() {
            folded.push(char::from(byte.to_ascii_lowercase()));
        }
        return folded.out;
    }
    let table: &[char] = &TABLE;
    for c in text.chars() {
        match c {
            '\0'..='\x7f' => folded.push(c.to_ascii_lowercase()),
            '\u{4e00}'..='\u{9fff}' => {
                let simple = table.get((c as u32 - FIRST) as usize).copied().unwrap_or(c);
                folded.word(simple);
            }
            '\u{2018}' | '\u{2019}' => folded.word('\''),
            '\u{201c}' | '\u{201d}' => folded.word('"'),
            '\u{ff01}'..='\u{ff5e}' => {
                let narrow = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
                folded.word(narrow.to_ascii_lowercase());
            }
            '\u{c0}'..='\u{ff}' | '\u{400}'..='\u{45f}' => {
                c.to_lowercase().for_each(|lower| folded.word(lower));
            }
            '…' => (0..3).for_each(|_| folded.word('.')),
            _ if is_stable(c) => folded.word(c),
            '\u{3000}' | '\u{a0}' | '\u{2005}' => folded.push(' '),
            // Anything else may compose with its neighbours: the full rules for the whole text.
            _ => return thorough(text),
        }
    }
    folded.out
}

/// Kana, Hangul, signs and emoji that NFKC leaves as they are.
fn is_stable(c: char) -> bool {
    matches!(c, '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}' | '\u{ac00}'..='\u{d7a3}' | '\u{1f300}'..='\u{1faff}'
        | '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{200d}' | '\u{2014}' | '\u{b7}')
}

fn thorough(text: &str) -> String {
    let mut folded = Folded { out: String::with_capacity(text.len()), gap: None };
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match c {
            '\u{4e00}'..='\u{9fff}' => {
                let simple = TABLE.get((c as u32 - FIRST) as usize).copied().unwrap_or(c);
                folded.word(simple);
            }
            '\u{2018}' | '\u{2019}' => folded.word('\''),
            '\u{201c}' | '\u{201d}' => folded.word('"'),
            _ if c.is_whitespace() => folded.push(if c == '\u{2028}' { '\n' } else { ' ' }),
            _ => folded.push(c),
        }
    }
    folded.out
}

struct Folded {
    out: String,
    /// White space not yet written.
    gap: Option<char>,
}

impl Folded {
    fn push(&mut self, c: char) {
        match c {
            '\n' | '\r' => self.gap = Some('\n'),
            ' ' | '\t' | '\x0b' | '\x0c' => self.gap = self.gap.or(Some(' ')),
            _ => self.word(c),
        }
    }

    fn word(&mut self, c: char) {
        if let Some(gap) = self.gap.take()
            && !self.out.is_empty()
        {
            self.out.push(gap);
        }
        self.out.push(c);
    }
}

/// The hash of normalised text: line breaks as spaces, final punctuation dropped; 0 without text.
pub(super) fn hash(normal: &str) -> u64 {
    if normal.is_empty() {
        return 0;
    }
    let core = normal.trim_end_matches(|c: char| {
        c.is_ascii_punctuation() || matches!(c, '。' | '、' | '…' | '～' | ' ' | '\n')
    });
    let core = if core.is_empty() { normal } else { core };
    let hash = if core.contains('\n') {
        xxhash_rust::xxh3::xxh3_64(core.replace('\n', " ").as_bytes())
    } else {
        xxhash_rust::xxh3::xxh3_64(core.as_bytes())
    };
    hash.max(1)
}
