//! Rosters: who is in which group since when, through whom, left when. One row is one stay.
//!
//! What a keeper of WeCom groups can get without any message. It yields joins, leaves, overlap and
//! sources only. Who stands there without a time of joining is told as [`JoinManner::Listed`] at
//! the earliest time known of the group: a member, never counted as a join. Two people with the
//! same name are one where the table has no ids.

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::chinese::{Book, Names};
use crate::formats::sheet::{Row, each_row, header};
use crate::formats::table::{Clocks, Columns, Meaning, Order, class, has_text, may_be_table};
use crate::formats::telling::{Moment, Telling};
use domain::{
    Clock, Evidence, Extent, GroupCard, GroupRef, JoinManner, LeaveManner, Millis, PersonRef, Sink,
    WarningCode, What,
};
use rustc_hash::FxHashMap;

/// `--format roster`.
pub(crate) const FORMAT: Format = Format {
    word: "roster",
    title: ["群成员名单（CSV / XLSX）", "Roster of groups and members (CSV, XLSX)"],
    clock: Clock::Wall,
    has_ids: false,
    claim,
    read,
};

const PLATFORM: &str = "roster";

const EVIDENCE: Evidence = Evidence {
    messages: Extent::None,
    joins: Extent::Full,
    leaves: Extent::Full,
    replies: Extent::None,
    reactions: Extent::None,
    joins_are_connections: false,
};

const MEANINGS: &[Meaning] = &[
    Meaning {
        word: "group_id", names: &["群id", "群号", "群聊id", "groupid", "roomid", "chatid"]
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
            "所在群聊",
            "客户群",
            "群",
            "group",
            "groupname",
            "room",
            "roomname",
            "channel",
            "chat",
            "chatname",
        ],
    },
    Meaning {
        word: "joined",
        names: &[
            "入群时间",
            "加入时间",
            "进群时间",
            "加群时间",
            "入群日期",
            "joinedat",
            "joined",
            "jointime",
            "joindate",
            "since",
        ],
    },
    Meaning {
        word: "left",
        names: &[
            "退群时间",
            "退出时间",
            "离开时间",
            "离群时间",
            "退群日期",
            "leftat",
            "left",
            "leavetime",
            "leavedate",
            "until",
        ],
    },
    Meaning {
        word: "by",
        names: &["邀请人", "邀请者", "邀请成员", "拉群人", "invitedby", "inviter", "by", "addedby"],
    },
    Meaning {
        word: "how",
        names: &[
            "入群方式",
            "加入方式",
            "进群方式",
            "入群来源",
            "joinscene",
            "joinmanner",
            "how",
            "来源",
        ],
    },
    Meaning {
        word: "role",
        names: &[
            "身份",
            "角色",
            "群身份",
            "成员类型",
            "成员身份",
            "role",
            "membertype",
            "类型",
            "type",
        ],
    },
    Meaning {
        word: "member_id",
        names: &[
            "成员id",
            "客户id",
            "用户id",
            "memberid",
            "userid",
            "externaluserid",
            "unionid",
            "wxid",
            "qq号",
            "qq",
            "微信号",
            "账号",
            "uid",
        ],
    },
    Meaning {
        word: "member",
        names: &[
            "成员",
            "成员名称",
            "成员昵称",
            "群成员",
            "客户名称",
            "客户",
            "客户昵称",
            "昵称",
            "姓名",
            "群昵称",
            "名称",
            "member",
            "membername",
            "nickname",
            "name",
            "user",
            "username",
        ],
    },
];

fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let ours = |number: &&usize| {
        bundle.entries().get(**number).is_some_and(|entry| {
            let header = if may_be_table(entry) { header(entry) } else { Vec::new() };
            let columns = Columns::guess(&header, MEANINGS);
            let any = |words: &[&str]| words.iter().any(|word| columns.has(word));
            any(&["group", "group_id"])
                && any(&["member", "member_id"])
                && any(&["joined", "left"])
                && !has_text(&header)
        })
    };
    open.iter()
        .filter(ours)
        .map(|number| Claim { entries: vec![*number], beside: Vec::new() })
        .collect()
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    for entry in claim.entries(bundle) {
        sink.file(&entry.place(0));
        let (names, order) = learn(entry, options)?;
        let mut reading = Reading {
            telling: Telling { sink, entry, options },
            clocks: Clocks::new(&options.zone, order.order()),
            book: Book::new(PLATFORM, &names, "self"),
            groups: FxHashMap::default(),
            listed: Vec::new(),
        };
        if order == Order::Open {
            reading.telling.warn(WarningCode::AmbiguousDate, 0, "");
        }
        let mut columns = None;
        let result = each_row(entry, &mut |header, row| {
            let columns = found(entry, header, options, &mut columns)?;
            reading.row(columns, row)
        });
        reading.telling.end(result)?;
        reading.list()?;
    }
    Ok(())
}

fn found<'c>(
    entry: &Entry,
    header: &[String],
    options: &ReadOptions,
    known: &'c mut Option<Columns>,
) -> Result<&'c Columns, ImportError> {
    if known.is_none() {
        let columns = Columns::of(entry, header, MEANINGS, &options.columns)?;
        columns.need(entry, header, &["member", "member_id"])?;
        *known = Some(columns);
    }
    Ok(known.get_or_insert_default())
}

/// Names and ids of all members, so that whoever brought somebody in is found among them; and the
/// order of day and month.
fn learn(entry: &Entry, options: &ReadOptions) -> Result<(Names, Order), ImportError> {
    let mut names = Names::default();
    let mut order = Order::new(options.date_order);
    let mut columns = None;
    let result = each_row(entry, &mut |header, row| {
        let columns = found(entry, header, options, &mut columns)?;
        let key = member_key(columns, row);
        names.see(&columns.text(row, "member"), &key, Millis::default());
        names.see(&key, &key, Millis::default());
        order.note(&columns.text(row, "joined"));
        order.note(&columns.text(row, "left"));
        Ok(())
    });
    match result {
        Ok(()) | Err(ImportError::Truncated { .. }) => Ok((names, order)),
        Err(error) => Err(error),
    }
}

