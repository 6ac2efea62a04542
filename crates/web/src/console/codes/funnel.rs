//! From the scan into the group (B10): what is lost at each step, and how long it takes; the hops
//! of a way over several codes (B17).

use app::links::{CodeKind, Funnel, Hop, Wait};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use report::Lang;
use report::speech::share;

use crate::console::codes::channels::{Asked, Window};
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{duration, number};

/// A step of the way in.
pub(crate) struct StepView {
    pub(crate) name: &'static str,
    pub(crate) count: String,
    /// Of those a step before; empty for the first, or where it cannot be told.
    pub(crate) share: String,
    /// For the meter: this of the largest.
    pub(crate) meter: (u64, u64),
}

/// How long something took.
pub(crate) struct WaitView {
    pub(crate) name: &'static str,
    pub(crate) median: String,
    pub(crate) base: String,
    pub(crate) how: &'static str,
}

/// A hop.
pub(crate) struct HopView {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) scans: String,
    pub(crate) came: String,
    /// Of the scans of the hop before.
    pub(crate) share: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/codes/funnel.html")]
pub(crate) struct FunnelPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) window: Window,
    /// Number of the code; empty for all.
    pub(crate) code: String,
    /// Codes to choose: value, word, chosen.
    pub(crate) codes: Vec<(String, String, bool)>,
    pub(crate) steps: Vec<StepView>,
    pub(crate) waits: Vec<WaitView>,
    pub(crate) hops: Vec<HopView>,
}

/// `GET /codes/funnel`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let zone = console.zone(seated.actor.org).await?;
    let window = Window::of(&asked, zone.local(house.now()).day, l);
    let lines = console.codes(&seated.actor).await?;
    let chosen = lines.iter().find(|line| line.id.to_string() == asked.code);
    let code = chosen.map(|line| line.id);
    let funnel = console.entry_funnel(&seated.actor, code, window.ask).await?;
    let hops = match chosen.filter(|line| line.kind == CodeKind::Web) {
        Some(line) => console.hops(&seated.actor, line.id, window.ask).await?,
        None => Vec::new(),
    };
    let kind = chosen.map(|line| line.kind);
    let all = (String::new(), l.pick("全部活码", "All codes").to_owned(), code.is_none());
    let mut codes = vec![all];
    codes.extend(
        lines.iter().map(|line| (line.id.to_string(), line.name.clone(), Some(line.id) == code)),
    );
    let title = l.pick("进群漏斗", "The way in");
    Ok(shown(&FunnelPage {
        l,
        frame: Frame::of(&house, &seated, Place::Codes, title).await?,
        window,
        code: code.map(|code| code.to_string()).unwrap_or_default(),
        codes,
        steps: steps(&funnel, kind, l),
        waits: waits(&funnel, kind, l),
        hops: if hops.len() > 1 { hop_views(&hops, l) } else { Vec::new() },
    }))
}

pub(super) fn steps(funnel: &Funnel, kind: Option<CodeKind>, l: Lang) -> Vec<StepView> {
    let most = funnel.scans.max(funnel.added.into()).max(funnel.joined.into()).max(1);
    let step = |name, count: u64, before: u64| StepView {
        name,
        count: number(count),
        share: if before == 0 { String::new() } else { share(count as f64 / before as f64) },
        meter: (count, most),
    };
    let scans = StepView {
        share: String::new(),
        ..step(l.pick("扫码（次）", "Scans"), funnel.scans, 0)
    };
    let added = step(l.pick("加上好友（人）", "Added staff"), funnel.added.into(), funnel.scans);
    let joined =
        step(l.pick("进群（人）", "Came into a group"), funnel.joined.into(), funnel.scans);
    match kind {
        Some(CodeKind::Groups) if funnel.added == 0 => vec![scans, joined],
        Some(CodeKind::Web | CodeKind::Rules) => vec![scans],
        _ => vec![scans, added, joined],
    }
}

pub(super) fn waits(funnel: &Funnel, kind: Option<CodeKind>, l: Lang) -> Vec<WaitView> {
    if matches!(kind, Some(CodeKind::Web | CodeKind::Rules)) {
        return Vec::new();
    }
    let wait = |name, wait: Option<Wait>, how, nothing: &'static str| match wait {
        Some(wait) => {
            let of = number(wait.of.into());
            WaitView {
                name,
                median: duration(wait.median_ms, l),
                base: l.pick(format!("{of} 人的中位数"), format!("median of {of} people")),
                how,
            }
        }
        None => WaitView { name, median: "–".to_owned(), base: nothing.to_owned(), how: "" },
    };
    vec![
        wait(
            l.pick("从扫码到进群（或加上好友）", "From the scan to coming in"),
            funnel.from_scan,
            l.pick(
                "没人知道是谁扫的：按来之前最近的一次扫码算，真实等待只会更长。",
                "Nobody knows who scanned: the last scan before is taken, so the true wait is this \
                 long or longer.",
            ),
            l.pick("这段时间没有人进来", "nobody came in this time"),
        ),
        wait(
            l.pick("从加上好友到进群", "From adding staff to coming into a group"),
            funnel.from_add,
            l.pick("按人对得上，准确。", "Matched person by person: exact."),
            l.pick("没有先加好友、再进群的人", "nobody did one and then the other"),
        ),
    ]
}

pub(super) fn hop_views(hops: &[Hop], l: Lang) -> Vec<HopView> {
    let before = std::iter::once(None).chain(hops.iter().map(|hop| Some(hop.scans)));
    let view = |(hop, before): (&Hop, Option<u64>)| HopView {
        href: format!("/codes/{}", hop.code),
        name: hop.name.clone(),
        scans: number(hop.scans),
        came: hop.came.map_or_else(
            || l.pick("– 网址那边不告诉", "– not told").to_owned(),
            |came| number(came.into()),
        ),
        share: before
            .filter(|before| *before > 0)
            .map(|before| share(hop.scans as f64 / before as f64))
            .unwrap_or_default(),
    };
    hops.iter().zip(before).map(view).collect()
}
