//! A row of Today as plain data.

use app::console::{Closing, Item, Reason};
use app::links::LinkAlarm;
use app::wecom::{OwnerlessWhy, WECOM};
use domain::{Action, IdentityId, Millis, Zone};
use report::Lang;

use crate::console::today::words;
use crate::house::House;
use crate::line::excerpt;
use crate::words::{ago, moment};

/// Letters of a longer text shown.
const TEXT_CHARS: usize = 280;

/// A form in the row that writes into the group.
pub(crate) struct WriteView {
    /// Minted for this form.
    pub(crate) mint: i64,
    /// What is typed already.
    pub(crate) text: String,
    pub(crate) wrong: Option<String>,
    /// A welcome instead of an answer.
    pub(crate) welcomes: bool,
    /// Shown at once.
    pub(crate) open: bool,
}

/// A row.
pub(crate) struct RowView {
    /// Names the row on the page.
    pub(crate) id: String,
    pub(crate) source: &'static str,
    pub(crate) key: String,
    pub(crate) kind: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) who: Option<String>,
    /// How the person's stay stands: since when in the group.
    pub(crate) stay: Option<String>,
    pub(crate) person: Option<u32>,
    pub(crate) group: Option<(i64, String)>,
    pub(crate) since: String,
    /// The moment, in full.
    pub(crate) at: String,
    pub(crate) owner: Option<String>,
    pub(crate) quote: Option<String>,
    pub(crate) says: Vec<String>,
    /// Where it leads: address and word.
    pub(crate) leads: Option<(String, &'static str)>,
    pub(crate) write: Option<WriteView>,
    /// Word on the button that calls it done; `None` when the role may not.
    pub(crate) done: Option<&'static str>,
    /// It cannot be taken back: asked for twice.
    pub(crate) asks_twice: bool,
    pub(crate) retries: bool,
    pub(crate) tends: bool,
}

/// What was typed into the form of a row, and what was wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) source: String,
    pub(super) key: String,
    pub(super) mint: i64,
    pub(super) text: String,
    pub(super) wrong: String,
}

/// Who looks, and how.
pub(super) struct Looker<'a> {
    pub(super) house: &'a House,
    pub(super) l: Lang,
    pub(super) tends: bool,
    pub(super) keeps: bool,
    /// They see companies on WeCom.
    pub(super) companies: bool,
    pub(super) zone: Zone,
    pub(super) typed: Option<Typed>,
}

