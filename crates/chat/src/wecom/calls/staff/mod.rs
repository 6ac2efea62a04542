//! Staff: who they are, and what the app tells them.

mod agent;
pub mod cards;
mod colleagues;
mod messages;

pub use agent::Agent;
pub use colleagues::{Colleague, Department};
pub use messages::{
    CARD_BUTTON_CHARS_MAX, CARD_TITLE_BYTES_MAX, CARD_WORDS_BYTES_MAX, CardChange, CardUpdate,
    Content, Message, RECEIVERS_MAX, Receivers, SAME_WITHIN_S_MAX, Sent, TEXT_BYTES_MAX, TextCard,
};
