//! What staff type of a welcome, and what of it is wrong: every limit of the platform is told here,
//! before anything is sent.

use chat::wecom::calls::attachments::{
    APP_TITLE_BYTES_MAX, LINK_DESC_BYTES_MAX, LINK_TITLE_BYTES_MAX, URL_BYTES_MAX,
};
use chat::wecom::calls::contacts::ATTACHMENTS_MAX;
use engine::welcome::{Beside, Hours, Known, Text, When};
use store::MediumRow;

use crate::console::{Denied, FieldError};
use crate::wecom::welcome::keeping::WordingView;
use crate::wecom::welcome::places::Places;
use crate::wecom::welcome::wording::Wording;

/// Things beside the words, at most (发送新客户欢迎语).
pub const BESIDE_MAX: usize = ATTACHMENTS_MAX;
/// The fields of things beside the words, in their order.
pub const SLOTS: [&str; BESIDE_MAX] = ["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8"];
/// Letters of a name that staff give.
const NAME_CHARS_MAX: usize = 30;
/// Channels of one wording.
const CHANNELS_MAX: usize = 50;
/// Bytes of a channel's word (`customer_channel`; the `state` of other codes has 30 letters).
const CHANNEL_BYTES_MAX: usize = 64;
/// Staff of one wording.
const STAFF_MAX: usize = 500;
/// Kept free for each name in the words.
const NAME_BYTES: usize = 64;

/// What staff type of a welcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordingForm {
    /// What staff call it.
    pub name: String,
    /// Channels by `state` or by the name of a placement of ours, with commas, spaces or line ends
    /// between them; empty: all.
    pub channels: String,
    /// Staff by `userid`; empty: all.
    pub staff: Vec<String>,
    /// At what hours.
    pub hours: Hours,
    /// What `{渠道}` says; empty: what the channel is called.
    pub channel: String,
    /// The group whose rules and announcement are told.
    pub group: Option<i64>,
    /// The words.
    pub text: String,
    /// What goes with them; a medium that was not chosen is 0.
    pub beside: Vec<Beside>,
}

/// What a form is looked at against.
pub(super) struct Against<'a> {
    /// What channels are called.
    pub(super) places: &'a Places,
    /// Names of shared blocks.
    pub(super) blocks: &'a [String],
    /// Files there are.
    pub(super) media: &'a [MediumRow],
    /// What is known whoever comes: blocks, rules, announcement.
    pub(super) known: &'a Known,
    /// Bytes of the words, at most.
    pub(super) most: usize,
}

impl WordingForm {
    /// The form of what is kept.
    pub fn of(view: &WordingView) -> Self {
        let wording = &view.wording;
        let channels: Vec<&str> = view.channels.iter().map(|one| one.word.as_str()).collect();
        Self {
            name: view.name.clone(),
            channels: channels.join(", "),
            staff: wording.when.staff.clone(),
            hours: wording.when.hours,
            channel: wording.channel.clone(),
            group: wording.group,
            text: wording.text.clone(),
            beside: wording.beside.clone(),
        }
    }

    /// What it says, as it was typed, right or wrong.
    pub(super) fn wording(&self, places: &Places) -> Wording {
        let channels = places.read(&self.channels);
        Wording {
            when: When { channels, staff: self.staff.clone(), hours: self.hours },
            channel: self.channel.trim().to_owned(),
            group: self.group,
            text: self.text.replace("\r\n", "\n").trim().to_owned(),
            beside: self.beside.clone(),
        }
    }

    /// Looks at every field.
    pub(super) fn checked(&self, against: &Against<'_>) -> Result<(String, Wording), Denied> {
        let (name, wording) = (named(&self.name), self.wording(against.places));
        let mut wrong = Vec::new();
        if let Err(code) = &name {
            wrong.push(FieldError { field: "name", code });
        }
        let mut say = |field, code| wrong.push(FieldError { field, code });
        let when = &wording.when;
        if when.channels.len() > CHANNELS_MAX {
            say("channels", "too_many");
        } else if when.channels.iter().any(|channel| channel.len() > CHANNEL_BYTES_MAX) {
            say("channels", "too_long");
        }
        if when.staff.len() > STAFF_MAX {
            say("staff", "too_many");
        }
        if wording.channel.chars().count() > NAME_CHARS_MAX {
            say("channel", "too_long");
        }
        match Text::read(&wording.text, against.blocks) {
            Err(_) => say("text", "unknown_slot"),
            Ok(text) => {
                if text.has_group() && wording.group.is_none() {
                    say("group", "missing");
                }
                let names = text.names() * NAME_BYTES;
                if text.bytes_without_names(against.known) + names > against.most {
                    say("text", "too_long");
                }
            }
        }
        if wording.text.is_empty() && wording.beside.is_empty() {
            say("text", "missing");
        }
        if wording.beside.len() > BESIDE_MAX {
            say("beside", "too_many");
        }
        let fields = SLOTS.iter().zip(&wording.beside);
        wrong.extend(fields.filter_map(|(field, one)| {
            Some(FieldError { field, code: fault(one, against.media)? })
        }));
        match name {
            Ok(name) if wrong.is_empty() => Ok((name, wording)),
            _ => Err(Denied::Wrong(wrong)),
        }
    }
}

/// A name that staff give.
pub(super) fn named(name: &str) -> Result<String, &'static str> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err("missing"),
        1..=NAME_CHARS_MAX => Ok(name),
        _ => Err("too_long"),
    }
}

/// What is wrong with a thing beside the words.
pub(super) fn fault(beside: &Beside, media: &[MediumRow]) -> Option<&'static str> {
    let lacks = |nth: i64, kind: &str| {
        let there = media.iter().any(|medium| medium.id == nth && medium.kind == kind);
        (!there).then_some("no_medium")
    };
    match beside {
        Beside::Image { medium } => lacks(*medium, "image"),
        Beside::Video { medium } => lacks(*medium, "video"),
        Beside::File { medium } => lacks(*medium, "file"),
        Beside::Link { title, desc, url, picture } => match () {
            () if title.trim().is_empty() => Some("no_title"),
            () if title.len() > LINK_TITLE_BYTES_MAX => Some("long_title"),
            () if desc.len() > LINK_DESC_BYTES_MAX => Some("long_desc"),
            () if !is_address(url) => Some("no_url"),
            () if !picture.is_empty() && !is_address(picture) => Some("bad_picture"),
            () => None,
        },
        Beside::App { title, appid, page, medium } => match () {
            () if title.trim().is_empty() => Some("no_title"),
            () if title.len() > APP_TITLE_BYTES_MAX => Some("long_title"),
            () if appid.trim().is_empty() => Some("no_appid"),
            () if page.trim().is_empty() => Some("no_page"),
            () => lacks(*medium, "image"),
        },
    }
}

/// Whether it is an address of the web that the platform takes.
fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
    let plain = !url.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    host && plain && url.len() <= URL_BYTES_MAX
}
