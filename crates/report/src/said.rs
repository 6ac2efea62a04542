//! A figure in words, for faces outside this crate.
//!
//! Invariant: an unknown figure is said as unknown, with the reason and without any digit.

use crate::Lang;
use crate::speech;
use crate::words;
use domain::{ActorClass, JoinManner};
use insights::{Figure, Good, Metric, Need, Unit, Words};

/// A figure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// `known`, `few` or `unknown`.
    pub state: &'static str,
    /// The value, or the word for its absence.
    pub value: String,
    /// Numerator and denominator of a quotient.
    pub base: Option<String>,
    /// The 95 % interval where the base is small.
    pub interval: Option<String>,
    /// Why there is no value.
    pub reason: Option<String>,
    /// How it moved, where both windows are known.
    pub moved: Option<Moved>,
}

/// How a figure moved against the window it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// `↑`, `↓` or `→`.
    pub arrow: &'static str,
    /// By how much; empty when it did not.
    pub by: String,
    /// `better`, `worse` or `same`.
    pub tone: &'static str,
    /// The word for it; may be empty.
    pub verdict: &'static str,
    /// The value there.
    pub was: String,
}

/// Says a figure and how it moved.
pub fn said(now: &Figure, before: &Figure, (unit, good): (Unit, Good), lang: Lang) -> Said {
    let moved = speech::change(now, before, (unit, good), lang);
    Said {
        state: match now {
            Figure::Known { .. } => "known",
            Figure::TooFew { .. } => "few",
            Figure::Unknown(_) => "unknown",
        },
        value: speech::value(now, unit, lang),
        base: speech::base(now),
        interval: speech::interval(now, unit, lang),
        reason: speech::reason(now, lang),
        moved: moved.map(|shift| Moved {
            arrow: shift.arrow,
            by: shift.by,
            tone: shift.tone,
            verdict: shift.verdict,
            was: shift.was,
        }),
    }
}

/// A number in a unit.
pub fn unit_value(value: f64, unit: Unit, lang: Lang) -> String {
    speech::value_of(value, unit, lang)
}

/// What a figure needs from the data, in words.
pub fn needs(needs: &[Need], lang: Lang) -> String {
    let all: Vec<&str> = needs.iter().map(|need| words::need(*need, lang)).collect();
    all.join(lang.pick("、", ", "))
}

/// The word for a role in a group.
pub fn role(class: ActorClass, lang: Lang) -> &'static str {
    words::role(class, lang)
}

/// How somebody came in, in words.
pub fn manner(how: JoinManner, lang: Lang) -> &'static str {
    words::manner(how, lang)
}

/// The definition of a metric as rows of label and text; empty texts are left out.
pub fn definition(metric: &Metric, lang: Lang) -> Vec<(&'static str, String)> {
    let say = |words: Words| lang.pick(words.zh, words.en).to_owned();
    let rows = vec![
        (lang.pick("公式", "Formula"), say(metric.formula)),
        (lang.pick("分子", "Numerator"), say(metric.numerator)),
        (lang.pick("分母", "Denominator"), say(metric.denominator)),
        (lang.pick("剔除", "Filter"), say(metric.filter)),
        (lang.pick("时间窗", "Window"), say(metric.window)),
        (lang.pick("方向", "Good"), words::good(metric.good, lang).to_owned()),
        (lang.pick("需要数据", "Needs"), needs(metric.needs, lang)),
        (lang.pick("出处", "Catalogue"), metric.source.to_owned()),
    ];
    rows.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}
