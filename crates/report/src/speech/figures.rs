//! A measured figure in words: value, base, interval, reason, change.
//!
//! Invariant: an unknown figure has no digit anywhere, neither in its value nor in its reason.

use crate::Lang;
use crate::speech::numbers::{count, days, decimal, duration, share};
use crate::words;
use insights::{Figure, Good, Unit};

/// The value, or the word for its absence.
pub(crate) fn value(figure: &Figure, unit: Unit, lang: Lang) -> String {
    match figure {
        Figure::Known { value, .. } => value_of(*value, unit, lang),
        Figure::TooFew { .. } => lang.pick("数据不够", "Not enough data").to_owned(),
        Figure::Unknown(_) => lang.pick("未知", "Unknown").to_owned(),
    }
}

/// A number in a unit.
pub(crate) fn value_of(value: f64, unit: Unit, lang: Lang) -> String {
    match unit {
        Unit::Share => share(value),
        Unit::Mean if value.abs() < 100.0 => format!("{value:.1}"),
        Unit::Duration => duration(value, lang),
        Unit::Days => days(value, lang),
        Unit::Index => format!("{value:.2}"),
        Unit::Change if value > 0.0 => format!("+{}", count(value)),
        Unit::Mean | Unit::Count | Unit::Change => count(value),
    }
}

/// Numerator and denominator of a quotient: `12 / 200`.
pub(crate) fn base(figure: &Figure) -> Option<String> {
    match figure {
        Figure::Known { of: Some((top, bottom)), .. } => {
            Some(format!("{} / {}", decimal(*top, 1), decimal(*bottom, 1)))
        }
        _ => None,
    }
}

/// Base below which a quotient is said to stand on little.
const SMALL_BASE: f64 = 100.0;

/// The 95 % interval, where it matters.
pub(crate) fn interval(figure: &Figure, unit: Unit, lang: Lang) -> Option<String> {
    let Figure::Known { interval: Some((low, high)), of, .. } = figure else { return None };
    let (low, high) = (value_of(*low, unit, lang), value_of(*high, unit, lang));
    let low = if unit == Unit::Share { low.trim_end_matches('%') } else { &low };
    let small = of.is_some_and(|(_, bottom)| bottom < SMALL_BASE);
    Some(match (lang, small) {
        (Lang::Zh, true) => format!("样本小，95% 可能在 {low}–{high}"),
        (Lang::Zh, false) => format!("95% 可能在 {low}–{high}"),
        (Lang::En, true) => format!("small base; 95% interval {low}–{high}"),
        (Lang::En, false) => format!("95% interval {low}–{high}"),
    })
}

/// Why there is no value; `None` when there is one.
pub(crate) fn reason(figure: &Figure, lang: Lang) -> Option<String> {
    match figure {
        Figure::Known { .. } => None,
        Figure::TooFew { have, need } => Some(match lang {
            Lang::Zh => format!("目前 {have} 例，至少 {need} 例才作数"),
            Lang::En => format!("{have} so far; at least {need} are needed"),
        }),
        Figure::Unknown(missing) => Some(words::missing(*missing, lang).to_owned()),
    }
}

/// How a figure moved against the window before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shift {
    /// `↑`, `↓` or `→`.
    pub(crate) arrow: &'static str,
    /// By how much.
    pub(crate) by: String,
    /// What that means.
    pub(crate) verdict: &'static str,
    /// `better`, `worse` or `same`: a class for colour, never the only sign.
    pub(crate) tone: &'static str,
    /// The value of the window before.
    pub(crate) was: String,
}

/// The change, when both windows are known.
pub(crate) fn change(
    now: &Figure,
    before: &Figure,
    (unit, good): (Unit, Good),
    lang: Lang,
) -> Option<Shift> {
    let (new, old) = (now.value()?, before.value()?);
    let was = value_of(old, unit, lang);
    if value_of(new, unit, lang) == was {
        let verdict = lang.pick("持平", "unchanged");
        return Some(Shift { arrow: "→", by: String::new(), verdict, tone: "same", was });
    }
    let up = new > old;
    let by = step_of(new - old, unit, lang);
    let (verdict, tone) = match (good, up) {
        (Good::Up, true) | (Good::Down, false) => (lang.pick("变好", "better"), "better"),
        (Good::Up, false) | (Good::Down, true) => (lang.pick("变差", "worse"), "worse"),
        _ => ("", "same"),
    };
    Some(Shift { arrow: if up { "↑" } else { "↓" }, by, verdict, tone, was })
}

fn step_of(step: f64, unit: Unit, lang: Lang) -> String {
    let size = step.abs();
    match (unit, lang) {
        (Unit::Share, Lang::Zh) => format!("{:.1} 个百分点", size * 100.0),
        (Unit::Share, Lang::En) => format!("{:.1} pp", size * 100.0),
        (Unit::Change, _) => count(size),
        _ => value_of(size, unit, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insights::{Missing, Need};

    fn known(value: f64) -> Figure {
        Figure::Known { value, of: Some((12.0, 200.0)), interval: Some((0.034, 0.101)) }
    }

    #[test]
    fn a_share_shows_its_base_and_interval() {
        let figure = known(0.06);
        assert_eq!(value(&figure, Unit::Share, Lang::Zh), "6.0%");
        assert_eq!(base(&figure).unwrap(), "12 / 200");
        let text = interval(&figure, Unit::Share, Lang::En).unwrap();
        assert_eq!(text, "95% interval 3.4–10.1%");
    }

    #[test]
    fn an_unknown_figure_has_no_digit() {
        let needs = [Need::Messages, Need::Joins, Need::Leaves, Need::Members, Need::Keepers];
        let all = needs.map(Missing::NotInSource).into_iter().chain([
            Missing::NoKeepersNamed,
            Missing::WindowTooShort,
            Missing::NothingToMeasure,
        ]);
        for (missing, lang) in all.flat_map(|missing| Lang::ALL.map(|lang| (missing, lang))) {
            let figure = Figure::Unknown(missing);
            let said = value(&figure, Unit::Share, lang) + &reason(&figure, lang).unwrap();
            assert!(!said.contains(|letter: char| letter.is_ascii_digit()), "{said}");
            assert_eq!((base(&figure), interval(&figure, Unit::Share, lang)), (None, None));
        }
    }

    #[test]
    fn a_change_says_whether_it_is_good() {
        let of = |now: f64, before: f64, good| {
            change(&known(now), &known(before), (Unit::Share, good), Lang::En).unwrap()
        };
        let fell = of(0.05, 0.06, Good::Up);
        assert_eq!((fell.arrow, fell.by.as_str(), fell.verdict), ("↓", "1.0 pp", "worse"));
        assert_eq!(of(0.05, 0.06, Good::Down).verdict, "better");
        assert_eq!(of(0.05, 0.06, Good::Depends).verdict, "");
        assert_eq!(of(0.06, 0.06, Good::Up).verdict, "unchanged");
    }
}
