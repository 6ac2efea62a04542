//! What people say together: one file a kind of talk. A talk is a few lines within minutes.
//!
//! A talk takes what it needs from the [`Scene`] and returns lines with their seconds of the day;
//! it knows nothing of keys, of other talks or of the calendar.

pub(crate) mod advert;
pub(crate) mod chat;
pub(crate) mod checkin;
pub(crate) mod newcomer;
pub(crate) mod notice;
pub(crate) mod question;
mod scene;

pub(crate) use scene::{Manner, Scene};

use crate::plan::TalkKind;
use domain::Media;

/// Something said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Second of the day.
    pub(crate) second: u32,
    pub(crate) who: u32,
    pub(crate) text: String,
    pub(crate) media: Media,
    /// Position within the talk of the line that it answers.
    pub(crate) answers: Option<usize>,
    pub(crate) calls: Option<u32>,
}

/// A few lines that belong together, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Talk {
    pub(crate) lines: Vec<Line>,
}

impl Talk {
    /// Adds a line so many seconds after the last one; returns its position.
    pub(crate) fn say(&mut self, after: u32, who: u32, text: String) -> usize {
        let second = self.lines.last().map_or(after, |last| last.second + after);
        self.lines.push(Line { second, who, text, ..Line::default() });
        self.lines.len() - 1
    }

    /// The line at a position.
    pub(crate) fn line(&mut self, at: usize) -> Option<&mut Line> {
        self.lines.get_mut(at)
    }

    /// Attaches something to the last line.
    pub(crate) fn attach(&mut self, media: Media) {
        if let Some(line) = self.lines.last_mut() {
            line.media = media;
        }
    }

    /// Makes a line an answer to another.
    pub(crate) fn answer(&mut self, at: usize, to: usize) {
        if let Some(line) = self.line(at) {
            line.answers = Some(to);
        }
    }

    /// A line calls somebody.
    pub(crate) fn call(&mut self, at: usize, whom: u32) {
        if let Some(line) = self.line(at) {
            line.calls = Some(whom);
        }
    }
}

/// A talk of this kind, when those are there who have it.
pub(crate) fn have(kind: TalkKind, scene: &mut Scene<'_>) -> Option<Talk> {
    match kind {
        TalkKind::Topic => chat::topic(scene, false),
        TalkKind::Small if scene.dice.percent(30) => chat::thread(scene, true),
        TalkKind::Small => chat::topic(scene, true),
        TalkKind::Thread => chat::thread(scene, false),
        TalkKind::Question => question::asked(scene),
        TalkKind::Checkin => checkin::told(scene),
        TalkKind::Greeting => chat::greeting(scene),
        TalkKind::Aside => chat::aside(scene),
        TalkKind::Photo => chat::photo(scene),
    }
}
