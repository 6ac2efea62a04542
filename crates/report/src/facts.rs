//! What stands under the title on every face: plain counts, and how the zone was chosen.

use crate::speech::{bytes, days, times};
use crate::{Community, Lang, Source};
use insights::Overlap;

/// How the zone was chosen, and how to change it.
pub(crate) fn zone_note(community: &Community, lang: Lang) -> &'static str {
    match (community.zone_given, community.wall_clock) {
        (true, _) => lang.pick("按你指定的时区", "as you asked"),
        (false, true) => lang.pick(
            "导出文件没写时区，按本机时区读；不对的话用 --timezone 重跑",
            "the export names no zone, so this machine's was used; if that is wrong, run again with --timezone",
        ),
        (false, false) => lang.pick(
            "本机时区；要换用 --timezone",
            "this machine's zone; --timezone changes it",
        ),
    }
}

/// What a source is: its format, and its size where it was read just now.
pub(crate) fn source_note(source: &Source, lang: Lang) -> String {
    let [zh, en] = source.format_title;
    let format = lang.pick(zh, en).to_owned();
    if source.bytes == 0 { format } else { format!("{format} · {}", bytes(source.bytes)) }
}

/// The plain counts under the title: groups, members, messages, people, days.
pub(crate) fn facts(community: &Community, l: Lang) -> Vec<String> {
    let totals = &community.overall.totals;
    let mut facts = Vec::new();
    if community.is_many() {
        facts.push(times(community.groups.len() as f64, l, "个群", ["group", "groups"]));
    }
    if let Some(members) = totals.members {
        facts.push(times(members as f64, l, "位成员", ["member", "members"]));
    }
    if totals.messages > 0 {
        facts.push(times(totals.messages as f64, l, "条消息", ["message", "messages"]));
        facts.push(times(totals.senders as f64, l, "人发过言", ["person wrote", "people wrote"]));
        facts.push(match l {
            Lang::Zh => format!("{} 天有消息", totals.days_with_messages),
            Lang::En => format!("messages on {}", days(f64::from(totals.days_with_messages), l)),
        });
    }
    if totals.messages == 0 && totals.joins > 0 {
        facts.push(times(totals.joins as f64, l, "人次进群", ["join", "joins"]));
        if totals.leaves > 0 {
            facts.push(times(totals.leaves as f64, l, "人次退群", ["leave", "leaves"]));
        }
    }
    facts
}

/// People in exactly one and two groups, and in three or more: 1, 2, 3+.
pub(crate) fn folded(overlap: &Overlap) -> Vec<(&'static str, u64)> {
    let counts = &overlap.people_by_groups;
    let more: u64 = counts.iter().skip(2).sum();
    let three = if counts.len() > 3 { "3+" } else { "3" };
    let first = ["1", "2"].into_iter().zip(counts.iter().copied());
    first.chain((counts.len() > 2).then_some((three, more))).collect()
}
