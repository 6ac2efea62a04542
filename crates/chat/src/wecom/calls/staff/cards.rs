//! Cards for staff (模板卡片): a to-do with buttons, or a notice.
//!
//! Lengths of titles and words are advice of the platform, which cuts what is longer; only what it
//! refuses is checked.

use serde::Serialize;

use crate::wecom::calls::attachments::URL_BYTES_MAX;
use crate::wecom::calls::within::{self, Beyond};

/// Buttons of a card (模板卡片消息).
pub const BUTTONS_MAX: usize = 6;
/// Lines of name and value. Same source.
pub const ROWS_MAX: usize = 6;
/// Links below a notice. Same source.
pub const JUMPS_MAX: usize = 3;
/// Bytes of a `task_id`. Same source.
pub const TASK_BYTES_MAX: usize = 128;
/// Bytes of a button's key. Same source.
pub const KEY_BYTES_MAX: usize = 1_024;
/// Answers of a choice. Same source.
pub const CHOICES_MAX: usize = 10;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "card_type", rename_all = "snake_case")]
pub enum Card {
    /// With buttons (按钮交互型); pressing one gives an event.
    ButtonInteraction(ButtonCard),
    /// A notice (文本通知型).
    TextNotice(NoticeCard),
}

/// A card with buttons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ButtonCard {
    /// What it is about: 36 and 44 characters are shown.
    pub main_title: Title,
    /// More words; 160 characters are shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sub_title_text: String,
    /// Words quoted, such as a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote_area: Option<Quote>,
    /// At most [`ROWS_MAX`].
    #[serde(rename = "horizontal_content_list", skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// Told again in the event; once per app, of `0-9A-Za-z_-@`, at most [`TASK_BYTES_MAX`].
    pub task_id: String,
    /// One choice above the buttons.
    #[serde(rename = "button_selection", skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    /// 1 to [`BUTTONS_MAX`].
    #[serde(rename = "button_list")]
    pub buttons: Vec<Button>,
    /// Where a press on the card beside its buttons leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card_action: Option<Goal>,
}

/// A notice. It has a title or words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NoticeCard {
    /// What it is about.
    pub main_title: Title,
    /// More words; 160 characters are shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sub_title_text: String,
    /// A number in large letters, such as how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emphasis_content: Option<Title>,
    /// Words quoted, such as a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote_area: Option<Quote>,
    /// At most [`ROWS_MAX`].
    #[serde(rename = "horizontal_content_list", skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// At most [`JUMPS_MAX`].
    #[serde(rename = "jump_list", skip_serializing_if = "Vec::is_empty")]
    pub jumps: Vec<Jump>,
    /// Where a press on the card leads.
    pub card_action: Goal,
}

/// A title and words below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Title {
    /// The title.
    pub title: String,
    /// The words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub desc: String,
}

/// Words quoted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Whose, or from where.
    pub title: String,
    /// The words.
    pub quote_text: String,
}

/// A line of name and value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// 5 characters are shown.
    pub keyname: String,
    /// 30 characters are shown.
    pub value: String,
}

/// One choice of several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Told again in the event.
    pub question_key: String,
    /// What is asked.
    pub title: String,
    /// 1 to [`CHOICES_MAX`].
    #[serde(rename = "option_list")]
    pub answers: Vec<Answer>,
}

/// An answer of a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Told again in the event; once in its choice, at most 128 bytes.
    pub id: String,
    /// What is shown.
    pub text: String,
}

/// A button.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Button {
    /// 10 characters are shown.
    pub text: String,
    /// 1 to 4: blue, dark, red, grey or so, as the client likes.
    pub style: u8,
    /// Told again in the event; at most [`KEY_BYTES_MAX`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Where it leads instead: then it has no key, and a press gives no event.
    #[serde(flatten)]
    pub to: Option<Goal>,
}

/// A link below a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jump {
    /// 18 characters are shown.
    pub title: String,
    /// Where it leads.
    #[serde(flatten)]
    pub to: Goal,
}

/// Where a press leads: an address with http or https.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(into = "GoalWord")]
pub struct Goal(pub String);

#[derive(Serialize)]
struct GoalWord {
    #[serde(rename = "type")]
    class: u8,
    url: String,
}

impl From<Goal> for GoalWord {
    fn from(goal: Goal) -> Self {
        Self { class: 1, url: goal.0 }
    }
}

impl Card {
    pub(super) fn check(&self) -> Result<(), Beyond> {
        match self {
            Self::ButtonInteraction(card) => card.check(),
            Self::TextNotice(card) => card.check(),
        }
    }
}

impl ButtonCard {
    fn check(&self) -> Result<(), Beyond> {
        within::given("main_title", &self.main_title.title)?;
        within::entries("horizontal_content_list", &self.rows, ROWS_MAX)?;
        within::some_bytes("task_id", &self.task_id, TASK_BYTES_MAX)?;
        let known = |letter: char| letter.is_ascii_alphanumeric() || "_-@".contains(letter);
        if !self.task_id.chars().all(known) {
            return Err(Beyond::Form { what: "task_id", form: "letters, digits, _, - and @" });
        }
        within::some_entries("button_list", &self.buttons, BUTTONS_MAX)?;
        for button in &self.buttons {
            within::given("button.text", &button.text)?;
            match &button.to {
                None => within::some_bytes("button.key", &button.key, KEY_BYTES_MAX)?,
                Some(to) => within::address("button.url", &to.0, URL_BYTES_MAX)?,
            }
        }
        if let Some(to) = &self.card_action {
            within::address("card_action.url", &to.0, URL_BYTES_MAX)?;
        }
        self.choice.as_ref().map_or(Ok(()), Choice::check)
    }
}

impl NoticeCard {
    fn check(&self) -> Result<(), Beyond> {
        if self.sub_title_text.is_empty() {
            within::given("main_title", &self.main_title.title)?;
        }
        within::entries("horizontal_content_list", &self.rows, ROWS_MAX)?;
        within::entries("jump_list", &self.jumps, JUMPS_MAX)?;
        for jump in &self.jumps {
            within::given("jump.title", &jump.title)?;
            within::address("jump.url", &jump.to.0, URL_BYTES_MAX)?;
        }
        within::address("card_action.url", &self.card_action.0, URL_BYTES_MAX)
    }
}

impl Choice {
    fn check(&self) -> Result<(), Beyond> {
        within::some_bytes("question_key", &self.question_key, KEY_BYTES_MAX)?;
        within::some_entries("option_list", &self.answers, CHOICES_MAX)?;
        self.answers
            .iter()
            .try_for_each(|answer| within::some_bytes("option.id", &answer.id, TASK_BYTES_MAX))
    }
}
