//! What a message says: the words, or the placeholder that stands for media or for a deleted
//! message. On iOS the words of WhatsApp carry a U+200E; a person who types "image omitted"
//! does not.

use crate::formats::whatsapp::header::is_mark;
use crate::formats::whatsapp::wording::WORDINGS;
use domain::Media;
use memchr::memmem::Finder;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// The mark of what WhatsApp wrote.
pub(super) const MARK: char = '\u{200e}';

/// No placeholder is longer, in bytes.
const PLACEHOLDER_BYTES_MAX: usize = 160;

/// Longest text before a map link that still is the placeholder of a place, in bytes.
const LOCATION_LABEL_BYTES_MAX: usize = 40;

/// A body, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body<'a> {
    /// The words, still with their marks.
    pub(super) text: &'a str,
    /// What was attached.
    pub(super) media: Media,
    /// Only the placeholder of a deleted message is left.
    pub(super) deleted: bool,
    /// Something in it is WhatsApp's own placeholder.
    pub(super) placeholder: bool,
}

#[derive(Clone, Copy)]
enum Stands {
    For(Media),
    Deleted,
}

static PLACEHOLDERS: LazyLock<FxHashMap<&'static str, Stands>> = LazyLock::new(|| {
    let mut map = FxHashMap::default();
    for wording in WORDINGS {
        for &(media, words) in wording.media {
            map.insert(words, Stands::For(media));
        }
        for &words in wording.deleted.iter().chain(wording.deleted_by_you) {
            map.insert(words, Stands::Deleted);
        }
    }
    map
});

static ATTACHED: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| WORDINGS.iter().flat_map(|wording| wording.attached).copied().collect());

static EDITED: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| WORDINGS.iter().flat_map(|wording| wording.edited).copied().collect());

/// Takes a body apart. `ios`: placeholders carry marks.
pub(super) fn body(written: &str, ios: bool) -> Body<'_> {
    let text = without_edit_mark(written.trim_end());
    if text.is_empty() {
        return Body { text, placeholder: !written.trim_end().is_empty(), ..Body::default() };
    }
    if let Some(question) = poll(text, ios) {
        return Body { text: question, media: Media::Poll, placeholder: true, deleted: false };
    }
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(found) = stands(first, ios) {
        return placeholder(found, rest);
    }
    if let Some((before, last)) = text.rsplit_once(MARK)
        && let Some(found) = stands_marked(last.trim())
    {
        let file = matches!(found, Stands::For(Media::File | Media::Contact));
        return placeholder(found, if file { "" } else { before });
    }
    if location(first) {
        return placeholder(Stands::For(Media::Location), rest);
    }
    Body { text, ..Body::default() }
}

fn placeholder(found: Stands, rest: &str) -> Body<'_> {
    let text = rest.trim_matches(|letter: char| letter.is_whitespace() || is_mark(letter));
    match found {
        Stands::For(media) => Body { text, media, placeholder: true, deleted: false },
        Stands::Deleted => Body { text: "", media: Media::None, deleted: true, placeholder: true },
    }
}

fn stands(line: &str, ios: bool) -> Option<Stands> {
    if line.len() > PLACEHOLDER_BYTES_MAX {
        return None;
    }
    let bare = line.trim_matches(|letter: char| letter.is_whitespace() || is_mark(letter));
    let marked = line.starts_with(MARK);
    if ios && !marked {
        return bare.starts_with('<').then(|| PLACEHOLDERS.get(bare).copied()).flatten();
    }
    if marked && let Some(found) = stands_marked(bare) {
        return Some(found);
    }
    let found = PLACEHOLDERS.get(bare).copied();
    let sure = marked || bare.starts_with('<') || matches!(found, Some(Stands::Deleted));
    found.filter(|_| sure).or_else(|| attached(bare).map(Stands::For))
}

/// What a piece after a mark stands for.
fn stands_marked(piece: &str) -> Option<Stands> {
    PLACEHOLDERS.get(piece).copied().or_else(|| {
        let inner = piece.strip_prefix('<')?.strip_suffix('>')?;
        let (_, file) = inner.split_once(": ").or_else(|| inner.split_once('：'))?;
        by_ending(file).map(Stands::For)
    })
}

/// `IMG-1.jpg (file attached)`.
fn attached(line: &str) -> Option<Media> {
    let (file, words) = line.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
    ATTACHED.contains(words.trim()).then(|| by_ending(file).unwrap_or(Media::File))
}

