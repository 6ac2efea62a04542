//! The feature word: what stays known about a message's words when the words are gone.
//!
//! 64 bits, fixed layout (version 1), computed once at intake. Effective speech (P02) and questions
//! (I08) are judged from it and can be judged again with other settings, without the text.
//!
//! | bits | what |
//! |---|---|
//! | 0–11 | visible characters without white space and mentions, saturating at 4,095 |
//! | 12–19 | Han (and kana, Hangul) characters, saturating at 255 |
//! | 20–27 | words of letters or digits outside those scripts, saturating at 255 |
//! | 28–33 | scripts present, a bit for each [`Script`] |
//! | 34–37 | [`Media`] |
//! | 38–39 | [`Question`] |
//! | 40–55 | list hits, a bit for each [`ListHit`] |
//! | 56–63 | reserved, zero |

use serde::{Deserialize, Serialize};

/// What is attached to a message. Codes are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Media {
    /// Nothing.
    #[default]
    None = 0,
    /// A picture.
    Image = 1,
    /// A film.
    Video = 2,
    /// A voice message or other sound.
    Audio = 3,
    /// A sticker or an animated picture.
    Sticker = 4,
    /// A file.
    File = 5,
    /// A place.
    Location = 6,
    /// A contact or name card.
    Contact = 7,
    /// A shared link, mini-program or forwarded collection.
    Link = 8,
    /// A poll.
    Poll = 9,
    /// A red packet or transfer.
    RedPacket = 10,
    /// Media whose kind the export leaves open.
    Other = 11,
}

impl Media {
    /// All kinds in the order of their codes.
    pub const ALL: [Self; 12] = [
        Self::None,
        Self::Image,
        Self::Video,
        Self::Audio,
        Self::Sticker,
        Self::File,
        Self::Location,
        Self::Contact,
        Self::Link,
        Self::Poll,
        Self::RedPacket,
        Self::Other,
    ];

    /// The kind with this stored code; unknown codes read as [`Media::Other`].
    pub fn from_code(code: u8) -> Self {
        Self::ALL.get(usize::from(code)).copied().unwrap_or(Self::Other)
    }
}

/// How much a message looks like a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Question {
    /// It does not.
    #[default]
    No = 0,
    /// A question mark without interrogative words, or the reverse: perhaps rhetoric.
    Weak = 1,
    /// Interrogative words, or a mark after words that ask.
    Strong = 2,
}

/// Writing systems told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Script {
    /// Chinese characters.
    Han = 0,
    /// Latin letters.
    Latin = 1,
    /// Kana or Hangul.
    KanaHangul = 2,
    /// Letters of any other script.
    Other = 3,
    /// Digits.
    Digit = 4,
    /// Emoji, by character or by a platform's short code.
    Emoji = 5,
}

/// Word lists and shapes that a message hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ListHit {
    /// Nothing but an acknowledgement: 1, 好, 收到, ok, lol, 哈哈 (one of them, repeated or several).
    Acknowledgement = 0,
    /// Nothing but a greeting: 早, 晚安, hi.
    Greeting = 1,
    /// Says thanks.
    Thanks = 2,
    /// A command to a bot or a play: 签到, 抽奖, !help, /start.
    Command = 3,
    /// Holds a link.
    Link = 4,
    /// Asks everybody to type something short (扣1, "type 1"): opens a window (P02).
    OpensWindow = 5,
    /// Calls somebody by name.
    Mention = 6,
    /// Calls everybody.
    MentionAll = 7,
    /// Only emoji (and white space).
    EmojiOnly = 8,
    /// Only digits and signs.
    DigitsOnly = 9,
    /// Advert-like words together with a link, a number or a contact id.
    AdvertLike = 10,
    /// A chain entry (接龙): a numbered list that grows.
    Chain = 11,
    /// Welcomes newcomers (欢迎, welcome).
    Welcome = 12,
    /// Passed on from elsewhere.
    Forwarded = 13,
    /// Only the placeholder of a deleted message is left.
    Deleted = 14,
    /// Only signs: no letter, digit or emoji.
    SignsOnly = 15,
}

