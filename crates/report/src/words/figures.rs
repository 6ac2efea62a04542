//! Words of figures: why one is unknown, which way is good, what it needs.

use crate::Lang;
use insights::{Good, Missing, Need, Unit};

/// Why a figure is unknown. No digits: an unknown figure is never a number.
pub(crate) fn missing(missing: Missing, lang: Lang) -> &'static str {
    match missing {
        Missing::NotInSource(Need::Messages) => {
            lang.pick("这份数据里没有聊天记录", "the source holds no messages")
        }
        Missing::NotInSource(Need::Joins) => {
            lang.pick("这份数据里没有完整的进群记录", "the source does not fully tell who joined")
        }
        Missing::NotInSource(Need::Leaves) => {
            lang.pick("这份数据里没有完整的退群记录", "the source does not fully tell who left")
        }
        Missing::NotInSource(Need::Members) => lang.pick(
            "不知道每天群里有多少人：请给出群人数或名单",
            "the number of members is not known: give it, or a roster",
        ),
        Missing::NotInSource(Need::Keepers) | Missing::NoKeepersNamed => lang.pick(
            "还没标出谁是管理员，分不清成员和运营",
            "nobody is marked as staff, so members and keepers cannot be told apart",
        ),
        Missing::WindowTooShort => {
            lang.pick("往前的数据不够长，算不出", "the data does not reach back far enough")
        }
        Missing::NothingToMeasure => {
            lang.pick("这段时间里没有发生可以衡量的事", "nothing happened that could be measured")
        }
    }
}

/// The stable code of a reason.
pub(crate) fn missing_code(missing: Missing) -> &'static str {
    match missing {
        Missing::NotInSource(Need::Messages) => "no_messages_in_source",
        Missing::NotInSource(Need::Joins) => "no_joins_in_source",
        Missing::NotInSource(Need::Leaves) => "no_leaves_in_source",
        Missing::NotInSource(Need::Members) => "no_members_in_source",
        Missing::NotInSource(Need::Keepers) => "no_keepers_in_source",
        Missing::NoKeepersNamed => "no_keepers_named",
        Missing::WindowTooShort => "window_too_short",
        Missing::NothingToMeasure => "nothing_to_measure",
    }
}

/// Which way is good.
pub(crate) fn good(good: Good, lang: Lang) -> &'static str {
    match good {
        Good::Up => lang.pick("越高越好", "higher is better"),
        Good::Down => lang.pick("越低越好", "lower is better"),
        Good::Middle => lang.pick("太高太低都不好", "neither extreme is good"),
        Good::Depends => lang.pick("要和别的指标一起看", "read it together with others"),
    }
}

/// The stable code of a direction.
pub(crate) fn good_code(good: Good) -> &'static str {
    match good {
        Good::Up => "up",
        Good::Down => "down",
        Good::Middle => "middle",
        Good::Depends => "depends",
    }
}

/// The stable code of a unit.
pub(crate) fn unit_code(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::Count => "count",
        Unit::Mean => "mean",
        Unit::Duration => "duration_ms",
        Unit::Days => "days",
        Unit::Index => "index",
        Unit::Change => "change",
    }
}

/// What a figure needs from the data.
pub(crate) fn need(need: Need, lang: Lang) -> &'static str {
    match need {
        Need::Messages => lang.pick("聊天记录", "messages with authors"),
        Need::Joins => lang.pick("进群记录", "joins"),
        Need::Leaves => lang.pick("完整的退群记录", "all leaves"),
        Need::Members => lang.pick("每天的群人数", "the number of members on each day"),
        Need::Keepers => lang.pick("标明的管理员", "staff named or marked"),
    }
}
