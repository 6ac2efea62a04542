//! Words for what is known of people.

use app::console::{FieldError, MainWhy, Removal};
use domain::{ActorClass, JoinManner, LeaveManner};
use report::Lang;

/// A role within groups.
pub(super) fn class(class: Option<u8>, l: Lang) -> &'static str {
    match class.and_then(ActorClass::from_code) {
        Some(ActorClass::Staff) => l.pick("群管理", "keeper"),
        Some(ActorClass::Host) => l.pick("协作号", "co-host"),
        Some(ActorClass::Bot) => l.pick("机器人", "bot"),
        Some(ActorClass::Member) | None => l.pick("成员", "member"),
    }
}

/// A platform; unknown words stand for themselves.
pub(super) fn platform(word: &str, l: Lang) -> String {
    let [zh, en] = match word {
        "web" => ["网页群聊", "Web chat"],
        "wechat" => ["微信", "WeChat"],
        "wecom" => ["企业微信", "WeCom"],
        "qq" => ["QQ", "QQ"],
        "dingtalk" => ["钉钉", "DingTalk"],
        "feishu" => ["飞书", "Feishu"],
        "whatsapp" => ["WhatsApp", "WhatsApp"],
        "telegram" => ["Telegram", "Telegram"],
        "discord" => ["Discord", "Discord"],
        "slack" => ["Slack", "Slack"],
        other => return other.to_owned(),
    };
    l.pick(zh, en).to_owned()
}

/// How somebody came in.
pub(super) fn joined(how: JoinManner, l: Lang) -> &'static str {
    match how {
        JoinManner::Unknown => l.pick("入群", "came in"),
        JoinManner::Link => l.pick("点链接入群", "came in by a link"),
        JoinManner::Invited => l.pick("被邀请入群", "was brought in"),
        JoinManner::Scan => l.pick("扫码入群", "scanned a code"),
        JoinManner::Approved => l.pick("申请通过入群", "asked and was let in"),
        JoinManner::Founding => l.pick("建群时就在", "there at the founding"),
        JoinManner::Community => l.pick("从上级社区进入", "came from the community"),
        JoinManner::Connection => l.pick("连接", "connected"),
        JoinManner::Listed => l.pick("在成员名单里", "found in a member list"),
    }
}

/// How somebody went out.
pub(super) fn left(how: LeaveManner, l: Lang) -> &'static str {
    match how {
        LeaveManner::Unknown => l.pick("离开", "went out"),
        LeaveManner::Left => l.pick("自己退群", "left"),
        LeaveManner::Removed => l.pick("被移出", "was removed"),
        LeaveManner::Connection => l.pick("断开连接", "disconnected"),
    }
}

/// Where something known is from, with the tone of its badge.
pub(super) fn source(word: &str, l: Lang) -> (&'static str, &'static str) {
    match word {
        "self" => (l.pick("本人说的", "said by themselves"), "green"),
        "staff" => (l.pick("同事填写", "written by staff"), "blue"),
        "import" => (l.pick("导入", "from an import"), "purple"),
        "platform" => (l.pick("平台给出", "told by the platform"), "teal"),
        "rule" => (l.pick("规则", "by a rule"), "orange"),
        _ => (l.pick("来源不明", "source unknown"), "secondary"),
    }
}

/// An attribute; those of staff stand for themselves.
pub(super) fn attribute(name: &str, l: Lang) -> String {
    match name {
        "city" => l.pick("城市", "City").to_owned(),
        "trade" => l.pick("行业", "Trade").to_owned(),
        other => other.to_owned(),
    }
}

/// Why a group counts as the main one. `by`: name of staff and day.
pub(super) fn main_why(why: MainWhy, by: (&str, &str), l: Lang) -> String {
    match why {
        MainWhy::Chosen(..) => {
            l.pick(format!("{} 于 {} 指定", by.0, by.1), format!("chosen by {}, {}", by.0, by.1))
        }
        MainWhy::SpokeMost(count) => l.pick(
            format!("近 90 天在这里发言最多（{count} 条）"),
            format!("most messages of the last 90 days ({count})"),
        ),
        MainWhy::JoinedFirst => {
            l.pick("近 90 天没有发言，按最早入群算", "silent for 90 days: joined first").to_owned()
        }
        MainWhy::Only => l.pick("只在这一个群", "the only one").to_owned(),
    }
}

/// What became of a removal.
pub(super) fn removal(removal: Removal, l: Lang) -> &'static str {
    match removal {
        Removal::Done => l.pick("已移出", "removed"),
        Removal::Task => l.pick(
            "平台不让程序移人，已生成待办，请同事在群里操作",
            "now a to-do for staff: the platform lets no program do it",
        ),
        Removal::Imported => l.pick(
            "这是导入的记录，程序移不了，请在原群里操作",
            "an import: please do it in the group itself",
        ),
        Removal::Failed => {
            l.pick("没有移成，请到群里手动移出", "failed: please remove the person in the group")
        }
    }
}

/// What is wrong with a field.
pub(super) fn wrong(error: FieldError, l: Lang) -> String {
    let limit = match error.field {
        "text" => app::console::NOTE_MAX,
        "name" | "folder" => app::console::NAME_MAX,
        "value" => app::console::VALUE_MAX,
        _ => app::console::REASON_MAX,
    };
    match (error.field, error.code) {
        (_, "too_long") => {
            l.pick(format!("最多 {limit} 个字。"), format!("At most {limit} characters."))
        }
        ("tag", _) => l.pick("请选一个在用的标签。", "Choose a tag that is in use.").to_owned(),
        ("people", "too_many") => {
            l.pick("一次最多 500 位。", "At most 500 people at once.").to_owned()
        }
        ("people", _) => l.pick("请先勾选客户。", "Select people first.").to_owned(),
        ("days", _) => l
            .pick("填 1 到 3650 之间的天数，或留空。", "Days between 1 and 3650, or nothing.")
            .to_owned(),
        ("group", _) => l.pick("请选一个所在的群。", "Choose one of the groups.").to_owned(),
        ("with", _) => l.pick("这已经是同一个人。", "This is the same person already.").to_owned(),
        (_, "taken") => l.pick("已经有同名的标签。", "A tag of this name is in use.").to_owned(),
        (_, "too_many") => {
            l.pick("在用的标签太多了，先停用一些。", "Too many tags: retire some.").to_owned()
        }
        _ => l.pick("请填写这一项。", "Please fill this in.").to_owned(),
    }
}
