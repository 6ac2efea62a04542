//! The sentences that WhatsApp itself writes, by language: data, and the matching of it.
//!
//! A template holds `{a}` (who acts), `{b}` (to whom), `{n}` (a new name) and `{*}` (anything,
//! also nothing). Texts are compared after [`plain`]: straight quotes and apostrophes, ordinary
//! spaces, no marks. Backed by a real export for English on iOS only; the rest is from
//! `chat-formats.md` and general knowledge, so an unknown sentence must never be an error.

mod asia;
mod english;
mod europe;
mod template;

use crate::formats::whatsapp::header::{is_mark, is_space};
use crate::formats::whatsapp::wording::template::TEMPLATES;
use domain::{Media, ServiceKind};

/// What a sentence of WhatsApp says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// `{a}` came by an invitation link.
    JoinedByLink,
    /// `{a}` came from the community above the group.
    JoinedFromCommunity,
    /// `{a}` asked and was let in.
    Approved,
    /// `{a}` came in, the sentence does not say how.
    Joined,
    /// `{a}` (without it: the exporter) added `{b}` (without it: the exporter).
    Added,
    /// `{b}` was added by nobody named.
    WasAdded,
    /// `{a}` (without it: the exporter) left.
    Left,
    /// `{a}` (without it: the exporter) removed `{b}` (without it: the exporter).
    Removed,
    /// `{b}` was removed by nobody named.
    WasRemoved,
    /// `{a}` founded the group (named `{n}`).
    Founded,
    /// The group is called `{n}` from now on.
    GroupName,
    /// Any other sentence of WhatsApp.
    Note(ServiceKind),
    /// A message that is left over as a placeholder: this was its kind.
    Shared(Media),
}

/// The words of one language.
pub(super) struct Wording {
    /// How the exporter is called; the first is shown as the name.
    pub(super) you: &'static [&'static str],
    /// Between the last two names of a list, with its spaces.
    pub(super) and: &'static [&'static str],
    /// Words after a number of people who are not named.
    pub(super) others: &'static [&'static str],
    /// Where a hint to the reader begins ("Tap to …"), cut off before matching.
    pub(super) hints: &'static [&'static str],
    /// Sentences, the particular before the general.
    pub(super) rows: &'static [(Row, &'static str)],
    /// Bodies that stand for media; on iOS documents end with theirs.
    pub(super) media: &'static [(Media, &'static str)],
    /// Bodies that stand for a deleted message.
    pub(super) deleted: &'static [&'static str],
    /// Bodies that stand for a message which the exporter deleted himself.
    pub(super) deleted_by_you: &'static [&'static str],
    /// What an edited message ends with.
    pub(super) edited: &'static [&'static str],
    /// In parentheses after the name of an attached file (Android).
    pub(super) attached: &'static [&'static str],
}

/// All languages.
pub(super) const WORDINGS: &[&Wording] = &[
    &english::ENGLISH,
    &asia::SIMPLIFIED_CHINESE,
    &asia::TRADITIONAL_CHINESE,
    &europe::GERMAN,
    &europe::SPANISH,
    &europe::FRENCH,
    &europe::ITALIAN,
    &europe::PORTUGUESE,
    &europe::RUSSIAN,
    &europe::DUTCH,
    &asia::TURKISH,
    &asia::JAPANESE,
    &asia::KOREAN,
    &asia::INDONESIAN,
    &asia::HINDI,
];

/// A sentence that was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sentence<'a> {
    /// What it says.
    pub(super) row: Row,
    /// `{a}`.
    pub(super) actor: Option<&'a str>,
    /// `{b}`.
    pub(super) target: Option<&'a str>,
    /// `{n}`.
    pub(super) name: Option<&'a str>,
    /// Number of the language in [`WORDINGS`].
    pub(super) language: usize,
}

/// The text as templates see it.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '’' | '‘' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' => out.push('"'),
            _ if is_mark(letter) => {}
            _ if is_space(letter) => out.push(' '),
            _ => out.push(letter),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Recognises a sentence, given as [`plain`] text; in some versions sentences end with a point.
pub(super) fn sentence(text: &str) -> Option<Sentence<'_>> {
    as_written(text).or_else(|| as_written(text.strip_suffix(['.', '。'])?))
}

/// The first template that fits says what the text is; of all that say so, the one that leaves the
/// least for the names: "{a} has left" before "{a} left".
fn as_written(text: &str) -> Option<Sentence<'_>> {
    let fitting = TEMPLATES.iter().enumerate().flat_map(|(language, templates)| {
        let cut = templates.hints.iter().filter_map(|hint| hint.find(text.as_bytes())).min();
        let short = cut.and_then(|end| text.get(..end)).unwrap_or(text);
        templates.rows.iter().filter_map(move |template| {
            let row = template.row;
            let mut found = Sentence { row, actor: None, target: None, name: None, language };
            template.matches(short, &mut found).then_some(found)
        })
    });
    let mut fitting = fitting.peekable();
    let row = fitting.peek()?.row;
    fitting.filter(|found| found.row == row).min_by_key(Sentence::names_bytes)
}

impl Sentence<'_> {
    fn names_bytes(&self) -> usize {
        self.actor.map_or(0, str::len) + self.target.map_or(0, str::len)
    }
}

