//! Who waits for an answer, and what staff have to do: the list on the desk, and the whole of it
//! page by page. First-ever posts stand on top (H10), then questions, then calls; within each the
//! longest wait first. Nothing here is older than the tracker keeps: it withdraws its tasks.

use std::collections::HashMap;

use app::live::TaskRow;
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{GroupId, TaskKind};
use report::Lang;
use serde::Deserialize;

use crate::desk::door::Operator;
use crate::house::House;
use crate::line::{Cast, excerpt};
use crate::trouble::{Trouble, shown};
use crate::words::{ago, task_word};

/// Tasks on the desk.
pub(super) const ON_DESK: u32 = 20;

/// Tasks on a page of the whole list.
const ON_PAGE: u32 = 50;

/// An open task.
pub(crate) struct TaskView {
    pub(crate) kind: &'static str,
    pub(crate) kind_word: String,
    pub(crate) who: String,
    pub(crate) group: String,
    pub(crate) group_id: i64,
    pub(crate) name: String,
    pub(crate) since: String,
    pub(crate) words: Option<String>,
    pub(crate) href: Option<String>,
}

/// A kind with how many wait.
pub(crate) struct Chip {
    pub(crate) word: String,
    pub(crate) count: u32,
    pub(crate) href: String,
    pub(crate) on: bool,
}

/// A part of the list.
pub(crate) struct Waiting {
    pub(crate) total: u32,
    pub(crate) chips: Vec<Chip>,
    pub(crate) rows: Vec<TaskView>,
    /// Address of the list with the rest.
    pub(crate) rest: Option<String>,
    /// Where a closed task leads back to: kind and page of the whole list; empty on the desk.
    pub(crate) back: (&'static str, u32),
}

/// The whole list, page by page.
#[derive(Template)]
#[template(path = "desk/tasks.html")]
pub(crate) struct TasksPage {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) waiting: Waiting,
    pub(crate) earlier: Option<String>,
    pub(crate) done: Option<String>,
}

/// Which part of the list.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Look {
    #[serde(default)]
    kind: String,
    /// From 0.
    #[serde(default)]
    page: u32,
    done: Option<String>,
}

/// What is said after a task was closed.
pub(super) fn done(l: Lang) -> String {
    l.pick("已完成，不会再提醒这一条。", "Done: this one will not be asked for again.").to_owned()
}

/// `GET /desk/tasks`
pub(super) async fn page(
    State(house): State<House>,
    operator: Operator,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let l = operator.visit.lang;
    let kind = TaskKind::from_word(&look.kind);
    let skip = look.page.min(100_000) * ON_PAGE;
    let mut waiting = part(&house, &operator, kind, (skip, ON_PAGE)).await?;
    let page_of = |page| address(kind, page);
    let shown_rows = u32::try_from(waiting.rows.len()).unwrap_or(u32::MAX);
    let of_kind = waiting.chips.iter().filter(|chip| chip.on).map(|chip| chip.count).sum::<u32>();
    waiting.rest = (skip + shown_rows < of_kind).then(|| page_of(look.page + 1));
    waiting.back = (kind.map_or("all", TaskKind::word), look.page);
    Ok(shown(&TasksPage {
        l,
        title: l.pick("等人回应", "Waiting for an answer").to_owned(),
        waiting,
        earlier: (look.page > 0).then(|| page_of(look.page - 1)),
        done: look.done.map(|_| done(l)),
    }))
}

fn address(kind: Option<TaskKind>, page: u32) -> String {
    match (kind, page) {
        (None, 0) => "/desk/tasks".to_owned(),
        (None, page) => format!("/desk/tasks?page={page}"),
        (Some(kind), 0) => format!("/desk/tasks?kind={}", kind.word()),
        (Some(kind), page) => format!("/desk/tasks?kind={}&page={page}", kind.word()),
    }
}

