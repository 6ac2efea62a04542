//! Effective speech (P02), judged from the feature word alone.

use crate::page::IdleReason;
use crate::settings::Settings;
use domain::FeatureWord;

impl Settings {
    /// Whether a message is effective speech, or why it is not. Repetition is not judged here: the
    /// folder knows what was said before.
    pub fn judge(&self, word: FeatureWord, window_open: bool) -> Result<(), IdleReason> {
        let _ = (word, window_open);
        Ok(())
    }
}