fn by_ending(file: &str) -> Option<Media> {
    let (stem, ending) = file.trim().rsplit_once('.')?;
    if ending.is_empty() || ending.len() > 8 || ending.contains(char::is_whitespace) {
        return None;
    }
    let sticker = stem.contains("STICKER") || stem.starts_with("STK-");
    Some(match ending.to_ascii_lowercase().as_str() {
        _ if sticker => Media::Sticker,
        "jpg" | "jpeg" | "png" | "heic" | "bmp" => Media::Image,
        "mp4" | "mov" | "3gp" | "mkv" | "avi" | "webm" => Media::Video,
        "opus" | "ogg" | "m4a" | "mp3" | "aac" | "amr" | "wav" => Media::Audio,
        "webp" | "gif" => Media::Sticker,
        "vcf" => Media::Contact,
        _ => Media::File,
    })
}

/// Whether an entry of an export is one of its media files.
pub(super) fn is_media_file(name: &str) -> bool {
    by_ending(name).is_some_and(|media| media != Media::File)
        || [".pdf", ".docx", ".doc", ".pptx", ".zip", ".apk"].iter().any(|end| name.ends_with(end))
}

fn location(line: &str) -> bool {
    static LINK: LazyLock<Finder<'static>> =
        LazyLock::new(|| Finder::new("https://maps.google.com/?q="));
    LINK.find(line.as_bytes()).is_some_and(|at| at <= LOCATION_LABEL_BYTES_MAX)
}

fn without_edit_mark(text: &str) -> &str {
    if !text.ends_with('>') {
        return text;
    }
    let cut = text.rfind('<').and_then(|at| text.split_at_checked(at));
    match cut {
        Some((before, mark)) if EDITED.contains(mark) => {
            before.trim_end_matches(|letter: char| letter.is_whitespace() || is_mark(letter))
        }
        _ => text,
    }
}

/// The question of a poll: between the heading line and the first option.
fn poll(text: &str, ios: bool) -> Option<&str> {
    let (heading, rest) = text.split_once('\n')?;
    let bare = heading.trim_matches(is_mark).trim_end();
    if !bare.ends_with([':', '：']) || bare.len() > 40 {
        return None;
    }
    let option = if ios && heading.starts_with(MARK) {
        rest.find("\n\u{200e}")?
    } else if bare == "POLL:" {
        rest.find("\nOPTION:").or_else(|| rest.find("\n\u{200e}OPTION:"))?
    } else {
        return None;
    };
    rest.get(..option).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::{Body, body};
    use domain::Media;

    fn said(text: &str, ios: bool) -> (&str, Media, bool) {
        let Body { text, media, deleted, .. } = body(text, ios);
        (text, media, deleted)
    }

    #[test]
    fn placeholders_stand_for_what_is_not_there() {
        for (written, ios, text, media) in [
            ("\u{200e}image omitted", true, "", Media::Image),
            ("image omitted", true, "image omitted", Media::None),
            ("look at this \u{200e}video omitted", true, "look at this ", Media::Video),
            ("a.pdf • \u{200e}2 pages \u{200e}document omitted", true, "", Media::File),
            ("\u{200e}<attached: 0001-PHOTO.jpg>", true, "", Media::Image),
            ("\u{200e}<adjunto: 0001-AUDIO.opus>", true, "", Media::Audio),
            ("<Media omitted>\nour cat", false, "our cat", Media::Other),
            ("<省略多媒体文件>", false, "", Media::Other),
            ("IMG-1.jpg (file attached)\nour cat", false, "our cat", Media::Image),
            ("\u{200e}STK-1.webp (Datei angehängt)", false, "", Media::Sticker),
            ("Ann.vcf (archivo adjunto)", false, "", Media::Contact),
            (
                "see (file attached to the mail)",
                false,
                "see (file attached to the mail)",
                Media::None,
            ),
            ("location: https://maps.google.com/?q=1,2", false, "", Media::Location),
            ("hi \u{200e}<This message was edited>", true, "hi", Media::None),
            ("\u{200e}POLL:\nTea?\n\u{200e}OPTION: yes (1 vote)", true, "Tea?", Media::Poll),
            ("POLL:\nTea?\nOPTION: yes (1 vote)\n", false, "Tea?", Media::Poll),
        ] {
            let (seen, kind, deleted) = said(written, ios);
            assert_eq!((seen.trim(), kind, deleted), (text.trim(), media, false), "{written}");
        }
    }

    #[test]
    fn a_deleted_message_is_empty() {
        assert_eq!(said("\u{200e}This message was deleted.", true), ("", Media::None, true));
        assert_eq!(said("此消息已删除", false), ("", Media::None, true));
        assert!(!said("This message was deleted.", true).2);
    }
}
