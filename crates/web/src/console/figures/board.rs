//! The figures over all groups: people once and per group side by side, with base, source, change.

use app::console::figures::{Board, Line, Pair, Tally};
use app::console::{Coverage, Flow};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::May;
use insights::Unit;
use report::{Lang, Said};

use crate::console::figures::asked::{Asked, WindowForm, query};
use crate::console::figures::words::number;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Figures that stand large on top.
const HEADS: usize = 8;

/// A figure as a card.
pub(crate) struct Card {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) said: Said,
    /// The same counted once in each group.
    pub(crate) per_group: Option<Said>,
    pub(crate) spark: Spark,
    pub(crate) source: String,
    pub(crate) definition: Vec<(&'static str, String)>,
}

/// A line by day, 0 … 100 wide and 0 … 32 high.
pub(crate) struct Spark {
    pub(crate) points: String,
    pub(crate) words: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/figures/board.html")]
pub(crate) struct BoardPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) form: String,
    pub(crate) query: String,
    pub(crate) head: Vec<Card>,
    pub(crate) more: Vec<Card>,
    pub(crate) groups: String,
    pub(crate) made: bool,
    /// Start, in, out, end, groups.
    pub(crate) flow: Option<[String; 5]>,
    pub(crate) may_export: bool,
}

pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (period, wrong) = asked.period(&house, &seated.actor).await?;
    let board = house.console().board(&seated.actor, period).await?;
    let form = WindowForm::of(l, "/figures", &asked, (&period, &wrong));
    let frame = Frame::of(&house, &seated, Place::Figures, l.pick("数据", "Figures")).await?;
    let mut head = cards(&board, l);
    let more = head.split_off(HEADS.min(head.len()));
    Ok(shown(&BoardPage {
        frame,
        l,
        form: form.render().unwrap_or_default(),
        query: query(&period),
        head,
        more,
        groups: number(board.coverage.groups, l),
        made: board.coverage.made,
        flow: flow(&board.flow, l),
        may_export: seated.actor.may(May::Keep),
    }))
}

fn cards(board: &Board, l: Lang) -> Vec<Card> {
    board.lines.iter().map(|line| card(line, &board.coverage, l)).collect()
}

fn card(line: &Line, coverage: &Coverage, l: Lang) -> Card {
    let metric = line.tally.metric();
    Card {
        code: line.tally.code,
        name: l.pick(metric.name.zh, metric.name.en),
        said: said(line.tally, &line.once, l),
        per_group: line.per_group.as_ref().map(|pair| said(line.tally, pair, l)),
        spark: spark(&line.daily, metric.unit, l),
        source: source(line, coverage, l),
        definition: report::definition(metric, l),
    }
}

/// A pair of figures in words.
pub(crate) fn said(tally: &Tally, pair: &Pair, l: Lang) -> Said {
    let metric = tally.metric();
    report::said(&pair.now, &pair.before, (metric.unit, metric.good), l)
}

/// Which groups can show it.
pub(crate) fn source(line: &Line, coverage: &Coverage, l: Lang) -> String {
    let needs = report::needs(line.tally.metric().needs, l);
    let (some, all) = (number(line.groups as u64, l), number(coverage.groups, l));
    match l {
        Lang::Zh => format!("{all} 个群里有 {some} 个提供{needs}"),
        Lang::En => format!("{some} of {all} groups can show it ({needs})"),
    }
}

/// Members before, in, out, after, over so many groups (P04).
fn flow(flow: &Flow, l: Lang) -> Option<[String; 5]> {
    let signed = |value: i64| number(u64::try_from(value).unwrap_or(0), l);
    (flow.groups > 0).then(|| {
        [
            signed(flow.start),
            number(flow.joins, l),
            number(flow.leaves, l),
            signed(flow.end),
            number(flow.groups, l),
        ]
    })
}

/// Between which values something is drawn; nothing is always among them.
pub(crate) fn ends<'a>(values: impl Iterator<Item = &'a f64>) -> (f64, f64) {
    values.fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(*value), high.max(*value)))
}

fn mean(some: &[Option<f64>]) -> Option<f64> {
    let known: Vec<f64> = some.iter().copied().flatten().collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

/// Days become at most 60 points; a day without a figure has none.
pub(crate) fn spark(daily: &[Option<f64>], unit: Unit, l: Lang) -> Spark {
    let each = daily.len().div_ceil(60).max(1);
    let means: Vec<Option<f64>> = daily.chunks(each).map(mean).collect();
    let (low, high) = ends(means.iter().flatten());
    let tall = if high > low { high - low } else { 1.0 };
    let wide = (means.len().max(2) - 1) as f64;
    let point = |(place, mean): (usize, &Option<f64>)| {
        let (x, y) = (place as f64 / wide * 100.0, 31.0 - ((*mean)? - low) / tall * 30.0);
        Some(format!("{x:.1},{y:.1}"))
    };
    let points: Vec<String> = means.iter().enumerate().filter_map(point).collect();
    let top = report::unit_value(ends(daily.iter().flatten()).1, unit, l);
    let words = match l {
        Lang::Zh => format!("按天的走势，最高一天 {top}"),
        Lang::En => format!("By day; {top} on the highest day"),
    };
    Spark { points: points.join(" "), words }
}
