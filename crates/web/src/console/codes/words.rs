//! Words for codes: what they lead to, how they and their targets stand, where they hang.

use app::links::{CodeKind, CodeLine, CodeState, CodeView, TargetNow, TargetView};
use domain::{Millis, Zone};
use report::Lang;

use crate::words::{moment, number, times};

/// What a kind of code is called.
pub(super) fn kind(kind: CodeKind, l: Lang) -> &'static str {
    match kind {
        CodeKind::Groups => l.pick("进群活码", "Group code"),
        CodeKind::Staff => l.pick("员工活码", "Staff code"),
        CodeKind::Web => l.pick("网址短链", "Web link"),
        CodeKind::Rules => l.pick("超级活码", "Super code"),
    }
}

/// What it is good for.
pub(super) fn kind_about(kind: CodeKind, l: Lang) -> &'static str {
    match kind {
        CodeKind::Groups => l.pick(
            "一个码，多个群：前一个满了自动换下一个，码不用重印。企业微信一个码最多 5 个群、满了就失效，\
             这里接着往后排，不限个数。",
            "One code, many groups: when one is full the next takes over and nothing is printed \
             again. WeCom's own code ends after 5 groups; this one goes on.",
        ),
        CodeKind::Staff => l.pick(
            "扫码加员工为好友：按权重轮流分，下班、休息、当天加满的人自动跳过。",
            "A scan adds somebody of staff: shared by weight, past whoever is off duty or has \
             enough for the day.",
        ),
        CodeKind::Web => l.pick(
            "跳到一个网址并计数：公众号文章、小红书主页、报名表。可以接在别的码前面，看每一跳掉了多少人。",
            "Leads to an address and counts: an article, a profile, a form. It can stand before \
             another code, so that each hop is measured.",
        ),
        CodeKind::Rules => l.pick(
            "同一个码，按时间、手机、投放位、是不是第一次来，去不同的活码。",
            "One code that leads to others, by time, phone, placement, and whether somebody came \
             before.",
        ),
    }
}

/// How a code stands: tone and words.
pub(super) fn state(
    (state, kind): (&CodeState, CodeKind),
    (now, zone, l): (Millis, &Zone, Lang),
) -> (&'static str, String) {
    match state {
        CodeState::Working => ("green", l.pick("正常", "Working").to_owned()),
        CodeState::Making(left) => {
            let left = number((*left).into());
            (
                "blue",
                l.pick(format!("正在生成，还差 {left} 个码"), format!("{left} codes being made")),
            )
        }
        CodeState::NearEnd(room) => {
            let room = number((*room).into());
            let words = match kind {
                CodeKind::Staff => {
                    l.pick(format!("今天还能接 {room} 人"), format!("Room for {room} today"))
                }
                _ => l.pick(format!("快满了，还能进 {room} 人"), format!("Room for {room} more")),
            };
            ("orange", words)
        }
        CodeState::AtEnd => {
            let words = match kind {
                CodeKind::Groups => l.pick("没有能进的群了", "No group has room"),
                CodeKind::Staff => l.pick("现在没人接待", "Nobody is there"),
                _ => l.pick("没有去处", "Leads nowhere"),
            };
            ("red", words.to_owned())
        }
        CodeState::Failing => ("red", l.pick("企业微信没接受", "Refused by WeCom").to_owned()),
        CodeState::Closed(at) => {
            let at = moment(*at, now, zone, l);
            ("secondary", l.pick(format!("{at} 关闭"), format!("closed {at}")))
        }
    }
}

/// How a target stands: tone and words.
pub(super) fn target(now: TargetNow, kind: CodeKind, l: Lang) -> (&'static str, &'static str) {
    match now {
        TargetNow::Next => ("teal", l.pick("现在引到这里", "Next scan lands here")),
        TargetNow::Open => ("green", l.pick("可以引人", "Takes people")),
        TargetNow::Full if kind == CodeKind::Staff => {
            ("yellow", l.pick("今天加满了", "Enough for today"))
        }
        TargetNow::Full => ("yellow", l.pick("满了", "Full")),
        TargetNow::OffDuty => ("secondary", l.pick("不在班", "Off duty")),
        TargetNow::Declining => ("orange", l.pick("在衰退，先不往里引", "Declines: passed over")),
        TargetNow::Gone => ("red", l.pick("找不到了", "Gone")),
    }
}

