//! Talk among members against talk from the operator (P30, D18, #19).

use crate::figure::{Figure, Good, Need, Unit};
use crate::metrics::answers::{in_time, settled};
use crate::metrics::{Metric, words};
use crate::page::ItemFlags;
use crate::scope::Scope;
use crate::stats::{loose_rate, rate};
use domain::ActorClass;

pub(super) const AMONG_MEMBERS: Metric = Metric {
    code: "member_to_member_share",
    source: "P30 · #19",
    name: words("成员互聊占比", "Talk among members"),
    formula: words(
        "成员对成员的对话条数 ÷ 全部对话条数",
        "Messages from member to member ÷ all messages from one to another",
    ),
    numerator: words("成员回应、@ 或接成员的条数", "Messages of members that answer members"),
    denominator: words(
        "成员与员工之间的全部对话条数（引用回复、@、接话）",
        "Messages among members and staff that answer, mention or follow another's",
    ),
    filter: words("不含机器人和官方号", "Without bots and declared hosts"),
    window: words("所选时间段", "The chosen window"),
    good: Good::Up,
    unit: Unit::Share,
    needs: &[Need::Messages, Need::Keepers],
    measure: among_members,
};

pub(super) const LED_BY_MEMBERS: Metric = Metric {
    code: "member_led_answers",
    source: "#19",
    name: words("成员答疑占比", "Answers by members"),
    formula: words(
        "由成员最先回应的问题数 ÷ 由成员或员工最先回应的问题数",
        "Questions that a member answered first ÷ questions that a member or staff answered first",
    ),
    numerator: words("由成员最先回应的问题数", "Questions first answered by a member"),
    denominator: words(
        "由成员或员工最先回应的问题数",
        "Questions first answered by a member or staff",
    ),
    filter: words(
        "只算时限内的回应；不含机器人和官方号的回应",
        "Answers within the limit; those of bots and declared hosts are left out",
    ),
    window: words("所选时间段内提出的问题", "Questions asked in the window"),
    measure: |scope| led_by_members(scope, ItemFlags::QUESTION),
    ..AMONG_MEMBERS
};

pub(super) const WELCOMED_BY_MEMBERS: Metric = Metric {
    code: "member_led_welcomes",
    source: "D18 · #19",
    name: words("成员迎新占比", "Newcomers welcomed by members"),
    formula: words(
        "24 小时（应答时限）内由成员最先回应的首次发言数 ÷ 首次发言数",
        "First posts that a member answered first within the limit (24 hours) ÷ first posts",
    ),
    numerator: words("由成员最先回应的首次发言数", "First posts first answered by a member"),
    denominator: words("首次发言数", "First posts"),
    filter: words(
        "员工、官方号和机器人的回应不算；未到时限又没人回的不计入",
        "Answers of staff, hosts and bots do not count; those whose time is not up are left out",
    ),
    window: words("所选时间段内的首次发言", "First posts of the window"),
    measure: |scope| {
        let (mut welcomed, mut all) = (0, 0);
        for thread in settled(scope, ItemFlags::FIRST_POST) {
            all += 1;
            let by = thread.answered_by.filter(|_| in_time(thread, scope));
            welcomed += u64::from(by == Some(ActorClass::Member));
        }
        rate(welcomed, all)
    },
    ..AMONG_MEMBERS
};

fn among_members(scope: &Scope<'_>) -> Figure {
    let (all, among) = people_talk(scope);
    loose_rate(among, all)
}

/// Messages from one to another among members and staff, and of these from member to member.
fn people_talk(scope: &Scope<'_>) -> (u64, u64) {
    let [[among, to_staff, ..], [from_staff, staff, ..], ..] = scope.talk().roles;
    (among + to_staff + from_staff + staff, among)
}

fn led_by_members(scope: &Scope<'_>, flag: u8) -> Figure {
    let (mut members, mut people) = (0, 0);
    for thread in settled(scope, flag).filter(|thread| in_time(*thread, scope)) {
        match thread.answered_by {
            Some(ActorClass::Member) => (members, people) = (members + 1, people + 1),
            Some(ActorClass::Staff) => people += 1,
            _ => {}
        }
    }
    rate(members, people)
}