/// Whether the list of any language holds this text.
pub(super) fn listed(text: &str, list: impl Fn(&Wording) -> &'static [&'static str]) -> bool {
    WORDINGS.iter().any(|wording| list(wording).contains(&text))
}

/// Whom a list names, and how many it does not name.
pub(super) fn people<'a>(list: &'a str, language: usize) -> (Vec<&'a str>, u32) {
    let Some(wording) = WORDINGS.get(language) else { return (vec![list], 0) };
    let mut names = Vec::new();
    let mut nameless = 0;
    let mut take = |piece: &'a str| {
        let piece = piece.trim();
        if let Some(more) = more_people(piece, wording) {
            nameless += more;
        } else if !piece.is_empty() {
            names.push(piece);
        }
    };
    for piece in list.split(", ").flat_map(|piece| piece.split(['、', '，'])) {
        let padded = wording.and.iter().find_map(|and| piece.strip_prefix(and.trim_start()));
        let piece = padded.unwrap_or(piece);
        match wording.and.iter().find_map(|and| piece.rsplit_once(and)) {
            Some((before, after)) => {
                take(before);
                take(after);
            }
            None => take(piece),
        }
    }
    (names, nameless)
}

fn more_people(piece: &str, wording: &Wording) -> Option<u32> {
    let digits = piece.find(|letter: char| letter.is_ascii_digit())?;
    let (before, from) = piece.split_at_checked(digits)?;
    let end = from.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, after) = from.split_at_checked(end)?;
    let words = (before.trim(), after.trim());
    let fits = |other: &&str| match other.split_once('#') {
        Some((first, second)) => words == (first.trim(), second.trim()),
        None => words == ("", *other),
    };
    if wording.others.iter().any(fits) { number.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{Row, WORDINGS, people, plain, sentence};

    #[test]
    fn every_template_recognises_its_own_sentence() {
        for (number, wording) in WORDINGS.iter().enumerate() {
            for (row, template) in wording.rows {
                let text = template
                    .replace("{a}", "安")
                    .replace("{b}", "Bob")
                    .replace("{n}", "N")
                    .replace("{*}", "x");
                let text = plain(&text);
                let found = sentence(&text).expect(&text);
                assert_eq!(found.row, *row, "language {number}: {text}");
                let held = |hole: &str, name| template.contains(hole).then_some(name);
                let told = matches!(row, Row::Note(_) | Row::Shared(_));
                assert!(told || found.actor == held("{a}", "安"), "language {number}: {text}");
                assert!(told || found.target == held("{b}", "Bob"), "language {number}: {text}");
            }
        }
    }

    #[test]
    fn sentences_seen_in_the_wild_are_known() {
        let link = Row::JoinedByLink;
        for (text, row, actor) in [
            ("安 telah bergabung menggunakan tautan undangan grup ini", link, Some("安")),
            ("安 telah keluar", Row::Left, Some("安")),
            ("安 entrou usando o link de convite deste grupo", link, Some("安")),
            ("安 entrou neste grupo através da comunidade", Row::JoinedFromCommunity, Some("安")),
            ("安 foi removido", Row::WasRemoved, None),
            ("安 se unió usando el enlace de invitación de este grupo", link, Some("安")),
            ("安 salió del grupo", Row::Left, Some("安")),
            ("安 è entrato usando il link d'invito al gruppo", link, Some("安")),
            ("安 ti ha aggiunto", Row::Added, Some("安")),
            ("Se añadió a 安", Row::WasAdded, None),
            ("Se eliminó a 安", Row::WasRemoved, None),
            ("Te uniste", Row::Joined, None),
        ] {
            let found = sentence(text).expect(text);
            assert_eq!((found.row, found.actor), (row, actor), "{text}");
        }
    }

    #[test]
    fn a_point_may_end_a_sentence() {
        let found = |text| sentence(text).map(|found| (found.row, found.target));
        assert_eq!(found("Du hast Bob hinzugefügt."), Some((Row::Added, Some("Bob"))));
        assert_eq!(found("You added Bob Jr."), Some((Row::Added, Some("Bob Jr."))));
        assert_eq!(found("Ann hat die Gruppe verlassen."), Some((Row::Left, None)));
    }

    #[test]
    fn a_list_names_some_people_and_counts_the_rest() {
        assert_eq!(people("Ann, Bob, and 15 others", 0), (vec!["Ann", "Bob"], 15));
        assert_eq!(people("Ann and Bob", 0), (vec!["Ann", "Bob"], 0));
        assert_eq!(people("Ann, Bob, and Cy", 0), (vec!["Ann", "Bob", "Cy"], 0));
        assert_eq!(people("安、小林和阿杰", 1), (vec!["安", "小林", "阿杰"], 0));
        assert_eq!(people("安、小林和另外 3 人", 1), (vec!["安", "小林"], 3));
    }

    #[test]
    fn unknown_sentences_are_not_recognised() {
        assert_eq!(sentence("Ann danced"), None);
        assert_eq!(sentence("Ann danced."), None);
        assert_eq!(sentence("").map(|found| found.row), None::<Row>);
    }
}
