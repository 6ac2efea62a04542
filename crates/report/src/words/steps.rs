//! What to do next: an order in a few words, and the reason for it with its evidence.

use crate::Lang;
use crate::speech::{count, days, duration, hour, share, times, weekday};
use crate::words::number;
use insights::{CauseCode, Step, StepCode};

/// One step in words.
pub(crate) struct StepWords {
    /// What to do.
    pub(crate) title: String,
    /// Why, with the numbers that prove it.
    pub(crate) reason: String,
}

/// The step in words.
pub(crate) fn step(step: &Step, lang: Lang) -> StepWords {
    let title = title(step.code, lang).to_owned();
    let reason = match lang {
        Lang::Zh => reason_zh(step.code, &step.numbers),
        Lang::En => reason_en(step.code, &step.numbers),
    };
    StepWords { title, reason }
}

fn title(code: StepCode, lang: Lang) -> &'static str {
    let (zh, en) = match code {
        StepCode::AnswerFirstPosts => ("先回复新人的第一句话", "Answer the first posts"),
        StepCode::AnswerQuestions => ("把没人答的问题答掉", "Answer the open questions"),
        StepCode::WriteToLostRegulars => {
            ("私聊问候不再说话的常客", "Write to regulars who fell silent")
        }
        StepCode::BreakSilence => {
            ("打破沉默：抛一个好接的话题", "Break the silence with something easy to answer")
        }
        StepCode::ShareTheTalk => ("请出第二个声音", "Bring in a second voice"),
        StepCode::ThankHelpers => (
            "谢谢最肯帮忙的人，并请他们多带带人",
            "Thank those who help most, and ask them for more",
        ),
        StepCode::UseBestSlot => {
            ("重要内容放到人最多的时段发", "Post what matters when most people are there")
        }
        StepCode::AnswerFaster => ("让提问的人少等一会儿", "Shorten the wait for an answer"),
        StepCode::LookAtLeaving => {
            ("问问退群的人，看看他们什么时候走", "Ask those who leave, and look at when they go")
        }
        StepCode::NameStaff => ("告诉活群谁是管理员", "Say who runs the group"),
        StepCode::GiveMembers => {
            ("补上群人数或成员名单", "Give the number of members, or a roster")
        }
        StepCode::DecideOnGroup => ("决定这个群的去留", "Decide what becomes of this group"),
    };
    lang.pick(zh, en)
}

fn slot(numbers: &[f64], lang: Lang) -> String {
    // Weekday 0–6 and hour 0–23 come as numbers of the evidence.
    let small = |place| (0..24_u8).find(|n| (f64::from(*n) - number(numbers, place)).abs() < 0.5);
    let day = small(0).map_or("—", |n| weekday(n, lang));
    format!("{day} {}", small(1).map_or_else(|| "—".to_owned(), hour))
}

fn reason_zh(code: StepCode, numbers: &[f64]) -> String {
    let at = |place| number(numbers, place);
    let n = |place| count(at(place));
    match code {
        StepCode::AnswerFirstPosts => {
            format!(
                "近 14 天里，新人的第一句话有 {} 句没人接。第一句话落空的人，多半不会再说第二句。",
                n(0)
            )
        }
        StepCode::AnswerQuestions => {
            format!("近 14 天还有 {} 个提问没人回。问了没人答，大家就不再来群里问。", n(0))
        }
        StepCode::WriteToLostRegulars => {
            format!("{} 位以前常说话的人安静了。留住一个老朋友，比拉一个新人容易。", n(0))
        }
        StepCode::BreakSilence => {
            format!("群里已经安静 {} 天。越久没人说话，越没人敢先开口。", n(0))
        }
        StepCode::ShareTheTalk => {
            format!("一个人撑着全群 {} 的话，他一忙群就冷。找两三位熟人轮流开话题。", share(at(0)))
        }
        StepCode::ThankHelpers => {
            format!("答得最多的一位帮了 {} 次，合起来答了全部的 {}。", n(0), share(at(1)))
        }
        StepCode::UseBestSlot => {
            format!(
                "{} 平均有 {} 人在说话，是一周里最热闹的一个小时。",
                slot(numbers, Lang::Zh),
                crate::speech::decimal(at(2), 1)
            )
        }
        StepCode::AnswerFaster => {
            format!(
                "一半的提问要等 {} 以上，最慢的一成要等 {} 以上。排个值班，先应一声也好。",
                duration(at(0), Lang::Zh),
                duration(at(1), Lang::Zh)
            )
        }
        StepCode::LookAtLeaving => {
            format!(
                "退群 {} 人，进群 {} 人。看看是进群头几天走的，还是某次活动、广告之后走的。",
                n(0),
                n(1)
            )
        }
        StepCode::NameStaff => {
            "标出管理员、官方号和机器人，成员的数字才能和运营自己的话分开算。".to_owned()
        }
        StepCode::GiveMembers => {
            "不知道群里有多少人，互动率、流失率就算不出来。给个人数，或把花名册一起读进来。"
                .to_owned()
        }
        StepCode::DecideOnGroup => {
            format!("已经 {} 天没有人说话。合并、改用途，或者好好告别关掉，都比放着强。", n(0))
        }
    }
}

