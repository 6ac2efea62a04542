//! How long people wait for the first answer (I09, #10). Never shown without the answer rate: the
//! base beside each figure is how many were answered of how many asked.

use crate::figure::{Good, Need, Unit};
use crate::metrics::answers::settled;
use crate::metrics::{Metric, shared, words};
use crate::page::ItemFlags;
use crate::scope::{Scope, Thread};
use crate::stats::{median_figure, p90_figure};
use domain::ActorClass;

pub(super) const MEDIAN: Metric = Metric {
    code: "first_response_median",
    source: "I09 · #10",
    name: words("首次响应时长（中位数）", "Time to first response (median)"),
    formula: words(
        "从提问到第一个他人回应的时长，取中位数；只算得到回应的问题，须与应答率同看，旁边写明问了多少、回了多少",
        "Median time from a question to the first answer by another person, of those answered; \
         read it with the answer rate: how many of how many were answered stands beside it",
    ),
    numerator: words("首个回应时刻 − 提问时刻", "Time of first answer − time of question"),
    denominator: words("得到回应的问题（中位数）", "Questions answered (median)"),
    filter: shared::QUESTIONS,
    window: words("所选时间段内提出的问题", "Questions asked in the window"),
    good: Good::Down,
    unit: Unit::Duration,
    needs: &[Need::Messages],
    measure: |scope| {
        let (mut waits, asked) = waits(scope, |_| true);
        median_figure(&mut waits, asked)
    },
};

pub(super) const P90: Metric = Metric {
    code: "first_response_p90",
    name: words("首次响应时长（90 分位）", "Time to first response (90th percentile)"),
    formula: words(
        "从提问到第一个他人回应的时长，九成不超过此值；只算得到回应的问题，须与应答率同看",
        "Nine of ten answered questions got their first answer within this time; read it with the \
         answer rate",
    ),
    denominator: words("得到回应的问题（90 分位）", "Questions answered (90th percentile)"),
    measure: |scope| {
        let (mut waits, asked) = waits(scope, |_| true);
        p90_figure(&mut waits, asked)
    },
    ..MEDIAN
};

pub(super) const KEEPERS: Metric = Metric {
    code: "keeper_response_median",
    source: "I09",
    name: words("管理者首次响应时长（中位数）", "Keepers' time to first response (median)"),
    formula: words(
        "由员工或官方号最先回应的问题，从提问到回应的时长，取中位数；旁边写明占全部问题多少",
        "Median time to the answer of questions that staff or a host answered first; how many of \
         all questions they are stands beside it",
    ),
    numerator: words("管理者回应时刻 − 提问时刻", "Time of a keeper's answer − time of question"),
    denominator: words("由管理者最先回应的问题（中位数）", "Questions first answered by keepers"),
    needs: &[Need::Messages, Need::Keepers],
    measure: |scope| {
        let by_keeper = |thread: &Thread| thread.answered_by.is_some_and(ActorClass::is_keeper);
        let (mut waits, asked) = waits(scope, by_keeper);
        median_figure(&mut waits, asked)
    },
    ..MEDIAN
};

/// Waiting times of the answered questions that fit, and how many were asked in all.
pub(crate) fn waits(scope: &Scope<'_>, fits: fn(&Thread) -> bool) -> (Vec<u32>, u64) {
    let (mut waits, mut asked) = (Vec::new(), 0);
    for thread in settled(scope, ItemFlags::QUESTION) {
        asked += 1;
        waits.extend(thread.waited_ms().filter(|_| fits(&thread)));
    }
    (waits, asked)
}
