//! What is wrong with what was typed, with the remedy.

use app::links::{CODE_NAME_MAX, GROUPS_MAX, PLACEMENT_NAME_MAX, RULES_MAX, SERIES_MAX, STAFF_MAX};
use report::Lang;

// The words below name these numbers.
const _: () = assert!(CODE_NAME_MAX == 40 && PLACEMENT_NAME_MAX == 40 && SERIES_MAX == 30);
const _: () = assert!(GROUPS_MAX == 200 && STAFF_MAX == 100 && RULES_MAX == 20);

/// Words for a field of a code or placement and its code.
pub(super) fn words(field: &str, code: &str, l: Lang) -> &'static str {
    let said = [groups, staff, ways, places].into_iter().find_map(|part| part(field, code, l));
    said.unwrap_or_else(|| l.pick("这一项不对，请改一下。", "This is not right: please change it."))
}

/// Of a code, and of the groups behind it.
fn groups(field: &str, code: &str, l: Lang) -> Option<&'static str> {
    Some(match (field, code) {
        ("name", "missing") => l.pick("请起个名字。", "Give it a name."),
        ("name", "too_long") => l.pick("名字最多 40 个字。", "At most 40 letters."),
        ("name", "taken") => l.pick(
            "已经有同名的了，换一个，不然报表里分不清。",
            "That name is taken; with two of them reports cannot be told apart.",
        ),
        ("company", _) => l.pick("请选一家已连接的企业。", "Choose a connected company."),
        ("groups", "missing") => l.pick("至少选一个群。", "Choose at least one group."),
        ("groups", "too_many") => l.pick("一个活码最多 200 个群。", "At most 200 groups."),
        ("groups", "twice") => {
            l.pick("同一个群选了两次，去掉一个。", "A group is there twice: take one off.")
        }
        ("groups", _) => {
            l.pick("有个群已经读不到了，请去掉。", "A group is not there any more: take it off.")
        }
        ("limit", _) => l.pick("人数上限填 2 到 500。", "The limit is between 2 and 500."),
        ("series", _) => l.pick("群名前缀最多 30 个字。", "At most 30 letters."),
        ("next_number", _) => l.pick("下一个序号填数字，例：3。", "A number, such as 3."),
        ("spare_staff", _) => l.pick(
            "备用员工已经不在名单里，换一个。",
            "The spare person is not there any more: choose another.",
        ),
        _ => return None,
    })
}

/// Of the people behind a code.
fn staff(field: &str, code: &str, l: Lang) -> Option<&'static str> {
    Some(match (field, code) {
        ("staff", "missing") => l.pick("至少选一个员工。", "Choose at least one person."),
        ("staff", "too_many") => l.pick(
            "一个活码最多 100 个员工（企业微信的上限）。",
            "At most 100 people, which is WeCom's own limit.",
        ),
        ("staff", "twice") => {
            l.pick("同一个员工选了两次，去掉一个。", "Somebody is there twice: take one off.")
        }
        ("staff", _) => l.pick(
            "有个员工已经不在名单里，请去掉。",
            "Somebody is not there any more: take them off.",
        ),
        ("weight", _) => l.pick("权重填 1 到 100。", "A weight is between 1 and 100."),
        ("days", _) => l.pick("请重新选上班的日子。", "Choose the days again."),
        ("from" | "to", _) => l.pick(
            "时间写成 09:00 这样，开始和结束都要填，或者都不填。",
            "Times are written 09:00; give both or none.",
        ),
        ("daily_max", _) => {
            l.pick("每天上限填数字，不限就空着。", "A number, or nothing for no limit.")
        }
        _ => return None,
    })
}

/// Of where else a code leads.
fn ways(field: &str, code: &str, l: Lang) -> Option<&'static str> {
    Some(match (field, code) {
        ("url", "missing") => l.pick("请填上网址。", "Give the address."),
        ("url", "too_long") => l.pick("网址太长了。", "The address is too long."),
        ("url", _) => l.pick(
            "网址要以 https:// 或 http:// 开头，并且外面能打开。",
            "An address begins with https:// or http:// and leads to the open web.",
        ),
        ("leads_to" | "to_code" | "otherwise", "unknown") => {
            l.pick("那个活码已经关闭，换一个。", "That code is closed: choose another.")
        }
        ("otherwise", _) => {
            l.pick("请选「其他人去哪里」，不然有人扫了没地方去。", "Say where everybody else goes.")
        }
        ("to_code", _) => l.pick("有一条规则没选去哪个活码。", "A rule leads to no code."),
        ("rules", "missing") => l.pick("至少写一条规则。", "Give at least one rule."),
        ("rules", _) => l.pick("最多 20 条规则。", "At most 20 rules."),
        ("partner", _) => l.pick("合作方最多 40 个字。", "At most 40 letters."),
        ("source", _) => l.pick("请从列表里选来源。", "Choose a source from the list."),
        _ => return None,
    })
}

/// Of placements and domains.
fn places(field: &str, code: &str, l: Lang) -> Option<&'static str> {
    Some(match (field, code) {
        ("spends", "not_a_day") => l.pick(
            "有一行的日期看不懂。一行一天，例：2026-11-03 120.50",
            "A line has no date. A line a day, such as 2026-11-03 120.50",
        ),
        ("spends", "not_an_amount") => l.pick(
            "有一行的金额看不懂。一行一天，例：2026-11-03 120.50",
            "A line has no amount. A line a day, such as 2026-11-03 120.50",
        ),
        ("spends", "twice") => {
            l.pick("有一天写了两行，合成一行。", "A day is there twice: make it one line.")
        }
        ("spends", _) => l.pick("行数太多了。", "There are too many lines."),
        ("host", "missing") => l.pick("请填上域名。", "Give the domain."),
        ("host", "taken") => l.pick("这个域名已经在列表里。", "This domain is in the list."),
        ("host", "too_many") => {
            l.pick("域名够多了，先去掉不用的。", "That is enough: take off one that is not used.")
        }
        ("host", _) => l.pick(
            "只填域名，例：go.example.com，不要 https:// 和后面的路径。",
            "The domain alone, such as go.example.com, without https:// and path.",
        ),
        _ => return None,
    })
}