fn reason_en(code: StepCode, numbers: &[f64]) -> String {
    let at = |place| number(numbers, place);
    let many = |place, words| times(at(place), Lang::En, "", words);
    match code {
        StepCode::AnswerFirstPosts => {
            format!("{} of the last 14 days got no reply. People whose first words meet silence rarely speak again.", many(0, ["first post", "first posts"]))
        }
        StepCode::AnswerQuestions => {
            format!("{} of the last 14 days {} still open. Where questions go unanswered, people stop asking.", many(0, ["question", "questions"]), crate::speech::plural(at(0), "is", "are"))
        }
        StepCode::WriteToLostRegulars => {
            format!("{} stopped writing. Winning one back is easier than finding somebody new.", many(0, ["regular", "regulars"]))
        }
        StepCode::BreakSilence => {
            format!("Nobody has written for {}. The longer it lasts, the harder it is to be the first.", days(at(0), Lang::En))
        }
        StepCode::ShareTheTalk => {
            format!("One person carries {} of the talk. When that person is busy, the group goes cold: ask two or three others to open topics in turn.", share(at(0)))
        }
        StepCode::ThankHelpers => {
            format!("The first of them answered {}; together they gave {} of all answers.", many(0, ["time", "times"]), share(at(1)))
        }
        StepCode::UseBestSlot => {
            format!("{}: on average {} people talk then, more than in any other hour of the week.", slot(numbers, Lang::En), crate::speech::decimal(at(2), 1))
        }
        StepCode::AnswerFaster => {
            format!("Half of the questions wait longer than {}, the slowest tenth longer than {}. A duty rota, even a first word, helps.", duration(at(0), Lang::En), duration(at(1), Lang::En))
        }
        StepCode::LookAtLeaving => {
            format!("{} left, {} joined. Do they go in the first days, or after an event or an advertisement?", many(0, ["person", "people"]), count(at(1)))
        }
        StepCode::NameStaff => {
            "Name staff, declared hosts and bots: then member figures can be told apart from the operator's own talk.".to_owned()
        }
        StepCode::GiveMembers => {
            "Without it, interaction and leave rates cannot be shown: give the number of members, or read a roster along with the export.".to_owned()
        }
        StepCode::DecideOnGroup => {
            format!("Nobody has written for {}. Merge it, give it a new purpose, or close it kindly.", days(at(0), Lang::En))
        }
    }
}

/// The stable code of a step.
pub(crate) fn step_code(code: StepCode) -> &'static str {
    match code {
        StepCode::AnswerFirstPosts => "answer_first_posts",
        StepCode::AnswerQuestions => "answer_questions",
        StepCode::WriteToLostRegulars => "write_to_lost_regulars",
        StepCode::BreakSilence => "break_silence",
        StepCode::ShareTheTalk => "share_the_talk",
        StepCode::ThankHelpers => "thank_helpers",
        StepCode::UseBestSlot => "use_best_slot",
        StepCode::AnswerFaster => "answer_faster",
        StepCode::LookAtLeaving => "look_at_leaving",
        StepCode::NameStaff => "name_staff",
        StepCode::GiveMembers => "give_members",
        StepCode::DecideOnGroup => "decide_on_group",
    }
}

/// The stable code of a cause.
pub(crate) fn cause_code(code: CauseCode) -> &'static str {
    match code {
        CauseCode::SilentDays => "silent_days",
        CauseCode::FewerSpeakers => "fewer_speakers",
        CauseCode::FewerMessages => "fewer_messages",
        CauseCode::QuestionsUnanswered => "questions_unanswered",
        CauseCode::NewcomersIgnored => "newcomers_ignored",
        CauseCode::OneVoice => "one_voice",
        CauseCode::OneWay => "one_way",
        CauseCode::MoreLeaveThanCome => "more_leave_than_come",
        CauseCode::NoNewVoices => "no_new_voices",
        CauseCode::RegularsLost => "regulars_lost",
        CauseCode::Growing => "growing",
        CauseCode::TalkOnMostDays => "talk_on_most_days",
    }
}
