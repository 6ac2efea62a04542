//! Whether people are answered (P12, I08, H10, #11, #12).

use crate::figure::{Figure, Good, Need, Unit};
use crate::metrics::{Metric, shared, words};
use crate::page::ItemFlags;
use crate::scope::{Scope, Thread};
use crate::stats::rate;
use domain::Millis;

pub(super) const RATE: Metric = Metric {
    code: "answer_rate",
    source: "P12 · I08 · #11",
    name: words("应答率", "Answer rate"),
    formula: words(
        "在时限（默认 24 小时）内得到他人回应的问题数 ÷ 提出的问题数",
        "Questions answered by another person within the limit (24 hours by default) ÷ questions",
    ),
    numerator: words("时限内得到他人回应的问题数", "Questions answered within the limit"),
    denominator: words("提出的问题数", "Questions asked"),
    filter: shared::QUESTIONS,
    window: words("所选时间段内提出的问题", "Questions asked in the window"),
    good: Good::Up,
    unit: Unit::Share,
    needs: &[Need::Messages],
    measure: |scope| answered(scope, ItemFlags::QUESTION),
};

pub(super) const FIRST_POST: Metric = Metric {
    code: "first_post_answered",
    source: "H10",
    name: words("新人首发回应率", "First posts answered"),
    formula: words(
        "在时限（默认 24 小时）内得到他人回应的首次发言数 ÷ 首次发言数",
        "First-ever posts answered by another person within the limit (24 hours by default) ÷ \
         first-ever posts",
    ),
    numerator: words("时限内得到他人回应的首次发言数", "First posts answered within the limit"),
    denominator: words("首次发言数", "First posts"),
    filter: words(
        "成员在本群数据中的第一次发言；不含机器人、官方号和员工；数据结束时仍未到时限、也还没人回的不计入",
        "A member's first message in the group as far as the data reach back; without bots, hosts \
         and staff; those not answered whose time is not up when the data end are left out",
    ),
    window: words("所选时间段内的首次发言", "First posts of the window"),
    measure: |scope| answered(scope, ItemFlags::FIRST_POST),
    ..RATE
};

pub(super) const SOLO_SHARE: Metric = Metric {
    code: "solo_share",
    source: "#12",
    name: words("无人接话率", "Solo threads"),
    formula: words(
        "始终没有人接的话头数 ÷ 话头数",
        "Talk openers that nobody ever took up ÷ talk openers",
    ),
    numerator: words("没有人接的话头数", "Openers that nobody took up"),
    denominator: words(
        "话头数（安静一段时间后，成员发起的第一句有效发言）",
        "Openers: the first effective message by a member after a silence",
    ),
    filter: words(
        "不含机器人、官方号和员工发起的话头；数据结束时仍未到应答时限、也还没人接的不计入",
        "Not those opened by bots, hosts or staff; those that nobody took up and whose time is not \
         up when the data end are left out",
    ),
    window: words("所选时间段内的话头", "Openers of the window"),
    good: Good::Down,
    unit: Unit::Share,
    needs: &[Need::Messages],
    measure: solo_share,
};

/// What members said in the window with this flag, and whose outcome is known: answered, or not
/// answered while the limit has passed before the data end.
pub(crate) fn settled(scope: &Scope<'_>, flag: u8) -> impl Iterator<Item = Thread> {
    let until = scope.known_until().0.saturating_sub(scope.settings().answer_within_ms);
    let (threads, span) = (scope.threads(), scope.asked());
    let open = threads.unanswered(span).filter(move |open| open.at.0 <= until);
    let settled = threads.answered(span).chain(open.map(|open| open.thread()));
    settled.filter(move |thread| thread.flags.has(flag) && scope.counts(thread.class))
}

/// Whether the answer came within the limit.
pub(crate) fn in_time(thread: Thread, scope: &Scope<'_>) -> bool {
    thread.waited_ms().is_some_and(|ms| i64::from(ms) <= scope.settings().answer_within_ms)
}

/// How many were answered in time, of how many.
pub(crate) fn answered_of(scope: &Scope<'_>, flag: u8) -> (u64, u64) {
    settled(scope, flag).fold((0, 0), |(answered, all), thread| {
        (answered + u64::from(in_time(thread, scope)), all + 1)
    })
}

fn answered(scope: &Scope<'_>, flag: u8) -> Figure {
    let (answered, all) = answered_of(scope, flag);
    rate(answered, all)
}

fn solo_share(scope: &Scope<'_>) -> Figure {
    let (solo, all) = settled(scope, ItemFlags::OPENER).fold((0, 0), |(solo, all), thread| {
        (solo + u64::from(thread.answered_by.is_none()), all + 1)
    });
    rate(solo, all)
}

impl Scope<'_> {
    /// The last moment known: of the data, or as many days later as the window goes on.
    pub(crate) fn known_until(&self) -> Millis {
        let beyond = self.data().map_or(0, |data| self.asked().to.since(data.to).max(0));
        Millis(self.threads().last.0.saturating_add(i64::from(beyond) * Millis::DAY))
    }
}
