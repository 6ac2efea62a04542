//! Three large buttons for each group: somebody was not answered, adverts, a complaint.

use app::console::{ReportKind, ReportPlace};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{GroupId, Millis};
use report::Lang;
use serde::Deserialize;

use crate::console::today::report as report_word;
use crate::console::{Frame, Place, Seated, encoded};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::ago;

/// Groups on a page.
const GROUPS_MAX: usize = 20;

/// Letters that are looked for, at most.
const ASKED_MAX: usize = 60;

/// Which groups, and what was told just now.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: usize,
    /// `told`, `undone` or `late`.
    #[serde(default)]
    done: String,
    #[serde(default)]
    report: i64,
}

/// What is told.
#[derive(Debug, Deserialize)]
pub(crate) struct Tapped {
    group: i64,
    what: String,
    /// Minted for the form: the same tap has the same.
    mint: i64,
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: usize,
}

/// A group with its buttons.
pub(crate) struct PlaceView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) is_own: bool,
    pub(crate) mint: i64,
    /// What was told today and is open: a word and how long ago.
    pub(crate) told: Vec<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/phone/reports.html")]
pub(crate) struct ReportsPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) q: String,
    pub(crate) page: usize,
    pub(crate) places: Vec<PlaceView>,
    pub(crate) found: usize,
    pub(crate) all: usize,
    /// What was done just now, and the report that can be taken back.
    pub(crate) said: Option<(&'static str, Option<i64>)>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

impl ReportsPage {
    /// The buttons: word of the address, word to read.
    pub(crate) fn buttons(&self) -> [(&'static str, &'static str); 3] {
        ReportKind::ALL.map(|kind| (kind.word(), report_word(kind, self.l)))
    }
}

/// `GET /m`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let places = house.console().report_places(&seated.actor).await?;
    let all = places.len();
    let q: String = wanted.q.trim().chars().take(ASKED_MAX).collect();
    let needle = q.to_lowercase();
    let fits = |one: &ReportPlace| one.name.to_lowercase().contains(&needle);
    let found: Vec<ReportPlace> = places.into_iter().filter(fits).collect();
    let page = wanted.page.min(found.len() / GROUPS_MAX);
    let frame =
        Frame::of(&house, &seated, Place::Today, l.pick("群里上报", "Tell of a group")).await?;
    let places = found.iter().skip(page * GROUPS_MAX).take(GROUPS_MAX);
    let view = |one: &ReportPlace| view(one, (house.mint(), house.now()), l);
    let at = |page| address(&q, page);
    Ok(shown(&ReportsPage {
        l,
        frame,
        places: places.map(view).collect(),
        found: found.len(),
        all,
        said: said(&wanted, l),
        before: (page > 0).then(|| at(page - 1)),
        after: ((page + 1) * GROUPS_MAX < found.len()).then(|| at(page + 1)),
        q,
        page,
    }))
}

fn view(one: &ReportPlace, (mint, now): (i64, Millis), l: Lang) -> PlaceView {
    let told = |(kind, at): &(ReportKind, Millis)| {
        l.pick(
            format!("{}（{}已报）", report_word(*kind, l), ago(*at, now, l)),
            format!("{} (told {})", report_word(*kind, l), ago(*at, now, l)),
        )
    };
    PlaceView {
        id: one.group.0,
        name: one.name.clone(),
        is_own: one.is_own,
        mint,
        told: one.told.iter().take(3).map(told).collect(),
    }
}

fn address(q: &str, page: usize) -> String {
    format!("/m?q={}&page={page}", encoded(q))
}

fn said(wanted: &Wanted, l: Lang) -> Option<(&'static str, Option<i64>)> {
    Some(match wanted.done.as_str() {
        "told" => (
            l.pick("已上报，出现在「今日」里。", "Told: it stands on Today now."),
            Some(wanted.report),
        ),
        "undone" => (l.pick("已撤回。", "Taken back."), None),
        "late" => {
            (l.pick("撤不回了：已经过了一小时，或者已经撤过。", "Too late to take it back."), None)
        }
        _ => return None,
    })
}

/// `POST /m/reports`
pub(super) async fn tell(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Tapped>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    chat::web::accepted(form.mint, house.now()).map_err(|_| Trouble::stale())?;
    let what = ReportKind::from_word(&form.what)
        .ok_or_else(|| Trouble::of_status(StatusCode::UNPROCESSABLE_ENTITY))?;
    let about = (GroupId(form.group), what);
    let told = house.console().report_group(&seated.actor, about, form.mint).await?;
    let back = address(&form.q, form.page);
    Ok(Redirect::to(&format!("{back}&done=told&report={}", told.id)).into_response())
}

/// `POST /m/reports/{report}/undoing`
pub(super) async fn undo(
    State(house): State<House>,
    seated: Seated,
    Path(report): Path<i64>,
    Form(form): Form<Wanted>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let undone = house.console().undo_report(&seated.actor, report).await?;
    let word = if undone { "undone" } else { "late" };
    let back = address(&form.q, form.page);
    Ok(Redirect::to(&format!("{back}&done={word}")).into_response())
}
