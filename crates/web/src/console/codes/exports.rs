//! The channel table as a file.

use app::console::Export;
use app::links::ChannelRow;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::May;
use insights::Span;
use report::Lang;

use crate::console::codes::channels::{Asked, Window, not_told, why_unknown};
use crate::console::codes::words;
use crate::console::{Cell, Kind, Seated, Sheet};
use crate::house::House;
use crate::trouble::Trouble;

/// `GET /codes/channels/export/{what}`: `placements`, `codes` or `inviters`, `.csv` or `.xlsx`.
pub(super) async fn channels(
    State(house): State<House>,
    seated: Seated,
    Path(what): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    if !seated.actor.may(May::Keep) {
        return Err(Trouble::not_allowed(May::Keep));
    }
    let (l, console) = (seated.visit.lang, house.console());
    let (what, kind) = Kind::split(&what).ok_or_else(Trouble::missing)?;
    let zone = console.zone(seated.actor.org).await?;
    let window = Window::of(&asked, zone.local(house.now()).day, l);
    let found = console.channels(&seated.actor, window.ask).await?;
    let rows = match what {
        "placements" => found.placements,
        "codes" => found.codes,
        "inviters" => found.inviters,
        _ => return Err(Trouble::missing()),
    };
    let span = Span { from: window.ask.from, to: window.ask.to };
    let sheet = Sheet {
        name: format!("huoqun-{what}-{}-{}", span.from, span.to),
        heads: heads(l).map(str::to_owned).into(),
        rows: rows.iter().map(|row| cells(row, l)).collect(),
        notes: notes(l),
    };
    let export = Export::of("channels").part(what).over(span);
    sheet.download((&house, &seated), export, kind).await
}

fn heads(l: Lang) -> [&'static str; 20] {
    [
        l.pick("渠道", "Channel"),
        l.pick("所属活码", "Code"),
        l.pick("来源", "Source"),
        l.pick("合作方", "Partner"),
        l.pick("扫码次数", "Scans"),
        l.pick("加好友", "Added staff"),
        l.pick("进群", "Joined"),
        l.pick("1 天后还在", "In after 1 day"),
        l.pick("1 天：基数", "1 day: base"),
        l.pick("1 天：还在人数", "1 day: in"),
        l.pick("7 天后还在", "In after 7 days"),
        l.pick("7 天：基数", "7 days: base"),
        l.pick("7 天：还在人数", "7 days: in"),
        l.pick("30 天后还在", "In after 30 days"),
        l.pick("30 天：基数", "30 days: base"),
        l.pick("30 天：还在人数", "30 days: in"),
        l.pick("现在还在", "In now"),
        l.pick("花费（元）", "Cost"),
        l.pick("每来一人（元）", "Cost per newcomer"),
        l.pick("每留下一人（元）", "Cost per kept member"),
    ]
}

fn cells(row: &ChannelRow, l: Lang) -> Vec<Cell> {
    let unknown = |why: &str| Cell::text(format!("– {why}"));
    let money = |cents: Option<i64>, why: &'static str| {
        cents.map_or_else(|| unknown(why), |cents| Cell::Number(cents as f64 / 100.0))
    };
    let scans = row.scans.map_or_else(|| unknown(l.pick("不扫码", "no code")), Cell::count);
    let count = |many| if row.is_told { Cell::count(many) } else { unknown(not_told(l)) };
    let mut cells = vec![
        Cell::text(&row.name),
        Cell::text(&row.under),
        Cell::text(words::source(&row.source, l)),
        Cell::text(&row.partner),
        scans,
        count(row.added),
        count(row.joined),
    ];
    for kept in row.kept {
        let why = why_unknown(kept, row.came(), l);
        let share = kept.permille().map(|permille| Cell::Share(f64::from(permille) / 1_000.0));
        cells.push(share.unwrap_or_else(|| unknown(why)));
        cells.extend([Cell::count(kept.base), Cell::count(kept.kept)]);
    }
    cells.push(count(row.still_in));
    let none = l.pick("没有填花费", "no cost entered");
    let nobody = |why| match (row.cost, row.is_told) {
        (None, _) => none,
        (Some(_), false) => not_told(l),
        (Some(_), true) => why,
    };
    cells.push(money(row.cost, none));
    cells.push(money(row.cost_per_came, nobody(l.pick("没有人来", "nobody came"))));
    cells.push(money(row.cost_per_kept, nobody(l.pick("没有人留下", "nobody is in"))));
    cells
}

/// What the columns mean.
pub(super) fn notes(l: Lang) -> Vec<(String, String)> {
    let all = [
        (
            ["扫码次数", "Scans"],
            [
                "短链被打开的次数，同一个人扫两次算两次；企业微信不告诉我们是谁扫的。",
                "How often the link was opened, the same person twice as two; who scanned is not \
                 told by anybody.",
            ],
        ),
        (
            ["加好友、进群", "Added, joined"],
            [
                "企业微信回传的人数：带着这个投放位的标记来的人。同一个人退了再进算两次。",
                "People whom WeCom reports with the mark of the placement. Who leaves and comes \
                 again counts as two.",
            ],
        ),
        (
            ["N 天后还在", "In after N days"],
            [
                "来满 N 天的人里，满 N 天那一刻还在的比例；没满 N 天的、群已经看不到的不算进基数。",
                "Of those who came N days ago or more, the share that was in at that moment; who \
                 came later, or into a group out of sight, is not in the base.",
            ],
        ),
        (
            ["每来一人", "Cost per newcomer"],
            ["这段时间的花费 ÷ 这段时间来的人。", "Cost in the window ÷ those who came in it."],
        ),
        (
            ["每留下一人", "Cost per kept member"],
            [
                "这段时间的花费 ÷ 这段时间来的、现在还在的人。",
                "Cost in the window ÷ those who came in it and are in now.",
            ],
        ),
    ];
    let said = |pair: [&'static str; 2]| l.pick(pair[0], pair[1]).to_owned();
    all.into_iter().map(|(name, text)| (said(name), said(text))).collect()
}
