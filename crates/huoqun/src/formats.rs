//! `huoqun formats`: what can be read.

use domain::Clock;
use report::Lang;
use std::fmt::Write;

/// A table of all formats.
pub(crate) fn table(lang: Lang) -> String {
    let mut text = String::new();
    for format in imports::FORMATS {
        let [zh, en] = format.title;
        let clock = match (format.clock, lang) {
            (Clock::Wall, Lang::Zh) => "  时间无时区，用 --timezone 说明",
            (Clock::Wall, Lang::En) => "  wall clock: say --timezone",
            (Clock::Absolute, _) => "",
        };
        let title = if lang == Lang::Zh { zh } else { en };
        let _ = writeln!(text, "{:<16}{title}{clock}", format.word);
    }
    text
}
