//! What counts: the versioned settings under which facts are judged.

use domain::Millis;

/// Settings of judgement. A page keeps the version it was folded with; changing any value means a
/// new version and a fold of the stored facts, without their text. Catalogue P02, I08, H10.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Number of this set of values.
    pub version: u16,
    /// Fewest Han (or kana, Hangul) characters of effective speech.
    pub han_min: u8,
    /// Fewest words of effective speech in other scripts.
    pub words_min: u8,
    /// Pictures, films, voice and files without words are effective.
    pub media_is_effective: bool,
    /// How long "type 1" lets short answers count as effective, in milliseconds.
    pub window_ms: i64,
    /// How long after a message the next one by somebody else is read as its answer where no
    /// reply link or mention says so, in milliseconds.
    pub order_answer_ms: i64,
    /// After this silence a message opens a new talk, in milliseconds.
    pub talk_gap_ms: i64,
    /// Within which an answer counts for the answer rate, in milliseconds (I08).
    pub answer_within_ms: i64,
    /// How long an open item is remembered while it waits for an answer, in milliseconds.
    pub open_item_ms: i64,
    /// Staff count as members in the figures about members (P01 "excluded by option").
    pub count_staff: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: 1,
            han_min: 2,
            words_min: 2,
            media_is_effective: true,
            window_ms: 10 * Millis::MINUTE,
            order_answer_ms: 30 * Millis::MINUTE,
            talk_gap_ms: 30 * Millis::MINUTE,
            answer_within_ms: Millis::DAY,
            open_item_ms: 7 * Millis::DAY,
            count_staff: false,
        }
    }
}
