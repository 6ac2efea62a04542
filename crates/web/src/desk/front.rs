//! The desk itself: who waits for an answer, the groups, a new group.

use app::live::{LiveGroupRow as GroupSummary, NewGroup, Refused};
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Zone;
use report::Lang;
use serde::Deserialize;

use crate::desk::door::Operator;
use crate::desk::waiting::{self, ON_DESK, Waiting};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{ago, name_wrong, refused};

/// Zone of a new group.
const ZONE: &str = "Asia/Shanghai";

/// Groups on one page.
const GROUPS_MAX: usize = 100;

/// Rows set aside that are counted.
const ASIDE_MAX: u32 = 100;

/// Letters of a search that are looked at.
const SEARCH_CHARS_MAX: usize = 60;

/// A group in the list.
pub(crate) struct GroupView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) closed: bool,
    pub(crate) waiting: u32,
}

/// An order of the list of groups.
pub(crate) struct Order {
    pub(crate) code: &'static str,
    pub(crate) word: &'static str,
    pub(crate) on: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "desk/desk.html")]
pub(crate) struct DeskPage {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) demo: bool,
    pub(crate) aside: usize,
    pub(crate) waiting: Waiting,
    /// A phone shows the groups instead of who waits.
    pub(crate) show_groups: bool,
    pub(crate) all_groups: usize,
    pub(crate) found_groups: usize,
    pub(crate) groups: Vec<GroupView>,
    pub(crate) search: String,
    pub(crate) orders: Vec<Order>,
    pub(crate) typed: String,
    pub(crate) wrong: Option<String>,
    pub(crate) done: Option<String>,
}

/// What of the desk is wanted.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Look {
    done: Option<String>,
    /// `groups`: what a phone shows.
    #[serde(default)]
    show: String,
    /// Part of a group's name.
    #[serde(default)]
    q: String,
    /// `waiting`, `recent`, `people` or `name`.
    #[serde(default)]
    sort: String,
}

/// `GET /desk`
pub(super) async fn page(
    State(house): State<House>,
    operator: Operator,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let mut page = desk(&house, &operator, &look).await?;
    page.done = look.done.map(|_| waiting::done(page.l));
    Ok(shown(&page))
}

async fn desk(house: &House, operator: &Operator, look: &Look) -> Result<DeskPage, Trouble> {
    let (live, org, l) = (house.live(), operator.org, operator.visit.lang);
    let mut waiting = waiting::part(house, operator, None, (0, ON_DESK)).await?;
    if waiting.total > ON_DESK {
        waiting.rest = Some("/desk/tasks".to_owned());
    }
    let mut groups = live.groups(org).await?;
    let all_groups = groups.len();
    let search: String = look.q.trim().chars().take(SEARCH_CHARS_MAX).collect();
    let wanted = search.to_lowercase();
    groups.retain(|group| group.name.to_lowercase().contains(&wanted));
    sort(&mut groups, &look.sort);
    let mut views = Vec::new();
    for group in groups.iter().take(GROUPS_MAX) {
        views.push(GroupView {
            id: group.group.0,
            name: group.name.clone(),
            about: about(group, house, l),
            closed: live.closed(org, group.group).await?.is_some(),
            waiting: group.open_tasks,
        });
    }
    Ok(DeskPage {
        l,
        title: l.pick("工作台 · 活群", "Desk · huoqun").to_owned(),
        demo: live.is_demo(org).await?,
        aside: live.set_aside(org, ASIDE_MAX).await?.len(),
        waiting,
        show_groups: look.show == "groups" || all_groups == 0,
        all_groups,
        found_groups: groups.len(),
        groups: views,
        orders: orders(&look.sort, l),
        search,
        typed: String::new(),
        wrong: None,
        done: None,
    })
}

fn sort(groups: &mut [GroupSummary], order: &str) {
    use std::cmp::Reverse;
    match order {
        "recent" => groups.sort_by_key(|group| Reverse(group.last)),
        "people" => groups.sort_by_key(|group| Reverse(group.members)),
        "name" => groups.sort_by_key(|group| group.name.to_lowercase()),
        _ => groups.sort_by_key(|group| Reverse((group.open_tasks, group.last))),
    }
}

fn orders(chosen: &str, l: Lang) -> Vec<Order> {
    let all = [
        ("waiting", l.pick("待回应最多", "Most waiting")),
        ("recent", l.pick("最近有消息", "Latest message")),
        ("people", l.pick("人数最多", "Most people")),
        ("name", l.pick("按群名", "By name")),
    ];
    all.map(|(code, word)| Order { code, word, on: code == chosen }).into()
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
            l.pick(format!("最近动静 {ago}"), format!("last heard of {ago}"))
        },
    );
    format!("{people} · {last}")
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
            let look = Look { show: "groups".to_owned(), ..Look::default() };
            let mut page = desk(&house, &operator, &look).await?;
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
