//! All codes: where each leads now, what it brought within a week, how it stands.

use std::collections::HashMap;

use app::links::{ChannelAsk, ChannelOf, ChannelRow, CodeKind, CodeLine, CodeState};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::{May, Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::codes::words;
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::number;

/// Days that a week's figures are over, today among them.
const WEEK: i32 = 7;

/// A code.
pub(crate) struct CodeRow {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) placements: String,
    /// Where the next scan lands; empty when nowhere.
    pub(crate) lands: String,
    pub(crate) scans: String,
    pub(crate) today: String,
    /// Came or added within the week; why not, where that is not known.
    pub(crate) came: Result<String, &'static str>,
    pub(crate) state: (&'static str, String),
    pub(crate) closed: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/codes/list.html")]
pub(crate) struct ListPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) may: bool,
    pub(crate) codes: Vec<CodeRow>,
}

impl ListPage {
    /// Where the first code is made, for who may.
    pub(crate) fn first(&self) -> &'static str {
        if self.may { "/codes/new" } else { "" }
    }
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

/// `GET /codes`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let lines = console.codes(&seated.actor).await?;
    let zone = console.zone(seated.actor.org).await?;
    let today = zone.local(house.now()).day;
    let week = ChannelAsk { from: today.plus(1 - WEEK), to: today };
    let channels = console.channels(&seated.actor, week).await?;
    let came = channels.codes.iter().filter_map(|row| match row.of {
        ChannelOf::Code(code) => Some((code, row)),
        _ => None,
    });
    let came: HashMap<i64, &ChannelRow> = came.collect();
    let scene = (house.now(), &zone, l);
    let codes = lines.iter().map(|line| row(line, came.get(&line.id).copied(), scene)).collect();
    let frame = Frame::of(&house, &seated, Place::Codes, l.pick("引流", "Entry")).await?;
    Ok(shown(&ListPage {
        l,
        frame: frame.saying(notice(&done.done, l)),
        may: seated.actor.may(May::Keep),
        codes,
    }))
}

pub(super) fn row(
    line: &CodeLine,
    came: Option<&ChannelRow>,
    scene: (Millis, &Zone, Lang),
) -> CodeRow {
    let l = scene.2;
    let came = match (line.kind, came) {
        (CodeKind::Web, _) => {
            Err(l.pick("网址那边不会告诉我们谁来了", "The web does not tell who came"))
        }
        (CodeKind::Rules, _) => {
            Err(l.pick("算在它引到的活码上", "Counted with the codes that it leads to"))
        }
        (CodeKind::Groups, row) => Ok(number(row.map_or(0, |row| row.joined).into())),
        (CodeKind::Staff, row) => Ok(number(row.map_or(0, |row| row.added).into())),
    };
    CodeRow {
        href: format!("/codes/{}", line.id),
        name: line.name.clone(),
        kind: words::kind(line.kind, l),
        placements: number(line.placements.into()),
        lands: words::lands(line, l),
        scans: number(line.scans_week),
        today: number(line.scans_today),
        came,
        state: words::state((&line.state, line.kind), scene),
        closed: matches!(line.state, CodeState::Closed(_)),
    }
}

fn notice(done: &str, l: Lang) -> Option<Notice> {
    (done == "closed").then(|| {
        let words = l.pick(
            "已关闭。扫码的人会看到「这个码已经停用」，随时可以重新打开。",
            "Closed. Whoever scans is told so; it can be opened again at any time.",
        );
        Notice { tone: "success", words: words.to_owned(), undo: None }
    })
}
