//! One figure: its definition, its value by day and by group, and the way to what it counted.
//!
//! Figures that need the whole reading stand here, too, once that is made.

use app::console::figures::{Behind, Board, GroupLine, Period, Whole, defined, tally};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use insights::{Figure, Unit};
use report::{Lang, Said};

use crate::console::figures::asked::{Asked, WindowForm, query};
use crate::console::figures::board::{ends, said, source};
use crate::console::figures::table::order;
use crate::console::figures::words;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Groups on each end of the list.
const ENDS: usize = 10;

/// A bar of a day.
pub(crate) struct Bar {
    pub(crate) x: usize,
    pub(crate) y: f64,
    pub(crate) height: f64,
    pub(crate) words: String,
}

/// A group in order.
pub(crate) struct Ranked {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) said: Said,
}

/// The value over all groups.
pub(crate) struct Value {
    pub(crate) once: Said,
    pub(crate) per_group: Option<Said>,
    pub(crate) source: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/figures/definition.html")]
pub(crate) struct DefinitionPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) form: String,
    pub(crate) query: String,
    pub(crate) code: &'static str,
    pub(crate) definition: Vec<(&'static str, String)>,
    /// `None` while the whole reading is not made.
    pub(crate) value: Option<Value>,
    /// The figure of each day: of a share, the share of that day.
    pub(crate) bars: Vec<Bar>,
    pub(crate) best: Vec<Ranked>,
    pub(crate) least: Vec<Ranked>,
    /// There is a list behind it.
    pub(crate) listed: bool,
}

pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let metric = defined(&code).ok_or_else(Trouble::missing)?;
    let (period, wrong) = asked.period(&house, &seated.actor).await?;
    let address = format!("/figures/{}", metric.code);
    let form = WindowForm::of(l, &address, &asked, (&period, &wrong));
    let name = l.pick(metric.name.zh, metric.name.en);
    let mut page = DefinitionPage {
        frame: Frame::of(&house, &seated, Place::Figures, name).await?,
        l,
        form: form.render().unwrap_or_default(),
        query: query(&period),
        code: metric.code,
        definition: report::definition(metric, l),
        value: None,
        bars: Vec::new(),
        best: Vec::new(),
        least: Vec::new(),
        listed: Behind::of(metric.code).is_some(),
    };
    if tally(metric.code).is_some() {
        let board = house.console().board(&seated.actor, period).await?;
        let lines = house.console().figure_lines(&seated.actor, period).await?;
        page.fill(&board, lines, l);
    } else {
        let whole = house.console().whole(&seated.actor, period.span, Some(period.against)).await?;
        page.fill_whole(&whole, l);
    }
    Ok(shown(&page))
}

impl DefinitionPage {
    fn fill(&mut self, board: &Board, mut lines: Vec<GroupLine>, l: Lang) {
        let Some(line) = board.line(self.code) else { return };
        self.value = Some(Value {
            once: said(line.tally, &line.once, l),
            per_group: line.per_group.as_ref().map(|pair| said(line.tally, pair, l)),
            source: source(line, &board.coverage, l),
        });
        self.bars = bars(&line.daily, (&board.period, line.tally.metric().unit), l);
        lines.retain(|one| one.pair(self.code).is_some_and(|pair| pair.now.value().is_some()));
        let ranked = |one: &GroupLine| {
            let said = said(line.tally, one.pair(line.tally.code)?, l);
            Some(Ranked { id: one.group.0, name: one.name.clone(), said })
        };
        order(&mut lines, self.code, false);
        self.best = lines.iter().take(ENDS).filter_map(ranked).collect();
        let rest = lines.get(ENDS..).unwrap_or_default();
        self.least = rest.iter().rev().take(ENDS).filter_map(ranked).collect();
    }

    fn fill_whole(&mut self, whole: &Whole, l: Lang) {
        let Whole::Ready(community) = whole else { return };
        let measured = &community.overall.measured;
        let found = measured.iter().find(|one| one.code == self.code);
        let (Some(one), Some(metric)) = (found, defined(self.code)) else { return };
        let now: &Figure = &one.now;
        self.value = Some(Value {
            once: report::said(now, &one.before, (metric.unit, metric.good), l),
            per_group: None,
            source: report::needs(metric.needs, l),
        });
    }
}

fn bars(daily: &[Option<f64>], (period, unit): (&Period, Unit), l: Lang) -> Vec<Bar> {
    let (low, high) = ends(daily.iter().flatten());
    let scale = 98.0 / if high > low { high - low } else { 1.0 };
    let bar = |((x, day), value): ((usize, i32), &Option<f64>)| {
        let day = words::day(domain::Day(day), l);
        let told = value.map_or_else(|| "—".to_owned(), |value| report::unit_value(value, unit, l));
        let value = value.unwrap_or(0.0);
        let (y, height) = (100.0 - (value.max(0.0) - low) * scale, value.abs() * scale);
        Bar { x: x * 10, y, height, words: format!("{day}  {told}") }
    };
    (0..).zip(period.span.from.0..).zip(daily).map(bar).collect()
}
