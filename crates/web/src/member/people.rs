//! The list of members with their badges, and what is the viewer's own: name and leaving.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Json, Response};
use domain::{ActorClass, IdentityId};
use engine::Member;
use report::Lang;
use serde::Deserialize;

use crate::door::Visit;
use crate::house::House;
use crate::line::{Badge, color, face};
use crate::member::inside::muted;
use crate::member::{Inside, sheet};
use crate::trouble::{Trouble, shown};
use crate::words::moment;

/// People on one page; a group has rarely more.
const PEOPLE_MAX: usize = 500;

/// Names offered after an `@`.
const NAMES_MAX: usize = 2_000;

/// What of the list is wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Look {
    /// What can be done about this person.
    who: Option<u32>,
    part: Option<String>,
    done: Option<String>,
}

/// One member in the list.
pub(crate) struct Row {
    pub(crate) who: u32,
    pub(crate) name: String,
    pub(crate) face: String,
    pub(crate) color: u32,
    pub(crate) badge: Badge,
    pub(crate) me: bool,
    pub(crate) muted: Option<String>,
    pub(crate) since: String,
}

/// The page.
#[derive(Template)]
#[template(path = "member/members.html")]
pub(crate) struct People {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) base: String,
    pub(crate) count: usize,
    pub(crate) rows: Vec<Row>,
    pub(crate) more: usize,
    pub(crate) keeper: bool,
    pub(crate) my_name: Option<String>,
    pub(crate) wrong: Option<String>,
    pub(crate) done: Option<String>,
    pub(crate) rules: bool,
    pub(crate) keys: [i64; 2],
}

/// `GET /g/{code}/members`
pub(crate) async fn page(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    visit.may_read(&house)?;
    let (inside, me) = Inside::member(&house, &visit, &code).await?;
    if let Some(who) = look.who {
        let whole = look.part.is_none();
        return sheet::of_person((&house, &visit), (&inside, &me), IdentityId(who), whole).await;
    }
    let mut page = list((&house, &visit), (&inside, &me)).await?;
    page.done =
        look.done.map(|_| visit.lang.pick("昵称改好了。", "Your name is changed.").to_owned());
    Ok(shown(&page))
}

/// The page again, with the name that could not be taken.
pub(crate) async fn again(
    (house, visit): (&House, &Visit),
    (inside, me): (&Inside, &Member),
    typed: &str,
    trouble: &Trouble,
) -> Result<Response, Trouble> {
    let mut page = list((house, visit), (inside, me)).await?;
    page.my_name = Some(typed.chars().take(60).collect());
    page.wrong = Some(trouble.words(visit.lang).to_owned());
    let mut response = shown(&page);
    *response.status_mut() = trouble.status;
    Ok(response)
}

/// `GET /g/{code}/names`: names of members, for the picker after an `@`.
pub(crate) async fn names(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, Trouble> {
    visit.may_read(&house)?;
    let (inside, me) = Inside::member(&house, &visit, &code).await?;
    let members = house.live().members(inside.org, inside.group).await?;
    let others = members.into_iter().filter(|one| one.is_in() && one.who != me.who);
    let names: Vec<Box<str>> = others.map(|one| one.name).take(NAMES_MAX).collect();
    Ok(Json(names).into_response())
}

async fn list(
    (house, visit): (&House, &Visit),
    (inside, me): (&Inside, &Member),
) -> Result<People, Trouble> {
    let l = visit.lang;
    let mut members = house.live().members(inside.org, inside.group).await?;
    members.retain(Member::is_in);
    members.sort_by_key(|one| (one.who != me.who, rank(one.class), one.joined));
    let count = members.len();
    let rows: Vec<Row> =
        members.iter().take(PEOPLE_MAX).map(|one| row(one, (inside, me), l)).collect();
    Ok(People {
        l,
        title: inside.room.name.clone(),
        base: inside.base(),
        count,
        more: count - rows.len(),
        rows,
        keeper: me.class.is_keeper(),
        my_name: inside.room.closed.is_none().then(|| me.name.to_string()),
        wrong: None,
        done: None,
        rules: true,
        keys: house.mint_many(),
    })
}

/// Who runs the group comes first.
fn rank(class: ActorClass) -> u8 {
    match class {
        ActorClass::Staff | ActorClass::Host => 0,
        ActorClass::Bot => 1,
        ActorClass::Member => 2,
    }
}

fn row(one: &Member, (inside, me): (&Inside, &Member), l: Lang) -> Row {
    let joined = moment(one.joined, inside.now, &inside.zone, l);
    let mut since = l.pick(format!("{joined} 进群"), format!("joined {joined}"));
    if one.stay > 1 {
        since += &l.pick(format!("（第 {} 次）", one.stay), format!(" (stay {})", one.stay));
    }
    if me.class.is_keeper() && !one.via.is_empty() {
        since = format!("{since} · {}", one.via);
    }
    let muted = muted(one, inside.now).map(|until| {
        let until = moment(until, inside.now, &inside.zone, l);
        l.pick(format!("禁言到 {until}"), format!("muted until {until}"))
    });
    Row {
        who: one.who.0,
        name: one.name.to_string(),
        face: face(&one.name),
        color: color(one.who),
        badge: Badge(one.class),
        me: one.who == me.who,
        muted,
        since,
    }
}
