//! Why a group is judged as it is, in sentences with their evidence.

use crate::Lang;
use crate::speech::{count, days, decimal, share, times};
use crate::words::number;
use insights::{Cause, CauseCode};

/// One sentence for a cause.
pub(crate) fn cause(cause: &Cause, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh(cause.code, &cause.numbers),
        Lang::En => en(cause.code, &cause.numbers),
    }
}

fn zh(code: CauseCode, numbers: &[f64]) -> String {
    let at = |place| number(numbers, place);
    let people = |place| count(at(place));
    match code {
        CauseCode::SilentDays => format!("已经 {} 天没人说话", people(0)),
        CauseCode::FewerSpeakers => {
            format!("近 14 天有 {} 人说话，前 14 天是 {} 人", people(0), people(1))
        }
        CauseCode::FewerMessages => {
            format!("近 14 天日均 {} 条，前 14 天日均 {} 条", decimal(at(0), 1), decimal(at(1), 1))
        }
        CauseCode::QuestionsUnanswered => {
            format!("{} 个提问里只有 {} 个有人回答（{}）", people(2), people(1), share(at(0)))
        }
        CauseCode::NewcomersIgnored => {
            format!("新人的第一句话有 {} 句，{} 句没人接（{}）", people(2), people(1), share(at(0)))
        }
        CauseCode::OneVoice => format!("一个人说了全群 {} 的话", share(at(0))),
        CauseCode::OneWay => format!("{} 的话是运营方说的，成员之间聊得少", share(at(0))),
        CauseCode::MoreLeaveThanCome => {
            format!("近 30 天退群 {} 人，进群 {} 人，走的比来的多", people(0), people(1))
        }
        CauseCode::NoNewVoices => format!("已经 {} 天没有新面孔开口", people(0)),
        CauseCode::RegularsLost => format!("{} 位常客里有 {} 位不说话了", people(1), people(0)),
        CauseCode::Growing => {
            format!("在往上走：近 14 天有 {} 人说话，前 14 天是 {} 人", people(0), people(1))
        }
        CauseCode::TalkOnMostDays => format!("近 14 天里有 {} 天有人聊", people(0)),
    }
}

fn en(code: CauseCode, numbers: &[f64]) -> String {
    let at = |place| number(numbers, place);
    let many = |place, words| times(at(place), Lang::En, "", words);
    let person = ["person", "people"];
    match code {
        CauseCode::SilentDays => format!("No word for {}", days(at(0), Lang::En)),
        CauseCode::FewerSpeakers => format!(
            "{} spoke in the last 14 days, {} in the 14 days before",
            many(0, person),
            count(at(1))
        ),
        CauseCode::FewerMessages => format!(
            "{} messages a day in the last 14 days, {} in the 14 days before",
            decimal(at(0), 1),
            decimal(at(1), 1)
        ),
        CauseCode::QuestionsUnanswered => format!(
            "Only {} of {} got an answer ({})",
            count(at(1)),
            many(2, ["question", "questions"]),
            share(at(0))
        ),
        CauseCode::NewcomersIgnored => format!(
            "{} of {} got no reply ({})",
            count(at(1)),
            many(2, ["first post", "first posts"]),
            share(at(0))
        ),
        CauseCode::OneVoice => format!("One person writes {} of everything", share(at(0))),
        CauseCode::OneWay => {
            format!("{} of the talk comes from those who run the group", share(at(0)))
        }
        CauseCode::MoreLeaveThanCome => format!(
            "More leave than come: {} left and {} joined in the last 30 days",
            count(at(0)),
            count(at(1))
        ),
        CauseCode::NoNewVoices => format!("Nobody new has spoken for {}", days(at(0), Lang::En)),
        CauseCode::RegularsLost => {
            format!("{} of {} fell silent", count(at(0)), many(1, ["regular", "regulars"]))
        }
        CauseCode::Growing => format!(
            "Growing: {} spoke in the last 14 days, {} in the 14 days before",
            many(0, person),
            count(at(1))
        ),
        CauseCode::TalkOnMostDays => {
            format!("People talked on {} of the last 14 days", count(at(0)))
        }
    }
}
