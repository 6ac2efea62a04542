//! Figures, groups and window of one's own choice, drawn by day; a table where no script runs.

use app::console::DaySums;
use app::console::figures::{GroupLine, TALLIES, Tally, tally};
use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use report::Lang;
use serde::Serialize;

use crate::console::figures::asked::{Asked, WindowForm, query};
use crate::console::figures::table::name;
use crate::console::{Frame, Place, Seated, encoded};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Figures and groups drawn at once.
const FIGURES_MAX: usize = 3;
const GROUPS_MAX: usize = 4;
/// Groups that the box suggests.
const SUGGESTED: usize = 1_000;

/// What is drawn.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Drawn {
    /// Days, such as `2026-11-22`.
    pub(crate) days: Vec<String>,
    pub(crate) series: Vec<Series>,
}

/// One line.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Series {
    pub(crate) name: String,
    /// In per cent.
    pub(crate) share: bool,
    /// `null` where it is not known.
    pub(crate) values: Vec<Option<f64>>,
}

/// A row of the table.
pub(crate) struct Row {
    pub(crate) day: String,
    pub(crate) cells: Vec<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/figures/explore.html")]
pub(crate) struct ExplorePage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) form: String,
    pub(crate) query: String,
    /// Address of what is drawn.
    pub(crate) address: String,
    pub(crate) figures: Vec<(&'static str, &'static str, bool)>,
    /// Names as typed: groups, apart by commas.
    pub(crate) typed: String,
    pub(crate) suggested: Vec<String>,
    /// Names that are no group.
    pub(crate) unknown: Vec<String>,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (period, wrong) = asked.period(&house, &seated.actor).await?;
    let (drawn, lines, unknown) = drawn(&house, &seated, &asked).await?;
    let query = query(&period);
    let title = l.pick("自由探索", "Explore");
    let form = WindowForm::of(l, "/figures/explore", &asked, (&period, &wrong));
    let chosen = chosen(&asked);
    let cell = |series: &Series, day: usize| {
        let value = series.values.get(day).copied().flatten();
        let unit = if series.share { insights::Unit::Share } else { insights::Unit::Mean };
        value.map_or_else(|| "—".to_owned(), |value| report::unit_value(value, unit, l))
    };
    let row = |(at, day): (usize, &String)| Row {
        day: day.clone(),
        cells: drawn.series.iter().map(|series| cell(series, at)).collect(),
    };
    Ok(shown(&ExplorePage {
        frame: Frame::of(&house, &seated, Place::Figures, title).await?,
        l,
        form: form.render().unwrap_or_default(),
        address: format!(
            "/figures/explore/series?{query}&f={}&g={}",
            encoded(&asked.f),
            encoded(&asked.g)
        ),
        query,
        figures: TALLIES
            .iter()
            .map(|one| (one.code, name(one, l), chosen.iter().any(|it| it.code == one.code)))
            .collect(),
        typed: asked.g.clone(),
        suggested: lines.iter().take(SUGGESTED).map(|line| line.name.clone()).collect(),
        unknown,
        heads: drawn.series.iter().map(|series| series.name.clone()).collect(),
        rows: drawn.days.iter().enumerate().map(row).collect(),
    }))
}

/// What is drawn, as JSON.
pub(crate) async fn series(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Json<Drawn>, Trouble> {
    Ok(Json(drawn(&house, &seated, &asked).await?.0))
}

/// Figures chosen: `f`, apart by commas; the first one where none is.
fn chosen(asked: &Asked) -> Vec<&'static Tally> {
    let codes = asked.f.split(',').filter_map(|code| tally(code.trim()));
    let mut all: Vec<&'static Tally> = Vec::new();
    for one in codes {
        if all.len() < FIGURES_MAX && all.iter().all(|other| other.code != one.code) {
            all.push(one);
        }
    }
    if all.is_empty() {
        all.extend(TALLIES.first());
    }
    all
}

async fn drawn(
    house: &House,
    seated: &Seated,
    asked: &Asked,
) -> Result<(Drawn, Vec<GroupLine>, Vec<String>), Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let (period, _) = asked.period(house, &seated.actor).await?;
    let lines = console.figure_lines(&seated.actor, period).await?;
    let mut wholes: Vec<(String, Vec<DaySums>)> = Vec::new();
    let mut unknown = Vec::new();
    let typed = asked.g.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty());
    for typed in typed.take(GROUPS_MAX) {
        let exact = lines.iter().find(|line| line.name == typed);
        let found = exact.or_else(|| lines.iter().find(|line| line.name.contains(typed)));
        match found {
            Some(line) => {
                let days = console.figure_line(&seated.actor, line.group, period).await?.1;
                wholes.push((line.name.clone(), days));
            }
            None => unknown.push(typed.to_owned()),
        }
    }
    if wholes.is_empty() {
        let board = console.board(&seated.actor, period).await?;
        wholes.push((l.pick("所有群", "All groups").to_owned(), board.days));
    }
    let days = wholes.first().map(|(_, days)| days.iter().map(|one| one.day.to_string()).collect());
    let chosen = chosen(asked);
    let line = |(group, days): &(String, Vec<DaySums>)| {
        let series = |one: &&'static Tally| Series {
            name: format!("{} · {group}", name(one, l)),
            share: one.metric().unit == insights::Unit::Share,
            values: days.iter().map(|day| one.of_day(day)).collect(),
        };
        chosen.iter().map(series).collect::<Vec<_>>()
    };
    let series = wholes.iter().flat_map(line).collect();
    Ok((Drawn { days: days.unwrap_or_default(), series }, lines, unknown))
}
