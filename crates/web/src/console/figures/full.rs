//! Everything that the report knows of all groups together: made in the background, shown when it
//! stands, with how far it is until then.

use app::console::figures::Whole;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use report::{Lang, Section};

use crate::console::figures::asked::{Asked, WindowForm, query};
use crate::console::figures::one::parts;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::ago;

/// Up to so many groups get a section each.
const EACH_MAX: usize = 100;

/// Everything about all groups.
const SECTIONS: [Section; 14] = [
    Section::Health,
    Section::Steps,
    Section::Figures,
    Section::Pulse,
    Section::Waiting,
    Section::Heat,
    Section::Cohorts,
    Section::Entry,
    Section::Overlap,
    Section::Ties,
    Section::People,
    Section::Groups,
    Section::Limits,
    Section::Definitions,
];

/// What changes while the reading is made.
#[derive(Template)]
#[template(path = "console/figures/whole.html")]
pub(crate) struct Part {
    pub(crate) l: Lang,
    pub(crate) query: String,
    /// `ready`, `reading`, `failed` or `nothing`.
    pub(crate) state: &'static str,
    pub(crate) done: usize,
    pub(crate) all: usize,
    pub(crate) made: String,
    pub(crate) parts: Vec<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/figures/full.html")]
pub(crate) struct FullPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) form: String,
    pub(crate) query: String,
    pub(crate) reading: bool,
    pub(crate) part: String,
}

pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (period, wrong) = asked.period(&house, &seated.actor).await?;
    let part = made(&house, &seated, &asked).await?;
    let title = l.pick("完整报告", "Full report");
    let form = WindowForm::of(l, "/figures/full", &asked, (&period, &wrong));
    Ok(shown(&FullPage {
        frame: Frame::of(&house, &seated, Place::Figures, title).await?,
        l,
        form: form.render().unwrap_or_default(),
        query: query(&period),
        reading: part.state == "reading",
        part: part.render().unwrap_or_default(),
    }))
}

/// Only what changes, for htmx.
pub(crate) async fn part(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    Ok(shown(&made(&house, &seated, &asked).await?))
}

async fn made(house: &House, seated: &Seated, asked: &Asked) -> Result<Part, Trouble> {
    let l = seated.visit.lang;
    let (period, _) = asked.period(house, &seated.actor).await?;
    let whole = house.console().whole(&seated.actor, period.span, Some(period.against)).await?;
    let mut part = Part {
        l,
        query: query(&period),
        state: "ready",
        done: 0,
        all: 0,
        made: String::new(),
        parts: Vec::new(),
    };
    match whole {
        Whole::Ready(community) => {
            let each = community.groups.len() <= EACH_MAX;
            let shown: Vec<Section> =
                SECTIONS.into_iter().filter(|one| each || *one != Section::Groups).collect();
            part.parts = parts(&community, &shown, l);
            part.made = ago(community.made_at, house.now(), l);
        }
        Whole::UnderWay { done, all } => (part.state, part.done, part.all) = ("reading", done, all),
        Whole::Failed => part.state = "failed",
        Whole::Nothing => part.state = "nothing",
    }
    Ok(part)
}
