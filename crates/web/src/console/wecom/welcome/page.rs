//! The list: who reads what, what went out, and what came of it.

use std::collections::BTreeMap;

use app::wecom::{ChannelView, Direction, WelcomeState, Welcomes, WordingView};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Redirect, Response};
use domain::{Millis, Zone};
use engine::welcome::Hours;
use report::Lang;
use serde::Deserialize;

use crate::console::wecom::company::title;
use crate::console::wecom::sees;
use crate::console::wecom::welcome::blocks::{BlocksView, DutyView};
use crate::console::wecom::welcome::edit::channel;
use crate::console::wecom::welcome::slots::kind_word;
use crate::console::wecom::welcome::words::{state, why};
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{date, number};

/// States that are counted, in their order.
const COUNTED: [WelcomeState; 5] = [
    WelcomeState::Sent,
    WelcomeState::Late,
    WelcomeState::Refused,
    WelcomeState::Unknown,
    WelcomeState::Unwritten,
];

/// Letters of a wording in the list.
const START: usize = 60;

/// A wording in the list.
pub(crate) struct RowView {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// For whom.
    pub(crate) who: String,
    pub(crate) start: String,
    /// What goes with it.
    pub(crate) beside: String,
    /// It stands after one that takes everybody.
    pub(crate) is_idle: bool,
}

/// A welcome in the list.
pub(crate) struct LineView {
    pub(crate) at: String,
    pub(crate) customer: String,
    pub(crate) staff: String,
    /// Name and `state` of the channel.
    pub(crate) channel: (String, String),
    pub(crate) wording: String,
    pub(crate) state: (&'static str, &'static str),
    pub(crate) why: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/welcome/page.html")]
pub(crate) struct WelcomePage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    pub(crate) counts: Vec<(&'static str, String)>,
    pub(crate) rows: Vec<RowView>,
    pub(crate) has_default: bool,
    pub(crate) duty: DutyView,
    pub(crate) blocks: BlocksView,
    pub(crate) lines: Vec<LineView>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    pub(super) done: String,
}

/// `GET /settings/wecom/{account}/welcome`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let said = (DutyView::default(), BlocksView::default());
    let mut page = list((&house, &seated), account, said).await?;
    page.frame.notice = notice(&done.done, page.l);
    Ok(shown(&page))
}

/// The page, with forms of duty and blocks as they were typed, where they were.
pub(super) async fn list(
    (house, seated): (&House, &Seated),
    account: i64,
    (duty, blocks): (DutyView, BlocksView),
) -> Result<WelcomePage, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let company = console.company(&seated.actor, account).await?;
    let all = console.contact_welcomes(&seated.actor, account).await?;
    let zone = console.zone(seated.actor.org).await?;
    let title = format!("{} · {}", title(&company, l), l.pick("欢迎语", "Welcomes"));
    let frame = Frame::of(house, seated, Place::Settings, &title).await?;
    let (duty, blocks) = (duty.or(&all), blocks.or(&all));
    Ok(view((frame, account), &all, (duty, blocks), (house.now(), &zone, l)))
}

pub(super) fn view(
    (frame, id): (Frame, i64),
    all: &Welcomes,
    (duty, blocks): (DutyView, BlocksView),
    (now, zone, l): (Millis, &Zone, Lang),
) -> WelcomePage {
    let names: BTreeMap<&str, &str> =
        all.staff.iter().map(|(userid, name)| (userid.as_str(), name.as_str())).collect();
    let mut is_idle = false;
    let mut rows = Vec::new();
    for wording in &all.wordings {
        rows.push(row(wording, (&names, is_idle), l));
        is_idle = is_idle || wording.wording.when.is_default();
    }
    let counts = COUNTED.map(|one| {
        let count = all.counts.get(&one).copied().unwrap_or(0);
        (state(one, l).1, number(count))
    });
    let line = |one: &app::wecom::WelcomeLine| LineView {
        at: clock(one.at, (now, zone, l)),
        customer: one.customer.clone(),
        staff: one.staff.clone(),
        channel: one.channel.as_ref().map(channel).unwrap_or_default(),
        wording: one.wording.clone().unwrap_or_default(),
        state: state(one.state, l),
        why: why(one.state, &one.said, l),
    };
    WelcomePage {
        l,
        frame,
        id,
        counts: counts.to_vec(),
        rows,
        has_default: is_idle,
        duty,
        blocks,
        lines: all.latest.iter().map(line).collect(),
    }
}

