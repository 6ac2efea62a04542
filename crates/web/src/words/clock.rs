//! Days and hours on the clock of the group's zone.

use domain::{Day, Millis, Zone};
use insights::Span;
use report::Lang;
use report::speech::{day_near, period, weekday};

/// `20:05`.
pub(crate) fn hour_minute(at: Millis, zone: &Zone) -> String {
    let civil = zone.civil(at);
    format!("{:02}:{:02}", civil.hour(), civil.minute())
}

/// A day as a divider: with its weekday, and its year where that is another than now.
pub(crate) fn day_label(day: Day, now: Millis, zone: &Zone, lang: Lang) -> String {
    let today = zone.local(now).day;
    let (date, name) = (day_near(day, today, lang), weekday(day.weekday(), lang));
    let shown = lang.pick(format!("{date} {name}"), format!("{name} {date}"));
    match today.since(day) {
        0 => lang.pick(format!("今天 · {shown}"), format!("Today · {shown}")),
        1 => lang.pick(format!("昨天 · {shown}"), format!("Yesterday · {shown}")),
        _ => shown,
    }
}

/// A day beside today: 今天, 昨天, 11月3日, and with its year where that is another.
pub(crate) fn date(day: Day, today: Day, lang: Lang) -> String {
    match today.since(day) {
        0 => lang.pick("今天", "today").to_owned(),
        1 => lang.pick("昨天", "yesterday").to_owned(),
        _ => day_near(day, today, lang),
    }
}

/// First and last day of a window; one day alone.
pub(crate) fn day_range(span: Span, lang: Lang) -> String {
    if span.from == span.to {
        return report::speech::day(span.from, lang);
    }
    period(span, lang)
}

/// A moment: the clock alone today, with the day otherwise.
pub(crate) fn moment(at: Millis, now: Millis, zone: &Zone, lang: Lang) -> String {
    let (day, today) = (zone.local(at).day, zone.local(now).day);
    let clock = hour_minute(at, zone);
    if day == today { clock } else { format!("{} {clock}", date(day, today, lang)) }
}

/// How long ago, in the coarsest unit that says enough.
pub(crate) fn ago(at: Millis, now: Millis, lang: Lang) -> String {
    let minutes = now.since(at).max(0) / Millis::MINUTE;
    let (count, [zh, en]) = match minutes {
        0 => return lang.pick("刚刚", "just now").to_owned(),
        1..=119 => (minutes, ["分钟前", "min ago"]),
        120..=2_879 => (minutes / 60, ["小时前", "h ago"]),
        _ => (minutes / 1_440, ["天前", "days ago"]),
    };
    lang.pick(format!("{count} {zh}"), format!("{count} {en}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_on_the_clock_of_the_group() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        // 2026-11-22 20:05 in Shanghai.
        let at = Millis(1_795_349_100_000);
        let day = zone.local(at).day;
        assert_eq!(hour_minute(at, &zone), "20:05");
        assert_eq!(day_label(day, at, &zone, Lang::Zh), "今天 · 11月22日 周日");
        let later = Millis(at.0 + Millis::DAY);
        assert_eq!(day_label(day, later, &zone, Lang::En), "Yesterday · Sun 22 Nov");
        let much_later = Millis(at.0 + 60 * Millis::DAY);
        assert_eq!(day_label(day, much_later, &zone, Lang::Zh), "2026年11月22日 周日");
        assert_eq!(moment(at, at, &zone, Lang::Zh), "20:05");
        assert_eq!(moment(at, later, &zone, Lang::Zh), "昨天 20:05");
        assert_eq!(moment(at, later, &zone, Lang::En), "yesterday 20:05");
        let days_later = Millis(at.0 + 3 * Millis::DAY);
        assert_eq!(moment(at, days_later, &zone, Lang::Zh), "11月22日 20:05");
        assert_eq!(date(day, day, Lang::Zh), "今天");
        assert_eq!(date(day, zone.local(much_later).day, Lang::En), "22 Nov 2026");
        assert_eq!(day_range(Span { from: day, to: day }, Lang::Zh), "2026年11月22日");
        assert_eq!(moment(at, much_later, &zone, Lang::En), "22 Nov 2026 20:05");
        assert_eq!(ago(at, later, Lang::Zh), "24 小时前");
        assert_eq!(ago(at, at, Lang::En), "just now");
    }
}
