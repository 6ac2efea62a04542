//! The desk itself: who waits for an answer, the groups, a new group.

use std::collections::HashMap;

use app::live::{LiveGroupRow as GroupSummary, NewGroup, Refused, TaskRow, TaskState};
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{GroupId, OrgId, Zone};
use report::Lang;
use serde::Deserialize;

use crate::desk::door::Operator;
use crate::house::House;
use crate::line::{Cast, excerpt};
use crate::trouble::{Trouble, shown};
use crate::words::{ago, name_wrong, refused, task_word};

/// Zone of a new group.
const ZONE: &str = "Asia/Shanghai";

/// Tasks shown.
const TASKS_MAX: u32 = 50;

/// Groups shown.
const GROUPS_MAX: usize = 1_000;

/// Rows set aside that are counted.
const ASIDE_MAX: u32 = 100;

/// An open task.
pub(crate) struct TaskView {
    pub(crate) kind: String,
    pub(crate) who: String,
    pub(crate) group: String,
    pub(crate) group_id: i64,
    pub(crate) name: String,
    pub(crate) since: String,
    pub(crate) words: Option<String>,
    pub(crate) href: Option<String>,
}

/// A group in the list.
pub(crate) struct GroupView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) closed: bool,
    pub(crate) waiting: u32,
}

/// The page.
#[derive(Template)]
#[template(path = "desk/desk.html")]
pub(crate) struct DeskPage {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) aside: usize,
    pub(crate) tasks: Vec<TaskView>,
    pub(crate) open_tasks: u32,
    pub(crate) groups: Vec<GroupView>,
    pub(crate) typed: String,
    pub(crate) wrong: Option<String>,
    pub(crate) done: Option<String>,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Look {
    done: Option<String>,
}

/// `GET /desk`
pub(super) async fn page(
    State(house): State<House>,
    operator: Operator,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let mut page = desk(&house, &operator).await?;
    page.done = look.done.map(|_| page.l.pick("已完成。", "Done.").to_owned());
    Ok(shown(&page))
}

async fn desk(house: &House, operator: &Operator) -> Result<DeskPage, Trouble> {
    let (live, org, l) = (house.live(), operator.org, operator.visit.lang);
    let mut groups = live.groups(org).await?;
    groups.sort_by_key(|group| std::cmp::Reverse((group.open_tasks, group.last)));
    let open = live.tasks(org, TaskState::Open, TASKS_MAX).await?;
    let tasks = tasks(house, (org, l), &groups, open).await?;
    let group = |group: &GroupSummary| GroupView {
        id: group.group.0,
        name: group.name.clone(),
        about: about(group, house, l),
        closed: false,
        waiting: group.open_tasks,
    };
    Ok(DeskPage {
        l,
        title: l.pick("工作台 · 活群", "Desk · huoqun").to_owned(),
        aside: live.set_aside(org, ASIDE_MAX).await?.len(),
        tasks,
        open_tasks: groups.iter().map(|group| group.open_tasks).sum(),
        groups: groups.iter().take(GROUPS_MAX).map(group).collect(),
        typed: String::new(),
        wrong: None,
        done: None,
    })
}

/// People and last message of a group.
pub(super) fn about(group: &GroupSummary, house: &House, l: Lang) -> String {
    let people = l.pick(
        format!("{} 人", group.members),
        format!("{} {}", group.members, if group.members == 1 { "person" } else { "people" }),
    );
    let last = group.last.map_or_else(
        || l.pick("还没有消息", "no message yet").to_owned(),
        |last| {
            let ago = ago(last, house.now(), l);
            l.pick(format!("最近一条 {ago}"), format!("last message {ago}"))
        },
    );
    format!("{people} · {last}")
}

async fn tasks(
    house: &House,
    (org, l): (OrgId, Lang),
    groups: &[GroupSummary],
    open: Vec<TaskRow>,
) -> Result<Vec<TaskView>, Trouble> {
    let live = house.live();
    let mut by_group: HashMap<GroupId, Vec<TaskRow>> = HashMap::new();
    for task in open {
        by_group.entry(task.group).or_default().push(task);
    }
    let mut views = Vec::new();
    for (group, rows) in by_group {
        let code = live.links(org, group).await?.into_iter().next().map(|link| link.code);
        let keys: Vec<i64> = rows.iter().filter_map(|row| row.about).collect();
        let lines = live.lines_of(org, group, &keys).await?;
        let cast = Cast::of_some(live, (org, group), rows.iter().map(|row| row.who)).await?;
        let name = groups.iter().find(|one| one.group == group).map(|one| one.name.clone());
        for row in rows {
            let about = lines.iter().find(|line| Some(line.fact.source.key) == row.about);
            let href = code.as_ref().map(|code| match row.about {
                Some(key) => format!("/g/{code}?at={key}#m{key}"),
                None => format!("/g/{code}"),
            });
            let view = TaskView {
                kind: task_word(&row.kind, l),
                who: cast.name(row.who, l),
                group: name.clone().unwrap_or_default(),
                group_id: group.0,
                since: ago(row.since, house.now(), l),
                words: about.and_then(|line| line.words.as_deref()).map(excerpt),
                name: row.name,
                href,
            };
            views.push((row.since, view));
        }
    }
    views.sort_by_key(|(since, _)| *since);
    Ok(views.into_iter().map(|(_, view)| view).collect())
}

/// The form for a new group.
#[derive(Debug, Deserialize)]
pub(super) struct Opening {
    #[serde(default)]
    name: String,
}

/// `POST /desk/groups`
pub(super) async fn open(
    State(house): State<House>,
    operator: Operator,
    Form(form): Form<Opening>,
) -> Result<Response, Trouble> {
    operator.visit.may_act(&house)?;
    let opened = match chat::web::title(&form.name).map_err(name_wrong) {
        Ok(name) => {
            let new = NewGroup { name, zone: ZONE.to_owned() };
            house.live().open_group(operator.org, new).await.map_err(|no| said(&no, &house))
        }
        Err(wrong) => Err(wrong),
    };
    match opened {
        Ok(group) => Ok(Redirect::to(&format!("/desk/groups/{}", group.0)).into_response()),
        Err(trouble) if trouble.cause.is_some() => Err(trouble),
        Err(trouble) => {
            let mut page = desk(&house, &operator).await?;
            page.typed = form.name.chars().take(90).collect();
            page.wrong = Some(trouble.words(page.l).to_owned());
            let mut response = shown(&page);
            *response.status_mut() = trouble.status;
            Ok(response)
        }
    }
}

/// A refusal at the desk.
pub(super) fn said(no: &Refused, house: &House) -> Trouble {
    refused(no, &Zone::utc(), house.now())
}

/// The form of a task.
#[derive(Debug, Deserialize)]
pub(super) struct Closing {
    group: i64,
    name: String,
}

/// `POST /desk/tasks/closure`
pub(super) async fn close_task(
    State(house): State<House>,
    operator: Operator,
    Form(form): Form<Closing>,
) -> Result<Response, Trouble> {
    // Done already is done.
    house.live().close_task(operator.org, GroupId(form.group), &form.name).await?;
    Ok(Redirect::to("/desk?done=1").into_response())
}
