//! The figures over all groups: each a definition, measured from sums that are kept by day.
//!
//! Invariant: a figure that the report defines ([`insights::METRICS`]) has its code and its words
//! from there and, for one group, its value (P14); the others are defined here, in the same form.
//! What a group cannot show is left out of the figure, and how many groups that are is said.

use domain::Evidence;
use insights::stats::{count, loose_rate, mean, rate};
use insights::{Figure, Good, METRICS, Metric, Missing, Need, Sums, Unit, Words, metric, shared};

use crate::console::DaySums;

/// What a figure is measured from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Sums of groups and days that can show it.
    pub sums: Sums,
    /// Days of the window.
    pub days: u32,
    /// People, for figures that count people: each once, or each once in each group.
    pub people: Heads,
}

/// Numbers of distinct people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heads {
    /// Wrote.
    pub spoke: u64,
    /// Spoke effectively.
    pub effective: u64,
    /// Came.
    pub came: u64,
    /// Left.
    pub left: u64,
}

/// A figure over all groups.
#[derive(Debug)]
pub struct Tally {
    /// Stable word.
    pub code: &'static str,
    /// The definition, where the report has none.
    own: Option<&'static Metric>,
    /// Where it counts people, so that once and per group differ: their number on one day.
    pub heads: Option<fn(&Sums) -> u64>,
    /// Measures it.
    pub measure: fn(&Told) -> Figure,
}

impl Tally {
    /// The definition.
    pub fn metric(&self) -> &'static Metric {
        self.own.or_else(|| metric(self.code)).unwrap_or(&SPEAKERS)
    }

    /// Whether a source with this evidence can show it.
    pub fn shown_by(&self, evidence: Evidence) -> bool {
        self.metric().needs.iter().all(|need| met(*need, evidence))
    }

    /// The figure over `groups` groups that can show it.
    pub fn figure(&self, told: &Told, groups: usize) -> Figure {
        let missing = self.metric().needs.first().map(|need| Missing::NotInSource(*need));
        match missing {
            Some(missing) if groups == 0 => Figure::Unknown(missing),
            _ => (self.measure)(told),
        }
    }

    /// The figure of the window that another is compared with: unknown unless the data reach back
    /// to where that window begins.
    pub fn compared(&self, told: &Told, groups: usize, reaches: bool) -> Figure {
        if reaches { self.figure(told, groups) } else { Figure::Unknown(Missing::WindowTooShort) }
    }

    /// The figure of one day; `None` where nothing is told of the day, or where it has no base for
    /// it, such as newcomers who came less than 7 days ago for those who stayed.
    pub fn of_day(&self, day: &DaySums) -> Option<f64> {
        let sums = &day.sums;
        let value = match self.heads {
            Some(heads) => Some(heads(sums) as f64),
            None => (self.measure)(&Told { sums: *sums, days: 1, ..Told::default() }).value(),
        };
        value.filter(|_| day.told)
    }
}

fn met(need: Need, evidence: Evidence) -> bool {
    use domain::Extent;
    let memberships = !evidence.joins_are_connections;
    match need {
        Need::Messages => evidence.messages != Extent::None,
        Need::Joins => evidence.joins == Extent::Full && memberships,
        Need::Leaves => evidence.leaves == Extent::Full && memberships,
        Need::Members | Need::Keepers => true,
    }
}

/// The figure over all groups with this code.
pub fn tally(code: &str) -> Option<&'static Tally> {
    TALLIES.iter().find(|one| one.code == code)
}

/// The definition with this code: of the report, or of a figure over all groups.
pub fn defined(code: &str) -> Option<&'static Metric> {
    metric(code).or_else(|| tally(code).map(Tally::metric))
}

/// Codes of all definitions: those over all groups, then the others of the report.
pub fn codes() -> impl Iterator<Item = &'static str> {
    let others = METRICS.iter().filter(|one| tally(one.code).is_none());
    TALLIES.iter().map(|one| one.code).chain(others.map(|one| one.code))
}

const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

/// A definition that the report does not have.
const fn own(code: &'static str, source: &'static str, name: Words, unit: Unit) -> Metric {
    Metric {
        code,
        source,
        name,
        formula: name,
        numerator: name,
        denominator: shared::NONE,
        filter: shared::PEOPLE,
        window: shared::WINDOW,
        good: Good::Up,
        unit,
        needs: &[Need::Messages],
        measure: |_| Figure::Unknown(Missing::NothingToMeasure),
    }
}

