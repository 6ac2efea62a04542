//! Words at intake: one pass over the text gives the feature word and the hash of the words.
//!
//! What is not kept here is not known later: everything else judges from the [`FeatureWord`].

use domain::{FeatureWord, Media};

/// A message at intake, the last moment at which its words are at hand.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of the source")]
pub struct Spoken<'a> {
    /// The author's own words; empty for media alone.
    pub text: &'a str,
    /// What was attached.
    pub media: Media,
    /// Passed on from elsewhere.
    pub forwarded: bool,
    /// Only the placeholder is left.
    pub deleted: bool,
    /// The source says that it calls somebody (an `@name` in the text is found without).
    pub mentions: bool,
    /// The source says that it calls everybody.
    pub mentions_all: bool,
}

/// The feature word of a message, and the hash of its normalised text (0 when there is none).
pub fn features(spoken: &Spoken<'_>) -> (FeatureWord, u64) {
    let _ = spoken;
    (FeatureWord::default(), 0)
}
