//! What stands under the title on every face: plain counts, and how the zone was chosen.

use crate::speech::{days, times};
use crate::{Community, Lang};

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
    facts
}