static SPEAKERS: Metric = Metric {
    formula: words(
        "时间段内至少发过一条消息的人数；去重：一个人在几个群发言只算一个人；按群相加：在几个群发言就算几个",
        "People who wrote at least once. Once: somebody who wrote in several groups is one person. \
         Per group: one in each of these groups",
    ),
    numerator: words("发过言的人数", "People who wrote"),
    ..own("speakers", "P07", words("发言人数", "People who spoke"), Unit::Count)
};
static EFFECTIVE_SPEAKERS: Metric = Metric {
    formula: words(
        "时间段内至少有一条有效发言的成员数（去重，或按群相加）",
        "Members with at least one effective message (once, or once in each group)",
    ),
    numerator: words("有效发言的成员数", "Members who spoke effectively"),
    filter: shared::MEMBERS_ONLY,
    ..own(
        "effective_speakers",
        "P01 · P02",
        words("有效发言人数", "People who spoke effectively"),
        Unit::Count,
    )
};
static MESSAGES: Metric = Metric {
    formula: words("时间段内的消息条数", "Messages written in the window"),
    numerator: words("消息条数", "Messages"),
    good: Good::Depends,
    ..own("messages", "P18", words("消息条数", "Messages"), Unit::Count)
};
static IDLE_SHARE: Metric = Metric {
    formula: words(
        "1 − 有效发言占比：成员发言里被判为水聊的条数 ÷ 成员发言条数",
        "1 − share of effective speech: idle messages by members ÷ messages by members",
    ),
    numerator: words("水聊条数", "Idle messages"),
    denominator: words("成员发言条数", "Messages by members"),
    filter: shared::MEMBERS_ONLY,
    good: Good::Down,
    ..own("idle_share", "P02", words("水聊占比", "Share of idle chatter"), Unit::Share)
};
static QUESTIONS: Metric = Metric {
    formula: words(
        "成员提出、且已经知道有没有人回应的问题数",
        "Questions by members of which it is known whether they were answered",
    ),
    numerator: words("问题数", "Questions"),
    filter: shared::QUESTIONS,
    good: Good::Depends,
    ..own("questions", "I08", words("提问数", "Questions"), Unit::Count)
};
static WITHIN_HOUR: Metric = Metric {
    formula: words(
        "1 小时内得到他人回应的问题数 ÷ 提出的问题数",
        "Questions answered by another person within an hour ÷ questions",
    ),
    numerator: words("1 小时内得到回应的问题数", "Questions answered within an hour"),
    denominator: words("提出的问题数", "Questions asked"),
    filter: shared::QUESTIONS,
    ..own(
        "answered_within_hour",
        "P12 · I08",
        words("1 小时内回应率", "Answered within an hour"),
        Unit::Share,
    )
};
static CAME: Metric = Metric {
    formula: words(
        "时间段内进过群的人数（去重，或按群相加）；没有名字的入群者数不出来，不计入",
        "People who joined (once, or once in each group); people whom the source does not name are \
         left out",
    ),
    numerator: words("进过群的人数", "People who joined"),
    filter: words("仅在成员名单里出现的人不算入群", "Being found in a member list is no join"),
    needs: &[Need::Joins],
    ..own("came", "P04", words("进群人数", "People who came"), Unit::Count)
};
static LEFT: Metric = Metric {
    formula: words(
        "时间段内退过群的人数（去重，或按群相加），含被移出",
        "People who left or were removed (once, or once in each group)",
    ),
    numerator: words("退过群的人数", "People who left"),
    filter: words("没有名字的退群者不计入", "People whom the source does not name are left out"),
    good: Good::Down,
    needs: &[Need::Leaves],
    ..own("left", "P04", words("退群人数", "People who left"), Unit::Count)
};
static KEPT: Metric = Metric {
    formula: words(
        "进群后第 7 天结束时仍在群的人次 ÷ 进群已满 7 天的人次",
        "Joins of people still in at the end of their 7th day ÷ joins 7 or more days ago",
    ),
    numerator: words("第 7 天仍在群的人次", "Still in after 7 days"),
    denominator: words("时间段内进群且已满 7 天的人次", "Joins of the window, 7 days ago or more"),
    filter: words(
        "按人次计，重复入群各算一次；不含机器人、官方号和员工；没有名字的入群者无法跟踪",
        "Each join counts; without bots, hosts and staff; people without a name cannot be followed",
    ),
    needs: &[Need::Joins, Need::Leaves],
    ..own("kept_7d", "P05", words("新人 7 日留存", "Newcomers kept 7 days"), Unit::Share)
};
static NEW_SPEAKERS: Metric = Metric {
    formula: words(
        "时间段内第一次在本群开口的人数（按群计）",
        "People who wrote for the first time in their group",
    ),
    numerator: words("首次开口的人数", "People with their first message"),
    ..own("new_speakers", "#13", words("首次开口人数", "First-time speakers"), Unit::Count)
};
static KEEPER_SHARE: Metric = Metric {
    formula: words(
        "管理员和官方号的消息条数 ÷ 全部消息条数",
        "Messages by staff and hosts ÷ all messages",
    ),
    numerator: words("管理员和官方号的消息条数", "Messages by staff and hosts"),
    denominator: words("全部消息条数（含机器人）", "All messages, bots included"),
    filter: words("无", "None"),
    good: Good::Middle,
    ..own("keeper_share", "P24", words("运营发言占比", "Share written by keepers"), Unit::Share)
};

fn sum(value: u64) -> Figure {
    count(value as f64)
}

fn per_day(value: u64, told: &Told) -> Figure {
    mean(value as f64, f64::from(told.days))
}

