//! The figures as cards, each with its base, its change and its definition a click away.

use crate::Lang;
use crate::definitions::{Defined, headlines};
use crate::html::Eye;
use crate::speech::{self, Shift};
use crate::words;
use askama::Template;
use insights::{Figure, Missing, Overview};

/// A definition in words.
#[derive(Template)]
#[template(path = "notes/definition.html")]
pub(super) struct Definition {
    l: Lang,
    rows: Vec<(&'static str, String)>,
}

impl Definition {
    /// Of something that is no figure of the list, in rows of label and text.
    pub(super) fn saying(l: Lang, rows: Vec<(&'static str, String)>) -> Self {
        Self { l, rows }
    }
}

/// The definition of a figure; empty when insights has none.
pub(super) fn definition(figure: &Defined<'_>, l: Lang) -> Definition {
    let rows = figure.metric.map_or_else(Vec::new, |metric| {
        let say = |words: insights::Words| l.pick(words.zh, words.en).to_owned();
        let needs: Vec<&str> = metric.needs.iter().map(|need| words::need(*need, l)).collect();
        let all = vec![
            (l.pick("公式", "Formula"), say(metric.formula)),
            (l.pick("分子", "Numerator"), say(metric.numerator)),
            (l.pick("分母", "Denominator"), say(metric.denominator)),
            (l.pick("剔除", "Filter"), say(metric.filter)),
            (l.pick("时间窗", "Window"), say(metric.window)),
            (l.pick("方向", "Good"), words::good(metric.good, l).to_owned()),
            (l.pick("需要数据", "Needs"), needs.join(l.pick("、", ", "))),
            (l.pick("出处", "Catalogue"), metric.source.to_owned()),
        ];
        all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    });
    Definition { l, rows }
}

/// One figure.
#[derive(Template)]
#[template(path = "top/card.html")]
pub(super) struct Card {
    l: Lang,
    code: &'static str,
    name: &'static str,
    state: &'static str,
    value: String,
    base: Option<String>,
    interval: Option<String>,
    reason: Option<String>,
    shift: Option<Shift>,
    good: &'static str,
    /// In place, or none where the card only links to the list of definitions.
    definition: Option<Definition>,
}

impl Card {
    pub(super) fn of(figure: &Defined<'_>, l: Lang) -> Self {
        let (now, unit) = (figure.now(), figure.unit());
        Self {
            l,
            code: figure.measured.code,
            name: figure.name(l),
            state: match now {
                Figure::Known { .. } => "known",
                Figure::TooFew { .. } => "few",
                Figure::Unknown(_) => "unknown",
            },
            value: speech::value(now, unit, l),
            base: speech::base(now),
            interval: speech::interval(now, unit, l),
            reason: speech::reason(now, l),
            shift: speech::change(now, figure.before(), (unit, figure.good()), l),
            good: words::good(figure.good(), l),
            definition: Some(definition(figure, l)),
        }
    }

    /// Without the definition in place.
    pub(super) fn lean(figure: &Defined<'_>, l: Lang) -> Self {
        Self { definition: None, ..Self::of(figure, l) }
    }
}

/// All figures.
#[derive(Template)]
#[template(path = "top/figures.html")]
pub(super) struct Figures {
    l: Lang,
    head: Vec<Card>,
    more: Vec<Card>,
    compared: bool,
}

impl Figures {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let (mut head, mut more) = headlines(overview);
        if !eye.talks() {
            // One line says that talk is unknown; a page of unknown cards says no more.
            let shows = |figure: &Defined<'_>| !matches!(figure.now(), Figure::Unknown(_));
            head.retain(shows);
            more.retain(shows);
        }
        let head = head.iter().map(|figure| Card::of(figure, eye.lang)).collect();
        let more = more.iter().map(|figure| Card::lean(figure, eye.lang)).collect();
        let compared = |measured: &insights::Measured| {
            measured.before != Figure::Unknown(Missing::WindowTooShort)
        };
        Self { l: eye.lang, head, more, compared: overview.measured.iter().any(compared) }
    }
}
