//! Single words and figures for pages that are not a report: lists of groups, heads of pages.

use insights::{Cause, Mood, Overview};

use crate::Lang;
use crate::definitions::Defined;
use crate::speech;
use crate::words;

/// A figure as a head of a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Code of its definition.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// The value, or a dash.
    pub value: String,
    /// What it is a share of, or why it is not known.
    pub base: Option<String>,
    /// How it moved, such as `↑ 3`, with the word for whether that is good.
    pub change: Option<String>,
}

/// The word for a verdict (O05).
pub fn mood(mood: Mood, lang: Lang) -> &'static str {
    words::mood(mood, lang)
}

/// One sentence for a cause (O07).
pub fn cause(cause: &Cause, lang: Lang) -> String {
    words::cause(cause, lang)
}

/// The figures with these codes, in this order; codes without a figure are left out.
pub fn figures(overview: &Overview, codes: &[&str], lang: Lang) -> Vec<Spoken> {
    let of = |code: &&str| overview.measured.iter().find(|one| one.code == *code);
    codes.iter().filter_map(of).map(|measured| spoken(&Defined::of(measured), lang)).collect()
}

fn spoken(figure: &Defined<'_>, lang: Lang) -> Spoken {
    let (now, unit) = (figure.now(), figure.unit());
    let shift = speech::change(now, figure.before(), (unit, figure.good()), lang);
    Spoken {
        code: figure.measured.code,
        name: figure.name(lang),
        value: speech::value(now, unit, lang),
        base: speech::base(now).or_else(|| speech::reason(now, lang)),
        change: shift.map(|shift| format!("{} {} {}", shift.arrow, shift.by, shift.verdict)),
    }
}
