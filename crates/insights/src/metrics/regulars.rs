//! Who came back, who fell silent, who returns (#14, #15).

use crate::figure::{Figure, Good, Missing, Need, Unit};
use crate::metrics::{Metric, shared, words};
use crate::overview::Span;
use crate::scope::{Scope, within};
use crate::stats::{count, rate};
use domain::{Day, IdentityId};

/// Silence after which a new post counts as coming back, in days (#14).
const QUIET_DAYS: i32 = 90;
/// Posts in the days before that make a regular (#14).
const REGULAR_POSTS: u64 = 4;
/// Days in which these posts are counted (#14).
const REGULAR_DAYS: i32 = 90;
/// Days up to the end of the window in which a lost regular wrote nothing.
const NOW_DAYS: i32 = 30;
/// Fewest days of data before "now" for anybody to be called a regular.
const HISTORY_DAYS_MIN: i32 = 30;
/// Longest of the two periods compared for the returning rate, in days.
const PERIOD_DAYS: i32 = 28;

pub(super) const REACTIVATED: Metric = Metric {
    code: "reactivated",
    source: "#14",
    name: words("沉默后回归人数", "Reactivated members"),
    formula: words(
        "沉默至少 90 天后，在时间段内重新发言的成员数",
        "Members who wrote again in the window after 90 or more days without a message",
    ),
    numerator: words("重新发言的成员数", "Members who wrote again"),
    denominator: shared::NONE,
    filter: shared::MEMBERS_ONLY,
    window: shared::WINDOW,
    good: Good::Up,
    unit: Unit::Count,
    needs: &[Need::Messages],
    measure: reactivated,
};

pub(super) const LOST: Metric = Metric {
    code: "lost_regulars",
    source: "#14",
    name: words("流失的常客数", "Lost regulars"),
    formula: words(
        "到期末为止的 30 天里一句话没说、而在此之前 90 天内发言不少于 4 条的成员数",
        "Members without a message in the 30 days up to the end of the window who wrote 4 or \
         more in the 90 days before",
    ),
    numerator: words("沉默下来的常客数", "Regulars who fell silent"),
    filter: words(
        "不含机器人、官方号和员工；此前的数据不足 30 天时不给数，不足 90 天时以现有的为准",
        "Without bots, hosts and staff; unknown with less than 30 days of data before, and from \
         what there is with less than 90",
    ),
    window: words(
        "到期末为止的 30 天与此前 90 天，不论所选时间段多长",
        "The 30 days up to the end of the window, however long it is, and the 90 before them",
    ),
    good: Good::Down,
    measure: |scope| match regulars(scope) {
        Some(regulars) => count(regulars.iter().filter(|regular| regular.silent).count() as f64),
        None => Figure::Unknown(Missing::WindowTooShort),
    },
    ..REACTIVATED
};

pub(super) const RETURNING: Metric = Metric {
    code: "returning_rate",
    source: "#15",
    name: words("发言回访率", "Returning posters"),
    formula: words(
        "本期发言者中上一期也发过言的人数 ÷ 本期发言人数",
        "Members who wrote in this period and also in the one before ÷ members who wrote in it",
    ),
    numerator: words("两期都发过言的成员数", "Members who wrote in both periods"),
    denominator: words("本期发言的成员数", "Members who wrote in this period"),
    filter: shared::MEMBERS_ONLY,
    window: words(
        "本期为时间段末尾最多 28 天，上一期为此前同样长的一段",
        "The last 28 days of the window (the whole of a shorter one), and as many before",
    ),
    good: Good::Up,
    unit: Unit::Share,
    needs: &[Need::Messages],
    measure: returning,
};

/// Somebody who wrote often before the last days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Regular {
    pub(crate) who: IdentityId,
    /// Messages in the 90 days before.
    pub(crate) messages: u64,
    /// Wrote nothing in the last 30 days.
    pub(crate) silent: bool,
    /// Last day of writing before the last days.
    pub(crate) last: Day,
}

/// Regulars before the 30 days that end with the window, however short it is: a week without a
/// word is not silence. `None` when the data do not reach back enough.
pub(crate) fn regulars(scope: &Scope<'_>) -> Option<Vec<Regular>> {
    let asked = scope.asked();
    let now_from = asked.to.plus(1 - NOW_DAYS);
    if now_from.since(scope.data()?.from) < HISTORY_DAYS_MIN {
        return None;
    }
    let before = Span { from: now_from.plus(-REGULAR_DAYS), to: now_from.plus(-1) };
    let now = Span { from: now_from, to: asked.to };
    let census = scope.census();
    let mut regulars = Vec::new();
    for writer in scope.writers_of(before).iter().filter(|w| w.messages >= REGULAR_POSTS) {
        let Some(person) = census.person(writer.person) else { continue };
        let marks = census.marks(person);
        let last = within(marks, before).last().map_or(before.to, |mark| Day(mark.day()));
        let (who, messages) = (person.who, writer.messages);
        let silent = within(marks, now).is_empty();
        regulars.push(Regular { who, messages, silent, last });
    }
    Some(regulars)
}

fn reactivated(scope: &Scope<'_>) -> Figure {
    let Some((span, data)) = scope.span().zip(scope.data()) else {
        return Figure::Unknown(Missing::WindowTooShort);
    };
    if span.to.since(data.from) < QUIET_DAYS {
        return Figure::Unknown(Missing::WindowTooShort);
    }
    let census = scope.census();
    let back = census.persons.iter().filter(|person| {
        let counted = census.marks(person).iter().filter(|mark| scope.counts(mark.class()));
        let days = counted.map(|mark| mark.day());
        let mut pairs = days.clone().zip(days.skip(1));
        pairs.any(|(last, again)| again - last > QUIET_DAYS && span.holds(Day(again)))
    });
    count(back.count() as f64)
}

fn returning(scope: &Scope<'_>) -> Figure {
    let asked = scope.asked();
    let days = i32::try_from(asked.days()).unwrap_or(PERIOD_DAYS).min(PERIOD_DAYS);
    let now = Span { from: asked.to.plus(1 - days), to: asked.to };
    let before = now.before();
    if scope.data().is_none_or(|data| before.from < data.from) {
        return Figure::Unknown(Missing::WindowTooShort);
    }
    let census = scope.census();
    let writers = scope.writers_of(now);
    let back = writers.iter().filter_map(|writer| census.person(writer.person)).filter(|person| {
        within(census.marks(person), before).iter().any(|mark| scope.counts(mark.class()))
    });
    rate(back.count() as u64, writers.len() as u64)
}
