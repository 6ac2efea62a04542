//! Which lines a page shows, and how they are read.

use std::collections::HashMap;

use app::live::{Line, Live};
use askama::Template;
use domain::{FactKind, GroupId, IdentityId, OrgId, Seq, Zone};
use report::Lang;

use crate::house::House;
use crate::line::{Cast, Scene};
use crate::trouble::Trouble;

/// Lines of a page.
pub(crate) const PAGE_LINES: u32 = 50;

/// What part of the log is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Window {
    /// The end.
    Latest,
    /// What stands before a place.
    Before(Seq),
    /// What stands after a place.
    After(Seq),
    /// Around the message with this source key.
    Around(i64),
}

/// A part of the log as a page shows it.
#[derive(Template)]
#[template(path = "line/lines.html")]
pub(crate) struct Sight {
    pub(crate) l: Lang,
    pub(crate) base: String,
    /// Rendered lines.
    pub(crate) lines: Vec<String>,
    /// There are earlier lines, before this place.
    pub(crate) before: Option<i64>,
    /// There are later lines, after this place.
    pub(crate) after: Option<i64>,
    /// Place of the last line read.
    pub(crate) last: i64,
}

impl Window {
    /// Reads its lines; whether there are later ones.
    async fn read(self, live: &Live, (org, group): (OrgId, GroupId)) -> Result<Vec<Line>, Trouble> {
        let half = PAGE_LINES / 2;
        match self {
            Self::Latest => Ok(live.lines_before(org, group, Seq(i64::MAX), PAGE_LINES).await?),
            Self::Before(seq) => Ok(live.lines_before(org, group, seq, PAGE_LINES).await?),
            Self::After(seq) => Ok(live.lines_after(org, group, seq, PAGE_LINES).await?),
            Self::Around(key) => {
                let found = live.lines_of(org, group, &[key]).await?;
                let Some(seq) = found.first().map(|line| line.seq) else {
                    return Err(Trouble::new(
                        axum::http::StatusCode::NOT_FOUND,
                        "no_such_message",
                        [
                            "找不到这条消息，它可能已经不在了。",
                            "This message cannot be found; it may be gone.",
                        ],
                    ));
                };
                let mut lines = live.lines_before(org, group, Seq(seq.0 + 1), half).await?;
                lines.extend(live.lines_after(org, group, seq, half).await?);
                Ok(lines)
            }
        }
    }
}

/// Whom and what lines are shown to.
pub(crate) struct Viewer {
    pub(crate) place: (OrgId, GroupId),
    pub(crate) zone: Zone,
    pub(crate) lang: Lang,
    pub(crate) me: IdentityId,
}

impl Sight {
    /// Reads and renders a part of the log; `head` is the place of its last fact.
    pub(crate) async fn of(
        house: &House,
        viewer: &Viewer,
        (window, head): (Window, Seq),
        base: &str,
    ) -> Result<Self, Trouble> {
        let live = house.live();
        let lines = window.read(live, viewer.place).await?;
        let scene = scene(house, viewer, &lines).await?;
        let first = lines.first().map_or(0, |line| line.seq.0);
        let last = lines.last().map_or(0, |line| line.seq.0);
        let later = window != Window::Latest && last < head.0;
        Ok(Self {
            l: viewer.lang,
            base: base.to_owned(),
            lines: scene.views(&lines).iter().map(|view| view.html(viewer.lang)).collect(),
            // The first fact of a group has place 0 or 1.
            before: (first > 1).then_some(first),
            after: (later && !lines.is_empty()).then_some(last),
            last,
        })
    }
}

/// Everything that these lines are shown with.
pub(crate) async fn scene(
    house: &House,
    viewer: &Viewer,
    lines: &[Line],
) -> Result<Scene, Trouble> {
    let (org, group) = viewer.place;
    let live = house.live();
    let mut asked: Vec<i64> = lines
        .iter()
        .filter(|line| line.fact.kind == FactKind::Message)
        .filter_map(|line| line.fact.reply_to)
        .collect();
    asked.sort_unstable();
    asked.dedup();
    let quoted = live.lines_of(org, group, &asked).await?;
    let people = lines.iter().chain(&quoted).flat_map(|line| [line.fact.actor, line.fact.other]);
    let cast = Cast::of_some(live, viewer.place, people).await?;
    let mut scene = Scene {
        lang: viewer.lang,
        zone: viewer.zone.clone(),
        now: house.now(),
        cast,
        quotes: HashMap::new(),
        me: viewer.me,
    };
    let quote = |line: &Line| (line.fact.source.key, scene.quote_of(line));
    scene.quotes = quoted.iter().map(quote).collect();
    Ok(scene)
}