/// A part of the list: of one kind or of all, the most pressing kind first.
pub(super) async fn part(
    house: &House,
    operator: &Operator,
    kind: Option<TaskKind>,
    (mut skip, limit): (u32, u32),
) -> Result<Waiting, Trouble> {
    let (live, org, l) = (house.live(), operator.org, operator.visit.lang);
    let counts: HashMap<TaskKind, u32> = live.task_counts(org).await?.into_iter().collect();
    let count = |kind: TaskKind| counts.get(&kind).copied().unwrap_or(0);
    let total: u32 = counts.values().sum();
    let mut chips = vec![Chip {
        word: l.pick("全部", "All").to_owned(),
        count: total,
        href: address(None, 0),
        on: kind.is_none(),
    }];
    let mut found: Vec<TaskRow> = Vec::new();
    for one in TaskKind::ALL.into_iter().filter(|one| count(*one) > 0) {
        let (word, href, on) = (task_word(one, l), address(Some(one), 0), kind == Some(one));
        chips.push(Chip { word, count: count(one), href, on });
        let left = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(limit));
        if kind.is_some_and(|kind| kind != one) || left == 0 {
            continue;
        }
        if skip < count(one) {
            found.extend(live.tasks_of_kind(org, one, (skip, left)).await?);
        }
        skip = skip.saturating_sub(count(one));
    }
    let rows = views(house, operator, found).await?;
    Ok(Waiting { total, chips, rows, rest: None, back: ("", 0) })
}

async fn views(
    house: &House,
    operator: &Operator,
    found: Vec<TaskRow>,
) -> Result<Vec<TaskView>, Trouble> {
    let (live, org, l) = (house.live(), operator.org, operator.visit.lang);
    let mut by_group: HashMap<GroupId, Vec<(usize, TaskRow)>> = HashMap::new();
    for (place, task) in found.into_iter().enumerate() {
        by_group.entry(task.group).or_default().push((place, task));
    }
    let mut views = Vec::new();
    for (group, rows) in by_group {
        let code = live.links(org, group).await?.into_iter().next().map(|link| link.code);
        let keys: Vec<i64> = rows.iter().filter_map(|(_, row)| row.about).collect();
        let lines = live.lines_of(org, group, &keys).await?;
        let people = rows.iter().map(|(_, row)| row.who);
        let cast = Cast::of_some(live, (org, group), people).await?;
        let name = live.name(org, group).await?.unwrap_or_default();
        for (place, row) in rows {
            let Some(kind) = TaskKind::from_word(&row.kind) else { continue };
            let about = lines.iter().find(|line| Some(line.fact.source.key) == row.about);
            let href = code.as_ref().map(|code| match row.about {
                Some(key) => format!("/g/{code}?at={key}#m{key}"),
                None => format!("/g/{code}"),
            });
            let view = TaskView {
                kind: kind.word(),
                kind_word: task_word(kind, l),
                who: cast.name(row.who, l),
                group: name.clone(),
                group_id: group.0,
                since: ago(row.since, house.now(), l),
                words: about.and_then(|line| line.words.as_deref()).map(excerpt),
                name: row.name,
                href,
            };
            views.push((place, view));
        }
    }
    views.sort_by_key(|(place, _)| *place);
    Ok(views.into_iter().map(|(_, view)| view).collect())
}

/// The form of a task.
#[derive(Debug, Deserialize)]
pub(super) struct Closing {
    group: i64,
    name: String,
    /// Of the list that it was closed on: `all`, a kind, or nothing on the desk.
    #[serde(default)]
    kind: String,
    #[serde(default)]
    page: u32,
}

/// `POST /desk/tasks/closure`: staff have seen to it; it is not asked for again.
pub(super) async fn close(
    State(house): State<House>,
    operator: Operator,
    Form(form): Form<Closing>,
) -> Result<Response, Trouble> {
    // Done already is done.
    house.live().close_task(operator.org, GroupId(form.group), &form.name).await?;
    let to = if form.kind.is_empty() {
        "/desk?done=1".to_owned()
    } else {
        let list = address(TaskKind::from_word(&form.kind), form.page);
        format!("{list}{}done=1", if list.contains('?') { '&' } else { '?' })
    };
    Ok(Redirect::to(&to).into_response())
}
