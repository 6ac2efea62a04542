//! System rows of the Chinese clients, read into what happened.
//!
//! WeChat puts names into quotation marks (`"A"邀请"B、C"加入了群聊`), QQ does not
//! (`A邀请B加入了本群。`). One grammar reads both: the words between the names are fixed, whatever
//! stands around them is a name. A row that fits nothing is [`Notice::Other`], never an error.

use domain::{JoinManner, LeaveManner, ServiceKind};

/// People as a row names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum People<'a> {
    /// The exporter (`你`).
    Own,
    /// The exporter and others (`你和"B、C"`).
    OwnAnd(&'a str),
    /// One name or several with `、` between.
    Named(&'a str),
    /// Nobody in particular (`管理员`, or nothing).
    Nobody,
}

/// What a system row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice<'a> {
    Join { who: People<'a>, how: JoinManner, by: People<'a> },
    Leave { who: People<'a>, how: LeaveManner, by: People<'a> },
    Recall { by: People<'a> },
    Rename { who: People<'a>, name: &'a str },
    Other { by: People<'a>, what: ServiceKind },
}

/// Reads one row, markup already removed.
pub(crate) fn notice(text: &str) -> Notice<'_> {
    let text = text.trim().trim_end_matches(['。', '.', '！', '!']);
    member_notice(text).unwrap_or_else(|| service_notice(text))
}

/// The row up to and after a fixed piece of wording.
fn around<'a>(text: &'a str, words: &[&str]) -> Option<(&'a str, &'a str)> {
    words.iter().find_map(|word| text.split_once(word))
}

fn member_notice(text: &str) -> Option<Notice<'_>> {
    if let Some((before, _)) = text.rsplit_once("撤回了")
        && text.contains("消息")
    {
        return Some(Notice::Recall { by: people(before) });
    }
    if let Some((before, after)) = around(text, &["修改群名片为", "将群名片修改为", "将群名片改为"])
    {
        return Some(Notice::Rename { who: people(before), name: bare(after) });
    }
    joined(text).or_else(|| left(text))
}

fn joined(text: &str) -> Option<Notice<'_>> {
    let (before, _) =
        around(text, &["加入了群聊", "加入群聊", "加入了本群", "加入本群", "加入了该群"])?;
    if let Some((who, from)) = around(before, &["通过扫描", "扫描了", "扫描"]) {
        let by = from.split_once("分享").map_or(People::Nobody, |(by, _)| people(by));
        return Some(Notice::Join { who: people(who), how: JoinManner::Scan, by });
    }
    if let Some((who, from)) = around(before, &["通过"]) {
        let (how, mark) = match from {
            _ if from.contains("二维码") => (JoinManner::Scan, "分享"),
            _ if from.contains("链接") => (JoinManner::Link, "分享"),
            _ if from.contains("邀请") => (JoinManner::Invited, "的邀请"),
            _ => (JoinManner::Unknown, "\u{0}"),
        };
        let by = from.split_once(mark).map_or(People::Nobody, |(by, _)| people(by));
        return Some(Notice::Join { who: people(who), how, by });
    }
    if let Some((by, who)) = invitation(before) {
        return Some(Notice::Join { who: people(who), how: JoinManner::Invited, by: people(by) });
    }
    let who = before.trim_end_matches('已');
    Some(Notice::Join { who: people(who), how: JoinManner::Unknown, by: People::Nobody })
}

/// Splits at 邀请, by the quotation marks around it where there are any: a name can hold the word.
fn invitation(before: &str) -> Option<(&str, &str)> {
    ["\"邀请\"", "”邀请“", "\"邀请你", "”邀请你", "你邀请", "邀请"].iter().find_map(|mark| {
        let at = before.find(mark)? + mark.find('邀')?;
        Some((before.get(..at)?, before.get(at + "邀请".len()..)?))
    })
}

fn left(text: &str) -> Option<Notice<'_>> {
    let removed = |who, by| Some(Notice::Leave { who, how: LeaveManner::Removed, by });
    if let Some((before, _)) = around(text, &["移出了群聊", "移出群聊", "移出了本群", "移出本群"])
    {
        if let Some((who, by)) = before.split_once('被') {
            return removed(people(who), keeper(by));
        }
        return match before.split_once('将') {
            Some((by, who)) => removed(people(who), keeper(by)),
            None => removed(people(before), People::Nobody),
        };
    }
    let (before, _) = around(
        text,
        &["退出了群聊", "退出群聊", "退出了本群", "退出本群", "离开了本群", "离开了群聊"],
    )?;
    let who = people(before.trim_end_matches('已'));
    Some(Notice::Leave { who, how: LeaveManner::Left, by: People::Nobody })
}

/// Wording, and what it is about; the first that fits.
const SERVICE: [(&str, ServiceKind); 24] = [
    ("拍了拍", ServiceKind::Nudge),
    ("戳了戳", ServiceKind::Nudge),
    ("红包", ServiceKind::RedPacket),
    ("修改群名为", ServiceKind::GroupName),
    ("修改群聊名称为", ServiceKind::GroupName),
    ("修改群名称为", ServiceKind::GroupName),
    ("修改了群名", ServiceKind::GroupName),
    ("将群名", ServiceKind::GroupName),
    ("群名称", ServiceKind::GroupName),
    ("群公告", ServiceKind::Topic),
    ("群简介", ServiceKind::Topic),
    ("成为新群主", ServiceKind::Keeper),
    ("成为新的群主", ServiceKind::Keeper),
    ("群主", ServiceKind::Keeper),
    ("管理员", ServiceKind::Keeper),
    ("群头像", ServiceKind::GroupPicture),
    ("精华", ServiceKind::Pin),
    ("置顶", ServiceKind::Pin),
    ("禁言", ServiceKind::Setting),
    ("匿名", ServiceKind::Setting),
    ("开启了", ServiceKind::Setting),
    ("关闭了", ServiceKind::Setting),
    ("语音通话", ServiceKind::Call),
    ("创建了群", ServiceKind::Founded),
];

