//! The walk over the pieces: what is asked, and which lists are hit inside the text.
//!
//! Asking is judged by sentence. Interrogative words that ask wherever they stand, or stand where
//! a question begins or ends, make a strong question; a mark makes a strong one with interrogative
//! words before it in the sentence and a weak one without; marks alone ask nothing.

use crate::features::invite;
use crate::features::lists::{
    ANYONE, ASKS, ASKS_LAST, ASKS_MARKED, AUX, BEGS, LEAD_IN, LEXICON, Lexicon, NOT_ASKING,
    SUBJECT, TELLS, TYPE, WH, WHOLE,
};
use crate::features::pieces::{Kind, Piece, Shape};
use domain::Question;

/// Longest run of Han in which a final 呢 asks without a mark (你呢, 链接呢).
const NE_CHARS_MAX: usize = 5;

/// Longest text that is searched for an invitation.
const INVITE_BYTES_MAX: usize = 4_000;

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Sense {
    /// How much it asks.
    pub(super) question: Question,
    /// There is a question mark.
    pub(super) marked: bool,
    /// The meanings of all words met, as bits of the lists.
    pub(super) seen: u32,
    /// Asks to type something short.
    pub(super) invites: bool,
}

/// Walks over the text.
pub(super) fn walk(text: &str, shape: &Shape) -> Sense {
    let mut walk = Walk::new(text, &shape.pieces);
    let mut place = 0;
    while let Some(piece) = walk.pieces.get(place).copied() {
        place += 1;
        match piece.kind {
            Kind::Word | Kind::Digits => place += walk.word(place - 1) - 1,
            Kind::Han => walk.run(piece),
            Kind::Sign => walk.sign(piece),
            Kind::Line => walk.end_sentence(),
            Kind::Emoji | Kind::Link | Kind::Mention => {}
        }
    }
    walk.sense
}