/// The packed word.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FeatureWord(pub u64);

impl FeatureWord {
    /// Visible characters, without white space and mentions (0 … 4,095).
    pub fn chars(self) -> u16 {
        u16::from(self.byte(0, 8)) | u16::from(self.byte(8, 4)) << 8
    }

    /// Characters of Han, kana and Hangul (0 … 255).
    pub fn han(self) -> u8 {
        self.byte(12, 8)
    }

    /// Words in other scripts (0 … 255).
    pub fn words(self) -> u8 {
        self.byte(20, 8)
    }

    /// Whether a script occurs.
    pub fn has_script(self, script: Script) -> bool {
        self.bits(28 + script as u32, 1) == 1
    }

    /// What is attached.
    pub fn media(self) -> Media {
        Media::from_code(self.byte(34, 4))
    }

    /// How much it looks like a question.
    pub fn question(self) -> Question {
        match self.bits(38, 2) {
            0 => Question::No,
            1 => Question::Weak,
            _ => Question::Strong,
        }
    }

    /// Whether a list or shape was hit.
    pub fn hit(self, hit: ListHit) -> bool {
        self.bits(40 + hit as u32, 1) == 1
    }

    /// Sets the number of visible characters.
    #[must_use]
    pub fn with_chars(self, chars: usize) -> Self {
        self.with(0, 12, chars.min(4095) as u64)
    }

    /// Sets the number of Han, kana and Hangul characters.
    #[must_use]
    pub fn with_han(self, han: usize) -> Self {
        self.with(12, 8, han.min(255) as u64)
    }

    /// Sets the number of words in other scripts.
    #[must_use]
    pub fn with_words(self, words: usize) -> Self {
        self.with(20, 8, words.min(255) as u64)
    }

    /// Marks a script as present.
    #[must_use]
    pub fn with_script(self, script: Script) -> Self {
        self.with(28 + script as u32, 1, 1)
    }

    /// Sets what is attached.
    #[must_use]
    pub fn with_media(self, media: Media) -> Self {
        self.with(34, 4, media as u64)
    }

    /// Sets how much it looks like a question.
    #[must_use]
    pub fn with_question(self, question: Question) -> Self {
        self.with(38, 2, question as u64)
    }

    /// Marks a list or shape as hit.
    #[must_use]
    pub fn with_hit(self, hit: ListHit) -> Self {
        self.with(40 + hit as u32, 1, 1)
    }

    fn byte(self, from: u32, width: u32) -> u8 {
        let [byte, ..] = self.bits(from, width).to_le_bytes();
        byte
    }

    fn bits(self, from: u32, width: u32) -> u64 {
        (self.0 >> from) & ((1 << width) - 1)
    }

    fn with(self, from: u32, width: u32, value: u64) -> Self {
        let mask = ((1 << width) - 1) << from;
        Self((self.0 & !mask) | (value << from))
    }
}

impl std::fmt::Debug for FeatureWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FeatureWord({:#018x})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_overlap_and_saturate() {
        let word = FeatureWord::default()
            .with_chars(9999)
            .with_han(3)
            .with_words(300)
            .with_script(Script::Emoji)
            .with_media(Media::RedPacket)
            .with_question(Question::Strong)
            .with_hit(ListHit::SignsOnly);
        assert_eq!((word.chars(), word.han(), word.words()), (4095, 3, 255));
        assert!(word.has_script(Script::Emoji) && !word.has_script(Script::Han));
        assert_eq!((word.media(), word.question()), (Media::RedPacket, Question::Strong));
        assert!(word.hit(ListHit::SignsOnly) && !word.hit(ListHit::Acknowledgement));
        assert_eq!(word.0 >> 56, 0);
    }
}
