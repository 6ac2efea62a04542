//! What an author wrote, out of Zulip's HTML: without quotations, with what they answer.

use crate::formats::zulip::html::{Piece, Tag, pieces, unescape};
use domain::{Media, Mention};

/// Whom a message calls.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Called {
    /// By name.
    Name(String),
    /// All of the stream.
    Everybody,
}

impl Called {
    /// As the sink wants it.
    pub(super) fn mention(&self) -> Mention<'_> {
        match self {
            Self::Name(name) => Mention::Name(name),
            Self::Everybody => Mention::Everybody,
        }
    }
}

/// The author's part of a message.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// The words.
    pub(super) text: String,
    /// What is shown with them.
    pub(super) media: Media,
    /// The message that the first quotation is from.
    pub(super) answers: Option<i64>,
    /// Whom they call (silent mentions call nobody).
    pub(super) called: Vec<Called>,
}

impl Body {
    /// Reads the HTML of a message.
    pub(super) fn of(html: &str) -> Self {
        let mut reading = Reading::default();
        for piece in pieces(html) {
            reading.take(piece);
        }
        if reading.upload {
            reading.attach(Media::File);
        }
        let mut body = reading.body;
        body.text = body.text.trim().to_owned();
        body
    }
}

#[derive(Default)]
struct Reading {
    body: Body,
    /// Depth of quotations; what stands in them is not the author's.
    quoted: u32,
    /// Depth of elements within one that is not shown as text, itself included.
    hidden: u32,
    /// The mention that is being read: where its text begins, and whether it is silent.
    mention: Option<(usize, Kind)>,
    /// The emoji whose short code is replaced by the sign.
    in_emoji: bool,
    /// A file was uploaded; when it is a picture, the picture follows.
    upload: bool,
    paragraph: Paragraph,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Person,
    Everybody,
    Silent,
}

/// A paragraph that may turn out to be the head of a quotation: "@ann said:".
#[derive(Default)]
struct Paragraph {
    from: usize,
    link: Option<i64>,
}

impl Reading {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(tag) => self.open(tag),
            Piece::Close(name) => self.close(name),
            Piece::Text(text) => {
                if self.quoted == 0 && self.hidden == 0 && !self.in_emoji {
                    self.body.text.push_str(&text);
                }
            }
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        if tag.name == "blockquote" {
            if self.quoted == 0 {
                self.drop_head();
            }
            self.quoted += 1;
            return;
        }
        if self.quoted > 0 {
            return;
        }
        if self.hidden > 0 {
            self.hidden += u32::from(!is_void(tag.name));
            return;
        }
        match tag.name {
            "p" => self.paragraph = Paragraph { from: self.body.text.len(), link: None },
            "br" => self.body.text.push('\n'),
            "a" => {
                let href = tag.attribute("href").unwrap_or_default();
                self.paragraph.link = self.paragraph.link.or_else(|| near(href));
                self.upload |= href.starts_with("/user_uploads/");
            }
            "img" => self.image(tag),
            "span" => self.span(tag),
            // A preview below the message, made by Zulip.
            "div" if tag.has_class("message_inline_image") => {
                self.attach(if tag.has_class("youtube-video") {
                    Media::Link
                } else {
                    Media::Image
                });
                self.hidden = 1;
            }
            "div" if tag.has_class("message_embed") || tag.has_class("inline-preview-twitter") => {
                self.attach(Media::Link);
                self.hidden = 1;
            }
            "audio" => self.attach(Media::Audio),
            "video" => self.attach(Media::Video),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "blockquote" {
            self.quoted = self.quoted.saturating_sub(1);
            return;
        }
        if self.quoted > 0 {
            return;
        }
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        match name {
            "p" | "li" | "tr" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_line();
            }
            "td" | "th" => self.body.text.push(' '),
            "span" => {
                self.in_emoji = false;
                self.end_mention();
            }
            _ => {}
        }
    }

    /// A quotation begins: when the paragraph before it is its head, it goes, and its link says
    /// what is answered.
    fn drop_head(&mut self) {
        let head = self.body.text.get(self.paragraph.from..).unwrap_or_default();
        if self.paragraph.link.is_some() && head.trim_end().ends_with([':', '：']) {
            self.body.answers = self.body.answers.or(self.paragraph.link);
            self.body.text.truncate(self.paragraph.from);
        }
        self.paragraph = Paragraph { from: self.body.text.len(), link: None };
    }

    fn span(&mut self, tag: Tag<'_>) {
        if tag.has_class("user-mention") || tag.has_class("topic-mention") {
            let everybody = tag.attribute("data-user-id") == Some("*");
            let kind = if tag.has_class("silent") {
                Kind::Silent
            } else if everybody || tag.has_class("topic-mention") {
                Kind::Everybody
            } else {
                Kind::Person
            };
            self.mention = Some((self.body.text.len(), kind));
        } else if tag.has_class("katex-mathml") {
            // The formula again, for screen readers; the shown one follows.
            self.hidden = 1;
        } else if let Some(sign) = tag.classes().find_map(emoji) {
            self.body.text.push_str(&sign);
            self.in_emoji = true;
        }
    }

    fn end_mention(&mut self) {
        let Some((from, kind)) = self.mention.take() else { return };
        let name = self.body.text.get(from..).unwrap_or_default().trim_start_matches('@');
        match kind {
            Kind::Person => self.body.called.push(Called::Name(name.to_owned())),
            Kind::Everybody => self.body.called.push(Called::Everybody),
            Kind::Silent => {}
        }
    }

    fn image(&mut self, tag: Tag<'_>) {
        if tag.has_class("emoji") {
            self.body.text.push_str(&unescape(tag.attribute("alt").unwrap_or_default()));
        } else {
            self.attach(Media::Image);
        }
    }

    fn attach(&mut self, media: Media) {
        if self.body.media == Media::None {
            self.body.media = media;
        }
    }

    fn end_line(&mut self) {
        if !self.body.text.is_empty() && !self.body.text.ends_with('\n') {
            self.body.text.push('\n');
        }
    }
}

