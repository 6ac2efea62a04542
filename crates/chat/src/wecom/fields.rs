//! The fields of a callback's XML: names as paths below the root, texts in order.
//!
//! Callbacks are flat but for lists, come with or without CDATA and in any order. Document type
//! declarations (and with them entities of one's own) are refused; size and depth are bounded.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

/// The longest body that is read: 256 KiB (a member list of 2,000 ids is below 80 KiB).
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// Deepest known: `SelectedItems/SelectedItem/OptionIds/OptionId`.
const DEPTH_MAX: usize = 8;

/// Texts of a callback by their path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

/// A body that is no callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFields {
    /// More than [`BODY_BYTES_MAX`].
    #[error("the body is longer than {BODY_BYTES_MAX} bytes")]
    Long,
    /// Broken, without a root, nested too deeply or with a document type.
    #[error("the body is not the XML of a callback")]
    Xml,
}

impl Fields {
    /// Reads `<xml><Name>text</Name><List><Item>a</Item></List></xml>`.
    pub fn of(body: &str) -> Result<Self, NotFields> {
        if body.len() > BODY_BYTES_MAX {
            return Err(NotFields::Long);
        }
        let mut reader = Reader::from_str(body);
        let mut open: Vec<String> = Vec::new();
        let mut text = String::new();
        let mut found = Vec::new();
        let mut rooted = false;
        loop {
            match reader.read_event().map_err(|_| NotFields::Xml)? {
                Event::Start(tag) => {
                    rooted = true;
                    open.push(tag.name().as_ref().to_owned());
                    text.clear();
                    if open.len() > DEPTH_MAX {
                        return Err(NotFields::Xml);
                    }
                }
                Event::Text(words) => text.push_str(&words.xml10_content()),
                Event::CData(words) => text.push_str(&words.xml10_content()),
                Event::GeneralRef(name) => text.push_str(&resolved(&name)?),
                Event::End(_) => {
                    let path = open.get(1..).unwrap_or_default().join("/");
                    let words = text.trim();
                    if !path.is_empty() && !words.is_empty() {
                        found.push((path, words.to_owned()));
                    }
                    open.pop();
                    text.clear();
                }
                Event::Eof if rooted && open.is_empty() => return Ok(Self(found)),
                Event::DocType(_) | Event::Eof => return Err(NotFields::Xml),
                _ => {}
            }
        }
    }

    /// The first text at a path; `None` when it is missing or empty.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.all(path).next()
    }

    /// All texts at a path, in order.
    pub fn all(&self, path: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(at, _)| at == path).map(|(_, text)| text.as_str())
    }

    /// Rest of the path and text of everything whose path begins so, in order.
    pub fn under(&self, path: &str) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(move |(at, text)| Some((at.strip_prefix(path)?, text.as_str())))
    }

    /// A whole number at a path.
    pub fn number(&self, path: &str) -> Option<i64> {
        self.get(path)?.parse().ok()
    }
}

/// What `&name;` stands for; only the five of XML and character numbers are known.
fn resolved(name: &BytesRef<'_>) -> Result<String, NotFields> {
    if let Some(letter) = name.resolve_char_ref().map_err(|_| NotFields::Xml)? {
        return Ok(letter.to_string());
    }
    resolve_predefined_entity(&name.xml10_content()).map(str::to_owned).ok_or(NotFields::Xml)
}
