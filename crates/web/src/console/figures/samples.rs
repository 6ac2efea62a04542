//! Samples of the templates of the figures.

use app::console::FieldError;
use app::console::figures::{Behind, Calendar, Period, TALLIES};
use askama::Template;
use domain::Day;
use insights::{Figure, Missing, Need};
use report::{Lang, Said};

use crate::console::Frame;
use crate::console::figures::asked::{Asked, WindowForm, query};
use crate::console::figures::behind::{BehindPage, MessageRow, PersonRow, columns};
use crate::console::figures::board::{BoardPage, Card, spark};
use crate::console::figures::definition::{Bar, DefinitionPage, Ranked, Value};
use crate::console::figures::explore::{ExplorePage, Row};
use crate::console::figures::full::{FullPage, Part};
use crate::console::figures::one::OnePage;
use crate::console::figures::summary::{Big, Ranked as Ended, SummaryPage};
use crate::console::figures::table::{Column, Row as GroupRow, Table, TablePage, name};
use crate::samples::hostile;

fn period() -> Period {
    Period::usual(Calendar::of(Day(20_000), None))
}

fn form(l: Lang) -> String {
    let wrong = [FieldError { field: "from", code: "no_date" }];
    let asked = Asked { from: hostile(), q: hostile(), ..Asked::default() };
    WindowForm::of(l, "/figures", &asked, (&period(), &wrong)).render().unwrap()
}

fn said(l: Lang) -> Said {
    let figure = |value| Figure::Known { value, of: Some((3.0, 8.0)), interval: Some((0.1, 0.6)) };
    let metric = TALLIES[3].metric();
    report::said(&figure(0.4), &figure(0.3), (metric.unit, metric.good), l)
}

fn unknown(l: Lang) -> Said {
    let figure = Figure::Unknown(Missing::NotInSource(Need::Joins));
    let metric = TALLIES[3].metric();
    report::said(&figure, &figure, (metric.unit, metric.good), l)
}

fn card(l: Lang, place: usize, known: bool) -> Card {
    let tally = &TALLIES[place];
    Card {
        code: tally.code,
        name: name(tally, l),
        said: if known { said(l) } else { unknown(l) },
        per_group: known.then(|| said(l)),
        spark: spark(&[Some(1.0), Some(0.0), None, Some(5.0), Some(2.0)], insights::Unit::Count, l),
        source: hostile(),
        definition: report::definition(tally.metric(), l),
    }
}

fn board(l: Lang) -> BoardPage {
    BoardPage {
        frame: Frame::sample(l),
        l,
        form: form(l),
        query: query(&period()),
        head: vec![card(l, 0, true), card(l, 3, false)],
        more: vec![card(l, 7, true)],
        groups: "80".to_owned(),
        made: false,
        flow: Some(["1", "2", "3", "0", "80"].map(str::to_owned)),
        may_export: true,
    }
}

fn table(l: Lang, full: bool) -> TablePage {
    let column = Column { name: name(&TALLIES[0], l), href: "?".into(), order: "up" };
    let row =
        GroupRow {
            id: 1, name: hostile(), members: "—".into(), cells: vec![said(l), unknown(l)]
        };
    let table = Table {
        dir: "up",
        all: TALLIES.iter().map(|one| (one.code, name(one, l), one.code == "joins")).collect(),
        columns: vec![column],
        rows: full.then_some(row).into_iter().collect(),
        found: "1".into(),
        before: full.then(|| "?page=0".to_owned()),
        after: full.then(|| "?page=2".to_owned()),
    };
    let (frame, query, q) = (Frame::sample(l), query(&period()), hostile());
    TablePage { frame, l, form: form(l), query, q, table, may_export: full }
}