fn is_void(name: &str) -> bool {
    matches!(name, "br" | "img" | "hr" | "input" | "wbr" | "source")
}

/// The message that a link within Zulip leads to: `#narrow/…/near/123`.
fn near(href: &str) -> Option<i64> {
    let (_, id) = href.rsplit_once("/near/")?;
    let digits = id.split(|one: char| !one.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// The sign of a class such as `emoji-1f1e9-1f1ea`.
fn emoji(class: &str) -> Option<String> {
    let codes = class.strip_prefix("emoji-")?;
    codes.split('-').map(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Body, Called};
    use domain::Media;

    #[test]
    fn a_quotation_is_dropped_and_says_what_is_answered() {
        let body = Body::of(
            "<p><span class=\"user-mention silent\" data-user-id=\"7\">Ann</span> <a \
             href=\"#narrow/stream/1-x/topic/y/near/4711\">said</a>:</p>\n<blockquote>\n<p>old \
             <span class=\"user-mention\" data-user-id=\"8\">@Eve</span></p><blockquote>\
             older</blockquote>\n</blockquote>\n<p>No,<br>\n<strong>really</strong> not &amp; \
             never, <span class=\"user-mention\" data-user-id=\"9\">@小 林</span> and <span \
             class=\"user-mention\" data-user-id=\"*\">@all</span></p>",
        );
        assert_eq!(body.text, "No,\n\nreally not & never, @小 林 and @all");
        assert_eq!(body.answers, Some(4711));
        assert_eq!(body.called, [Called::Name("小 林".to_owned()), Called::Everybody]);
    }

    #[test]
    fn a_link_to_a_message_without_a_quotation_is_no_answer() {
        let body = Body::of("<p>see <a href=\"#narrow/stream/1/topic/t/near/5\">there</a></p>");
        assert_eq!((body.text.as_str(), body.answers), ("see there", None));
        let body = Body::of("<p>a proverb:</p><blockquote>old</blockquote><p>b</p>");
        assert_eq!((body.text.as_str(), body.answers), ("a proverb:\nb", None));
    }

    #[test]
    fn pictures_are_media_emoji_are_signs_and_formulas_are_there_once() {
        let body = Body::of(
            "<p>hi <span aria-label=\"tada\" class=\"emoji emoji-1f389\">:tada:</span> <img \
             alt=\":own:\" class=\"emoji\"> <span class=\"katex\"><span class=\"katex-mathml\">\
             <math><mi>x</mi></math></span><span class=\"katex-html\">x</span></span></p>\n<div \
             class=\"message_inline_image\"><a href=\"u\"><img src=\"t\"></a></div>",
        );
        assert_eq!((body.text.as_str(), body.media), ("hi 🎉 :own: x", Media::Image));
    }
}
