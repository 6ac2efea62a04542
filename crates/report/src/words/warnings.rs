//! What an import noticed, in words.

use crate::Lang;
use domain::WarningCode;

const KNOWN: [WarningCode; 13] = [
    WarningCode::UnreadableTime,
    WarningCode::UnreadableRow,
    WarningCode::InvalidText,
    WarningCode::UnknownPerson,
    WarningCode::UnknownKind,
    WarningCode::NamelessPeople,
    WarningCode::FutureTime,
    WarningCode::Duplicate,
    WarningCode::SkippedFile,
    WarningCode::LineTooLong,
    WarningCode::Truncated,
    WarningCode::AmbiguousDate,
    WarningCode::ReplyOutside,
];

/// The words for a warning; a code that is not known here stands for itself.
pub(crate) fn warning(code: &'static str, lang: Lang) -> &'static str {
    let known = KNOWN.into_iter().find(|known| known.code() == code);
    known.map_or(code, |known| words(known, lang))
}

// A new code also goes into KNOWN above.
fn words(code: WarningCode, lang: Lang) -> &'static str {
    match code {
        WarningCode::UnreadableTime => {
            lang.pick("时间读不懂的记录，没有计入", "rows whose time cannot be read; left out")
        }
        WarningCode::UnreadableRow => lang.pick(
            "不合格式的记录，没有计入",
            "rows that do not have the shape of the format; left out",
        ),
        WarningCode::InvalidText => {
            lang.pick("乱码字节，已用 � 代替", "bytes that are not valid text; replaced by �")
        }
        WarningCode::UnknownPerson => lang.pick(
            "发言人不在成员表里，按原始编号保留",
            "authors missing in the list of users; kept under the bare id",
        ),
        WarningCode::UnknownKind => lang.pick(
            "格式说明里没有的记录类型，按系统消息保留",
            "kinds of record that the format does not describe; kept as service rows",
        ),
        WarningCode::NamelessPeople => lang.pick(
            "进群或退群但没写名字的人，只计人数",
            "people who joined or left without a name; counted, nameless",
        ),
        WarningCode::FutureTime => lang.pick(
            "时间晚于导出时刻的记录，按原时间保留",
            "times later than the export itself; kept as they are",
        ),
        WarningCode::Duplicate => lang
            .pick("重复出现的记录，只算一次", "rows that stand in the export twice; counted once"),
        WarningCode::SkippedFile => {
            lang.pick("不是聊天记录的文件，已跳过", "files of no known format; skipped")
        }
        WarningCode::LineTooLong => {
            lang.pick("超长的行，已截断", "lines longer than the limit; cut")
        }
        WarningCode::Truncated => lang.pick(
            "文件在中途断了，只读到断点之前",
            "files that end in the middle; read up to there",
        ),
        WarningCode::AmbiguousDate => lang.pick(
            "分不清月和日的日期，按标明的顺序读",
            "dates whose day and month cannot be told apart; read in the stated order",
        ),
        WarningCode::ReplyOutside => lang
            .pick("回复的那条消息不在这份数据里", "replies to messages that are not in the export"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_warning_has_words_and_an_unknown_one_stands_for_itself() {
        for code in KNOWN {
            for lang in Lang::ALL {
                assert_ne!(warning(code.code(), lang), code.code());
            }
        }
        assert_eq!(warning("from_the_future", Lang::En), "from_the_future");
    }
}
