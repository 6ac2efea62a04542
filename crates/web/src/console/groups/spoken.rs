//! Words of the list and the pages of groups.

use app::console::groups::{GroupKind, Order, PeopleShown, Purpose, StepField};
use insights::Mood;
use report::Lang;

/// Verdicts that the list can be filtered by, with their stable words.
pub(super) const MOODS: [(&str, Mood); 6] = [
    ("dying", Mood::Dying),
    ("fading", Mood::Fading),
    ("dead", Mood::Dead),
    ("steady", Mood::Steady),
    ("lively", Mood::Lively),
    ("unknown", Mood::Unknown),
];

/// Tone of a verdict's badge.
pub(super) fn tone(mood: Mood) -> &'static str {
    match mood {
        Mood::Lively => "success",
        Mood::Steady => "azure",
        Mood::Fading => "warning",
        Mood::Dying => "danger",
        Mood::Dead | Mood::Unknown => "secondary",
    }
}

/// A kind (A14).
pub(crate) fn kind(kind: GroupKind, l: Lang) -> &'static str {
    match kind {
        GroupKind::Activity => l.pick("活动群", "Activity group"),
        GroupKind::Benefit => l.pick("福利群", "Benefit group"),
        GroupKind::Member => l.pick("会员群", "Members' group"),
        GroupKind::Interest => l.pick("兴趣群", "Interest group"),
    }
}

/// A purpose (A01).
pub(super) fn purpose(purpose: Purpose, l: Lang) -> &'static str {
    match purpose {
        Purpose::Traffic => l.pick("裂变引流", "Bring people in"),
        Purpose::Content => l.pick("产生内容", "Produce content"),
        Purpose::Service => l.pick("服务用户", "Serve users"),
        Purpose::Exchange => l.pick("交流", "Exchange"),
        Purpose::Conversion => l.pick("转化", "Conversion"),
    }
}

/// A step of the set-up.
pub(super) fn step(field: StepField, l: Lang) -> &'static str {
    match field {
        StepField::Name => l.pick("起群名", "Name the group"),
        StepField::Staffing => l.pick("定负责人和后备", "Name an owner and a back-up"),
        StepField::Purpose => l.pick("选运营目的", "Say what it is for"),
        StepField::Kind => l.pick("选群类型", "Pick a kind"),
        StepField::Threshold => l.pick("写进群门槛", "Say who may come in"),
        StepField::Rules => l.pick("写群规", "Write the rules"),
        StepField::Announcement => l.pick("发群公告", "Publish an announcement"),
        StepField::Welcome => l.pick("写欢迎语", "Write a welcome"),
        StepField::Pin => l.pick("置顶一条消息", "Pin a message"),
    }
}

/// A column to order by.
pub(super) fn order(order: Order, l: Lang) -> &'static str {
    match order {
        Order::Trouble => l.pick("健康度", "Verdict"),
        Order::Name => l.pick("社群", "Group"),
        Order::Members => l.pick("人数", "Members"),
        Order::Net => l.pick("7 天净增", "Net, 7 days"),
        Order::Speakers => l.pick("7 天发言人", "Speakers, 7 days"),
        Order::Last => l.pick("最近消息", "Last message"),
        Order::Waiting => l.pick("待回应", "Waiting"),
        Order::Owner => l.pick("负责人", "Owner"),
        Order::Backup => l.pick("后备", "Back-up"),
        Order::Kind => l.pick("类型", "Kind"),
    }
}

/// A sort of members.
pub(super) fn shown(shown: PeopleShown, l: Lang) -> &'static str {
    match shown {
        PeopleShown::In => l.pick("在群", "In the group"),
        PeopleShown::New => l.pick("7 天内进群", "New within 7 days"),
        PeopleShown::Silent => l.pick("从未发言", "Never wrote"),
        PeopleShown::Muted => l.pick("禁言中", "Muted"),
        PeopleShown::Keepers => l.pick("管理和官方号", "Keepers and bots"),
        PeopleShown::Left => l.pick("已退群", "Left"),
    }
}

/// A platform.
pub(super) fn platform(word: &str, l: Lang) -> String {
    match word {
        "web" => l.pick("活群网页群", "huoqun web chat").to_owned(),
        "wechat" => l.pick("微信", "WeChat").to_owned(),
        "wecom" => l.pick("企业微信", "WeCom").to_owned(),
        "feishu" => l.pick("飞书", "Feishu").to_owned(),
        "dingtalk" => l.pick("钉钉", "DingTalk").to_owned(),
        "qq" => "QQ".to_owned(),
        "whatsapp" => "WhatsApp".to_owned(),
        other => {
            let mut letters = other.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}
