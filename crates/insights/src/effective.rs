//! Effective speech (P02), judged from the feature word alone.
//!
//! Decisions: thanks, welcomes and greetings alone are courtesy, so Filler; with anything said
//! beside them they are speech. Han characters and words count together (学 python: half and
//! half). A question needs only a mark and one word. Words beside a picture make it speech
//! whatever is attached. A bare link or card is passed on, not said. Inside an answer window
//! everything answers but commands, deleted messages and mere signs.

use crate::page::IdleReason;
use crate::settings::Settings;
use domain::{FeatureWord, ListHit, Media, Question};

impl Settings {
    /// Whether a message is effective speech, or why it is not: the first reason in the order of
    /// [`IdleReason::ALL`]. Repetition is not judged here: the folder knows what was said before.
    pub fn judge(&self, word: FeatureWord, window_open: bool) -> Result<(), IdleReason> {
        if word.hit(ListHit::Deleted) {
            return Err(IdleReason::Deleted);
        }
        if word.hit(ListHit::Command) {
            return Err(IdleReason::Command);
        }
        let is_mute = word.han() == 0 && word.words() == 0;
        let media = word.media();
        let shows = word.hit(ListHit::EmojiOnly) || word.hit(ListHit::Link) || media != Media::None;
        if window_open && (shows || !is_mute) {
            return Ok(());
        }
        if is_mute && (media == Media::Sticker || is_only_emoji(word)) {
            return Err(IdleReason::StickerOrEmoji);
        }
        let shows = self.media_is_effective && speaks_for_itself(media);
        if !shows && is_filler(word, is_mute) {
            return Err(IdleReason::Filler);
        }
        if is_mute {
            return if shows { Ok(()) } else { Err(IdleReason::BareMedia) };
        }
        let beside_media = media != Media::None;
        if beside_media || self.is_long_enough(word) || word.question() != Question::No {
            Ok(())
        } else {
            Err(IdleReason::TooShort)
        }
    }

    /// Enough Han characters, or words, or of both together.
    fn is_long_enough(&self, word: FeatureWord) -> bool {
        let (han_min, words_min) = (u32::from(self.han_min), u32::from(self.words_min));
        let (han, words) = (u32::from(word.han()), u32::from(word.words()));
        han * words_min + words * han_min >= han_min * words_min
    }
}

fn is_only_emoji(word: FeatureWord) -> bool {
    word.hit(ListHit::EmojiOnly) && word.media() == Media::None
}

/// Something the person made or chose to show. Cards, links and packets are handed on.
fn speaks_for_itself(media: Media) -> bool {
    !matches!(media, Media::None | Media::Sticker | Media::Contact | Media::Link | Media::RedPacket)
}

fn is_filler(word: FeatureWord, is_mute: bool) -> bool {
    let listed =
        [ListHit::Acknowledgement, ListHit::Greeting, ListHit::DigitsOnly, ListHit::SignsOnly];
    let is_empty = is_mute && word.media() == Media::None && !word.hit(ListHit::Link);
    is_empty || listed.into_iter().any(|hit| word.hit(hit))
}