/// Why a target cannot be reached, and what to do.
pub(super) fn gone(kind: CodeKind, l: Lang) -> &'static str {
    match kind {
        CodeKind::Groups => l.pick(
            "群解散了，或者群主不在应用的可见范围里。把它从活码里去掉，或在「应用管理 → 这个应用 → 可见范围」加上群主。",
            "The group was dismissed, or its owner is out of the app's visible range. Take it \
             off, or add the owner under App Management → the app → visible range.",
        ),
        CodeKind::Staff => l.pick(
            "员工离职了，或者没有客户联系功能。把他从活码里去掉，或在「客户联系 → 权限配置」加上。",
            "The person left, or has no customer contact. Take them off, or add them under \
             Customer Contact → Permissions.",
        ),
        _ => l.pick("那个活码关闭了。", "That code is closed."),
    }
}

/// Where the next scan lands; empty: nowhere.
pub(super) fn lands(line: &CodeLine, l: Lang) -> String {
    let words = match line.kind {
        _ if matches!(line.state, CodeState::Closed(_)) => "",
        CodeKind::Rules => l.pick("按规则", "By rules"),
        _ if !line.lands.is_empty() => return called(&line.lands, l),
        _ if line.state == CodeState::AtEnd => "",
        CodeKind::Staff => l.pick("在班员工轮流", "Whoever is on duty, in turn"),
        CodeKind::Groups => l.pick("企业微信自动建的下一个群", "The next group, made by WeCom"),
        CodeKind::Web => "",
    };
    words.to_owned()
}

/// A name; a group without one stands under its `chat_id`, which nobody knows it by.
pub(super) fn called(name: &str, l: Lang) -> String {
    let is_id = name.starts_with("wr")
        && name.len() >= 24
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !is_id {
        return name.to_owned();
    }
    let end = name.get(name.len() - 4..).unwrap_or_default();
    l.pick(format!("未命名的群（…{end}）"), format!("A group without a name (…{end})"))
}

/// Why a scan lands where it does, in one sentence.
pub(super) fn why(view: &CodeView, l: Lang) -> &'static str {
    let next = view.targets.iter().find(|target| target.now == TargetNow::Next);
    match (view.line.kind, next) {
        (CodeKind::Groups, Some(next)) if next.is_spare && next.group.is_none() => {
            l.pick("没有能进的群了，先加备用员工。", "No group is left: the spare person is met.")
        }
        (CodeKind::Groups, Some(next)) if next.is_spare => {
            l.pick("前面的群都满了，用上了备用群。", "All groups before are full: a spare is used.")
        }
        (CodeKind::Groups, Some(_)) if view.form.skips_declining => l.pick(
            "按顺序第一个没满、也没在衰退的群。",
            "The first in order that is neither full nor declines.",
        ),
        (CodeKind::Groups, Some(_)) => {
            l.pick("按顺序第一个没满的群。", "The first in order that is not full.")
        }
        (CodeKind::Groups, None) if view.line.state != CodeState::AtEnd => l.pick(
            "都满了：再有人扫码，企业微信会自动建新群。",
            "All are full: with the next who comes WeCom makes another.",
        ),
        (CodeKind::Groups, None) => l.pick(
            "后面没有能进的群了。在「修改」里加群，马上生效。",
            "No group is left. Add one under “Change”: it counts at once.",
        ),
        (CodeKind::Staff, Some(next)) if next.is_spare => l.pick(
            "在班的都加满了或者没人在班，由备用员工接待。",
            "Nobody on duty has room: the spare person is met.",
        ),
        (CodeKind::Staff, None) if view.line.state != CodeState::AtEnd => {
            l.pick("在班、没加满的员工里按权重轮流。", "By weight among those on duty with room.")
        }
        (CodeKind::Staff, _) => l.pick(
            "现在没有在班的员工，扫码的人会看到「稍后再来」。可以设一个备用员工。",
            "Nobody is on duty: whoever scans is asked to come back. A spare person helps.",
        ),
        (CodeKind::Web, _) => l.pick("固定跳到这个网址。", "Always to this address."),
        (CodeKind::Rules, _) => {
            l.pick("从上往下，第一条符合的规则算数。", "The first rule from the top that fits.")
        }
    }
}

