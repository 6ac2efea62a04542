//! What happened with somebody, as lines of a page.

use app::console::{Happened, Happening, PersonView, Timeline};

use crate::console::people::view::Eye;
use crate::console::people::words;

/// A line of a timeline.
pub(crate) struct MomentLine {
    pub(crate) when: String,
    pub(crate) group: String,
    /// A tone of Tabler.
    pub(crate) tone: &'static str,
    pub(crate) what: String,
    /// Words of people, quoted.
    pub(crate) quote: String,
}

/// A timeline in words.
pub(super) fn lines(eye: &Eye, view: &PersonView, timeline: &Timeline) -> Vec<MomentLine> {
    timeline.happened.iter().map(|one| line(eye, view, one)).collect()
}

fn line(eye: &Eye, view: &PersonView, one: &Happened) -> MomentLine {
    let whole_day = matches!(one.what, Happening::Spoke(_) | Happening::SpokeFirst);
    let when = if whole_day { eye.day(one.at) } else { eye.when(one.at) };
    let group = one.group.map(|group| eye.group(view, group)).unwrap_or_default();
    let (tone, what, quote) = said(eye, view, &one.what);
    MomentLine { when, group, tone, what, quote }
}

type Said = (&'static str, String, String);

fn said(eye: &Eye, view: &PersonView, what: &Happening) -> Said {
    let l = eye.l;
    let plain = |tone, zh: &str, en: &str| (tone, l.pick(zh, en).to_owned(), String::new());
    match what {
        Happening::Joined(n, how, by, via) => {
            let mut words = words::joined(*how, l).to_owned();
            if let Some(name) = by.and_then(|by| view.names.get(&by)) {
                words += &l.pick(format!("（{name} 邀请）"), format!(" (by {name})"));
            }
            if !via.is_empty() {
                words += &l.pick(format!(" · 渠道「{via}」"), format!(" · by way of “{via}”"));
            }
            if *n > 1 {
                words += &l.pick(format!(" · 第{n}次入群"), format!(" · stay no. {n}"));
            }
            ("green", words, String::new())
        }
        Happening::Left(how) => ("orange", words::left(*how, l).to_owned(), String::new()),
        Happening::SpokeFirst => plain("green", "在群里第一次发言", "first message in the group"),
        Happening::Spoke(count) => {
            let words = l.pick(format!("发言 {count} 条"), format!("wrote {count}"));
            ("secondary", words, String::new())
        }
        Happening::Said(_, text) => ("secondary", l.pick("说", "said").to_owned(), text.clone()),
        Happening::Asked(_, text, answered) => asked(eye, text, *answered),
        Happening::Answered(_) => plain("blue", "回答了别人的问题", "answered a question"),
        other => staff_act(eye, view, other),
    }
}

fn asked(eye: &Eye, text: &str, answered: Option<domain::Millis>) -> Said {
    let Some(at) = answered else {
        let words = eye.l.pick("提问，还没人回答", "asked, not answered").to_owned();
        return ("red", words, text.to_owned());
    };
    let at = eye.when(at);
    let words = eye.l.pick(format!("提问，{at} 有人回答"), format!("asked, answered {at}"));
    ("blue", words, text.to_owned())
}

fn staff_act(eye: &Eye, view: &PersonView, what: &Happening) -> Said {
    let l = eye.l;
    let by = |by: &domain::StaffId| eye.staff(view, *by);
    match what {
        Happening::Tagged(name, why, staff) => {
            let by = by(staff);
            let words = l.pick(format!("{by} 打标签「{name}」"), format!("{by} tagged “{name}”"));
            ("purple", words, why.clone())
        }
        Happening::Untagged(name, staff) => {
            let by = by(staff);
            let words =
                l.pick(format!("{by} 取下标签「{name}」"), format!("{by} took off “{name}”"));
            ("secondary", words, String::new())
        }
        Happening::RanOut(name) => {
            let words = l.pick(format!("标签「{name}」到期"), format!("“{name}” ran out"));
            ("secondary", words, String::new())
        }
        Happening::Noted(text, staff) => {
            let by = by(staff);
            ("yellow", l.pick(format!("{by} 写备注"), format!("{by} noted")), text.clone())
        }
        Happening::Learned(name, value, source, staff) => {
            let (name, source) = (words::attribute(name, l), words::source(source, l).0);
            let by = by(staff);
            let words = l.pick(
                format!("{by} 记下{name}：{value}（{source}）"),
                format!("{by} wrote down {name}: {value} ({source})"),
            );
            ("teal", words, String::new())
        }
        Happening::Barred(reason, staff) => {
            let by = by(staff);
            let words = l.pick(format!("{by} 加入黑名单"), format!("{by} put on the blacklist"));
            ("red", words, reason.clone())
        }
        Happening::Appealed(text) => {
            ("orange", l.pick("申诉", "answered").to_owned(), text.clone())
        }
        Happening::Lifted(why, staff) => {
            let by = by(staff);
            let words = l.pick(format!("{by} 移出黑名单"), format!("{by} took off the blacklist"));
            ("green", words, why.clone())
        }
        Happening::Merged(account, why, staff) => {
            let (by, account) = (by(staff), view.record.accounts.iter().find(|a| a.id == *account));
            let name = account.map(|one| eye.name(&one.name, &one.platform, &one.key));
            let name = name.unwrap_or_default();
            let words = l.pick(format!("{by} 合并了「{name}」"), format!("{by} merged “{name}”"));
            ("blue", words, why.clone())
        }
        _ => ("secondary", String::new(), String::new()),
    }
}
