//! One code: where it leads now and why, what comes next, how full each target is, where it hangs,
//! what has to be done by hand, what the platform refuses.

use app::links::{
    CheckRow, CodeKind, CodeState, CodeView, PlacementView, TargetNow, TargetView, WayState,
};
use app::wecom::Standstill;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Redirect, Response};
use domain::{GroupId, May, Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::codes::new::keeps;
use crate::console::codes::words;
use crate::console::wecom::StillView;
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{ago, moment, number};

/// Something that the code leads to.
pub(crate) struct TargetRow {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) spare: bool,
    pub(crate) fill: String,
    pub(crate) meter: Option<(u32, u32)>,
    /// Tone and percent, when it is nearly full.
    pub(crate) near: Option<(&'static str, u8)>,
    pub(crate) state: (&'static str, &'static str),
    /// What to do, when it is gone.
    pub(crate) gone: &'static str,
}

/// A place where it hangs.
pub(crate) struct PlacementRow {
    pub(crate) href: String,
    pub(crate) name: String,
    /// Source and partner.
    pub(crate) about: String,
    pub(crate) url: String,
    pub(crate) scans: String,
    pub(crate) today: String,
    pub(crate) last: String,
    pub(crate) state: (&'static str, String),
}

/// Something that the platform refuses, or that is being made.
pub(crate) struct FailureRow {
    pub(crate) placement: String,
    /// For whom of staff; empty for groups.
    pub(crate) who: String,
    pub(crate) title: &'static str,
    pub(crate) say: String,
    pub(crate) said: String,
    pub(crate) again: String,
    /// An older picture goes on working.
    pub(crate) goes_on: bool,
}

/// A group that the platform made, and what is left to do there.
pub(crate) struct CheckView {
    pub(crate) group: i64,
    pub(crate) name: String,
    /// Word and words of each step, and whether it is done.
    pub(crate) steps: Vec<(&'static str, String, bool)>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/codes/code.html")]
pub(crate) struct CodePage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    pub(crate) kind: &'static str,
    pub(crate) may: bool,
    pub(crate) may_tend: bool,
    pub(crate) closed: bool,
    pub(crate) state: (&'static str, String),
    pub(crate) lands: String,
    pub(crate) why: &'static str,
    /// What comes after, or who takes turns: title, names, words; none when nothing does.
    pub(crate) next: Option<(&'static str, String, &'static str)>,
    pub(crate) targets_title: &'static str,
    pub(crate) targets: Vec<TargetRow>,
    pub(crate) placements: Vec<PlacementRow>,
    pub(crate) failures: Vec<FailureRow>,
    pub(crate) making: usize,
    pub(crate) checks: Vec<CheckView>,
    pub(crate) scans_today: String,
    pub(crate) scans_week: String,
    /// Sources that can be chosen for a placement.
    pub(crate) sources: Vec<(&'static str, &'static str, bool)>,
    /// What was typed of a new placement, and what is wrong with it.
    pub(crate) typed: [String; 3],
    pub(crate) wrong: Vec<(&'static str, &'static str)>,
}

impl CodePage {
    /// What is wrong with a field; empty for nothing.
    pub(crate) fn error(&self, field: &str) -> &'static str {
        self.wrong.iter().find(|(own, _)| *own == field).map_or("", |(_, words)| words)
    }
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

/// `GET /codes/{code}`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(code): Path<i64>,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    let mut page = of(&house, &seated, code).await?;
    page.frame.notice = notice(&done.done, page.l);
    Ok(shown(&page))
}

/// The page of a code, with an empty form for a placement.
pub(super) async fn of(house: &House, seated: &Seated, code: i64) -> Result<CodePage, Trouble> {
    let console = house.console();
    let view = console.code(&seated.actor, code).await?;
    let zone = console.zone(seated.actor.org).await?;
    let frame = Frame::of(house, seated, Place::Codes, &view.line.name).await?;
    let origin = seated.visit.origin(house);
    let may = (seated.actor.may(May::Keep), seated.actor.may(May::Tend));
    let scene = (house.now(), &zone, seated.visit.lang);
    Ok(shape((frame, may), &view, &origin, scene))
}

pub(super) fn shape(
    (frame, (may, may_tend)): (Frame, (bool, bool)),
    view: &CodeView,
    origin: &str,
    scene: (Millis, &Zone, Lang),
) -> CodePage {
    let l = scene.2;
    let line = &view.line;
    let ways = view.placements.iter().flat_map(|one| &one.ways);
    let making = ways.filter(|way| way.state == WayState::Making).count();
    let sources = app::links::SOURCES.map(|word| (word, words::source(word, l), false));
    let none = ("", l.pick("不填", "none"), true);
    CodePage {
        l,
        frame,
        id: line.id,
        kind: words::kind(line.kind, l),
        may,
        may_tend,
        closed: matches!(line.state, CodeState::Closed(_)),
        state: words::state((&line.state, line.kind), scene),
        lands: words::lands(line, l),
        why: words::why(view, l),
        next: next(view, l),
        targets_title: match line.kind {
            CodeKind::Groups => l.pick("群，按顺序", "Groups, in their order"),
            CodeKind::Staff => l.pick("谁来接待", "Who is met"),
            CodeKind::Web => l.pick("网址", "Address"),
            CodeKind::Rules => l.pick("引到的活码", "Codes that it leads to"),
        },
        targets: view.targets.iter().map(|one| target(one, line.kind, l)).collect(),
        placements: view
            .placements
            .iter()
            .map(|one| placement(one, line.id, origin, scene))
            .collect(),
        failures: failures(&view.placements, scene),
        making,
        checks: view.checks.iter().map(|row| check(row, l)).collect(),
        scans_today: number(line.scans_today),
        scans_week: number(line.scans_week),
        sources: std::iter::once(none).chain(sources).collect(),
        typed: Default::default(),
        wrong: Vec::new(),
    }
}

/// What follows when what is used now is full, at most three, spare ones last; of staff, who takes
/// turns now.
fn next(view: &CodeView, l: Lang) -> Option<(&'static str, String, &'static str)> {
    let open = |is_spare: bool| {
        let fits = move |one: &&TargetView| one.now == TargetNow::Open && one.is_spare == is_spare;
        view.targets.iter().filter(fits).map(|one| words::called(&one.name, l))
    };
    let (title, names, words): (_, Vec<String>, _) = match view.line.kind {
        CodeKind::Groups => (
            l.pick("满了以后去", "Then to"),
            open(false).chain(open(true)).take(3).collect(),
            l.pick("自动换，码不用重印。", "It changes by itself; nothing is printed again."),
        ),
        CodeKind::Staff => (
            l.pick("现在轮到的人", "Who takes turns now"),
            open(false).take(3).collect(),
            l.pick("下班、加满了自动跳过。", "Whoever goes off duty or has enough is passed over."),
        ),
        CodeKind::Web | CodeKind::Rules => return None,
    };
    let between = if view.line.kind == CodeKind::Groups { " → " } else { l.pick("、", ", ") };
    (!names.is_empty()).then(|| (title, names.join(between), words))
}

fn target(target: &TargetView, kind: CodeKind, l: Lang) -> TargetRow {
    let (fill, meter) = words::fill(target, kind, l);
    let near = meter.filter(|_| kind == CodeKind::Groups);
    TargetRow {
        name: words::called(&target.name, l),
        href: match (kind, target.group) {
            (CodeKind::Groups, Some(group)) => format!("/groups/{}", group.0),
            (CodeKind::Rules, _) => format!("/codes/{}", target.key),
            _ => String::new(),
        },
        spare: target.is_spare,
        fill,
        meter,
        near: near.and_then(|(has, most)| words::near_end(has, most)),
        state: words::target(target.now, kind, l),
        gone: if target.now == TargetNow::Gone { words::gone(kind, l) } else { "" },
    }
}

fn placement(
    one: &PlacementView,
    code: i64,
    origin: &str,
    (now, zone, l): (Millis, &Zone, Lang),
) -> PlacementRow {
    let source = words::source(&one.source, l);
    let about: Vec<&str> =
        [source, one.partner.as_str()].into_iter().filter(|word| !word.is_empty()).collect();
    let failing = one.ways.iter().any(|way| matches!(way.state, WayState::Failing { .. }));
    let making = one.ways.iter().any(|way| way.state == WayState::Making);
    let state = match one.closed {
        Some(at) => {
            let at = moment(at, now, zone, l);
            ("secondary", l.pick(format!("{at} 停用"), format!("closed {at}")))
        }
        None if failing => ("red", l.pick("企业微信没接受", "Refused by WeCom").to_owned()),
        None if making => ("blue", l.pick("正在生成", "Being made").to_owned()),
        None => ("green", l.pick("可以用", "Ready").to_owned()),
    };
    PlacementRow {
        href: format!("/codes/{code}/{}", one.id),
        name: one.name.clone(),
        about: about.join(" · "),
        url: format!("{origin}/l/{}", one.slug),
        scans: number(one.scans),
        today: number(one.scans_today),
        last: one.scanned.map(|at| ago(at, now, l)).unwrap_or_default(),
        state,
    }
}

/// What the platform refuses, each with its remedy.
pub(super) fn failures(
    placements: &[PlacementView],
    (now, zone, l): (Millis, &Zone, Lang),
) -> Vec<FailureRow> {
    let open = placements.iter().filter(|one| one.closed.is_none());
    let ways = open.flat_map(|one| one.ways.iter().map(move |way| (one, way)));
    let failure = |(placement, way): (&PlacementView, &app::links::WayView)| match &way.state {
        WayState::Failing { word, said, again, has_picture } => {
            let still = Standstill { word: word.clone(), said: said.clone() };
            let still = StillView::of(&still, l);
            Some(FailureRow {
                placement: placement.name.clone(),
                who: way.name.clone(),
                title: still.title,
                say: still.say,
                said: still.said,
                again: again.map(|at| moment(at, now, zone, l)).unwrap_or_default(),
                goes_on: *has_picture,
            })
        }
        WayState::Ready(_) | WayState::Making => None,
    };
    ways.filter_map(failure).collect()
}

fn check(row: &CheckRow, l: Lang) -> CheckView {
    let step = |(word, done): &(&'static str, bool)| {
        let words = match *word {
            "rename" => {
                let to = row.rename_to.as_deref().unwrap_or_default();
                l.pick(format!("群名改成「{to}」"), format!("rename it to “{to}”"))
            }
            "admins" => l.pick("设好群管理员", "appoint admins").to_owned(),
            "notice" => l.pick("发群公告", "post the notice").to_owned(),
            "anti_spam" => l.pick("打开防骚扰规则", "switch anti-spam on").to_owned(),
            "welcome" => l.pick("配好入群欢迎语", "bind the welcome").to_owned(),
            other => other.to_owned(),
        };
        (*word, words, *done)
    };
    CheckView {
        group: row.group.0,
        name: words::called(&row.name, l),
        steps: row.steps.iter().map(step).collect(),
    }
}

/// `POST /codes/{code}/closure`
pub(super) async fn close(
    State(house): State<House>,
    seated: Seated,
    Path(code): Path<i64>,
) -> Result<Redirect, Trouble> {
    keeps(&seated)?;
    seated.visit.may_act(&house)?;
    house.console().close_code(&seated.actor, code).await?;
    Ok(Redirect::to("/codes?done=closed"))
}

/// `POST /codes/{code}/reopening`
pub(super) async fn reopen(
    State(house): State<House>,
    seated: Seated,
    Path(code): Path<i64>,
) -> Result<Redirect, Trouble> {
    keeps(&seated)?;
    seated.visit.may_act(&house)?;
    house.console().reopen_code(&seated.actor, code).await?;
    Ok(Redirect::to(&format!("/codes/{code}?done=reopened")))
}

/// A step of a check-list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Ticked {
    group: i64,
    step: String,
}

/// `POST /codes/{code}/checks`
pub(super) async fn tick(
    State(house): State<House>,
    seated: Seated,
    Path(code): Path<i64>,
    Form(ticked): Form<Ticked>,
) -> Result<Redirect, Trouble> {
    if !seated.actor.may(May::Tend) {
        return Err(Trouble::not_allowed(May::Tend));
    }
    seated.visit.may_act(&house)?;
    // A group of another code is not one of this page.
    let view = house.console().code(&seated.actor, code).await?;
    let own = view.checks.iter().any(|row| row.group.0 == ticked.group);
    let group = own.then_some(GroupId(ticked.group)).ok_or_else(Trouble::missing)?;
    house.console().tick_code_check(&seated.actor, group, &ticked.step).await?;
    Ok(Redirect::to(&format!("/codes/{code}#checks")))
}

/// `POST /codes/{code}/retries`
pub(super) async fn retry(
    State(house): State<House>,
    seated: Seated,
    Path(code): Path<i64>,
) -> Result<Redirect, Trouble> {
    keeps(&seated)?;
    seated.visit.may_act(&house)?;
    house.console().retry_code(&seated.actor, code).await?;
    Ok(Redirect::to(&format!("/codes/{code}?done=retried")))
}

fn notice(done: &str, l: Lang) -> Option<Notice> {
    let words = match done {
        "opened" => l.pick(
            "活码建好了。在下面加一个投放位，就有链接和二维码可以用。",
            "The code is made. Hang it somewhere below, and there is a link and a QR code.",
        ),
        "changed" => {
            l.pick("已保存，下一个扫码的人就按新的走。", "Saved: the next scan goes by it.")
        }
        "reopened" => l.pick("已重新打开，链接和原来一样。", "Open again, under the same links."),
        "retried" => {
            l.pick("正在重试，过一会儿刷新看结果。", "It is tried again: look in a moment.")
        }
        "unplaced" => l.pick("这个投放位停用了。", "The placement is closed."),
        _ => return None,
    };
    Some(Notice { tone: "success", words: words.to_owned(), undo: None })
}
