//! Versions of the announcement and of the rules: who changed what, and when (A25, D17).

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{FactKind, Seq, ServiceKind};
use report::Lang;
use serde::Deserialize;

use crate::door::Visit;
use crate::house::House;
use crate::line::{Cast, linked};
use crate::member::Inside;
use crate::trouble::{Trouble, shown};
use crate::words::moment;

/// Lines read at once.
const CHUNK: u32 = 500;

/// Lines looked through for one page; then the reader asks for more.
const LOOKED_MAX: u32 = 10_000;

/// From where to look back.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Look {
    before: Option<i64>,
}

/// One version.
pub(crate) struct NoticeView {
    pub(crate) version: String,
    pub(crate) by: String,
    pub(crate) empty: bool,
    /// Safe HTML.
    pub(crate) html: String,
}

/// The page.
#[derive(Template)]
#[template(path = "member/notices.html")]
pub(crate) struct Notices {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) base: String,
    pub(crate) versions: Vec<NoticeView>,
    pub(crate) before: Option<i64>,
}

/// `GET /g/{code}/announcements`
pub(crate) async fn announcements(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    versions(&house, &visit, (&code, ServiceKind::Announcement), look.before).await
}

/// `GET /g/{code}/rules`
pub(crate) async fn rules(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    versions(&house, &visit, (&code, ServiceKind::Rules), look.before).await
}

async fn versions(
    house: &House,
    visit: &Visit,
    (code, kind): (&str, ServiceKind),
    before: Option<i64>,
) -> Result<Response, Trouble> {
    visit.may_read(house)?;
    let (inside, _) = Inside::member(house, visit, code).await?;
    let (live, l) = (house.live(), visit.lang);
    let place = (inside.org, inside.group);
    let (mut found, mut from, mut looked) = (Vec::new(), Seq(before.unwrap_or(i64::MAX)), 0);
    let rest = loop {
        let lines = live.lines_before(place.0, place.1, from, CHUNK).await?;
        let Some(first) = lines.first().map(|line| line.seq) else { break None };
        let of_kind = |line: &app::live::Line| {
            line.fact.kind == FactKind::Service && line.fact.detail == kind as u8
        };
        found.extend(lines.into_iter().rev().filter(of_kind));
        (from, looked) = (first, looked + CHUNK);
        if looked >= LOOKED_MAX {
            break Some(first.0);
        }
    };
    let cast = Cast::of_some(live, place, found.iter().map(|line| line.fact.actor)).await?;
    let notices = found.iter().map(|line| {
        let words = line.words.as_deref().unwrap_or_default();
        let by = cast.name(line.fact.actor, l);
        NoticeView {
            version: String::new(),
            by: format!("{by} · {}", moment(line.fact.at, inside.now, &inside.zone, l)),
            empty: words.is_empty(),
            html: linked(words, None),
        }
    });
    let mut notices: Vec<NoticeView> = notices.collect();
    if before.is_none() && rest.is_none() {
        number(&mut notices);
    }
    let title = match kind {
        ServiceKind::Rules => l.pick("群规", "Rules"),
        _ => l.pick("历史公告", "Announcements"),
    };
    let title = title.to_owned();
    Ok(shown(&Notices { l, title, base: inside.base(), versions: notices, before: rest }))
}

/// Numbers the versions from the first one; a take-down is none.
fn number(notices: &mut [NoticeView]) {
    let mut version = 0;
    for notice in notices.iter_mut().rev().filter(|notice| !notice.empty) {
        version += 1;
        notice.version = version.to_string();
    }
}
