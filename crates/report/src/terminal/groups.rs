//! The table of groups at the top of a report about several.

use crate::speech::{count, cut, shown_name, width};
use crate::terminal::sheet::{Ink, Sheet, pad};
use crate::words;
use crate::{Community, GroupReport, Lang};
use domain::Extent;

/// Groups shown.
const ROWS: usize = 15;

/// Columns of numbers, and their width.
const NUMBERS: usize = 3;
const NUMBER: usize = 10;

/// A line for each of the largest groups.
pub(super) fn table(community: &Community, lang: Lang, sheet: &mut Sheet) {
    let groups = &community.groups;
    sheet.heading(&format!("{} ({})", lang.pick("各个群", "Groups"), groups.len()));
    let mood = lang.pick(10, 12);
    let shown = if sheet.width() < 60 { 1 } else { NUMBERS };
    let name = sheet.width().saturating_sub(2 + mood + shown * NUMBER).min(40);
    let heads = lang.pick(["消息", "发言人", "待回应"], ["Messages", "People", "Waiting"]);
    let heads = heads.map(str::to_owned);
    let first = (lang.pick("群", "Group"), lang.pick("状态", "State"));
    sheet.line(Ink::Dim, &row(first, &heads, (name, mood, shown)));
    for group in groups.iter().take(ROWS) {
        let words = words::mood(group.overview.health.mood, lang);
        let numbers = numbers(group, lang);
        let title = cut(&shown_name(&group.name, lang), name.saturating_sub(1));
        sheet.line(Ink::Plain, &row((&title, words), &numbers, (name, mood, shown)));
    }
    let more = groups.len().saturating_sub(ROWS);
    if more > 0 {
        let words =
            lang.pick(format!("另有 {more} 个群，见 --html"), format!("{more} more: --html"));
        sheet.text(Ink::Dim, "  ", &words);
    }
}

fn row(
    (name, mood): (&str, &str),
    numbers: &[String; NUMBERS],
    columns: (usize, usize, usize),
) -> String {
    let right = |text: &String| format!("{}{text}", " ".repeat(NUMBER.saturating_sub(width(text))));
    let numbers: String = numbers.iter().take(columns.2).map(right).collect();
    format!("  {}{}{numbers}", pad(name, columns.0), pad(mood, columns.1))
}

fn numbers(group: &GroupReport, lang: Lang) -> [String; NUMBERS] {
    let overview = &group.overview;
    let talks = overview.evidence.messages != Extent::None;
    let all = [
        overview.totals.messages as f64,
        overview.totals.senders as f64,
        f64::from(overview.unanswered_total),
    ];
    all.map(|number| if talks { count(number) } else { lang.pick("未知", "unknown").to_owned() })
}
