//! Message types of the WeChat database, and the words inside their markup.

use domain::{Media, Message, ServiceKind};
use std::borrow::Cow;

use crate::formats::chinese::without_placeholders;

/// What a row of the message table is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content<'a> {
    /// A message of its sender.
    Message { text: Cow<'a, str>, media: Media, forwarded: bool },
    /// A row that the client wrote; its words are parsed elsewhere.
    System,
    /// A row of its sender that is not a message.
    Service(ServiceKind),
    /// A type that is not known.
    Unknown,
}

impl Content<'_> {
    /// The message to tell, if it is one.
    pub(crate) fn message(&self) -> Option<Message<'_>> {
        match self {
            Self::Message { text, media, forwarded } => {
                Some(Message { text, media: *media, forwarded: *forwarded, ..Message::default() })
            }
            _ => None,
        }
    }
}

/// Reads a row by `Type` and `SubType` of the database.
pub(crate) fn content(kind: u32, sub: u32, text: &str) -> Content<'_> {
    let media = |media| Content::Message { text: Cow::Borrowed(""), media, forwarded: false };
    match kind {
        1 => written(text),
        3 => media(Media::Image),
        34 => media(Media::Audio),
        42 | 66 | 67 => media(Media::Contact),
        43 | 44 | 62 => media(Media::Video),
        47 => media(Media::Sticker),
        48 => media(Media::Location),
        49 => app_message(sub, text),
        50 | 52 | 53 => Content::Service(ServiceKind::Call),
        10_000 | 10_002 => Content::System,
        _ => Content::Unknown,
    }
}

/// What the sender typed.
pub(crate) fn written(text: &str) -> Content<'_> {
    let (text, media) = without_placeholders(text);
    Content::Message { text, media, forwarded: false }
}

/// A row of type 49 by its `SubType`.
pub(crate) fn app_message(sub: u32, text: &str) -> Content<'_> {
    let media = |media, forwarded| Content::Message { text: "".into(), media, forwarded };
    match sub {
        // A reply with a quotation, a sign-up chain: the title is what the sender wrote.
        1 | 53 | 57 => {
            Content::Message { text: own_words(text), media: Media::None, forwarded: false }
        }
        6 | 74 => media(Media::File, false),
        8 => media(Media::Sticker, false),
        17 => media(Media::Location, false),
        19 | 40 => media(Media::Link, true),
        2000 | 2001 | 2003 => media(Media::RedPacket, false),
        _ => media(Media::Link, false),
    }
}

fn own_words(text: &str) -> Cow<'_, str> {
    if !text.trim_start().starts_with('<') {
        return Cow::Borrowed(text);
    }
    let title = text.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    unescaped(title.map_or("", |(title, _)| title))
}

/// XML text without its escapes and CDATA frame.
pub(super) fn unescaped(xml: &str) -> Cow<'_, str> {
    let xml = xml.trim();
    if let Some(inner) = xml.strip_prefix("<![CDATA[") {
        return Cow::Borrowed(inner.strip_suffix("]]>").unwrap_or(inner));
    }
    if !xml.contains('&') {
        return Cow::Borrowed(xml);
    }
    let mut text = xml.to_owned();
    for (escape, plain) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#x0A;", "\n")]
    {
        text = text.replace(escape, plain);
    }
    Cow::Owned(text.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::{Content, content};
    use domain::{Media, ServiceKind};

    fn read(kind: u32, sub: u32, text: &str) -> (String, Media) {
        match content(kind, sub, text) {
            Content::Message { text, media, .. } => (text.into_owned(), media),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn markup_is_never_text() {
        let quote = "<msg><appmsg><title>好的 &amp; 谢谢</title><refermsg><content>旧</content>\
                     </refermsg></appmsg></msg>";
        let none = |text: &str| (text.to_owned(), Media::None);
        assert_eq!(read(49, 57, quote), none("好的 & 谢谢"));
        assert_eq!(read(49, 57, "好的"), none("好的"));
        assert_eq!(read(49, 5, "<msg><title>x</title></msg>"), (String::new(), Media::Link));
        assert_eq!(read(3, 0, "<msg><img/></msg>"), (String::new(), Media::Image));
        assert_eq!(read(49, 2001, ""), (String::new(), Media::RedPacket));
        assert_eq!(content(50, 0, ""), Content::Service(ServiceKind::Call));
        assert_eq!(content(10_000, 4, "x"), Content::System);
        assert_eq!(content(777, 0, ""), Content::Unknown);
    }
}
