//! Lines that say what happened in a group.

use domain::ServiceKind;
use report::Lang;

/// What a service line says; `who` did it, to `other` where there is somebody. `None`: not shown.
pub(crate) fn note(kind: ServiceKind, who: &str, other: &str, lang: Lang) -> Option<String> {
    let [zh, en] = match kind {
        ServiceKind::Founded => ["群聊开始了".to_owned(), "The group began".to_owned()],
        ServiceKind::GroupName => [format!("{who} 修改了群名"), format!("{who} renamed the group")],
        ServiceKind::Announcement | ServiceKind::Topic => {
            [format!("{who} 更新了群公告"), format!("{who} changed the announcement")]
        }
        ServiceKind::Pin => [format!("{who} 置顶了一条消息"), format!("{who} pinned a message")],
        ServiceKind::Unpin => {
            [format!("{who} 取消了一条置顶"), format!("{who} unpinned a message")]
        }
        ServiceKind::Mute => [format!("{who} 让 {other} 禁言了"), format!("{who} muted {other}")],
        ServiceKind::Unmute => [format!("{other} 可以发言了"), format!("{other} may speak again")],
        ServiceKind::Rules => [format!("{who} 更新了群规"), format!("{who} changed the rules")],
        ServiceKind::Closed => [format!("{who} 关闭了群聊"), format!("{who} closed the group")],
        ServiceKind::Reopened => {
            [format!("{who} 重新打开了群聊"), format!("{who} opened the group again")]
        }
        _ => return None,
    };
    Some(lang.pick(zh, en))
}
