//! The table of groups at the top of a report about several.

use crate::speech::{count, cut, width};
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
    let talks = community.overall.evidence.messages != Extent::None;
    let mood = if talks { lang.pick(10, 12) } else { 0 };
    let shown = if sheet.width() < 60 { 1 } else { NUMBERS };
    let name = sheet.width().saturating_sub(2 + mood + shown * NUMBER).min(40);
    let heads = if talks {
        lang.pick(["消息", "发言人", "待回应"], ["Messages", "People", "Waiting"])
    } else {
        lang.pick(["成员", "进群", "退群"], ["Members", "Joins", "Leaves"])
    };
    let heads = heads.map(str::to_owned);
    let state = if talks { lang.pick("状态", "State") } else { "" };
    let first = (lang.pick("群", "Group"), state);
    sheet.line(Ink::Dim, &row(first, &heads, (name, mood, shown)));
    for (place, group) in (0..).zip(groups).take(ROWS) {
        let words = if talks { words::mood(group.overview.health.mood, lang) } else { "" };
        let numbers = numbers(group, talks, lang);
        let title = cut(&community.group_name(place, lang), name.saturating_sub(1));
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

fn numbers(group: &GroupReport, talks: bool, lang: Lang) -> [String; NUMBERS] {
    let (evidence, totals) = (group.overview.evidence, &group.overview.totals);
    let told = |extent, number: f64| (extent != Extent::None).then_some(number);
    let all = if talks {
        let waiting = f64::from(group.overview.unanswered_total);
        [totals.messages as f64, totals.senders as f64, waiting]
            .map(|number| told(evidence.messages, number))
    } else {
        let joins = told(evidence.joins, totals.joins as f64);
        let leaves = told(evidence.leaves, totals.leaves as f64);
        [totals.members.map(|members| members as f64), joins, leaves]
    };
    all.map(|number| number.map_or_else(|| lang.pick("未知", "unknown").to_owned(), count))
}
