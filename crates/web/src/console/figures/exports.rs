//! Figures as files: all groups by day, the groups beside each other, one group by day, and the
//! people behind a figure.
//!
//! Invariant: whoever may not keep groups exports nothing; what is out of scope is not in the file.

use app::console::figures::{Behind, Pair, Period, TALLIES, Tally, Told, defined};
use app::console::{DaySums, Export};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{GroupId, May};
use insights::{Figure, Unit};
use report::Lang;

use crate::console::figures::asked::Asked;
use crate::console::figures::behind::{cells, columns};
use crate::console::figures::table::name;
use crate::console::figures::words;
use crate::console::{Cell, Kind, Seated, Sheet};
use crate::house::House;
use crate::trouble::Trouble;

/// People of a list in a file, at most.
const PEOPLE_MAX: usize = 100_000;

/// All groups: `days` or `groups`, with `.csv` or `.xlsx`.
pub(crate) async fn all(
    State(house): State<House>,
    seated: Seated,
    Path(what): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (what, kind) = Kind::split(&what).ok_or_else(Trouble::missing)?;
    let period = period(&house, &seated, &asked).await?;
    let console = house.console();
    let sheet = match what {
        "days" => days(&console.board(&seated.actor, period).await?.days, l),
        "groups" => {
            let lines = console.figure_lines(&seated.actor, period).await?;
            let mut heads = vec![l.pick("群", "Group").to_owned()];
            heads.push(l.pick("平台", "Platform").to_owned());
            heads.push(l.pick("群人数", "Members").to_owned());
            heads.extend(TALLIES.iter().map(|one| name(one, l).to_owned()));
            let rows = lines.iter().map(|line| {
                let mut row =
                    vec![Cell::Text(line.name.clone()), Cell::Text(line.platform.clone())];
                let unknown = || Cell::Text(l.pick("未知", "unknown").to_owned());
                row.push(line.members.map_or_else(unknown, |count| Cell::Number(count as f64)));
                let pairs = TALLIES.iter().zip(&line.figures);
                row.extend(pairs.map(|(one, pair): (&Tally, &Pair)| cell(one, &pair.now, l)));
                row
            });
            Sheet { heads, rows: rows.collect(), notes: notes(l), ..Sheet::default() }
        }
        _ => return Err(Trouble::missing()),
    };
    let export = Export::of("figures").part(what).over(period.span);
    named(sheet, what, &period, l).download((&house, &seated), export, kind).await
}

/// One group: `days`, or the code of a figure for the people behind it.
pub(crate) async fn of_group(
    State(house): State<House>,
    seated: Seated,
    Path((group, what)): Path<(i64, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (what, kind) = Kind::split(&what).ok_or_else(Trouble::missing)?;
    let period = period(&house, &seated, &asked).await?;
    let (console, group) = (house.console(), GroupId(group));
    let sheet = if what == "days" {
        days(&console.figure_line(&seated.actor, group, period).await?.1, l)
    } else {
        let behind = Behind::of(what).ok_or_else(Trouble::missing)?;
        let asked = (period.span, behind);
        let list = console.behind(&seated.actor, group, asked, PEOPLE_MAX).await?;
        let zone = console.zone_of_group(&seated.actor, group).await?;
        let mut heads = vec![l.pick("谁", "Who").to_owned(), l.pick("身份", "Role").to_owned()];
        heads.extend(columns(behind, l).into_iter().map(str::to_owned));
        let rows = list.people.iter().map(|one| {
            let at = |at| zone.civil(at).strftime("%Y-%m-%d %H:%M").to_string();
            let mut row = vec![
                Cell::Text(one.name.clone()),
                Cell::Text(report::role(one.class, l).to_owned()),
            ];
            row.extend(cells(one, behind, at, l).into_iter().map(Cell::read));
            row
        });
        let note = defined(what).map(|metric| {
            let name = l.pick(metric.name.zh, metric.name.en).to_owned();
            (name, l.pick(metric.formula.zh, metric.formula.en).to_owned())
        });
        let (rows, notes) = (rows.collect(), note.into_iter().collect());
        Sheet { heads, rows, notes, ..Sheet::default() }
    };
    let name = format!("group-{}-{what}", group.0);
    let export = Export::of("figures").part(what).about(group).over(period.span);
    named(sheet, &name, &period, l).download((&house, &seated), export, kind).await
}

async fn period(house: &House, seated: &Seated, asked: &Asked) -> Result<Period, Trouble> {
    if !seated.actor.may(May::Keep) {
        return Err(Trouble::not_allowed(May::Keep));
    }
    Ok(asked.period(house, &seated.actor).await?.0)
}

fn days(days: &[DaySums], l: Lang) -> Sheet {
    let mut heads = vec![l.pick("日期", "Day").to_owned()];
    heads.extend(TALLIES.iter().map(|one| name(one, l).to_owned()));
    let row = |day: &DaySums| {
        let told = Told { sums: day.sums, days: 1, ..Told::default() };
        let mut row = vec![Cell::Text(day.day.to_string())];
        row.extend(TALLIES.iter().map(|one| {
            if let Some(heads) = one.heads.filter(|_| day.told) {
                return Cell::Number(heads(&day.sums) as f64);
            }
            cell(one, &one.compared(&told, 1, day.told), l)
        }));
        row
    };
    let mut notes = notes(l);
    notes.insert(
        0,
        (
            l.pick("每天的人数", "People of a day").to_owned(),
            l.pick(
                "按群相加：同一天在两个群里的同一个人算两次。",
                "Added over groups: somebody in two groups on one day counts twice.",
            )
            .to_owned(),
        ),
    );
    Sheet { heads, rows: days.iter().map(row).collect(), notes, ..Sheet::default() }
}

fn cell(tally: &Tally, figure: &Figure, l: Lang) -> Cell {
    match (figure.value(), tally.metric().unit) {
        (Some(value), Unit::Share) => Cell::Share(value),
        (Some(value), _) => Cell::Number(value),
        (None, _) => {
            let metric = tally.metric();
            Cell::Text(report::said(figure, figure, (metric.unit, metric.good), l).value)
        }
    }
}

fn notes(l: Lang) -> Vec<(String, String)> {
    let note = |one: &Tally| {
        let metric = one.metric();
        let formula = l.pick(metric.formula.zh, metric.formula.en);
        let filter = l.pick(metric.filter.zh, metric.filter.en);
        (name(one, l).to_owned(), format!("{formula} · {filter}"))
    };
    TALLIES.iter().map(note).collect()
}

fn named(sheet: Sheet, what: &str, period: &Period, l: Lang) -> Sheet {
    let window = (l.pick("时间段", "Window").to_owned(), words::span(period.span, l));
    let mut notes = sheet.notes;
    notes.insert(0, window);
    let name = format!("huoqun-{what}-{}-{}", period.span.from, period.span.to);
    Sheet { name, notes, ..sheet }
}
