//! What groups of a kind usually begin with (A14): words to start from. Nothing of it is in force
//! before somebody has read it and saved or published it.

use app::console::groups::{GroupKind, Purpose};
use report::Lang;

/// The five areas that a kind fills in.
pub(super) struct Pack {
    /// Purposes with their weights, 1–3.
    pub(super) purposes: &'static [(Purpose, u8)],
    threshold: [&'static str; 2],
    welcome: [&'static str; 2],
    announcement: [&'static str; 2],
    rules: [&'static str; 2],
}

impl Pack {
    pub(super) fn threshold(&self, l: Lang) -> &'static str {
        l.pick(self.threshold[0], self.threshold[1])
    }

    pub(super) fn welcome(&self, l: Lang) -> &'static str {
        l.pick(self.welcome[0], self.welcome[1])
    }

    pub(super) fn announcement(&self, l: Lang) -> &'static str {
        l.pick(self.announcement[0], self.announcement[1])
    }

    pub(super) fn rules(&self, l: Lang) -> &'static str {
        l.pick(self.rules[0], self.rules[1])
    }
}

/// The pack of a kind.
pub(super) fn pack(kind: GroupKind) -> &'static Pack {
    match kind {
        GroupKind::Activity => &ACTIVITY,
        GroupKind::Benefit => &BENEFIT,
        GroupKind::Member => &MEMBER,
        GroupKind::Interest => &INTEREST,
    }
}

static ACTIVITY: Pack = Pack {
    purposes: &[(Purpose::Traffic, 3), (Purpose::Exchange, 2)],
    threshold: ["报名了本次活动的人", "Whoever signed up for this event"],
    welcome: [
        "欢迎来参加活动！时间、地点和流程都在群公告里。有问题直接在群里问，当天也在这里通知。",
        "Welcome! Time, place and programme are in the announcement. Ask here; on the day we \
         tell you here, too.",
    ],
    announcement: [
        "【活动安排】\n时间：\n地点：\n流程：\n要带的东西：\n联系人：\n活动结束后本群保留 7 天，之后关闭；想继续参加的，活动后会发长期群的链接。",
        "[The event]\n\
         Time:\n\
         Place:\n\
         Programme:\n\
         What to bring:\n\
         Whom to ask:\n\
         This group stays open for 7 days after the event; a link to our lasting group \
         follows for those who want to go on.",
    ],
    rules: [
        "1. 群里只聊和这次活动有关的事。\n2. 不发广告，不私下加人推销。\n3. 来不了请提前说一声，名额留给别人。\n4. 别人的照片和联系方式，本人同意才能外传。",
        "1. Talk about this event here.\n\
         2. No advertising, no selling in private messages.\n\
         3. Say so early if you cannot come: somebody else takes the place.\n\
         4. Pass on pictures and contacts of others only if they agree.",
    ],
};

static BENEFIT: Pack = Pack {
    purposes: &[(Purpose::Conversion, 3), (Purpose::Traffic, 2)],
    threshold: ["在店里买过东西的顾客，一人进一个福利群", "Customers; one benefit group each"],
    welcome: [
        "欢迎进群！每周的福利在固定时间发，规则写在群公告里。先看公告，少走弯路；领取有问题随时找管理员。",
        "Welcome! Benefits come at fixed times every week; how it works is in the \
         announcement. Ask an admin whenever something does not work.",
    ],
    announcement: [
        "【福利说明】\n发放时间：\n领取方式：\n截止时间：\n每人限领：\n售后找：\n发完即止，以本公告为准。",
        "[Benefits]\n\
         When:\n\
         How to take part:\n\
         Until:\n\
         Limit for each:\n\
         After-sales:\n\
         While stocks last; this announcement counts.",
    ],
    rules: [
        "1. 一人一个账号，用小号重复领取的取消资格。\n2. 不发广告、不发其他群的链接。\n3. 晒单请发真实的照片。\n4. 有问题先找管理员，不在群里刷屏。",
        "1. One account each: who claims twice loses the claim.\n\
         2. No advertising, no links to other groups.\n\
         3. Show real pictures of what you bought.\n\
         4. Take problems to an admin first; do not flood the group.",
    ],
};

static MEMBER: Pack = Pack {
    purposes: &[(Purpose::Service, 3), (Purpose::Conversion, 2)],
    threshold: [
        "会员在有效期内的人；到期前一周提醒",
        "Members in good standing; reminded a week before it ends",
    ],
    welcome: [
        "欢迎加入会员群！会员权益和客服时间见群公告。请简单介绍一下自己，说说最想解决的问题，我们好帮上忙。",
        "Welcome to the members' group! Your rights and our hours are in the announcement. \
         Say a word about yourself and what you want solved, so that we can help.",
    ],
    announcement: [
        "【会员权益】\n1. \n2. \n3. \n答疑时间：工作日 9:00–21:00，群里提问 15 分钟内有人回应。\n专属客服：",
        "[Your rights as a member]\n\
         1. \n\
         2. \n\
         3. \n\
         Questions: weekdays 9:00–21:00, answered here within 15 minutes.\n\
         Your contact:",
    ],
    rules: [
        "1. 提问把情况说完整，方便大家帮你。\n2. 会员资料仅供本人使用，不外传。\n3. 尊重不同意见，不做人身攻击。\n4. 不发广告，不私下加会员推销。",
        "1. Ask with all it takes to answer.\n\
         2. What members get is for members: do not pass it on.\n\
         3. Respect other views; attack nobody.\n\
         4. No advertising, no selling to members in private.",
    ],
};

static INTEREST: Pack = Pack {
    purposes: &[(Purpose::Exchange, 3), (Purpose::Content, 2)],
    threshold: [
        "对这个话题有兴趣、愿意分享的人",
        "Whoever likes the subject and is ready to share",
    ],
    welcome: [
        "欢迎新朋友！介绍一下自己吧：在哪个城市、玩了多久、最近在研究什么。老朋友们记得打个招呼。",
        "Welcome! Tell us where you are, how long you have been at it, and what you are \
         trying now. Old hands, say hello.",
    ],
    announcement: [
        "【本群聊什么】\n每周固定话题：\n作品和经验分享：\n线下活动：\n精华内容整理在：",
        "[What we talk about]\n\
         Subject of the week:\n\
         Works and experience:\n\
         Meetings:\n\
         The best of it is collected at:",
    ],
    rules: [
        "1. 多分享自己的经验，转载注明出处。\n2. 新手问题不嘲笑，老手多带一带。\n3. 不聊政治和无关的争论。\n4. 广告和二手交易先问管理员。",
        "1. Share your own experience; name the source of what is not yours.\n\
         2. No beginner's question is laughed at.\n\
         3. No politics, no quarrels that lead away.\n\
         4. Ask an admin before advertising or selling second-hand.",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    // catalogue: A14
    #[test]
    fn every_kind_fills_all_five_areas_within_what_a_group_may_hold() {
        for kind in GroupKind::ALL {
            let pack = pack(kind);
            assert!(pack.purposes.iter().all(|(_, weight)| (1..=3).contains(weight)));
            assert!(!pack.purposes.is_empty());
            for l in Lang::ALL {
                let texts =
                    [pack.threshold(l), pack.welcome(l), pack.announcement(l), pack.rules(l)];
                for text in texts {
                    assert!(!text.trim().is_empty());
                    assert!(text.chars().count() <= chat::web::NOTICE_CHARS_MAX as usize);
                }
            }
        }
    }
}
