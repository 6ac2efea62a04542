//! A hand-over as a file: everything in it, with what came of it.

use app::console::Export;
use app::wecom::{Handed, HandoverView};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Millis, Zone};
use report::Lang;

use crate::console::Seated;
use crate::console::sheet::{Cell, Kind, Sheet};
use crate::console::wecom::handover::words::{kind, reason, state};
use crate::console::wecom::sees;
use crate::house::House;
use crate::trouble::Trouble;

/// `GET /settings/wecom/{account}/handover/{handover}/export.csv`
pub(super) async fn file(
    State(house): State<House>,
    seated: Seated,
    Path((account, handover)): Path<(i64, i64)>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let (l, console) = (seated.visit.lang, house.console());
    let view = console.handover(&seated.actor, account, handover).await?;
    let zone = console.zone(seated.actor.org).await?;
    let export = Export::of("handover").part(&handover.to_string());
    sheet(&view, &zone, l).download((&house, &seated), export, Kind::Csv).await
}

fn sheet(view: &HandoverView, zone: &Zone, l: Lang) -> Sheet {
    let heads = match l {
        Lang::Zh => {
            ["类型", "名称", "编号", "从", "到", "状态", "原因", "怎么办", "提交时间", "换人时间"]
        }
        Lang::En => {
            ["kind", "name", "id", "from", "to", "state", "why", "what to do", "asked", "moves"]
        }
    };
    Sheet {
        name: format!("handover-{}", view.row.handover),
        heads: heads.map(str::to_owned).to_vec(),
        rows: view.items.iter().map(|one| row(view, one, (zone, l))).collect(),
        notes: Vec::new(),
    }
}

fn row(view: &HandoverView, one: &Handed, (zone, l): (&Zone, Lang)) -> Vec<Cell> {
    let at = |at: Option<Millis>| {
        let shown = at.map(|at| zone.civil(at).strftime("%Y-%m-%d %H:%M").to_string());
        Cell::text(shown.unwrap_or_default())
    };
    let why = one.state.is_stuck().then(|| reason(one.state, one.code, l));
    let (why, remedy) = why.map(|one| (one.why, one.remedy)).unwrap_or_default();
    vec![
        Cell::text(kind(one.kind, l)),
        Cell::text(one.name.clone()),
        Cell::text(one.held.clone()),
        Cell::text(view.giver.clone()),
        Cell::text(view.name(&one.taker)),
        Cell::text(state(one.state, l).1),
        Cell::text(why),
        Cell::text(remedy),
        at(one.asked),
        at(one.until),
    ]
}
