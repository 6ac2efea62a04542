//! Whether a message is nothing but courtesies: acknowledgements, greetings, thanks, commands.

use crate::features::lists::{ACK, COMMAND, GREETING, LEXICON, PARTICLE, THANKS, WELCOME, WHOLE};
use crate::features::pieces::{Kind, Piece, Shape};

/// Longer messages say more.
const CHARS_MAX: usize = 40;
const PIECES_MAX: usize = 24;
/// Longest run of Han taken apart.
const RUN_CHARS_MAX: usize = 24;

/// Signs of sums, code and formulas: "y = 5" is no yes.
const FORMULA: [char; 10] = ['=', '*', '/', '<', '>', '%', '#', '^', '|', '$'];

const UNITS: u32 = ACK | GREETING | THANKS | PARTICLE | COMMAND | WELCOME;

/// The meanings of the parts, when all of the message consists of courtesies; 0 otherwise.
pub(super) fn made_of(text: &str, shape: &Shape) -> u32 {
    if shape.chars > CHARS_MAX || shape.pieces.len() > PIECES_MAX || shape.links > 0 {
        return 0;
    }
    let mut all = 0;
    let mut place = 0;
    while let Some(piece) = shape.pieces.get(place) {
        place += 1;
        let part = text.get(piece.from..piece.to).unwrap_or("");
        let bits = match piece.kind {
            Kind::Han => run(part),
            Kind::Digits => digits(part),
            Kind::Word => {
                let (words, bits) = words(text, shape.pieces.get(place - 1..).unwrap_or(&[]));
                place += words - 1;
                bits
            }
            Kind::Sign if part.contains(FORMULA) => 0,
            _ => PARTICLE,
        };
        if bits == 0 {
            return 0;
        }
        all |= bits;
    }
    all & UNITS
}

/// A phrase at the beginning of the pieces: how many pieces it takes, and its meaning.
fn words(text: &str, pieces: &[Piece]) -> (usize, u32) {
    let word = |nth: usize| {
        let mut words = pieces.iter().enumerate().filter(|(_, piece)| piece.kind == Kind::Word);
        words.nth(nth)
    };
    let Some(first) = pieces.first() else { return (1, 0) };
    let slice = |nth: usize| text.get(first.from..word(nth)?.1.to);
    let (taken, bits) = LEXICON.phrase(slice);
    if bits & UNITS != 0 {
        let last = word(taken.max(1) - 1).map_or(0, |(at, _)| at);
        return (last + 1, bits & UNITS);
    }
    let alone = slice(0).unwrap_or("");
    (1, if is_laughter(alone) { ACK } else { stretched(alone) })
}

/// 1, 666, 888, 233 answer; other numbers only stand beside.
fn digits(part: &str) -> u32 {
    let same = part.bytes().all(|byte| part.as_bytes().first() == Some(&byte));
    if same || part.starts_with("233") || part == "520" { ACK } else { PARTICLE }
}

/// A run of Han as a row of courtesies. The longest parts are tried first at each place.
fn run(part: &str) -> u32 {
    let chars = part.chars().count();
    if chars > RUN_CHARS_MAX {
        return if is_one_char(part) { ACK } else { 0 };
    }
    let mut reached = [0_u32; RUN_CHARS_MAX * 4 + 1];
    if let Some(start) = reached.first_mut() {
        *start = PARTICLE;
    }
    for (at, _) in part.char_indices() {
        let here = reached.get(at).copied().unwrap_or(0);
        if here == 0 {
            continue;
        }
        let rest = part.get(at..).unwrap_or("");
        for (word, bits) in LEXICON.run(rest) {
            let fits = bits & WHOLE == 0 || word.len() == part.len();
            if bits & UNITS == 0 || !fits {
                continue;
            }
            if let Some(end) = reached.get_mut(at + word.len())
                && *end == 0
            {
                *end = here | (bits & UNITS);
            }
        }
    }
    let all = reached.get(part.len()).copied().unwrap_or(0);
    if all == 0 && chars >= 3 && is_one_char(part) { ACK } else { all }
}

fn is_one_char(part: &str) -> bool {
    let first = part.chars().next();
    part.chars().all(|c| Some(c) == first)
}

/// haha, hehehe, jajaja, kkkk, lololol, ахаха, xdxd, 555.
fn is_laughter(word: &str) -> bool {
    let mut seen = ['\0'; 2];
    let mut count = 0;
    for c in word.chars() {
        count += 1;
        match seen {
            [a, _] if a == c => {}
            [_, b] if b == c => {}
            ['\0', _] => seen[0] = c,
            [_, '\0'] => seen[1] = c,
            _ => return false,
        }
    }
    let pair = |a: char, b: char| seen == [a, b] || seen == [b, a];
    count >= 3
        && (seen[1] == '\0'
            || [('h', 'a'), ('h', 'e'), ('h', 'i'), ('j', 'a'), ('j', 'e'), ('l', 'o'), ('x', 'd')]
                .into_iter()
                .chain([('а', 'х'), ('х', 'и'), ('w', 'k'), ('h', 'o'), ('k', 's')])
                .any(|(a, b)| pair(a, b)))
}

/// yesss, okkk, niiice: with the repeated letters written once (or twice) it is known.
fn stretched(word: &str) -> u32 {
    if word.len() < 4 || word.len() > 40 {
        return 0;
    }
    let squeeze = |most: usize| {
        let mut out = String::with_capacity(word.len());
        let mut run = (None, 0);
        for c in word.chars() {
            run = if run.0 == Some(c) { (run.0, run.1 + 1) } else { (Some(c), 1) };
            if run.1 <= most {
                out.push(c);
            }
        }
        out
    };
    let is_stretched =
        word.as_bytes().windows(3).any(|three| matches!(three, [a, b, c] if a == b && b == c));
    if !is_stretched {
        return 0;
    }
    let bits = LEXICON.word(&squeeze(1)) | LEXICON.word(&squeeze(2));
    bits & UNITS
}