/// How full a target is: words, and done of all for a meter with its tone.
pub(super) fn fill(target: &TargetView, kind: CodeKind, l: Lang) -> (String, Option<(u32, u32)>) {
    let (Some(has), most) = (target.has, target.most) else { return (String::new(), None) };
    // Behind groups, too, somebody spare is met.
    let kind = if target.is_spare && most.is_none() { CodeKind::Staff } else { kind };
    let has_words = number(has.into());
    let words = match (kind, most) {
        (CodeKind::Staff, None) => {
            times(has.into(), l, "人（今天引来，不限）", ["led here today", "led here today"])
        }
        (CodeKind::Staff, Some(most)) => {
            let most = number(most.into());
            l.pick(format!("今天 {has_words} / {most} 人"), format!("{has_words} of {most} today"))
        }
        (_, None) => l.pick(format!("{has_words} 人"), format!("{has_words} people")),
        (_, Some(most)) => {
            let most = number(most.into());
            l.pick(format!("{has_words} / {most} 人"), format!("{has_words} of {most}"))
        }
    };
    (words, most.map(|most| (has.min(most), most)))
}

/// How near its end something is: a warning at 80, 90 and 95 % (B04).
pub(super) fn near_end(has: u32, most: u32) -> Option<(&'static str, u8)> {
    let percent = u64::from(has) * 100 / u64::from(most.max(1));
    match percent {
        95.. => Some(("red", 95)),
        90.. => Some(("orange", 90)),
        80.. => Some(("yellow", 80)),
        _ => None,
    }
}

/// Where a code hangs (B14, B15, B16).
pub(super) fn source(word: &str, l: Lang) -> &'static str {
    match word {
        "shop" => l.pick("门店", "Shop"),
        "station" => l.pick("驿站", "Parcel station"),
        "property" => l.pick("物业", "Property manager"),
        "leaflet" => l.pick("传单、地推", "Leaflets, street"),
        "official_account" => l.pick("公众号", "Official account"),
        "video_channel" => l.pick("视频号", "Video channel"),
        "moments_ads" => l.pick("朋友圈广告", "Moments ads"),
        "douyin" => l.pick("抖音", "Douyin"),
        "xiaohongshu" => l.pick("小红书", "Xiaohongshu"),
        "weibo" => l.pick("微博", "Weibo"),
        "bilibili" => l.pick("B 站", "Bilibili"),
        "zhihu" => l.pick("知乎", "Zhihu"),
        "friends" => l.pick("熟人转发", "Passed on by friends"),
        "other" => l.pick("其他", "Other"),
        _ => "",
    }
}

/// An amount of hundredths: `¥1,234.50`.
pub(super) fn money(cents: i64) -> String {
    let sign = if cents < 0 { "−" } else { "" };
    let (yuan, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    format!("{sign}¥{}.{rest:02}", number(yuan))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_their_hundredths() {
        let said = [0, 5, 123_450, -120].map(money);
        assert_eq!(said, ["¥0.00", "¥0.05", "¥1,234.50", "−¥1.20"]);
    }

    // catalogue: B04
    #[test]
    fn a_target_warns_at_eighty_ninety_and_ninety_five() {
        let percent = |has| near_end(has, 200).map(|(_, percent)| percent);
        assert_eq!(
            [159, 160, 180, 190, 200].map(percent),
            [None, Some(80), Some(90), Some(95), Some(95)]
        );
        assert_eq!(near_end(0, 0), None);
    }

    #[test]
    fn a_group_without_a_name_is_not_called_by_its_id() {
        let id = "wr9D2rw3rZ30lLMknDddsw1BPlva8D1r";
        assert_eq!(called(id, Lang::Zh), "未命名的群（…8D1r）");
        assert_eq!(called("wrong 公测3群", Lang::Zh), "wrong 公测3群");
    }

    #[test]
    fn every_source_has_words() {
        for word in app::links::SOURCES {
            assert!(Lang::ALL.iter().all(|l| !source(word, *l).is_empty()), "{word}");
        }
    }
}
