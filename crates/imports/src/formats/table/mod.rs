//! Plain tables of messages: CSV, TSV, JSON lines, Excel workbooks, one message a row.
//!
//! Columns are guessed by their names in Chinese and English, or named with `--columns`. Two
//! formats share everything: where a column holds the platform's own message ids (`message_id`,
//! `MsgSvrID`, 消息ID …), rows keep them and replies are linked; a mere `id` or row number is not
//! trusted for that, it differs from export to export.

mod columns;
mod kinds;
mod rows;
mod times;

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::sheet::header;
use domain::{Clock, Sink};

pub(crate) use columns::{Columns, Meaning};
pub(crate) use kinds::{Kind, kind};
pub(crate) use rows::class;
pub(crate) use times::{Clocks, Order};

/// `--format table`.
pub(crate) const PLAIN: Format = Format {
    word: "table",
    title: ["消息表格（CSV / TSV / JSONL / XLSX）", "Table of messages (CSV, TSV, JSONL, XLSX)"],
    clock: Clock::Wall,
    has_ids: false,
    claim: |bundle, open| claim(bundle, open, |columns| !columns.has("id")),
    read: |bundle, claim, options, sink| read(bundle, claim, options, (sink, Ids::None)),
};

/// `--format table-ids`.
pub(crate) const WITH_IDS: Format = Format {
    word: "table-ids",
    title: ["带消息 ID 的消息表格", "Table of messages with message ids"],
    clock: Clock::Wall,
    has_ids: true,
    claim: |bundle, open| claim(bundle, open, |columns| columns.has("id")),
    read: |bundle, claim, options, sink| read(bundle, claim, options, (sink, Ids::Column)),
};

/// Where the key of a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ids {
    None,
    Column,
}

/// What a column of messages can mean, with the names under which it is known.
const MEANINGS: &[Meaning] = &[
    Meaning {
        word: "time",
        names: &[
            "发送时间",
            "消息时间",
            "发言时间",
            "聊天时间",
            "时间",
            "日期时间",
            "time",
            "timestamp",
            "datetime",
            "createtime",
            "createdat",
            "sentat",
            "sendtime",
            "msgtime",
            "messagetime",
            "strtime",
            "ts",
        ],
    },
    Meaning { word: "date", names: &["日期", "date", "发送日期", "day"] },
    Meaning {
        word: "sender_id",
        names: &[
            "发送人id",
            "发送者id",
            "成员id",
            "用户id",
            "senderid",
            "fromid",
            "userid",
            "authorid",
            "memberid",
            "fromuserid",
            "senderuid",
            "senderuin",
            "wxid",
            "qq号",
            "qq号码",
            "qq",
            "微信号",
            "uid",
        ],
    },
    Meaning {
        word: "sender",
        names: &[
            "发送人",
            "发送者",
            "发言人",
            "发送人昵称",
            "发送者昵称",
            "发件人",
            "群昵称",
            "昵称",
            "sendername",
            "sender",
            "fromnickname",
            "fromname",
            "from",
            "nickname",
            "author",
            "authorname",
            "username",
            "user",
            "displayname",
            "成员昵称",
            "群成员",
            "成员",
            "姓名",
            "用户",
            "用户名",
            "member",
            "name",
            "talker",
        ],
    },
    Meaning {
        word: "text",
        names: &[
            "消息内容",
            "聊天内容",
            "发言内容",
            "内容",
            "正文",
            "发言",
            "消息",
            "text",
            "content",
            "message",
            "msg",
            "body",
            "strcontent",
            "messagetext",
        ],
    },
    Meaning {
        word: "group_id",
        names: &["群id", "群号", "群聊id", "groupid", "roomid", "channelid", "chatid"],
    },
    Meaning {
        word: "group",
        names: &[
            "群名称",
            "群名",
            "群聊名称",
            "客户群名称",
            "群聊",
            "所在群",
            "群",
            "group",
            "groupname",
            "room",
            "roomname",
            "talkername",
            "channel",
            "channelname",
            "chat",
            "chatname",
            "conversation",
        ],
    },
    Meaning {
        word: "id",
        names: &["消息id", "消息编号", "messageid", "msgid", "msgsvrid", "svrid", "serverid"],
    },
    Meaning {
        word: "reply_to",
        names: &["回复消息id", "回复", "replyto", "replytoid", "replytomessageid", "inreplyto"],
    },
    Meaning {
        word: "type",
        names: &["消息类型", "类型", "contenttype", "msgtype", "messagetype", "typename", "type"],
    },
    Meaning { word: "role", names: &["身份", "角色", "role"] },
];

/// The columns of a header, guessed; `map` wins.
fn columns(
    entry: &Entry,
    header: &[String],
    options: &ReadOptions,
) -> Result<Columns, ImportError> {
    let columns = Columns::of(entry, header, MEANINGS, &options.columns)?;
    columns.need(entry, header, &["time", "date"])?;
    columns.need(entry, header, &["sender", "sender_id"])?;
    columns.need(entry, header, &["text"])?;
    Ok(columns)
}

fn claim(bundle: &Bundle, open: &[usize], wanted: fn(&Columns) -> bool) -> Vec<Claim> {
    let ours = |number: &&usize| {
        bundle.entries().get(**number).is_some_and(|entry| is_messages(entry, wanted))
    };
    open.iter()
        .filter(ours)
        .map(|number| Claim { entries: vec![*number], beside: Vec::new() })
        .collect()
}

fn is_messages(entry: &Entry, wanted: fn(&Columns) -> bool) -> bool {
    if !may_be_table(entry) {
        return false;
    }
    let columns = Columns::guess(&header(entry), MEANINGS);
    let any = |words: &[&str]| words.iter().any(|word| columns.has(word));
    any(&["time", "date"]) && any(&["sender", "sender_id"]) && any(&["text"]) && wanted(&columns)
}

/// Other zips are no workbooks, whatever a folder holds.
pub(crate) fn may_be_table(entry: &Entry) -> bool {
    let name = entry.file_name().to_ascii_lowercase();
    let is_zip = entry.head().starts_with(b"PK\x03\x04");
    !is_zip || [".xlsx", ".xlsm"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a header also tells what was written.
pub(crate) fn has_text(header: &[String]) -> bool {
    Columns::guess(header, MEANINGS).has("text")
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    (sink, ids): (&mut dyn Sink, Ids),
) -> Result<(), ImportError> {
    for entry in claim.entries(bundle) {
        sink.file(&entry.place(0));
        rows::file(entry, options, sink, ids)?;
    }
    Ok(())
}
