//! The people or messages that a figure of one group counted.

use app::console::figures::{
    BEHIND_MAX, Behind, Listed, MessageBehind, PersonBehind, defined, tally,
};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{GroupId, May, Millis, Zone};
use insights::Unit;
use report::{Lang, Said};

use crate::console::figures::asked::{Asked, WindowForm, query};
use crate::console::figures::board::said;
use crate::console::figures::words::{left, number};
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{cell, moment};

/// Somebody of the list.
pub(crate) struct PersonRow {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) role: &'static str,
    /// Cells of the columns.
    pub(crate) cells: Vec<String>,
}

/// A message of the list.
pub(crate) struct MessageRow {
    pub(crate) href: Option<String>,
    pub(crate) words: String,
    pub(crate) who: String,
    pub(crate) id: u32,
    pub(crate) when: String,
    /// Tone and words.
    pub(crate) state: (&'static str, String),
}

/// The page.
#[derive(Template)]
#[template(path = "console/figures/behind.html")]
pub(crate) struct BehindPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) form: String,
    pub(crate) query: String,
    pub(crate) code: &'static str,
    pub(crate) group: i64,
    pub(crate) group_name: String,
    pub(crate) value: Option<Said>,
    pub(crate) formula: &'static str,
    pub(crate) columns: Vec<&'static str>,
    pub(crate) people: Vec<PersonRow>,
    pub(crate) messages: Vec<MessageRow>,
    pub(crate) total: String,
    pub(crate) cut: bool,
    pub(crate) may_export: bool,
}

pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path((code, group)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (metric, kind) = defined(&code).zip(Behind::of(&code)).ok_or_else(Trouble::missing)?;
    let (period, wrong) = asked.period(&house, &seated.actor).await?;
    let group = GroupId(group);
    let console = house.console();
    let (line, _) = console.figure_line(&seated.actor, group, period).await?;
    let list = console.behind(&seated.actor, group, (period.span, kind), BEHIND_MAX).await?;
    let zone = console.zone_of_group(&seated.actor, group).await?;
    let name = l.pick(metric.name.zh, metric.name.en);
    let address = format!("/figures/{}/groups/{}", metric.code, group.0);
    let form = WindowForm::of(l, &address, &asked, (&period, &wrong));
    let value = tally(metric.code).zip(line.pair(metric.code));
    let (total, cut) = (list.total, list.total > BEHIND_MAX);
    let (columns, people, messages) = rows(&list, kind, (group, &zone, house.now()), l);
    Ok(shown(&BehindPage {
        frame: Frame::of(&house, &seated, Place::Figures, name).await?,
        l,
        form: form.render().unwrap_or_default(),
        query: query(&period),
        code: metric.code,
        group: group.0,
        group_name: line.name.clone(),
        value: value.map(|(tally, pair)| said(tally, pair, l)),
        formula: l.pick(metric.formula.zh, metric.formula.en),
        columns,
        people,
        messages,
        total: number(total as u64, l),
        cut,
        may_export: seated.actor.may(May::Keep),
    }))
}

type Rows = (Vec<&'static str>, Vec<PersonRow>, Vec<MessageRow>);

/// Columns and rows of a list in words.
pub(crate) fn rows(
    list: &Listed,
    kind: Behind,
    (group, zone, now): (GroupId, &Zone, Millis),
    l: Lang,
) -> Rows {
    let columns = columns(kind, l);
    let told = |one: &PersonBehind| {
        let cells = cells(one, kind, |at| moment(at, now, zone, l), l);
        cells.iter().map(|words| cell(words)).collect()
    };
    let person = |one: &PersonBehind| PersonRow {
        id: one.who.0,
        name: one.name.clone(),
        role: report::role(one.class, l),
        cells: told(one),
    };
    let message = |one: &MessageBehind| MessageRow {
        href: one.seq.map(|seq| format!("/groups/{}/feed?at={}", group.0, seq.0)),
        words: one.words.clone(),
        who: one.name.clone(),
        id: one.who.0,
        when: moment(one.at, now, zone, l),
        state: state(one, l),
    };
    let people = list.people.iter().map(person).collect();
    (columns, people, list.messages.iter().map(message).collect())
}

/// Heads of the columns beside name and role.
pub(crate) fn columns(kind: Behind, l: Lang) -> Vec<&'static str> {
    match kind {
        Behind::Spoke | Behind::Effective => vec![
            l.pick("发言", "Messages"),
            l.pick("有效发言", "Effective"),
            l.pick("发言天数", "Days"),
            l.pick("最近发言", "Last wrote"),
        ],
        Behind::Came => vec![l.pick("进群时间", "Came"), l.pick("怎么进的", "How")],
        Behind::Left => vec![l.pick("退群时间", "Left"), l.pick("怎么退的", "How")],
        Behind::Kept => vec![
            l.pick("进群时间", "Came"),
            l.pick("怎么进的", "How"),
            l.pick("第 7 天还在群", "In after 7 days"),
        ],
        _ => Vec::new(),
    }
}

/// Cells of the columns.
pub(crate) fn cells(
    one: &PersonBehind,
    kind: Behind,
    said: impl Fn(Millis) -> String,
    l: Lang,
) -> Vec<String> {
    let at = one.at.map(said).unwrap_or_default();
    match kind {
        Behind::Spoke | Behind::Effective => vec![
            number(one.messages, l),
            number(one.effective, l),
            number(u64::from(one.days), l),
            one.last.map(|day| day.to_string()).unwrap_or_default(),
        ],
        Behind::Left => vec![at, one.left.map_or("", |how| left(how, l)).to_owned()],
        _ => {
            let came = one.came.map_or("", |how| report::manner(how, l)).to_owned();
            let kept = match one.kept {
                Some(true) => l.pick("还在", "yes"),
                Some(false) => l.pick("已退群", "no"),
                None => l.pick("还没到 7 天，或没有名字", "7 days are not over, or nameless"),
            };
            let mut cells = vec![at, came];
            cells.extend((kind == Behind::Kept).then(|| kept.to_owned()));
            cells
        }
    }
}

fn state(one: &MessageBehind, l: Lang) -> (&'static str, String) {
    match &one.answer {
        Some((ms, who)) => {
            let took = report::unit_value(*ms as f64, Unit::Duration, l);
            let words = match l {
                Lang::Zh => format!("{took}后 {who} 回应"),
                Lang::En => format!("{who} after {took}"),
            };
            ("green", words)
        }
        None if one.pending => {
            ("yellow", l.pick("还没人回，时限没到", "Open; time is not up").to_owned())
        }
        None => ("orange", l.pick("没人回", "Nobody answered").to_owned()),
    }
}
