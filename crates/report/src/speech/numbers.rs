//! Numbers in words of each language: counts, shares, means, durations, sizes.
//!
//! A number that is not finite is written as a dash, never as 0.

use crate::Lang;
use domain::Millis;

const DASH: &str = "—";

/// A whole number with thousands apart: `12,345`. Rounds.
pub fn count(value: f64) -> String {
    if !value.is_finite() {
        return DASH.to_owned();
    }
    let plain = format!("{:.0}", value.abs());
    let sign = if value < 0.0 && plain != "0" { "−" } else { "" };
    format!("{sign}{}", grouped(&plain))
}

fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with at most this many decimals; whole numbers without any.
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return DASH.to_owned();
    }
    let text = format!("{:.places$}", value.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    let sign =
        if value < 0.0 && text.contains(|digit| matches!(digit, '1'..='9')) { "−" } else { "" };
    let dot = if rest.is_empty() { "" } else { "." };
    format!("{sign}{}{dot}{rest}", grouped(whole))
}

/// A share in per cent with one decimal: `6.0%`.
pub fn share(value: f64) -> String {
    if value.is_finite() { format!("{:.1}%", value * 100.0) } else { DASH.to_owned() }
}

/// A time span as people say it, in at most two units.
pub fn duration(ms: f64, lang: Lang) -> String {
    if !ms.is_finite() {
        return DASH.to_owned();
    }
    // Many sources write minutes only: nothing finer may be claimed of a zero.
    if ms < 1000.0 {
        return lang.pick("不到 1 分钟", "under 1 min").to_owned();
    }
    let minutes = ms / Millis::MINUTE as f64;
    if minutes < 1.0 {
        return format!("{:.0} {}", (ms / 1000.0).max(0.0), lang.pick("秒", "s"));
    }
    if minutes < 59.5 {
        return format!("{minutes:.0} {}", lang.pick("分钟", "min"));
    }
    if minutes < 24.0 * 60.0 - 0.5 {
        return two((minutes.round(), 60.0), lang.pick(["小时", "分"], ["h", "min"]));
    }
    two(((minutes / 60.0).round(), 24.0), lang.pick(["天", "小时"], ["d", "h"]))
}

fn two((small, per): (f64, f64), [big_word, small_word]: [&str; 2]) -> String {
    let big = (small / per).floor();
    let rest = small - big * per;
    if rest < 0.5 {
        return format!("{} {big_word}", count(big));
    }
    format!("{} {big_word} {rest:.0} {small_word}", count(big))
}

/// So many days.
pub fn days(value: f64, lang: Lang) -> String {
    let number = decimal(value, 1);
    match lang {
        Lang::Zh => format!("{number} 天"),
        Lang::En => format!("{number} {}", plural(value, "day", "days")),
    }
}

/// The English word for one or for many.
pub fn plural<'a>(value: f64, one: &'a str, many: &'a str) -> &'a str {
    if (value - 1.0).abs() < f64::EPSILON { one } else { many }
}

/// A number of things with the word for them: `3 条` or `1 message`.
pub fn times(value: f64, lang: Lang, zh: &str, [one, many]: [&str; 2]) -> String {
    match lang {
        Lang::Zh => format!("{} {zh}", count(value)),
        Lang::En => format!("{} {}", count(value), plural(value, one, many)),
    }
}

/// A size in bytes, in the largest unit that leaves a number of at least 1.
pub fn bytes(size: u64) -> String {
    let mut value = size as f64;
    for unit in ["B", "KB", "MB"] {
        if value < 1000.0 {
            return format!("{} {unit}", decimal(value, usize::from(unit != "B" && value < 10.0)));
        }
        value /= 1000.0;
    }
    format!("{} GB", decimal(value, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(count(1_234_567.0), "1,234,567");
        assert_eq!(count(-0.2), "0");
        assert_eq!(decimal(12.0, 1), "12");
        assert_eq!(decimal(-1234.56, 1), "−1,234.6");
        assert_eq!(share(0.06), "6.0%");
        assert_eq!(share(f64::NAN), "—");
        assert_eq!(bytes(2_345_678), "2.3 MB");
    }

    #[test]
    fn durations_have_at_most_two_units() {
        let said = |ms: f64| (duration(ms, Lang::Zh), duration(ms, Lang::En));
        assert_eq!(said(0.0), ("不到 1 分钟".into(), "under 1 min".into()));
        assert_eq!(said(45_000.0), ("45 秒".into(), "45 s".into()));
        assert_eq!(said(180_000.0), ("3 分钟".into(), "3 min".into()));
        assert_eq!(said(7_500_000.0), ("2 小时 5 分".into(), "2 h 5 min".into()));
        assert_eq!(said(3_599_000.0), ("1 小时".into(), "1 h".into()));
        assert_eq!(said(86_399_000.0), ("1 天".into(), "1 d".into()));
        assert_eq!(said(100_800_000.0), ("1 天 4 小时".into(), "1 d 4 h".into()));
    }

    #[test]
    fn english_tells_one_from_many() {
        assert_eq!(days(1.0, Lang::En), "1 day");
        assert_eq!(days(1.5, Lang::En), "1.5 days");
        assert_eq!(times(1.0, Lang::En, "条", ["message", "messages"]), "1 message");
        assert_eq!(times(0.0, Lang::En, "条", ["message", "messages"]), "0 messages");
    }
}
