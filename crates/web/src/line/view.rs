//! One line as plain data, ready for the template.

use askama::Template;
use domain::{ActorClass, IdentityId};
use report::Lang;

use crate::line::Quote;

/// The badge beside a name (T01): always rendered for who is not an ordinary member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Badge(pub(crate) ActorClass);

impl Badge {
    /// Class of the stylesheet.
    pub(crate) fn class(self) -> &'static str {
        match self.0 {
            ActorClass::Member => "",
            ActorClass::Staff => "staff",
            ActorClass::Host => "host",
            ActorClass::Bot => "bot",
        }
    }

    /// What it says.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub(crate) fn word(self, lang: &Lang) -> Option<&'static str> {
        match self.0 {
            ActorClass::Member => None,
            ActorClass::Staff => Some(lang.pick("管理", "Keeper")),
            ActorClass::Host => Some(lang.pick("官方号", "Official")),
            ActorClass::Bot => Some(lang.pick("机器人", "Bot")),
        }
    }
}

/// A message.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) seq: i64,
    pub(crate) key: i64,
    pub(crate) who: u32,
    /// Whom it calls, 0 for nobody.
    pub(crate) calls: u32,
    pub(crate) name: String,
    pub(crate) face: String,
    pub(crate) color: u32,
    pub(crate) badge: Badge,
    /// Written by the viewer; false in live fragments, where the page finds out itself.
    pub(crate) own: bool,
    pub(crate) calls_me: bool,
    /// Taken back.
    pub(crate) gone: bool,
    pub(crate) quote: Option<Quote>,
    pub(crate) time: String,
    /// For machines.
    pub(crate) moment: String,
    /// Safe HTML.
    pub(crate) html: String,
}

/// A line.
#[derive(Clone, Debug)]
pub(crate) enum LineView {
    /// A new day begins.
    Day { day: String, label: String },
    /// Somebody wrote.
    Said(Box<Said>),
    /// Something happened; `card` is safe HTML; `frame`: what stands above the lines changed;
    /// `people`: so many more are in the group.
    Note { seq: i64, text: String, card: Option<String>, frame: bool, people: i8 },
    /// The message `of` was taken back.
    Took { seq: i64, of: i64, text: String },
    /// The message `of` has another text; safe HTML.
    Edited { seq: i64, of: i64, html: String },
    /// Nothing to show; keeps the place.
    Hidden { seq: i64 },
}

/// A line with the language of its words.
#[derive(Template)]
#[template(path = "line/line.html")]
pub(crate) struct LineHtml<'a> {
    pub(crate) l: &'a Lang,
    pub(crate) line: &'a LineView,
}

impl LineView {
    /// The line as HTML.
    pub(crate) fn html(&self, lang: Lang) -> String {
        LineHtml { l: &lang, line: self }.render().unwrap_or_default()
    }
}

/// What stands on somebody's picture: the first letter of the name, or what stands for one.
pub(crate) fn face(name: &str) -> String {
    let letter = name.chars().find(|letter| letter.is_alphanumeric());
    letter
        .or_else(|| name.chars().find(|letter| !letter.is_ascii()))
        .map_or_else(|| "·".to_owned(), |letter| letter.to_uppercase().collect())
}

/// The colour that goes with a name, 0–7, where there is no number to go by.
pub(crate) fn hue(name: &str) -> u32 {
    let mixed = name
        .chars()
        .fold(7, |mixed: u32, letter| mixed.wrapping_mul(31).wrapping_add(u32::from(letter)));
    mixed.wrapping_mul(2_654_435_761) >> 29
}

/// The colour of somebody's picture, 0–7.
pub(crate) fn color(who: IdentityId) -> u32 {
    who.0.wrapping_mul(2_654_435_761) >> 29
}