impl Looker<'_> {
    pub(super) fn row(&self, item: &Item) -> RowView {
        let (l, row) = (self.l, &item.row);
        let now = self.house.now();
        let drops = matches!(row.closing, Closing::Drop(_));
        RowView {
            id: id(row.source, &row.key),
            source: row.source,
            key: row.key.clone(),
            kind: words::kind(&row.reason, l),
            tone: words::tone(&row.reason),
            who: self.who(item),
            stay: self.stay(item, now),
            person: row.person.map(|who: IdentityId| who.0),
            group: item.group.as_ref().map(|group| (group.group.0, group.name.clone())),
            since: self.since(item, now),
            at: moment(row.since, now, &self.zone, l),
            owner: item.owner.as_ref().map(|(_, name)| name.clone()),
            quote: quote(item),
            says: words::says(&row.reason, item.sends, l),
            leads: self.leads(item),
            write: self.write(item),
            done: (self.tends && (!drops || self.keeps))
                .then(|| words::done(&row.reason, item.sends, l)),
            asks_twice: drops,
            retries: drops && self.tends,
            tends: self.tends,
        }
    }

    fn who(&self, item: &Item) -> Option<String> {
        item.row.person?;
        let name = item.person.as_ref().map(|one| one.name.clone());
        let name = name.filter(|name| !name.is_empty());
        Some(name.unwrap_or_else(|| self.l.pick("（未留名）", "(no name)").to_owned()))
    }

    fn stay(&self, item: &Item, now: Millis) -> Option<String> {
        // On WeCom the platform's own time counts, not the day on which we began to read.
        let is_new = matches!(item.row.reason, Reason::Newcomer);
        let joined = if is_new { item.row.since } else { item.person.as_ref()?.joined };
        item.row.person?;
        let days = now.since(joined) / Millis::DAY;
        Some(match days {
            ..1 => self.l.pick("今天进群", "joined today").to_owned(),
            1..=365 => self.l.pick(format!("进群 {days} 天"), format!("here for {days} d")),
            _ => self.l.pick("进群一年以上", "here for over a year").to_owned(),
        })
    }

    fn since(&self, item: &Item, now: Millis) -> String {
        match item.row.reason {
            Reason::Ownerless(_)
            | Reason::Unled(_)
            | Reason::Filling(_)
            | Reason::Joins(_)
            | Reason::Leaves(_)
            | Reason::Code(
                LinkAlarm::AtEnd(..) | LinkAlarm::NearEnd(..) | LinkAlarm::Failing(..),
            ) => String::new(),
            Reason::Trouble(..) | Reason::LongDead(_) => {
                let ago = ago(item.row.since, now, self.l);
                self.l.pick(format!("最近动静 {ago}"), format!("last heard of {ago}"))
            }
            _ => ago(item.row.since, now, self.l),
        }
    }

    fn leads(&self, item: &Item) -> Option<(String, &'static str)> {
        let l = self.l;
        let group = item.group.as_ref().map(|group| group.group.0);
        match &item.row.reason {
            Reason::FirstPost(_) | Reason::Question(_) | Reason::Call(_) => {
                let place = item.line.as_ref().map(|line| line.fact.source.key);
                let at = place.map_or_else(String::new, |key| format!("?at={key}#m{key}"));
                Some((format!("/groups/{}/feed{at}", group?), l.pick("看前后文", "Context")))
            }
            Reason::Trouble(..) => {
                Some((format!("/groups/{}", group?), l.pick("看这个群", "Open")))
            }
            Reason::LongDead(_) => {
                Some(("/groups?mood=dead".to_owned(), l.pick("看这些群", "See them")))
            }
            Reason::Newcomer | Reason::Newcomers(..) => {
                Some((format!("/groups/{}/members", group?), l.pick("看成员", "Members")))
            }
            Reason::ImportFailed(_) => Some(("/imports".to_owned(), l.pick("看导入", "Imports"))),
            Reason::Ownerless(_) => {
                Some(("/groups?owner=none".to_owned(), l.pick("去指定负责人", "Name owners")))
            }
            Reason::Joins(_) | Reason::Leaves(_) => {
                Some((format!("/groups/{}/flow", group?), l.pick("看进退群", "Joins and leaves")))
            }
            Reason::Filling(_) => Some((format!("/groups/{}", group?), l.pick("看这个群", "Open"))),
            Reason::Unled(it) => match group.filter(|_| !self.companies) {
                Some(group) => Some((format!("/groups/{group}"), l.pick("看这个群", "Open"))),
                None => self.companies.then(|| {
                    let of = format!("/settings/wecom/{}", it.account);
                    match it.why {
                        OwnerlessWhy::Left => (of + "/handover", l.pick("去交接", "Hand over")),
                        OwnerlessWhy::OutOfSight => {
                            (of + "#ownerless", l.pick("看这些群", "See them"))
                        }
                    }
                }),
            },
            Reason::Refused(it) => {
                Some((format!("/settings/wecom/{}", it.account), l.pick("去处理", "Mend it")))
            }
            Reason::NoCards(it) => {
                Some((format!("/staff/{}", it.staff.0), l.pick("去改对应关系", "Who is who")))
            }
            Reason::Code(LinkAlarm::Domain(..)) => {
                Some(("/settings/links".to_owned(), l.pick("看域名", "Domains")))
            }
            Reason::Code(
                LinkAlarm::AtEnd(id, ..)
                | LinkAlarm::NearEnd(id, ..)
                | LinkAlarm::Failing(id, ..)
                | LinkAlarm::Checks(id, ..),
            ) => Some((format!("/codes/{id}"), l.pick("看这个码", "The code"))),
            _ => Some((format!("/groups/{}", group?), l.pick("去群里看", "Open"))),
        }
    }

    fn write(&self, item: &Item) -> Option<WriteView> {
        let l = self.l;
        // On WeCom nobody but the people in a group can write there.
        let live = item.group.as_ref().is_some_and(|group| group.live && group.platform != WECOM);
        let (welcomes, text) = match &item.row.reason {
            Reason::FirstPost(_) | Reason::Question(_) | Reason::Call(_) => (false, String::new()),
            Reason::Newcomer => {
                let name = item.person.as_ref().map(|one| one.name.clone()).unwrap_or_default();
                (true, welcome(&[name], l))
            }
            Reason::Newcomers(_, names) => (true, welcome(names, l)),
            _ => return None,
        };
        if !live || !self.tends {
            return None;
        }
        let mine = |typed: &&Typed| typed.source == item.row.source && typed.key == item.row.key;
        let typed = self.typed.as_ref().filter(mine);
        Some(WriteView {
            mint: typed.map_or_else(|| self.house.mint(), |typed| typed.mint),
            text: typed.map_or(text, |typed| typed.text.clone()),
            wrong: typed.map(|typed| typed.wrong.clone()),
            welcomes,
            open: typed.is_some(),
        })
    }
}

/// A welcome, prepared.
fn welcome(names: &[String], l: Lang) -> String {
    let called: String = names
        .iter()
        .filter(|name| !name.is_empty())
        .fold(String::new(), |called, name| called + "@" + name + " ");
    l.pick(
        format!("欢迎 {called}加入！可以先做个自我介绍，有什么想了解的直接在群里问。"),
        format!("Welcome {called}! Tell us a little about yourself, and ask whatever you like."),
    )
}

/// The words that a row is about.
pub(crate) fn quote(item: &Item) -> Option<String> {
    let words = item.line.as_ref().and_then(|line| line.words.as_deref()).map(str::to_owned);
    let action = || match item.action.as_ref()? {
        Action::Post { text, .. } | Action::Announce { text } => Some(text.to_string()),
        Action::Mute { .. } | Action::Remove { .. } => None,
    };
    let text = words.or_else(action)?;
    if text.chars().count() <= TEXT_CHARS { Some(text) } else { Some(excerpt(&text)) }
}

/// Names a row on the page: letters, digits and dashes.
pub(super) fn id(source: &str, key: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    format!("row-{source}-{}", key.chars().map(plain).collect::<String>())
}