#[expect(clippy::struct_excessive_bools, reason = "four independent things known of a sentence")]
struct Walk<'t> {
    text: &'t str,
    pieces: &'t [Piece],
    lexicon: &'static Lexicon,
    sense: Sense,
    /// The sentence has words.
    worded: bool,
    /// The sentence would ask if it had a mark.
    asking: bool,
    /// The clause tells what could be asked.
    telling: bool,
    /// Nothing but greetings and the like stood before in the sentence.
    start: bool,
    /// Where a full stop ended: the sentence is over unless a mark or the rest of a name
    /// (xorg.conf) follows at once.
    ending: Option<usize>,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, pieces: &'t [Piece]) -> Self {
        Self {
            text,
            pieces,
            lexicon: &LEXICON,
            sense: Sense::default(),
            worded: false,
            asking: false,
            telling: false,
            start: true,
            ending: None,
        }
    }

    fn end_sentence(&mut self) {
        self.worded = false;
        self.asking = false;
        self.telling = false;
        self.start = true;
        self.ending = None;
    }

    /// Invitations are short; longer texts are not searched for them.
    fn may_invite(&self) -> bool {
        !self.sense.invites && self.text.len() <= INVITE_BYTES_MAX
    }

    /// A word begins: when a sentence ended before, it begins a new one.
    fn begin_word(&mut self, from: usize) {
        let ended = self.ending.take();
        let is_name =
            |end: usize| end == from && self.text.get(..end).is_some_and(|t| t.ends_with('.'));
        if ended.is_some_and(|end| !is_name(end)) {
            self.end_sentence();
        }
        self.worded = true;
    }

    fn ask(&mut self) {
        self.asking = true;
        if !self.telling {
            self.sense.question = Question::Strong;
        }
    }

    fn sign(&mut self, piece: Piece) {
        match self.text.get(piece.from..piece.to) {
            Some("?" | "؟" | "⸮") => {
                self.sense.marked = true;
                if self.worded {
                    let now = if self.asking { Question::Strong } else { Question::Weak };
                    self.sense.question = self.sense.question.max(now);
                }
                self.end_sentence();
            }
            Some("." | "!" | "。" | "।") => self.ending = Some(piece.to),
            Some("," | "、" | ";" | ":" | "-" | "|") => self.telling = false,
            _ => {}
        }
    }

    /// Takes a phrase of words; gives how many pieces it took.
    fn word(&mut self, place: usize) -> usize {
        let (words, bits) = self.lexicon.phrase(|nth| self.slice(place, nth));
        let last = match words {
            0 | 1 => place,
            more => self.nth(place, more - 1).map_or(place, |(at, _)| at),
        };
        self.begin_word(self.pieces.get(place).map_or(0, |piece| piece.from));
        self.sense.seen |= bits;
        if bits & TYPE != 0 && self.may_invite() {
            self.sense.invites = invite::in_words(self.text, self.pieces.get(last + 1..));
        }
        if bits & NOT_ASKING != 0 {
            self.start = false;
            return last + 1 - place;
        }
        if bits & TELLS != 0 {
            self.telling = true;
        }
        if bits & (ASKS_MARKED | WH | AUX | ANYONE | ASKS) != 0 {
            self.asking = true;
        }
        if bits & ASKS != 0 || (self.start && self.opens_question(bits, place, last)) {
            self.ask();
        }
        self.start &= bits & LEAD_IN != 0;
        last + 1 - place
    }

    /// The n-th word from a place on: its place and the piece.
    fn nth(&self, place: usize, nth: usize) -> Option<(usize, Piece)> {
        let words = self.pieces.iter().copied().enumerate().skip(place);
        words.filter(|(_, piece)| matches!(piece.kind, Kind::Word | Kind::Digits)).nth(nth)
    }

    fn slice(&self, place: usize, nth: usize) -> Option<&'t str> {
        let first = self.pieces.get(place)?;
        if nth == 0 && matches!(first.kind, Kind::Word | Kind::Digits) {
            return self.text.get(first.from..first.to);
        }
        let (_, last) = self.nth(place, nth)?;
        self.text.get(first.from..last.to)
    }

    /// Whether an English question begins with the word whose meaning is `bits`.
    fn opens_question(&self, bits: u32, place: usize, last: usize) -> bool {
        let Some(next) = self.slice(last + 1, 0) else { return false };
        let after = self.lexicon.word(next);
        let word = self.slice(place, 0).unwrap_or("");
        if word == "which" {
            return FOLLOWS_WHICH.contains(&next);
        }
        if bits & WH != 0 {
            return after & AUX != 0 || FOLLOWS_WH.contains(&next) || word.contains('\'');
        }
        if bits & AUX != 0 {
            return after & SUBJECT != 0
                && (!IMPERATIVE.contains(&word) || PRONOUNS.contains(&next));
        }
        bits & ANYONE != 0 && !FOLLOWS_STATED.contains(&next)
    }

    fn run(&mut self, piece: Piece) {
        self.begin_word(piece.from);
        let run = self.text.get(piece.from..piece.to).unwrap_or("");
        let mut next = 0;
        while let Some(rest) = run.get(next..).filter(|rest| !rest.is_empty()) {
            let at = next;
            next += rest.chars().next().map_or(1, char::len_utf8);
            let fits = |word: &str, bits: u32| bits & WHOLE == 0 || word.len() == run.len();
            let found = self.lexicon.run(rest).find(|(word, bits)| fits(word, *bits));
            let Some((word, bits)) = found else { continue };
            let end = at + word.len();
            if bits & STEPS != 0 {
                next = end;
            }
            self.sense.seen |= bits;
            self.meant(run, end, word, bits);
            if bits & TYPE != 0 && self.may_invite() {
                self.sense.invites = invite::in_han(self.text, piece.from + at, piece.from + end);
            }
        }
        self.start = false;
    }

    fn meant(&mut self, run: &str, end: usize, word: &str, bits: u32) {
        if bits & NOT_ASKING != 0 {
            return;
        }
        if bits & TELLS != 0 {
            self.telling = true;
        }
        let is_last = end >= run.len();
        if bits & BEGS != 0 || (bits & ASKS_LAST != 0 && is_last) {
            self.asking = true;
            self.sense.question = Question::Strong;
        } else if bits & ASKS != 0 {
            self.ask();
        } else if bits & ASKS_MARKED != 0 {
            self.asking = true;
            if word == "呢" && is_last && asks_with_ne(run) {
                self.sense.question = Question::Strong;
            }
        }
    }
}

/// Meanings that take the whole phrase out of the walk; others are stepped through by character,
/// so that an acknowledgement does not swallow the beginning of a question.
const STEPS: u32 = ASKS | ASKS_LAST | ASKS_MARKED | BEGS | NOT_ASKING | TELLS | TYPE;

const FOLLOWS_WH: [&str; 12] =
    ["to", "much", "many", "about", "long", "often", "far", "come", "kind", "time", "else", "type"];

/// "Which were taken by …" goes on from something said before.
const FOLLOWS_WHICH: [&str; 4] = ["one", "of", "are", "do"];

/// After "anyone" these make a statement.
const FOLLOWS_STATED: [&str; 9] =
    ["can", "who", "could", "should", "will", "that", "is", "would", "may"];

/// Auxiliaries that also begin a statement or a request: "do it", "have a look".
const IMPERATIVE: [&str; 9] = ["do", "don't", "dont", "have", "has", "had", "may", "might", "did"];

const PRONOUNS: [&str; 9] = ["you", "u", "i", "we", "they", "he", "she", "anyone", "anybody"];

/// 你呢 and 链接呢 ask; 我在忙着呢 and 还没呢 tell.
fn asks_with_ne(run: &str) -> bool {
    run.chars().count() <= NE_CHARS_MAX
        && !run.contains(['着', '还', '才', '正', '可', '没', '在', '呐', '好', '早'])
}
