//! What could not be processed (处理失败): look, try again, drop.

use std::collections::HashMap;

use app::live::SetAside;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{EventWhat, GroupId};
use report::Lang;

use crate::desk::door::Operator;
use crate::desk::front::said;
use crate::house::House;
use crate::line::excerpt;
use crate::trouble::{Trouble, shown};
use crate::words::ago;

/// Rows shown.
const ROWS_MAX: u32 = 200;

/// One row.
pub(crate) struct AsideView {
    pub(crate) id: i64,
    pub(crate) group: String,
    pub(crate) what: String,
    pub(crate) received: String,
    pub(crate) failure: String,
}

/// The page.
#[derive(Template)]
#[template(path = "desk/set_aside.html")]
pub(crate) struct AsidePage {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) rows: Vec<AsideView>,
}

/// `GET /desk/set-aside`
pub(super) async fn page(
    State(house): State<House>,
    operator: Operator,
) -> Result<Response, Trouble> {
    let (live, l) = (house.live(), operator.visit.lang);
    let groups = live.groups(operator.org).await?;
    let names: HashMap<GroupId, String> =
        groups.into_iter().map(|group| (group.group, group.name)).collect();
    let rows = live.set_aside(operator.org, ROWS_MAX).await?;
    let view = |row: SetAside| AsideView {
        id: row.id,
        group: names.get(&row.group).cloned().unwrap_or_default(),
        what: what(&row, l),
        received: ago(row.received, house.now(), l),
        failure: row.failure,
    };
    let title = l.pick("处理失败", "Set aside").to_owned();
    Ok(shown(&AsidePage { l, title, rows: rows.into_iter().map(view).collect() }))
}

fn what(row: &SetAside, l: Lang) -> String {
    match row.event.as_ref().map(|event| &event.what) {
        Some(EventWhat::Message(post)) => {
            l.pick("消息：", "message: ").to_owned() + &excerpt(&post.text)
        }
        Some(what) => what.word().to_owned(),
        None => l.pick("读不出来的内容", "something unreadable").to_owned(),
    }
}

/// `POST /desk/set-aside/{id}/retry`
pub(super) async fn retry(
    State(house): State<House>,
    operator: Operator,
    Path(id): Path<i64>,
) -> Result<Response, Trouble> {
    let found = house.live().retry_set_aside(operator.org, id).await;
    after(found.map_err(|no| said(&no, &house))?)
}

/// `POST /desk/set-aside/{id}/dismissal`
pub(super) async fn dismiss(
    State(house): State<House>,
    operator: Operator,
    Path(id): Path<i64>,
) -> Result<Response, Trouble> {
    after(house.live().drop_set_aside(operator.org, id).await?)
}

fn after(found: bool) -> Result<Response, Trouble> {
    if found {
        Ok(Redirect::to("/desk/set-aside").into_response())
    } else {
        Err(Trouble::missing())
    }
}