fn member_key(columns: &Columns, row: &Row<'_>) -> String {
    let id = columns.text(row, "member_id");
    if id.is_empty() { columns.text(row, "member").into_owned() } else { id.into_owned() }
}

/// One group of the roster.
struct Group {
    group: GroupRef,
    earliest: Option<Millis>,
}

/// A member without a time of joining.
struct Listed {
    group: String,
    person: PersonRef,
    by: Option<PersonRef>,
    line: u64,
}

struct Reading<'a> {
    telling: Telling<'a>,
    clocks: Clocks<'a>,
    book: Book<'a>,
    groups: FxHashMap<String, Group>,
    listed: Vec<Listed>,
}

impl Reading<'_> {
    fn row(&mut self, columns: &Columns, row: &Row<'_>) -> Result<(), ImportError> {
        self.telling.sink.consumed(row.consumed);
        let key = member_key(columns, row);
        if key.is_empty() {
            self.telling.warn(WarningCode::UnreadableRow, row.line, "");
            return Ok(());
        }
        let joined = self.time(columns, row, "joined");
        let left = self.time(columns, row, "left");
        let (group_key, group) = self.group(columns, row, joined.into_iter().chain(left).min());
        let class = class(&columns.text(row, "role"));
        let name = columns.text(row, "member");
        let person = self.book.person(&mut self.telling, &key, &name, class);
        let by = match &*columns.text(row, "by") {
            "" | "-" | "/" | "--" => None,
            by => Some(self.book.someone(&mut self.telling, by)),
        };
        let moment = |at| Moment { group, at, key: None, line: row.line };
        match joined {
            Some(at) => {
                let how = match how(&columns.text(row, "how")) {
                    JoinManner::Unknown if by.is_some() => JoinManner::Invited,
                    how => how,
                };
                self.telling.tell(moment(at), Some(person), What::Join { how, by })?;
            }
            None => self.listed.push(Listed { group: group_key, person, by, line: row.line }),
        }
        if let Some(at) = left {
            let what = What::Leave { how: LeaveManner::Unknown, by: None };
            self.telling.tell(moment(at), Some(person), what)?;
        }
        Ok(())
    }

    fn time(&mut self, columns: &Columns, row: &Row<'_>, word: &str) -> Option<Millis> {
        if let Some(days) = columns.at(word).and_then(|at| row.serial(at)) {
            return self.clocks.serial(days);
        }
        let text = columns.text(row, word);
        if ABSENT.contains(&&*text) {
            return None;
        }
        let at = self.clocks.moment(&text);
        if at.is_none() {
            self.telling.warn(WarningCode::UnreadableTime, row.line, &text);
        }
        at
    }

    fn group(
        &mut self,
        columns: &Columns,
        row: &Row<'_>,
        at: Option<Millis>,
    ) -> (String, GroupRef) {
        let (id, name) = (columns.text(row, "group_id"), columns.text(row, "group"));
        let key = match (&*id, &*name) {
            ("", "") => self.group_of_file(),
            ("", name) => name.to_owned(),
            (id, _) => id.to_owned(),
        };
        if let Some(known) = self.groups.get_mut(&key) {
            known.earliest = known.earliest.into_iter().chain(at).min();
            return (key, known.group);
        }
        let shown = if name.is_empty() { key.clone() } else { name.into_owned() };
        let group = self.telling.sink.group(&GroupCard {
            platform: PLATFORM,
            key: key.clone(),
            name: shown,
            evidence: EVIDENCE,
            founded: None,
        });
        self.groups.insert(key.clone(), Group { group, earliest: at });
        (key, group)
    }

    fn group_of_file(&self) -> String {
        let file = self.telling.entry.file_name();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        self.telling.options.group.clone().unwrap_or_else(|| stem.to_owned())
    }

    /// Tells the members whose time of joining is not known.
    fn list(&mut self) -> Result<(), ImportError> {
        for Listed { group, person, by, line } in std::mem::take(&mut self.listed) {
            let Some(known) = self.groups.get(&group) else { continue };
            let at = known.earliest.unwrap_or(self.telling.options.now);
            let moment = Moment { group: known.group, at, key: None, line };
            let what = What::Join { how: JoinManner::Listed, by };
            self.telling.tell(moment, Some(person), what)?;
        }
        Ok(())
    }
}

/// What people write where there is no time.
const ABSENT: [&str; 9] = ["", "-", "--", "/", "无", "未退群", "在群", "至今", "null"];

/// Words for ways in; the numbers are `join_scene` of WeCom.
const WAYS: [(&[&str], JoinManner); 6] = [
    (&["扫", "二维码", "活码", "scan", "qr"], JoinManner::Scan),
    (&["链接", "link"], JoinManner::Link),
    (&["邀请", "拉", "invit", "added"], JoinManner::Invited),
    (&["审批", "申请", "approv", "request"], JoinManner::Approved),
    (&["建群", "创建", "found"], JoinManner::Founding),
    (&["社区", "community"], JoinManner::Community),
];

fn how(text: &str) -> JoinManner {
    let text = text.to_lowercase();
    match text.as_str() {
        "1" => JoinManner::Invited,
        "2" => JoinManner::Link,
        "3" => JoinManner::Scan,
        _ => WAYS
            .iter()
            .find(|(words, _)| words.iter().any(|word| text.contains(word)))
            .map_or(JoinManner::Unknown, |(_, how)| *how),
    }
}
