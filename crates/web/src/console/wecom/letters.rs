//! How callbacks of a company go, and groups read anew on demand.

use app::console::Denied;
use app::wecom::{CallbackHealth, GroupHealth, Resynced};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Redirect, Response};
use domain::{Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::wecom::company::title;
use crate::console::wecom::letters_words::{how, kind, why};
use crate::console::wecom::sees;
use crate::console::{Frame, Notice, Place, Seated, encoded};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{count, date, moment, number};

/// Groups on a page.
const GROUPS: usize = 100;

/// A group: address and name, last letter, last reading, missing letters, why it was not told.
pub(crate) struct GroupLine {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) chat: String,
    pub(crate) last: String,
    pub(crate) read: String,
    pub(crate) missing: String,
    pub(crate) failure: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/letters.html")]
pub(crate) struct LettersPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    /// Whether the company is connected: only then it can be read.
    pub(crate) connected: bool,
    /// Token and key are not kept.
    pub(crate) unset: bool,
    pub(crate) figures: Vec<(&'static str, String)>,
    /// Day, kept, told again, not believed.
    pub(crate) days: Vec<[String; 4]>,
    /// Kind, how many, the last one.
    pub(crate) kinds: Vec<[String; 3]>,
    /// When, kind, why.
    pub(crate) aside: Vec<[String; 3]>,
    /// When, address and name of the group, how noticed, what was found.
    pub(crate) misses: Vec<Missed>,
    pub(crate) groups: Vec<GroupLine>,
    pub(crate) newer: Option<String>,
    pub(crate) older: Option<String>,
}

/// Which groups, and what was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    from: usize,
    done: Option<String>,
    came: u32,
    went: u32,
    others: u32,
    said: String,
}

/// `GET /settings/wecom/{account}/letters`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let (l, console) = (seated.visit.lang, house.console());
    let company = console.company(&seated.actor, account).await?;
    let health = console.callback_health(&seated.actor, account, asked.from).await?;
    let zone = console.zone(seated.actor.org).await?;
    let title = format!("{} · {}", title(&company, l), l.pick("回调", "Callbacks"));
    let frame = Frame::of(&house, &seated, Place::Settings, &title).await?;
    let frame = frame.saying(notice(&asked, l));
    let scene = (house.now(), &zone, l);
    let page = LettersPage::of((account, &health), asked.from, scene, frame);
    Ok(shown(&LettersPage { connected: company.gone.is_none(), ..page }))
}

/// Which group; all of them where none is said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Resync {
    chat: String,
}

/// `POST /settings/wecom/{account}/resyncs`
pub(super) async fn resync(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Form(asked): Form<Resync>,
) -> Result<Redirect, Trouble> {
    sees(&seated)?;
    let (console, page) = (house.console(), format!("/settings/wecom/{account}/letters"));
    let done = if asked.chat.is_empty() {
        console.pull_company(&seated.actor, account).await.map(|_| "done=all".to_owned())
    } else {
        let found = console.resync_group(&seated.actor, account, &asked.chat).await;
        found.map(|found| told(&found))
    };
    match done {
        Ok(done) => Ok(Redirect::to(&format!("{page}?{done}"))),
        Err(Denied::Wrong(_)) => Ok(Redirect::to(&format!("{page}?done=locked"))),
        Err(denied) => Err(denied.into()),
    }
}

fn told(found: &Resynced) -> String {
    if let Some(said) = &found.failure {
        return format!("done=failed&said={}", encoded(said));
    }
    let Resynced { came, went, others, .. } = found;
    format!("done=group&came={came}&went={went}&others={others}")
}

impl LettersPage {
    pub(super) fn of(
        (id, health): (i64, &CallbackHealth),
        from: usize,
        scene: (Millis, &Zone, Lang),
        frame: Frame,
    ) -> Self {
        let (now, zone, l) = scene;
        let at = |at: Millis| moment(at, now, zone, l);
        let or_never =
            |at: Option<Millis>| at.map_or_else(|| "–".to_owned(), |at| moment(at, now, zone, l));
        let today = zone.local(now).day;
        let name = |chat: &str| group(health, chat, l);
        let line = |one: &GroupHealth| {
            let (href, title) = name(&one.chat);
            GroupLine {
                href,
                title,
                chat: one.chat.clone(),
                last: or_never(one.last),
                read: or_never(one.read),
                missing: number(one.missing.into()),
                failure: one.failure.clone(),
            }
        };
        let page = |from: usize| format!("/settings/wecom/{id}/letters?from={from}#groups");
        Self {
            l,
            frame,
            id,
            connected: true,
            unset: health.is_set == Some(false),
            figures: figures(health, scene),
            days: health
                .days
                .iter()
                .map(|day| {
                    let counts = [day.taken, day.doubled, day.refused].map(number);
                    let [taken, doubled, refused] = counts;
                    [date(day.day, today, l), taken, doubled, refused]
                })
                .collect(),
            kinds: health
                .kinds
                .iter()
                .map(|row| [kind(&row.kind, l), number(row.letters), at(row.last)])
                .collect(),
            aside: health
                .aside
                .iter()
                .map(|row| [at(row.received), kind(&row.kind, l), why(&row.why, l)])
                .collect(),
            misses: misses(health, scene),
            groups: health.groups.iter().map(line).collect(),
            newer: (from > 0).then(|| page(from.saturating_sub(GROUPS))),
            older: (from + GROUPS < health.total).then(|| page(from + GROUPS)),
        }
    }
}

