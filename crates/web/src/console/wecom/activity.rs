//! What the platform itself counted in the last 14 days, and owners under whom nothing happens.
//!
//! Invariant: each figure says that it is the platform's, and on how many days it stands; what was
//! not told is a dash.

use app::wecom::{ACTIVITY_DAYS, Activity, QuietOwner};
use askama::Template;
use report::Lang;

use crate::words::{number, times};

/// Owners who are shown, and groups of each.
const OWNERS_MAX: usize = 20;
const GROUPS_MAX: usize = 5;

/// An owner under whom nothing happens.
pub(crate) struct QuietView {
    pub(crate) owner: String,
    pub(crate) words: String,
    /// Address and name.
    pub(crate) groups: Vec<(String, String)>,
    /// How many more; empty for none.
    pub(crate) more: String,
}

/// The section.
#[derive(Template)]
#[template(path = "console/wecom/activity.html")]
pub(crate) struct ActivityPart {
    pub(crate) l: Lang,
    /// What the figures stand on; empty where nothing was told yet.
    pub(crate) base: String,
    pub(crate) figures: Vec<(&'static str, String)>,
    pub(crate) quiet: Vec<QuietView>,
    /// Whether owners were judged at all.
    pub(crate) judged: bool,
}

impl ActivityPart {
    pub(super) fn of(active: &Activity, l: Lang) -> Self {
        let told = active.told;
        let base = l.pick(
            format!(
                "企业微信的统计，不是 huoqun 数的：近 {ACTIVITY_DAYS} 天里拿到了 {told} 天，今天的要明天才有。\
                 企业微信不分群给消息数，也不分是谁发的。"
            ),
            format!(
                "Counted by WeCom, not here: {told} of the last {ACTIVITY_DAYS} days were told, \
                 today's comes tomorrow. WeCom tells messages neither by group nor by who wrote."
            ),
        );
        let figure = |value: Option<u64>| value.map_or_else(|| "–".to_owned(), number);
        let figures = vec![
            (l.pick("员工新加的客户", "New customers of staff"), figure(active.added)),
            (l.pick("员工单聊发出的消息", "Messages staff sent 1:1"), figure(active.sent)),
            (
                l.pick("客户群里的消息（所有人）", "Messages in groups, by anybody"),
                figure(active.in_groups),
            ),
        ];
        Self {
            l,
            base: if told == 0 { String::new() } else { base },
            figures,
            quiet: active.quiet.iter().take(OWNERS_MAX).map(|one| quiet(one, l)).collect(),
            judged: active.owners > 0,
        }
    }
}

fn quiet(one: &QuietOwner, l: Lang) -> QuietView {
    let count = u64::try_from(one.groups.len()).unwrap_or(u64::MAX);
    let groups = times(count, l, "个群", ["group", "groups"]);
    let words = if one.with_chats {
        l.pick(
            format!("{groups}里没有消息、没人进来，本人也没有和客户单聊（{} 天）", one.told),
            format!(
                "{groups}: no message, nobody came, no chat with customers ({} days)",
                one.told
            ),
        )
    } else {
        l.pick(
            format!("{groups}里没有消息、没人进来（{} 天；单聊数没有拿到）", one.told),
            format!("{groups}: no message, nobody came ({} days; chats were not told)", one.told),
        )
    };
    let name = |name: &str| match name {
        "" => l.pick("未命名的群", "a group without a name").to_owned(),
        name => name.to_owned(),
    };
    let shown = one.groups.iter().take(GROUPS_MAX);
    let more = one.groups.len().saturating_sub(GROUPS_MAX);
    QuietView {
        owner: one.owner.clone(),
        words,
        groups: shown.map(|(id, own)| (format!("/groups/{}", id.0), name(own))).collect(),
        more: match more {
            0 => String::new(),
            more => l.pick(format!("还有 {more} 个"), format!("{more} more")),
        },
    }
}
