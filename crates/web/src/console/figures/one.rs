//! Everything that the report knows of one group in a window.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{GroupId, May};
use report::{Community, Lang, Section, fragment};

use crate::console::figures::asked::{Asked, WindowForm, query};
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Everything about one group, in the order of the report.
const SECTIONS: [Section; 12] = [
    Section::Health,
    Section::Steps,
    Section::Figures,
    Section::Pulse,
    Section::Waiting,
    Section::Heat,
    Section::Cohorts,
    Section::Entry,
    Section::Ties,
    Section::People,
    Section::Limits,
    Section::Definitions,
];

/// The page.
#[derive(Template)]
#[template(path = "console/figures/one.html")]
pub(crate) struct OnePage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) form: String,
    pub(crate) query: String,
    pub(crate) group: i64,
    pub(crate) parts: Vec<String>,
    pub(crate) may_export: bool,
}

pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (period, wrong) = asked.period(&house, &seated.actor).await?;
    let (span, against) = (Some(period.span), Some(period.against));
    let console = house.console();
    let (frame, community) =
        tokio::try_join!(Frame::of(&house, &seated, Place::Figures, ""), async {
            Ok(console.community(&seated.actor, Some(GroupId(group)), span, against).await?)
        },)?;
    let address = format!("/figures/groups/{group}");
    let form = WindowForm::of(l, &address, &asked, (&period, &wrong));
    Ok(shown(&OnePage {
        frame: frame.titled(&community.title),
        l,
        form: form.render().unwrap_or_default(),
        query: query(&period),
        group,
        parts: parts(&community, &SECTIONS, l),
        may_export: seated.actor.may(May::Keep),
    }))
}

/// Sections that have something to show.
pub(crate) fn parts(community: &Community, sections: &[Section], l: Lang) -> Vec<String> {
    let part = |section: &Section| fragment(community, &community.overall, l, *section);
    sections.iter().map(part).filter(|part| !part.is_empty()).collect()
}