/// When, address and name of the group, how noticed, what was found.
type Missed = (String, (String, String), &'static str, String);

/// What no letter told.
fn misses(health: &CallbackHealth, (now, zone, l): (Millis, &Zone, Lang)) -> Vec<Missed> {
    let mut rows = Vec::with_capacity(health.misses.len());
    for miss in &health.misses {
        let found = found([miss.letters, miss.came, miss.went, miss.others], l);
        let name = group(health, &miss.chat, l);
        rows.push((moment(miss.at, now, zone, l), name, how(&miss.how, l), found));
    }
    rows
}

/// Address (or none) and name of a group.
fn group(health: &CallbackHealth, chat: &str, l: Lang) -> (String, String) {
    let Some((group, name)) = health.names.get(chat) else {
        return (String::new(), chat.to_owned());
    };
    let name = match name.as_str() {
        "" => l.pick("未命名的群", "a group without a name").to_owned(),
        name => name.to_owned(),
    };
    (group.map(|group| format!("/groups/{}", group.0)).unwrap_or_default(), name)
}

fn figures(
    health: &CallbackHealth,
    (now, zone, l): (Millis, &Zone, Lang),
) -> Vec<(&'static str, String)> {
    let last = health.kinds.iter().map(|row| row.last).max();
    let sum = |of: fn(&app::wecom::PostDay) -> u64| number(health.days.iter().map(of).sum());
    let (waiting, since) = health.waiting;
    let waiting = match since {
        Some(since) => {
            let since = moment(since, now, zone, l);
            l.pick(
                format!("{}（最早 {since}）", number(waiting)),
                format!("{} since {since}", number(waiting)),
            )
        }
        None => number(waiting),
    };
    vec![
        (
            l.pick("最近一封", "The last one"),
            last.map_or_else(|| "–".to_owned(), |at| moment(at, now, zone, l)),
        ),
        (l.pick("14 天收到", "Kept in 14 days"), sum(|day| day.taken)),
        (l.pick("重复的（只记一次）", "Told again, counted once"), sum(|day| day.doubled)),
        (l.pick("验不过没收的", "Not believed"), sum(|day| day.refused)),
        (l.pick("等着处理", "Waiting"), waiting),
        (l.pick("标签库", "Tags by name"), count(health.tags)),
    ]
}

/// What was found that no letter had told.
fn found([letters, came, went, others]: [u32; 4], l: Lang) -> String {
    let part = |count: u32, zh: &str, en: &str| {
        (count > 0).then(|| l.pick(format!("{zh} {count}"), format!("{count} {en}")))
    };
    let parts = [
        part(letters, "少了信", "letters missing"),
        part(came, "进群", "came"),
        part(went, "退群", "went"),
        part(others, "名字或公告", "name or notice"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(l.pick("，", ", "))
}

fn notice(asked: &Asked, l: Lang) -> Option<Notice> {
    let (tone, words) = match asked.done.as_deref()? {
        "group" => {
            let found = found([0, asked.came, asked.went, asked.others], l);
            let words = if found.is_empty() {
                l.pick("对过了，没有不同。", "Read anew: nothing was different.").to_owned()
            } else {
                l.pick(
                    format!("对过了，补上了：{found}。"),
                    format!("Read anew and made up for: {found}."),
                )
            };
            ("success", words)
        }
        "all" => (
            "success",
            l.pick(
                "正在把全部群重读一遍，和已有的对；找到的不同会列在下面，读完刷新看。",
                "All groups are being read anew; what differs is listed below when it is done.",
            )
            .to_owned(),
        ),
        "failed" => {
            let said = asked.said.chars().take(300).collect::<String>();
            ("danger", l.pick(format!("没有读到：{said}"), format!("It was not told: {said}")))
        }
        _ => (
            "danger",
            l.pick(
                "没有开始读：已经断开，或者 Secret 打不开。",
                "It was not begun: the company is disconnected, or its secret cannot be opened.",
            )
            .to_owned(),
        ),
    };
    Some(Notice { tone, words, undo: None })
}
