//! The groups beside each other by any figure: sorted, filtered, best and worst.

use app::console::figures::{GroupLine, TALLIES, Tally, tally};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::May;
use report::{Lang, Said};

use crate::console::figures::asked::{Asked, WindowForm, query};
use crate::console::figures::board::said;
use crate::console::figures::words::number;
use crate::console::{Frame, Place, Seated, encoded};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Rows of a page.
const ROWS: usize = 50;

/// Figures beside the one that sorts.
const BESIDE: [&str; 5] =
    ["effective_speakers", "answer_rate", "first_post_answered", "net_change", "kept_7d"];

/// A column.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    /// Sorts by it, the other way round where it does already.
    pub(crate) href: String,
    /// `down`, `up` or nothing.
    pub(crate) order: &'static str,
}

/// A group.
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) members: String,
    pub(crate) cells: Vec<Said>,
}

/// The groups in order.
#[derive(Default)]
pub(crate) struct Table {
    /// `up` or `down`.
    pub(crate) dir: &'static str,
    /// Codes and names of all figures.
    pub(crate) all: Vec<(&'static str, &'static str, bool)>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
    pub(crate) found: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/figures/groups.html")]
pub(crate) struct TablePage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) form: String,
    pub(crate) query: String,
    pub(crate) q: String,
    pub(crate) table: Table,
    pub(crate) may_export: bool,
}

pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (period, wrong) = asked.period(&house, &seated.actor).await?;
    let lines = house.console().figure_lines(&seated.actor, period).await?;
    let title = l.pick("各群对比", "Groups side by side");
    let frame = Frame::of(&house, &seated, Place::Figures, title).await?;
    let form = WindowForm::of(l, "/figures/groups", &asked, (&period, &wrong));
    let query = query(&period);
    let table = Table::of(lines, &asked, &query, l);
    Ok(shown(&TablePage {
        frame,
        l,
        form: form.render().unwrap_or_default(),
        query,
        q: asked.q.clone(),
        table,
        may_export: seated.actor.may(May::Keep),
    }))
}

impl Table {
    fn of(mut lines: Vec<GroupLine>, asked: &Asked, query: &str, l: Lang) -> Self {
        let by = tally(&asked.by).map_or("effective_speakers", |one| one.code);
        let dir = if asked.dir == "up" { "up" } else { "down" };
        let wanted = asked.q.trim().to_lowercase();
        lines.retain(|line| wanted.is_empty() || line.name.to_lowercase().contains(&wanted));
        order(&mut lines, by, dir == "up");
        let codes: Vec<&str> =
            std::iter::once(by).chain(BESIDE.into_iter().filter(|code| *code != by)).collect();
        let tallies: Vec<&'static Tally> = codes.iter().filter_map(|code| tally(code)).collect();
        let q = encoded(asked.q.trim());
        let at = |by: &str, dir: &str, page: usize| {
            format!("/figures/groups?{query}&by={by}&dir={dir}&q={q}&page={page}")
        };
        let column = |one: &&'static Tally| Column {
            name: name(one, l),
            href: at(one.code, if one.code == by && dir == "down" { "up" } else { "down" }, 0),
            order: if one.code == by { dir } else { "" },
        };
        let row = |line: &GroupLine| Row {
            id: line.group.0,
            name: line.name.clone(),
            members: line.members.map_or_else(|| "—".to_owned(), |count| number(count, l)),
            cells: tallies
                .iter()
                .filter_map(|one| Some(said(one, line.pair(one.code)?, l)))
                .collect(),
        };
        let page = asked.page.min(lines.len() / ROWS);
        Self {
            dir,
            all: TALLIES.iter().map(|one| (one.code, name(one, l), one.code == by)).collect(),
            columns: tallies.iter().map(column).collect(),
            rows: lines.iter().skip(page * ROWS).take(ROWS).map(row).collect(),
            found: number(lines.len() as u64, l),
            before: (page > 0).then(|| at(by, dir, page - 1)),
            after: (lines.len() > (page + 1) * ROWS).then(|| at(by, dir, page + 1)),
        }
    }
}

/// The name of a figure.
pub(crate) fn name(tally: &Tally, l: Lang) -> &'static str {
    let name = tally.metric().name;
    l.pick(name.zh, name.en)
}

/// By a figure; groups that cannot show it stand last either way.
pub(crate) fn order(lines: &mut [GroupLine], by: &str, up: bool) {
    lines.sort_by(|one, other| {
        let value = |line: &GroupLine| line.pair(by).and_then(|pair| pair.now.value());
        match (value(one), value(other)) {
            (Some(a), Some(b)) if up => a.total_cmp(&b),
            (Some(a), Some(b)) => b.total_cmp(&a),
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, None) => std::cmp::Ordering::Equal,
        }
        .then_with(|| one.group.0.cmp(&other.group.0))
    });
}