/// `POST /settings/wecom/{account}/welcome/{nth}/move`
pub(super) async fn step(
    State(house): State<House>,
    seated: Seated,
    Path(key): Path<(i64, i64)>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Redirect, Trouble> {
    sees(&seated)?;
    let up = typed.iter().any(|(name, value)| name == "way" && value == "up");
    let way = if up { Direction::Up } else { Direction::Down };
    house.console().move_wording(&seated.actor, key, way).await?;
    Ok(Redirect::to(&format!("/settings/wecom/{}/welcome?done=moved", key.0)))
}

/// `POST /settings/wecom/{account}/welcome/{nth}/removal`
pub(super) async fn remove(
    State(house): State<House>,
    seated: Seated,
    Path(key): Path<(i64, i64)>,
) -> Result<Redirect, Trouble> {
    sees(&seated)?;
    house.console().remove_wording(&seated.actor, key).await?;
    Ok(Redirect::to(&format!("/settings/wecom/{}/welcome?done=removed", key.0)))
}

fn row(view: &WordingView, (names, is_idle): (&BTreeMap<&str, &str>, bool), l: Lang) -> RowView {
    let (when, wording) = (&view.wording.when, &view.wording);
    let mut who = Vec::new();
    let comma = l.pick("、", ", ");
    if !view.channels.is_empty() {
        let channels: Vec<&str> = view.channels.iter().map(ChannelView::called).collect();
        let channels = channels.join(comma);
        who.push(l.pick(format!("渠道：{channels}"), format!("channel: {channels}")));
    }
    if !when.staff.is_empty() {
        let name =
            |one: &String| names.get(one.as_str()).map_or(one.clone(), |name| (*name).to_owned());
        let staff: Vec<String> = when.staff.iter().map(name).collect();
        let staff = staff.join(comma);
        who.push(l.pick(format!("员工：{staff}"), format!("staff: {staff}")));
    }
    match when.hours {
        Hours::Any => {}
        Hours::OnDuty => who.push(l.pick("值班时间", "on duty").to_owned()),
        Hours::OffDuty => who.push(l.pick("非值班时间", "off duty").to_owned()),
    }
    if who.is_empty() {
        who.push(l.pick("所有人", "everybody").to_owned());
    }
    let mut start: String = wording.text.replace('\n', " ").chars().take(START).collect();
    if start.len() < wording.text.len() {
        start.push('…');
    }
    let beside: Vec<&str> = wording.beside.iter().map(|one| kind_word(one.word(), l)).collect();
    RowView {
        id: view.id,
        name: view.name.clone(),
        who: who.join(l.pick("；", "; ")),
        start,
        beside: beside.join(comma),
        is_idle,
    }
}

/// Day and clock, with seconds: seconds decide.
fn clock(at: Millis, (now, zone, l): (Millis, &Zone, Lang)) -> String {
    let civil = zone.civil(at);
    let day = date(zone.local(at).day, zone.local(now).day, l);
    format!("{day} {:02}:{:02}:{:02}", civil.hour(), civil.minute(), civil.second())
}

pub(super) fn notice(done: &str, l: Lang) -> Option<Notice> {
    let words = match done {
        "saved" => l.pick("已保存，下一位新客户就按新的发。", "Saved: the next newcomer reads it."),
        "moved" => l.pick("顺序已改。", "The order was changed."),
        "removed" => l.pick("已删除。", "Taken away."),
        "kept" => l.pick("已上传，可以在欢迎语里选它了。", "Uploaded: welcomes may use it now."),
        "retried" => l.pick("已重新提交。", "It is being tried again."),
        _ => return None,
    };
    Some(Notice { tone: "success", words: words.to_owned(), undo: None })
}