fn definition(l: Lang, full: bool) -> DefinitionPage {
    let value = Value { once: said(l), per_group: Some(unknown(l)), source: hostile() };
    let ranked = || Ranked { id: 1, name: hostile(), said: said(l) };
    DefinitionPage {
        frame: Frame::sample(l),
        l,
        form: form(l),
        query: query(&period()),
        code: TALLIES[0].code,
        definition: report::definition(TALLIES[0].metric(), l),
        value: full.then_some(value),
        bars: vec![Bar { x: 0, y: 2.0, height: 98.0, words: hostile() }],
        best: vec![ranked()],
        least: vec![ranked()],
        listed: full,
    }
}

fn behind(l: Lang, full: bool) -> BehindPage {
    let person =
        |id| PersonRow { id, name: hostile(), role: "", cells: vec![hostile(), hostile()] };
    let message = |href| MessageRow {
        href,
        words: hostile(),
        who: hostile(),
        id: 3,
        when: hostile(),
        state: ("orange", hostile()),
    };
    let messages = vec![message(None), message(Some("/groups/1/feed?at=3".to_owned()))];
    BehindPage {
        frame: Frame::sample(l),
        l,
        form: form(l),
        query: query(&period()),
        code: "joins",
        group: 1,
        group_name: hostile(),
        value: full.then(|| said(l)),
        formula: "",
        columns: columns(Behind::Came, l),
        people: if full { vec![person(0), person(7)] } else { vec![] },
        messages: if full { messages } else { vec![] },
        total: "2".into(),
        cut: full,
        may_export: true,
    }
}

fn part(l: Lang, state: &'static str) -> String {
    let (query, made) = (query(&period()), hostile());
    let parts = vec!["<p>…</p>".to_owned()];
    Part { l, query, state, done: 3, all: 80, made, parts }.render().unwrap()
}

fn explore(l: Lang) -> ExplorePage {
    ExplorePage {
        frame: Frame::sample(l),
        l,
        form: form(l),
        query: query(&period()),
        address: "/figures/explore/series".into(),
        figures: vec![(TALLIES[0].code, name(&TALLIES[0], l), true)],
        typed: hostile(),
        suggested: vec![hostile()],
        unknown: vec![hostile()],
        heads: vec![hostile()],
        rows: vec![Row { day: "2026-11-22".into(), cells: vec!["—".into()] }],
    }
}

fn summary(l: Lang) -> SummaryPage {
    let ended = || Ended { name: hostile(), value: "3".into(), width: 40.0 };
    let big = |said| Big { name: "", said, note: "" };
    SummaryPage {
        frame: Frame::sample(l),
        l,
        month: true,
        span: hostile(),
        against: hostile(),
        groups: "80".into(),
        big: vec![big(said(l)), big(unknown(l))],
        sentences: vec![hostile()],
        best: vec![ended()],
        least: vec![ended()],
    }
}

fn full(l: Lang) -> FullPage {
    let part = part(l, "reading");
    let query = query(&period());
    FullPage { frame: Frame::sample(l), l, form: form(l), query, reading: true, part }
}

fn one(l: Lang) -> OnePage {
    let (frame, query) = (Frame::sample(l), query(&period()));
    OnePage { frame, l, form: form(l), query, group: 1, parts: vec![], may_export: true }
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    vec![
        ("figures", board(l).render().unwrap()),
        ("figures: groups", table(l, true).render().unwrap()),
        ("figures: no group", table(l, false).render().unwrap()),
        ("figures: definition", definition(l, true).render().unwrap()),
        ("figures: definition, whole", definition(l, false).render().unwrap()),
        ("figures: behind", behind(l, true).render().unwrap()),
        ("figures: nothing behind", behind(l, false).render().unwrap()),
        ("figures: whole", part(l, "ready")),
        ("figures: whole, reading", full(l).render().unwrap()),
        ("figures: whole, failed", part(l, "failed")),
        ("figures: whole, nothing", part(l, "nothing")),
        ("figures: one group", one(l).render().unwrap()),
        ("figures: explore", explore(l).render().unwrap()),
        ("figures: summary", summary(l).render().unwrap()),
    ]
}
