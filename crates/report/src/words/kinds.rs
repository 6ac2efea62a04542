//! Words of kinds: moods, roles, media, idle reasons, things that wait, extents of evidence.

use crate::Lang;
use domain::{ActorClass, Extent, JoinManner, Media};
use insights::{Cause, CauseCode, Health, IdleReason, ItemFlags, Mood, OpenItem};

/// How alive a group is.
pub(crate) fn mood(mood: Mood, lang: Lang) -> &'static str {
    match mood {
        Mood::Lively => lang.pick("活跃", "Lively"),
        Mood::Steady => lang.pick("平稳", "Steady"),
        Mood::Fading => lang.pick("走弱", "Fading"),
        Mood::Dying => lang.pick("濒死", "Dying"),
        Mood::Dead => lang.pick("沉寂", "Silent"),
        Mood::Unknown => lang.pick("看不出来", "Cannot tell"),
    }
}

/// What that means.
pub(crate) fn mood_meaning(health: &Health, lang: Lang) -> &'static str {
    let is_less = |cause: &Cause| {
        let code = cause.code;
        matches!(code, CauseCode::SilentDays | CauseCode::FewerSpeakers | CauseCode::FewerMessages)
    };
    match health.mood {
        Mood::Steady if health.causes.iter().any(is_less) => lang.pick(
            "话不多，但对这个群来说还不算反常",
            "little is said, yet not unusually little for this group",
        ),
        Mood::Lively => lang.pick("大多数日子有不少人在聊", "many people talk on most days"),
        Mood::Steady => lang.pick("没有比平时冷清", "no quieter than usual"),
        Mood::Fading => {
            lang.pick("比以前冷清，或只靠少数人撑着", "less than it was, or carried by few")
        }
        Mood::Dying => lang.pick("几乎没人说话了", "hardly anybody talks"),
        Mood::Dead => lang.pick("已经没有人说话", "nobody talks any more"),
        Mood::Unknown => {
            lang.pick("这份数据判断不了群的状态", "this data cannot show how alive the group is")
        }
    }
}

/// The stable code of a mood.
pub(crate) fn mood_code(mood: Mood) -> &'static str {
    match mood {
        Mood::Lively => "lively",
        Mood::Steady => "steady",
        Mood::Fading => "fading",
        Mood::Dying => "dying",
        Mood::Dead => "dead",
        Mood::Unknown => "unknown",
    }
}

/// In which role somebody acts.
pub(crate) fn role(class: ActorClass, lang: Lang) -> &'static str {
    match class {
        ActorClass::Member => lang.pick("成员", "Member"),
        ActorClass::Staff => lang.pick("管理员", "Staff"),
        ActorClass::Host => lang.pick("官方号", "Declared host"),
        ActorClass::Bot => lang.pick("机器人", "Bot"),
    }
}

/// The stable code of a role.
pub(crate) fn role_code(class: ActorClass) -> &'static str {
    match class {
        ActorClass::Member => "member",
        ActorClass::Staff => "staff",
        ActorClass::Host => "host",
        ActorClass::Bot => "bot",
    }
}

/// Why a message is not effective.
pub(crate) fn idle(reason: IdleReason, lang: Lang) -> &'static str {
    match reason {
        IdleReason::Deleted => {
            lang.pick("已撤回或删除，只剩占位", "deleted: only a placeholder is left")
        }
        IdleReason::Command => {
            lang.pick("给机器人的口令（签到、抽奖等）", "a command to a bot or a play")
        }
        IdleReason::StickerOrEmoji => lang.pick("只有表情", "nothing but stickers or emoji"),
        IdleReason::Filler => {
            lang.pick("应声、问候、数字（“好”“1”“收到”）", "acknowledgements, greetings, digits")
        }
        IdleReason::BareMedia => lang.pick("只有图片、视频或语音，没有文字", "media without words"),
        IdleReason::TooShort => lang.pick("太短，说不成事", "too short to say something"),
        IdleReason::Repeated => {
            lang.pick("同一个人当天重复发的同样内容", "the same words again by the same person")
        }
    }
}

/// How somebody came in.
pub(crate) fn manner(how: JoinManner, lang: Lang) -> &'static str {
    match how {
        JoinManner::Unknown => lang.pick("没写怎么进的", "not told"),
        JoinManner::Link => lang.pick("群链接", "by link"),
        JoinManner::Invited => lang.pick("别人邀请", "invited"),
        JoinManner::Scan => lang.pick("扫码", "by code"),
        JoinManner::Approved => lang.pick("申请通过", "asked and let in"),
        JoinManner::Founding => lang.pick("建群时就在", "at the founding"),
        JoinManner::Community => lang.pick("从社区进来", "from the community"),
        JoinManner::Connection => lang.pick("上线", "connected"),
        JoinManner::Listed => lang.pick("在名单上", "on the list"),
    }
}

/// The stable code of a kind of media.
pub(crate) fn media_code(media: Media) -> &'static str {
    match media {
        Media::None => "none",
        Media::Image => "image",
        Media::Video => "video",
        Media::Audio => "audio",
        Media::Sticker => "sticker",
        Media::File => "file",
        Media::Location => "location",
        Media::Contact => "contact",
        Media::Link => "link",
        Media::Poll => "poll",
        Media::RedPacket => "red_packet",
        Media::Other => "other",
    }
}

/// How much of something a source tells.
pub(crate) fn extent(extent: Extent, lang: Lang) -> &'static str {
    match extent {
        Extent::None => lang.pick("没有", "none"),
        Extent::Partial => lang.pick("部分", "partly"),
        Extent::Full => lang.pick("完整", "complete"),
    }
}

/// The stable code of an extent.
pub(crate) fn extent_code(extent: Extent) -> &'static str {
    match extent {
        Extent::None => "none",
        Extent::Partial => "partial",
        Extent::Full => "full",
    }
}

/// Why something waits, strongest first; an answer is missing in any case.
pub(crate) fn item_labels(item: &OpenItem, lang: Lang) -> Vec<&'static str> {
    let held = ITEM_WORDS.into_iter().filter(|(flag, _)| item.flags.has(*flag));
    held.map(|(_, [_, zh, en])| lang.pick(zh, en)).take(2).collect()
}

/// All reasons why something waits, as codes.
pub(crate) fn item_words(item: &OpenItem) -> Vec<&'static str> {
    let held = ITEM_WORDS.into_iter().filter(|(flag, _)| item.flags.has(*flag));
    held.map(|(_, [code, ..])| code).collect()
}

const ITEM_WORDS: [(u8, [&str; 3]); 4] = [
    (ItemFlags::FIRST_POST, ["first_post", "第一次发言", "First post"]),
    (ItemFlags::QUESTION, ["question", "提问", "Question"]),
    (ItemFlags::CALL, ["call", "点名", "Call by name"]),
    (ItemFlags::OPENER, ["opener", "起话题", "Opener"]),
];
