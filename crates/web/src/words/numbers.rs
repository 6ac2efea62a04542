//! Numbers as each language writes them, told by the same rules as the report.

use report::Lang;
use report::speech::{self, decimal, share};

/// A whole number with thousands apart: `12,345`.
pub(crate) fn number(value: u64) -> String {
    speech::count(value as f64)
}

/// The same of what a list holds.
pub(crate) fn count(of: usize) -> String {
    speech::count(of as f64)
}

/// A change of a count with its sign: `+3`, `−1,200`, `0`.
pub(crate) fn signed(change: i64) -> String {
    let sign = match change {
        1.. => "+",
        0 => "",
        _ => "−",
    };
    format!("{sign}{}", number(change.unsigned_abs()))
}

/// A big number where room is scarce: `1.2万`, `3.4亿`; `12.3k`, `1.2M`. Below that, in full.
pub(crate) fn short(value: u64, lang: Lang) -> String {
    let steps: [(u64, &str); 2] = match lang {
        Lang::Zh => [(100_000_000, "亿"), (10_000, "万")],
        Lang::En => [(1_000_000, "M"), (10_000, "k")],
    };
    let step = steps.into_iter().find(|(from, _)| value >= *from);
    // Cut, not rounded: 99,999 is not yet 100k, and a crowd is never told larger than it is.
    step.map_or_else(
        || number(value),
        |(from, unit)| {
            let per = if unit == "k" { 1_000 } else { from };
            format!("{}{unit}", decimal((value / (per / 10)) as f64 / 10.0, 1))
        },
    )
}

/// A time span as people say it, in at most two units.
pub(crate) fn duration(ms: i64, lang: Lang) -> String {
    speech::duration(ms as f64, lang)
}

/// A number of things with the word for them: `3 条` or `1 message`.
pub(crate) fn times(value: u64, lang: Lang, zh: &str, en: [&str; 2]) -> String {
    speech::times(value as f64, lang, zh, en)
}

/// How a figure moved: `+6.2%`, `−3.0%`; a dash from nothing.
pub(crate) fn growth(now: f64, before: f64) -> String {
    let change = (now - before) / before;
    if !change.is_finite() {
        return "—".to_owned();
    }
    let sign = if change > 0.0 {
        "+"
    } else if change < 0.0 {
        "−"
    } else {
        ""
    };
    format!("{sign}{}", share(change.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn big_numbers_are_short_in_each_language() {
        let said = |value| (short(value, Lang::Zh), short(value, Lang::En));
        assert_eq!(said(9_999), ("9,999".into(), "9,999".into()));
        assert_eq!(said(12_345), ("1.2万".into(), "12.3k".into()));
        assert_eq!(said(99_999), ("9.9万".into(), "99.9k".into()));
        assert_eq!(said(1_200_000), ("120万".into(), "1.2M".into()));
        assert_eq!(said(340_000_000), ("3.4亿".into(), "340M".into()));
    }

    #[test]
    fn one_is_told_from_many_and_growth_has_a_sign() {
        assert_eq!(times(1_200, Lang::En, "条", ["message", "messages"]), "1,200 messages");
        assert_eq!(times(1, Lang::Zh, "条", ["message", "messages"]), "1 条");
        assert_eq!((growth(106.2, 100.0), growth(97.0, 100.0)), ("+6.2%".into(), "−3.0%".into()));
        assert_eq!([3, 0, -1_200].map(signed), ["+3", "0", "−1,200"]);
        assert_eq!((number(1_001), count(1_001)), ("1,001".into(), "1,001".into()));
        assert_eq!((growth(1.0, 0.0), growth(5.0, 5.0)), ("—".into(), "0.0%".into()));
        assert_eq!(duration(7_500_000, Lang::En), "2 h 5 min");
    }
}
