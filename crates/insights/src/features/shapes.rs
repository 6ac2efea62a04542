//! Shapes of whole messages: commands, chains (接龙), numbers, nods.

use crate::features::chars::{Char, kind};
use crate::features::lists::{COMMAND, LEXICON};
use crate::features::pieces::{Kind, Piece, Shape};

/// Digits in a row that can be a number to call.
const NUMBER_DIGITS_MIN: usize = 6;
/// Longest name in a chain, in characters.
const CHAIN_NAME_MAX: usize = 14;
/// Longest name of a command.
const COMMAND_MAX: usize = 24;

/// What looks like `.command` but is a name.
const DOTTED: [&str; 22] = [
    "net",
    "env",
    "exe",
    "zip",
    "rs",
    "py",
    "js",
    "ts",
    "md",
    "txt",
    "pdf",
    "com",
    "cn",
    "io",
    "org",
    "gitignore",
    "bashrc",
    "vimrc",
    "git",
    "json",
    "app",
    "dev",
];

/// `/x`, `!x`, `.x`, `#签到`: a word right behind the sign at the beginning of the message.
pub(super) fn is_command(text: &str, shape: &Shape) -> bool {
    let mut pieces = shape.pieces.iter().filter(|piece| piece.kind != Kind::Mention);
    let (Some(sign), Some(name)) = (pieces.next(), pieces.next()) else { return false };
    if sign.kind != Kind::Sign || name.from != sign.to || name.to - name.from > COMMAND_MAX {
        return false;
    }
    let word = text.get(name.from..name.to).unwrap_or("");
    // A path or an address goes on right behind the word.
    let glued = pieces
        .next()
        .filter(|next| next.from == name.to)
        .and_then(|next| text.get(next.from..next.to).filter(|_| next.kind == Kind::Sign));
    if matches!(glued, Some("/" | "." | "!" | "?" | "'")) {
        return false;
    }
    let is_known =
        || LEXICON.run(word).any(|(known, bits)| bits & COMMAND != 0 && known.len() == word.len());
    match (text.get(sign.from..sign.to), name.kind) {
        (Some("/"), Kind::Word | Kind::Han) | (Some("!"), Kind::Word) => true,
        (Some("!" | "." | "#" | "。"), Kind::Han) => is_known(),
        (Some("."), Kind::Word) => {
            word.len() <= 10 && shape.words <= 2 && shape.han == 0 && !DOTTED.contains(&word)
        }
        _ => false,
    }
}

/// Words that are digits only.
pub(super) fn only_digits(shape: &Shape) -> bool {
    let is_part = |piece: &Piece| {
        matches!(piece.kind, Kind::Digits | Kind::Sign | Kind::Mention | Kind::Line)
    };
    shape.digits > 0 && shape.pieces.iter().all(is_part)
}

/// A number long enough to call or to add.
pub(super) fn has_number(shape: &Shape) -> bool {
    let is_long =
        |piece: &Piece| piece.kind == Kind::Digits && piece.to - piece.from >= NUMBER_DIGITS_MIN;
    shape.pieces.iter().any(is_long)
}

/// Emoji that only nod: 👍 👌 🙏 💪 👏 ✅.
pub(super) fn is_nod(text: &str) -> bool {
    const NODS: [char; 12] =
        ['👍', '👌', '🙏', '💪', '👏', '✅', '🙌', '✔', '🆗', '💯', '🫡', '➕'];
    let mut seen =
        text.chars().filter(|c| matches!(kind(*c), Char::Emoji | Char::Digit)).peekable();
    seen.peek().is_some() && seen.all(|c| NODS.contains(&c))
        || matches!(text, "[强]" | "[好的]" | "[ok]" | "[点赞]" | "[抱拳]" | ":+1:" | ":thumbsup:")
}

/// A numbered list of short names that counts up from 1, or a headed one (接龙).
pub(super) fn is_chain(text: &str, shape: &Shape) -> bool {
    let is_headed = text.contains("接龙");
    let mut wanted = 1_u32;
    let mut numbered = 0;
    let mut longest = 0;
    let mut pieces = shape.pieces.iter().peekable();
    let mut at_start = true;
    while let Some(piece) = pieces.next() {
        let number = text.get(piece.from..piece.to).and_then(|part| part.parse::<u32>().ok());
        let is_spaced = at_start || text.get(..piece.from).is_some_and(|head| head.ends_with(' '));
        let follows = pieces.peek().is_some_and(|next| {
            next.from > piece.to
                || matches!(text.get(next.from..next.to), Some("." | "、" | ")" | ":"))
        });
        at_start = piece.kind == Kind::Line;
        if piece.kind == Kind::Digits && is_spaced && follows && number == Some(wanted) {
            wanted += 1;
            numbered += 1;
            let rest = text.get(piece.to..).unwrap_or("");
            let name = name_of(rest, wanted);
            longest = longest.max(name.chars().count());
        }
    }
    (is_headed && numbered >= 1) || (numbered >= 2 && longest <= CHAIN_NAME_MAX)
}

/// The entry up to the next line or the next number.
fn name_of(rest: &str, next: u32) -> &str {
    let far = rest.char_indices().nth(4 * CHAIN_NAME_MAX).map_or(rest.len(), |(at, _)| at);
    let line = rest.get(..far).and_then(|near| near.split('\n').next()).unwrap_or("");
    let name = line.split(&format!(" {next}")).next().unwrap_or(line);
    name.trim_start_matches(['.', '、', ')', ':', ' '])
}