fn service_notice(text: &str) -> Notice<'_> {
    let found = SERVICE.iter().find_map(|(word, what)| Some((text.split_once(word)?.0, *what)));
    let (by, what) = found.unwrap_or(("", ServiceKind::Other));
    // Only where the row begins with a quoted name or the exporter: other prose is not a name.
    let by = match by.trim() {
        by if by.starts_with(['"', '“']) && by.ends_with(['"', '”']) => people(by),
        "你" | "我" | "您" => People::Own,
        _ => People::Nobody,
    };
    Notice::Other { by, what }
}

fn keeper(name: &str) -> People<'_> {
    match bare(name) {
        "管理员" | "群主" | "群管理员" => People::Nobody,
        _ => people(name),
    }
}

fn people(name: &str) -> People<'_> {
    let name = name.trim();
    match bare(name) {
        "" => People::Nobody,
        "你" | "您" | "我" if !name.starts_with(['"', '“']) => People::Own,
        bare => match name.strip_prefix("你和") {
            Some(others) => People::OwnAnd(self::bare(others)),
            None => People::Named(bare),
        },
    }
}

/// Without the quotation marks around it.
fn bare(name: &str) -> &str {
    let name = name.trim();
    let open = name.strip_prefix(['"', '“']).unwrap_or(name);
    open.strip_suffix(['"', '”']).unwrap_or(open).trim()
}

#[cfg(test)]
mod tests {
    use super::{Notice, People, notice};
    use domain::{JoinManner, LeaveManner, ServiceKind};

    fn join<'a>(who: People<'a>, how: JoinManner, by: People<'a>) -> Notice<'a> {
        Notice::Join { who, how, by }
    }

    #[test]
    fn joins_are_read_in_both_wordings() {
        use JoinManner::{Invited, Link, Scan, Unknown};
        use People::{Named, Nobody, Own, OwnAnd};
        for (text, expected) in [
            ("\"安\"邀请\"小林\"加入了群聊", join(Named("小林"), Invited, Named("安"))),
            ("“安”邀请“小林、阿杰”加入了群聊", join(Named("小林、阿杰"), Invited, Named("安"))),
            ("你邀请\"小林\"加入了群聊", join(Named("小林"), Invited, Own)),
            ("\"安\"邀请你加入了群聊，群聊参与人还有：阿杰", join(Own, Invited, Named("安"))),
            (
                "\"安\"邀请你和\"小林、阿杰\"加入了群聊",
                join(OwnAnd("小林、阿杰"), Invited, Named("安")),
            ),
            ("\"邀请函\"邀请\"小林\"加入了群聊", join(Named("小林"), Invited, Named("邀请函"))),
            ("\"小林\"通过扫描\"安\"分享的二维码加入群聊", join(Named("小林"), Scan, Named("安"))),
            ("\"小林\"通过扫描你分享的二维码加入群聊", join(Named("小林"), Scan, Own)),
            ("你通过扫描二维码加入群聊，群聊参与人还有：安", join(Own, Scan, Nobody)),
            ("\"小林\"通过\"安\"分享的链接加入群聊", join(Named("小林"), Link, Named("安"))),
            ("小林加入本群。", join(Named("小林"), Unknown, Nobody)),
            ("安邀请小林加入了本群。", join(Named("小林"), Invited, Named("安"))),
        ] {
            assert_eq!(notice(text), expected, "{text}");
        }
    }

    #[test]
    fn leaves_recalls_and_the_rest_are_told_apart() {
        use People::{Named, Nobody, Own};
        let removed = |who, by| Notice::Leave { who, how: LeaveManner::Removed, by };
        for (text, expected) in [
            ("你将\"小林\"移出了群聊", removed(Named("小林"), Own)),
            ("\"安\"将\"小林\"移出了群聊", removed(Named("小林"), Named("安"))),
            ("你被\"安\"移出群聊", removed(Own, Named("安"))),
            ("小林被管理员移出本群", removed(Named("小林"), Nobody)),
            (
                "小林退出了本群。",
                Notice::Leave { who: Named("小林"), how: LeaveManner::Left, by: Nobody },
            ),
            ("\"小林\"撤回了一条消息", Notice::Recall { by: Named("小林") }),
            ("你撤回了一条消息", Notice::Recall { by: Own }),
            ("安修改群名片为阿安", Notice::Rename { who: Named("安"), name: "阿安" }),
            (
                "\"安\"修改群名为“花友会”",
                Notice::Other { by: Named("安"), what: ServiceKind::GroupName },
            ),
            ("\"安\" 拍了拍 \"小林\"", Notice::Other { by: Named("安"), what: ServiceKind::Nudge }),
            ("你领取了\"安\"的红包", Notice::Other { by: Nobody, what: ServiceKind::RedPacket }),
            ("以上是打招呼的内容", Notice::Other { by: Nobody, what: ServiceKind::Other }),
            ("", Notice::Other { by: Nobody, what: ServiceKind::Other }),
        ] {
            assert_eq!(notice(text), expected, "{text}");
        }
    }
}
