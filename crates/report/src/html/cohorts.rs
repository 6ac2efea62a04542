//! Who stayed: joining cohorts, still in and still active, never mixed (P13).

use crate::Lang;
use crate::charts::level;
use crate::html::Eye;
use crate::speech::{count, day_near, times};
use askama::Template;
use domain::Day;
use insights::{Cohort, CohortGrid, Overview};

/// Cohorts shown at most, the latest.
const COHORTS_MAX: usize = 18;

/// Steps of tint in tables, where numbers stand on it.
const TABLE_LEVELS: f64 = 1.0;

/// The two grids.
#[derive(Template)]
#[template(path = "charts/cohorts.html")]
pub(super) struct Cohorts {
    l: Lang,
    by_join: bool,
    many: bool,
    ages: Vec<u32>,
    grids: Vec<Grid>,
}

struct Grid {
    title: &'static str,
    lede: &'static str,
    /// Nothing is known in any cell.
    unknown: bool,
    rows: Vec<Row>,
}

/// Picks one of the two curves of a cohort.
type Shares = fn(&Cohort) -> &Vec<Option<(u32, u32)>>;

struct Row {
    label: String,
    size: String,
    cells: Vec<Option<Cell>>,
}

struct Cell {
    text: String,
    title: String,
    level: u8,
}

impl Cohorts {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let (l, grid) = (eye.lang, &overview.cohorts);
        let words = (overview.span.to, l);
        let still_in = Grid::of(grid, words, |cohort| &cohort.still_in).titled(l.pick(
            ("还在群里", "进群满这么多天的人里，还在群里的比例"),
            ("Still in", "of those who have reached that age, the share still in the group"),
        ));
        let active = Grid::of(grid, words, |cohort| &cohort.still_active).titled(l.pick(
            ("还在说话", "满这么多天的人里，到那时或之后还发过言的比例"),
            (
                "Still active",
                "of those who have reached that age, the share who wrote then or later",
            ),
        ));
        let mut grids = if grid.cohorts.is_empty() { vec![] } else { vec![still_in, active] };
        // Without messages nobody asks who still talks: one line of the page says so.
        grids.retain(|grid| eye.talks() || !grid.unknown);
        Self {
            l,
            by_join: grid.by_join,
            many: eye.community.is_many(),
            ages: grid.ages.clone(),
            grids,
        }
    }
}

impl Grid {
    fn of(grid: &CohortGrid, (near, l): (Day, Lang), shares: Shares) -> Self {
        let skipped = grid.cohorts.len().saturating_sub(COHORTS_MAX);
        let shown = || grid.cohorts.iter().skip(skipped);
        let rows = shown().map(|cohort| Row {
            label: day_near(cohort.from, near, l),
            size: count(f64::from(cohort.size)),
            cells: shares(cohort)
                .iter()
                .map(|pair| pair.and_then(|pair| Cell::of(pair, l)))
                .collect(),
        });
        let unknown = shown().all(|cohort| shares(cohort).iter().all(Option::is_none));
        Self { title: "", lede: "", unknown, rows: rows.collect() }
    }

    fn titled(self, (title, lede): (&'static str, &'static str)) -> Self {
        Self { title, lede, ..self }
    }
}

impl Cell {
    fn of((some, all): (u32, u32), l: Lang) -> Option<Self> {
        let share = (all > 0).then(|| f64::from(some) / f64::from(all))?;
        let of = times(f64::from(all), l, "人", ["person", "people"]);
        Some(Self {
            text: format!("{:.0}%", share * 100.0),
            title: match l {
                Lang::Zh => format!("{of}里的 {some} 人"),
                Lang::En => format!("{some} of {of}"),
            },
            level: level(share, TABLE_LEVELS),
        })
    }
}
