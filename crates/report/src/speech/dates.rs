//! Days, hours and moments as each language writes them.

use crate::Lang;
use domain::{Day, Millis, Zone};
use insights::Span;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [[&str; 2]; 7] = [
    ["周一", "Mon"],
    ["周二", "Tue"],
    ["周三", "Wed"],
    ["周四", "Thu"],
    ["周五", "Fri"],
    ["周六", "Sat"],
    ["周日", "Sun"],
];

fn month_word(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("?")
}

/// Short name of a weekday, Monday = 0.
pub fn weekday(number: u8, lang: Lang) -> &'static str {
    let [zh, en] = WEEKDAYS.get(usize::from(number)).copied().unwrap_or(["?", "?"]);
    lang.pick(zh, en)
}

/// A day with its year.
pub fn day(day: Day, lang: Lang) -> String {
    let date = day.date();
    match lang {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => format!("{} {} {}", date.day(), month_word(date.month()), date.year()),
    }
}

/// A day without its year.
pub fn day_short(day: Day, lang: Lang) -> String {
    let date = day.date();
    match lang {
        Lang::Zh => format!("{}月{}日", date.month(), date.day()),
        Lang::En => format!("{} {}", date.day(), month_word(date.month())),
    }
}

/// A day beside another one: with its year where the years differ.
pub fn day_near(date: Day, near: Day, lang: Lang) -> String {
    if date.date().year() == near.date().year() { day_short(date, lang) } else { day(date, lang) }
}

/// A day with its weekday, without its year.
pub fn day_with_weekday(day: Day, lang: Lang) -> String {
    let name = weekday(day.weekday(), lang);
    match lang {
        Lang::Zh => format!("{} {name}", day_short(day, lang)),
        Lang::En => format!("{name} {}", day_short(day, lang)),
    }
}

/// First and last day of a window.
pub fn period(span: Span, lang: Lang) -> String {
    let same_year = span.from.date().year() == span.to.date().year();
    match (lang, same_year) {
        (Lang::Zh, true) => format!("{} – {}", day(span.from, lang), day_short(span.to, lang)),
        (Lang::En, true) => format!("{} – {}", day_short(span.from, lang), day(span.to, lang)),
        _ => format!("{} – {}", day(span.from, lang), day(span.to, lang)),
    }
}

/// A moment on the wall clock of the zone; with its year where that is not the year of `near`.
pub fn clock(at: Millis, zone: &Zone, near: Day, lang: Lang) -> String {
    let civil = zone.civil(at);
    let date = Day::from_date(civil.date());
    format!("{} {:02}:{:02}", day_near(date, near, lang), civil.hour(), civil.minute())
}

/// An hour of the day as a stretch: `20:00–21:00`.
pub fn hour(hour: u8) -> String {
    format!("{hour:02}:00–{:02}:00", (hour + 1) % 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_days_in_its_way() {
        let of = |year, month, date| Day::from_date(jiff::civil::date(year, month, date));
        assert_eq!(day(of(2026, 3, 5), Lang::Zh), "2026年3月5日");
        assert_eq!(day(of(2026, 3, 5), Lang::En), "5 Mar 2026");
        assert_eq!(day_with_weekday(of(2026, 3, 5), Lang::En), "Thu 5 Mar");
        let span = Span { from: of(2026, 3, 5), to: of(2026, 6, 2) };
        assert_eq!(period(span, Lang::Zh), "2026年3月5日 – 6月2日");
        assert_eq!(period(span, Lang::En), "5 Mar – 2 Jun 2026");
    }

    #[test]
    fn moments_are_told_in_the_zone() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let said = |year| {
            let near = Day::from_date(jiff::civil::date(year, 6, 1));
            clock(Millis(1_704_445_623_000), &zone, near, Lang::Zh)
        };
        assert_eq!(said(2024), "1月5日 17:07");
        assert_eq!(said(2026), "2024年1月5日 17:07");
    }
}