/// A figure of the report.
const fn reported(code: &'static str, measure: fn(&Told) -> Figure) -> Tally {
    Tally { code, own: None, heads: None, measure }
}

/// A figure of its own.
const fn further(own: &'static Metric, measure: fn(&Told) -> Figure) -> Tally {
    Tally { code: own.code, own: Some(own), heads: None, measure }
}

/// A figure that counts people.
const fn people(
    own: &'static Metric,
    measure: fn(&Told) -> Figure,
    heads: fn(&Sums) -> u64,
) -> Tally {
    Tally { code: own.code, own: Some(own), heads: Some(heads), measure }
}

/// All figures over all groups, in the order in which pages show them.
pub static TALLIES: [Tally; 20] = [
    people(
        &EFFECTIVE_SPEAKERS,
        |told| sum(told.people.effective),
        |day| day.effective_speaker_days,
    ),
    people(&SPEAKERS, |told| sum(told.people.spoke), |day| day.speaker_days),
    reported("speakers_per_day", |told| per_day(told.sums.speaker_days, told)),
    reported("answer_rate", |told| rate(told.sums.questions_answered, told.sums.questions)),
    reported("first_post_answered", |told| {
        rate(told.sums.first_posts_answered, told.sums.first_posts)
    }),
    further(&KEPT, |told| rate(told.sums.kept_7d, told.sums.newcomers_7d)),
    reported("effective_share", |told| loose_rate(told.sums.effective, told.sums.counted)),
    reported("net_change", |told| count(told.sums.joins as f64 - told.sums.leaves as f64)),
    people(&CAME, |told| sum(told.people.came), |day| day.joins),
    people(&LEFT, |told| sum(told.people.left), |day| day.leaves),
    reported("joins", |told| sum(told.sums.joins)),
    reported("leaves", |told| sum(told.sums.leaves)),
    further(&MESSAGES, |told| sum(told.sums.messages)),
    reported("messages_per_day", |told| per_day(told.sums.messages, told)),
    further(&IDLE_SHARE, |told| {
        loose_rate(told.sums.counted.saturating_sub(told.sums.effective), told.sums.counted)
    }),
    further(&NEW_SPEAKERS, |told| sum(told.sums.new_speakers)),
    further(&QUESTIONS, |told| sum(told.sums.questions)),
    further(&WITHIN_HOUR, |told| rate(told.sums.waits.iter().take(3).sum(), told.sums.questions)),
    reported("solo_share", |told| rate(told.sums.openers_alone, told.sums.openers)),
    further(&KEEPER_SHARE, |told| rate(told.sums.keeper_messages, told.sums.written)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_a_definition_of_its_own_code() {
        for one in &TALLIES {
            assert_eq!(one.metric().code, one.code);
            assert!(!one.metric().needs.is_empty(), "{}", one.code);
        }
        let all: Vec<&str> = codes().collect();
        assert!(all.iter().all(|code| defined(code).is_some_and(|one| one.code == *code)));
        assert!(all.len() > METRICS.len() && defined("no_such").is_none());
    }

    // catalogue: P02
    #[test]
    fn effective_and_idle_speech_together_are_all_speech() {
        let sums = Sums { counted: 40, effective: 30, ..Sums::default() };
        let told = Told { sums, days: 1, ..Told::default() };
        let of = |code: &str| tally(code).unwrap().figure(&told, 1).value().unwrap();
        assert!((of("effective_share") - 0.75).abs() < 1e-9);
        assert!((of("effective_share") + of("idle_share") - 1.0).abs() < 1e-9);
    }

    // catalogue: P05
    #[test]
    fn a_day_whose_newcomers_cannot_be_judged_yet_has_no_figure() {
        let kept = tally("kept_7d").unwrap();
        let day = |sums| DaySums { day: domain::Day(1), sums, told: true };
        let young = Sums { joins: 9, ..Sums::default() };
        assert_eq!(kept.of_day(&day(young)), None);
        let grown = Sums { joins: 9, newcomers_7d: 8, kept_7d: 6, ..Sums::default() };
        assert_eq!(kept.of_day(&day(grown)), Some(0.75));
        let net = Sums { joins: 2, leaves: 5, ..Sums::default() };
        assert_eq!(tally("net_change").unwrap().of_day(&day(net)), Some(-3.0));
        let busy = Sums { speaker_days: 4, ..Sums::default() };
        let untold = DaySums { told: false, ..day(busy) };
        assert_eq!(tally("speakers").unwrap().of_day(&untold), None);
        assert_eq!(tally("speakers").unwrap().of_day(&day(busy)), Some(4.0));
    }

    #[test]
    fn what_no_group_can_show_is_unknown_and_never_zero() {
        let joins = tally("joins").unwrap();
        let told = Told { days: 7, ..Told::default() };
        let missing = Figure::Unknown(Missing::NotInSource(Need::Joins));
        assert_eq!(joins.figure(&told, 0), missing);
        assert_eq!(joins.figure(&told, 2).value(), Some(0.0));
        let connections = Evidence { joins_are_connections: true, ..Evidence::default() };
        assert!(!joins.shown_by(connections));
    }
}
