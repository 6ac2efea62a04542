//! Words of the figures: windows, dates, what is wrong, where data come from.

use app::console::figures::{Beside, Stretch};
use domain::{Day, LeaveManner};
use insights::Span;
use report::Lang;

/// The word for a window.
pub(crate) fn stretch(stretch: Stretch, l: Lang) -> &'static str {
    match stretch {
        Stretch::Week => l.pick("近 7 天", "Last 7 days"),
        Stretch::Days30 => l.pick("近 30 天", "Last 30 days"),
        Stretch::Days90 => l.pick("近 90 天", "Last 90 days"),
        Stretch::Month => l.pick("本月", "This month"),
        Stretch::LastMonth => l.pick("上月", "Last month"),
        Stretch::Year => l.pick("今年", "This year"),
        Stretch::Custom => l.pick("自选日期", "Own dates"),
    }
}

/// The word for a comparison.
pub(crate) fn beside(beside: Beside, l: Lang) -> &'static str {
    match beside {
        Beside::Before => l.pick("对比上一段", "Against days before"),
        Beside::LastYear => l.pick("对比去年同期", "Against a year ago"),
        Beside::Custom => l.pick("对比自选日期", "Against own dates"),
    }
}

/// What is wrong with a date.
pub(crate) fn wrong(code: &str, l: Lang) -> &'static str {
    match code {
        "missing" => l.pick("开始和结束日期都要填。", "Give both the first and the last day."),
        "no_date" => l.pick("日期写成 2026-11-22 这样。", "Write a date like 2026-11-22."),
        "future" => l.pick("开始日期还没到。", "The first day has not come yet."),
        "before_from" => l.pick("结束日期早于开始日期。", "The last day lies before the first."),
        "too_long" => l.pick("最多看三年。", "Three years at most."),
        _ => l.pick("这里填得不对。", "This is not right."),
    }
}

/// A day with its year.
pub(crate) fn day(day: Day, l: Lang) -> String {
    report::speech::day(day, l)
}

/// A window of days.
pub(crate) fn span(span: Span, l: Lang) -> String {
    crate::words::day_range(span, l)
}

/// How somebody left.
pub(crate) fn left(how: LeaveManner, l: Lang) -> &'static str {
    match how {
        LeaveManner::Left => l.pick("自己退群", "left"),
        LeaveManner::Removed => l.pick("被移出", "removed"),
        _ => l.pick("不清楚怎么退的", "manner unknown"),
    }
}

/// A whole number with thousands apart.
pub(crate) fn number(value: u64, l: Lang) -> String {
    report::unit_value(value as f64, insights::Unit::Count, l)
}
