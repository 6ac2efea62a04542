//! Days and hours on the clock of the group's zone.

use domain::{Day, Millis, Zone};
use report::Lang;

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

/// `20:05`.
pub(crate) fn hour_minute(at: Millis, zone: &Zone) -> String {
    let civil = zone.civil(at);
    format!("{:02}:{:02}", civil.hour(), civil.minute())
}

/// A day as a divider: with its weekday, and its year where that is another than now.
pub(crate) fn day_label(day: Day, now: Millis, zone: &Zone, lang: Lang) -> String {
    let date = day.date();
    let today = zone.local(now).day;
    let [zh, en] = WEEKDAYS.get(usize::from(day.weekday())).copied().unwrap_or(["", ""]);
    let month = usize::try_from(date.month() - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    let year = if date.year() == today.date().year() {
        String::new()
    } else {
        lang.pick(format!("{}年", date.year()), format!(" {}", date.year()))
    };
    let shown = match lang {
        Lang::Zh => format!("{year}{}月{}日 {zh}", date.month(), date.day()),
        Lang::En => format!("{en} {} {month}{year}", date.day()),
    };
    match today.since(day) {
        0 => lang.pick(format!("今天 · {shown}"), format!("Today · {shown}")),
        1 => lang.pick(format!("昨天 · {shown}"), format!("Yesterday · {shown}")),
        _ => shown,
    }
}

/// A moment: the clock alone today, with the day otherwise.
pub(crate) fn moment(at: Millis, now: Millis, zone: &Zone, lang: Lang) -> String {
    let day = zone.local(at).day;
    let clock = hour_minute(at, zone);
    if day == zone.local(now).day {
        return clock;
    }
    let date = day.date();
    let month = usize::try_from(date.month() - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    let same_year = date.year() == zone.local(now).day.date().year();
    match (lang, same_year) {
        (Lang::Zh, true) => format!("{}月{}日 {clock}", date.month(), date.day()),
        (Lang::Zh, false) => {
            format!("{}年{}月{}日 {clock}", date.year(), date.month(), date.day())
        }
        (Lang::En, true) => format!("{} {month} {clock}", date.day()),
        (Lang::En, false) => format!("{} {month} {} {clock}", date.day(), date.year()),
    }
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
        assert_eq!(moment(at, later, &zone, Lang::Zh), "11月22日 20:05");
        assert_eq!(moment(at, much_later, &zone, Lang::En), "22 Nov 2026 20:05");
        assert_eq!(ago(at, later, Lang::Zh), "24 小时前");
        assert_eq!(ago(at, at, Lang::En), "just now");
    }
}
