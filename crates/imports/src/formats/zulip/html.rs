//! Tags and text of Zulip's rendered HTML, one after the other.
//!
//! Not a browser: it knows what a tag is and undoes entities, and takes anything for text that is
//! no tag. It allocates nothing but undone text.

use std::borrow::Cow;

/// One piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'h> {
    /// `<name …>`, also when closed at once (`<br/>`).
    Open(Tag<'h>),
    /// `</name>`.
    Close(&'h str),
    /// Text, entities undone.
    Text(Cow<'h, str>),
}

/// An opening tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// Its name, as written.
    pub(super) name: &'h str,
    rest: &'h str,
}

impl<'h> Tag<'h> {
    /// The value of an attribute, as written; attributes are quoted in Zulip's HTML.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&'h str> {
        let mut rest = self.rest;
        while let Some((name, after)) = rest.split_once('=') {
            let quote = after.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
            let (value, next) = after.get(1..)?.split_once(quote)?;
            if name.trim() == wanted {
                return Some(value);
            }
            rest = next;
        }
        None
    }

    /// Whether it has this class.
    pub(super) fn has_class(&self, wanted: &str) -> bool {
        self.classes().any(|class| class == wanted)
    }

    /// Its classes.
    pub(super) fn classes(&self) -> impl Iterator<Item = &'h str> + use<'h> {
        self.attribute("class").unwrap_or_default().split_ascii_whitespace()
    }
}

/// All pieces of a text.
pub(super) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: html }
}

/// The iterator of [`pieces`].
pub(super) struct Pieces<'h> {
    rest: &'h str,
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some((piece, next)) = tag(self.rest) {
            self.rest = next;
            return Some(piece);
        }
        // The first character is text even when it is a `<`.
        let mark = memchr::memchr(b'<', self.rest.as_bytes().get(1..)?);
        let (text, next) = match mark {
            Some(at) => self.rest.split_at_checked(at + 1)?,
            None => (self.rest, ""),
        };
        self.rest = next;
        Some(Piece::Text(unescape(text)))
    }
}

fn tag(html: &str) -> Option<(Piece<'_>, &str)> {
    let inside = html.strip_prefix('<')?;
    let end = end_of_tag(inside)?;
    let (body, next) = (inside.get(..end)?, inside.get(end + 1..)?);
    if let Some(name) = body.strip_prefix('/') {
        return Some((Piece::Close(name.trim()), next));
    }
    if !body.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let name_end = body.find(|one: char| one.is_ascii_whitespace() || one == '/');
    let (name, rest) = body.split_at_checked(name_end.unwrap_or(body.len()))?;
    Some((Piece::Open(Tag { name, rest }), next))
}

/// The `>` outside quotation marks.
fn end_of_tag(inside: &str) -> Option<usize> {
    let mut quote = None;
    inside.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        false
    })
}

/// Undoes entities; unknown ones stay.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = after.split_once(';').and_then(|(name, next)| Some((entity(name)?, next)));
        let (undone, next) = known.unwrap_or(('&', after));
        out.push(undone);
        rest = next;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn tags_attributes_and_entities_are_told_apart() {
        let html = r#"a &lt; b<br/><a href="x?a>b" class='n m'>c &#x5c0f;&amp;&odd;</a> 1 < 2"#;
        let all: Vec<Piece<'_>> = pieces(html).collect();
        let Piece::Open(link) = &all[2] else { panic!("{all:?}") };
        assert_eq!((link.attribute("href"), link.has_class("m")), (Some("x?a>b"), true));
        let texts: Vec<_> = all
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["a < b", "c 小&&odd;", " 1 ", "< 2"]);
        assert_eq!(all[4], Piece::Close("a"));
    }
}
