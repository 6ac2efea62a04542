//! How far a hand-over is: by kind and by day, what failed and what to do about it.

use std::collections::BTreeMap;

use app::console::Denied;
use app::wecom::{Handed, HandoverView};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::HeaderValue;
use axum::response::{Redirect, Response};
use domain::{Day, HandState, HeldKind, Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::wecom::handover::beside::{HereView, LedView};
use crate::console::wecom::handover::draft::Choice;
use crate::console::wecom::handover::said::Told;
use crate::console::wecom::handover::words::{both, kind, many, reason, state};
use crate::console::wecom::sees;
use crate::console::wecom::still::StillView;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{date, moment, number};

/// Things of one reason that are named, at most; the file has all of them.
const NAMED: usize = 30;

/// How far one kind is.
pub(crate) struct KindView {
    pub(crate) what: String,
    pub(crate) done: u32,
    pub(crate) all: u32,
    /// Tone and words of each state that there is.
    pub(crate) states: Vec<(&'static str, String)>,
}

/// What did not change hands for one reason, of one taker.
pub(crate) struct StuckView {
    pub(crate) what: String,
    pub(crate) taker: String,
    pub(crate) why: String,
    pub(crate) remedy: &'static str,
    pub(crate) names: String,
}

/// What one taker did not get and another may.
pub(crate) struct RetakeView {
    pub(crate) from: String,
    pub(crate) words: String,
    pub(crate) choices: Vec<Choice>,
}

/// How far it is: a part that asks again while it goes on.
#[derive(Template)]
#[template(path = "console/wecom/handover/far.html")]
pub(crate) struct FarPart {
    pub(crate) l: Lang,
    pub(crate) id: i64,
    pub(crate) handover: i64,
    pub(crate) goes_on: bool,
    pub(crate) kinds: Vec<KindView>,
    pub(crate) next: String,
    pub(crate) still: Option<StillView>,
    /// Day, what was or will be asked for, what of it is done.
    pub(crate) days: Vec<(String, String, String)>,
    pub(crate) stuck: Vec<StuckView>,
    pub(crate) retakes: Vec<RetakeView>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/handover/follow.html")]
pub(crate) struct FollowPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    pub(crate) handover: i64,
    pub(crate) about: String,
    pub(crate) ended: String,
    /// Where cancelling is sent to; none when there is nothing to cancel.
    pub(crate) cancel: Option<String>,
    pub(crate) far: FarPart,
    pub(crate) led: Option<LedView>,
    pub(crate) here: Option<HereView>,
    /// Whether somebody of our staff is them.
    pub(crate) is_here: bool,
}

/// `GET /settings/wecom/{account}/handover/{handover}`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path((account, handover)): Path<(i64, i64)>,
    Query(told): Query<Told>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let (l, console) = (seated.visit.lang, house.console());
    let view = console.handover(&seated.actor, account, handover).await?;
    let zone = console.zone(seated.actor.org).await?;
    let title = l.pick(format!("交接：{}", view.giver), format!("Hand-over: {}", view.giver));
    let frame = Frame::of(&house, &seated, Place::Settings, &title).await?;
    let frame = frame.saying(told.notice(l));
    Ok(shown(&FollowPage::of(frame, &view, (house.now(), &zone, l))))
}

/// `GET /settings/wecom/{account}/handover/{handover}/part`
pub(super) async fn part(
    State(house): State<House>,
    seated: Seated,
    Path((account, handover)): Path<(i64, i64)>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let (l, console) = (seated.visit.lang, house.console());
    let view = console.handover(&seated.actor, account, handover).await?;
    let zone = console.zone(seated.actor.org).await?;
    let mut response = shown(&FarPart::of(&view, (house.now(), &zone, l)));
    if view.row.ended.is_some() {
        // The page says that it ended.
        response.headers_mut().insert("hx-refresh", HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// `POST /settings/wecom/{account}/handover/{handover}/cancellation`
pub(super) async fn cancel(
    State(house): State<House>,
    seated: Seated,
    Path((account, handover)): Path<(i64, i64)>,
) -> Result<Redirect, Trouble> {
    sees(&seated)?;
    let to = format!("/settings/wecom/{account}/handover/{handover}");
    match house.console().cancel_handover(&seated.actor, account, handover).await {
        // What has ended meanwhile needs no end.
        Ok(()) | Err(Denied::Changed) => Ok(Redirect::to(&format!("{to}?done=cancelled"))),
        Err(denied) => Err(denied.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Retake {
    from: String,
    to: String,
}

/// `POST /settings/wecom/{account}/handover/{handover}/retakes`
pub(super) async fn retake(
    State(house): State<House>,
    seated: Seated,
    Path((account, handover)): Path<(i64, i64)>,
    Form(retake): Form<Retake>,
) -> Result<Redirect, Trouble> {
    sees(&seated)?;
    let address = format!("/settings/wecom/{account}/handover/{handover}");
    let (which, pair) = ((account, handover), (retake.from.as_str(), retake.to.as_str()));
    match house.console().retake_handover(&seated.actor, which, pair).await {
        Ok(_) => Ok(Redirect::to(&format!("{address}?done=retaken"))),
        Err(Denied::Wrong(wrong)) => {
            let code = wrong.first().map_or("", |one| one.code);
            Ok(Redirect::to(&format!("{address}?wrong={code}")))
        }
        Err(denied) => Err(denied.into()),
    }
}

impl FollowPage {
    pub(super) fn of(
        frame: Frame,
        view: &HandoverView,
        (now, zone, l): (Millis, &Zone, Lang),
    ) -> Self {
        let row = &view.row;
        let (id, handover) = (row.id.account, row.handover);
        let began = moment(row.made, now, zone, l);
        let about = if row.left {
            l.pick(
                format!("离职继承，{began} 发起"),
                format!("of somebody who left, begun {began}"),
            )
        } else {
            l.pick(format!("在职转让，{began} 发起"), format!("of somebody there, begun {began}"))
        };
        let ended = row.ended.map(|at| {
            let at = moment(at, now, zone, l);
            l.pick(format!("{at} 全部有了结果"), format!("Everything came to its end {at}"))
        });
        let planned = view.items.iter().any(|one| one.state == HandState::Planned);
        let may = row.ended.is_none() && row.cancelled.is_none() && planned;
        Self {
            l,
            frame,
            id,
            handover,
            about,
            ended: ended.unwrap_or_default(),
            cancel: may.then(|| format!("/settings/wecom/{id}/handover/{handover}/cancellation")),
            far: FarPart::of(view, (now, zone, l)),
            led: LedView::of(view, l),
            here: HereView::of(view, l),
            is_here: view.beside.here.is_some(),
        }
    }
}

impl FarPart {
    pub(super) fn of(view: &HandoverView, (now, zone, l): (Millis, &Zone, Lang)) -> Self {
        let next = view.next_until().map(|at| {
            let at = moment(at, now, zone, l);
            l.pick(
                format!("正在等客户：最早的 {at} 换人，之前客户可以拒绝。"),
                format!("Customers are waited for: the first ones change hands {at}, unless they say no."),
            )
        });
        let open = view.row.ended.is_none();
        Self {
            l,
            id: view.row.id.account,
            handover: view.row.handover,
            goes_on: open,
            kinds: HeldKind::ALL.into_iter().filter_map(|kind| kind_view(view, kind, l)).collect(),
            next: next.unwrap_or_default(),
            still: view.still.as_ref().filter(|_| open).map(|still| StillView::of(still, l)),
            days: days(view, (now, zone, l)),
            stuck: stuck(view, l),
            retakes: retakes(view, l),
        }
    }
}

fn kind_view(view: &HandoverView, kind: HeldKind, l: Lang) -> Option<KindView> {
    let own: Vec<&Handed> = view.items.iter().filter(|one| one.kind == kind).collect();
    let of = |state: HandState| own.iter().filter(|one| one.state == state).count();
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let said = |one: HandState| {
        let (tone, word) = state(one, l);
        let count = of(one);
        (count > 0).then(|| (tone, format!("{word} {}", crate::words::count(count))))
    };
    (!own.is_empty()).then(|| KindView {
        what: many(kind, u64::try_from(own.len()).unwrap_or(u64::MAX), l),
        done: small(of(HandState::Done)),
        all: small(own.len()),
        states: HandState::ALL.into_iter().filter_map(said).collect(),
    })
}

/// What is asked for on which day.
fn days(
    view: &HandoverView,
    (now, zone, l): (Millis, &Zone, Lang),
) -> Vec<(String, String, String)> {
    let mut days: BTreeMap<Day, [u64; 3]> = BTreeMap::new();
    for one in view.items.iter().filter(|one| one.state != HandState::Cancelled) {
        let day = days.entry(zone.local(one.asked.unwrap_or(one.due)).day).or_default();
        let [contacts, groups, done] = day;
        *(if one.kind == HeldKind::Contact { contacts } else { groups }) += 1;
        *done += u64::from(one.state == HandState::Done);
    }
    let today = zone.local(now).day;
    days.into_iter()
        .map(|(day, [contacts, groups, done])| {
            let at = if day == today {
                l.pick("今天", "today").to_owned()
            } else {
                date(day, today, l)
            };
            (at, both(contacts, groups, l), number(done))
        })
        .collect()
}

fn stuck(view: &HandoverView, l: Lang) -> Vec<StuckView> {
    let mut all: BTreeMap<(HandState, Option<i64>, &str, HeldKind), Vec<&Handed>> = BTreeMap::new();
    for one in view.items.iter().filter(|one| one.state.is_stuck()) {
        all.entry((one.state, one.code, &one.taker, one.kind)).or_default().push(one);
    }
    all.into_iter()
        .map(|((state, code, taker, of), own)| {
            let reason = reason(state, code, l);
            let called = |one: &&Handed| {
                if one.name.is_empty() { one.held.clone() } else { one.name.clone() }
            };
            let mut names: Vec<String> = own.iter().take(NAMED).map(called).collect();
            if own.len() > NAMED {
                names.push("…".to_owned());
            }
            StuckView {
                what: format!("{} {}", kind(of, l), crate::words::count(own.len())),
                taker: view.name(taker),
                why: reason.why,
                remedy: reason.remedy,
                names: names.join(l.pick("、", ", ")),
            }
        })
        .collect()
}

fn retakes(view: &HandoverView, l: Lang) -> Vec<RetakeView> {
    let mut by: BTreeMap<&str, u64> = BTreeMap::new();
    for one in view.items.iter().filter(|one| view.may_again(one)) {
        *by.entry(&one.taker).or_default() += 1;
    }
    if view.takers.is_empty() {
        return Vec::new();
    }
    by.into_iter()
        .map(|(from, count)| RetakeView {
            from: from.to_owned(),
            words: l.pick(
                format!("{} 没接成的 {} 项，改交给", view.name(from), number(count)),
                format!("{} things {} did not get go to", number(count), view.name(from)),
            ),
            choices: view
                .takers
                .iter()
                .map(|one| (one.userid.clone(), one.name.clone(), one.userid == from))
                .collect(),
        })
        .collect()
}
