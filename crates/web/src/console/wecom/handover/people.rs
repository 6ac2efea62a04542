//! Who holds what: those who left first; and the hand-overs so far.

use app::wecom::{HandoverSeen, Holder, Holders, LeftRead};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{HandState, Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::wecom::handover::words::held;
use crate::console::wecom::sees;
use crate::console::wecom::still::StillView;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{moment, number, times};

/// Members who are there, shown at most; the field finds the others.
const ROWS_MAX: usize = 50;
/// Letters of what is looked for.
const LETTERS_MAX: usize = 100;

/// Somebody who holds something.
pub(crate) struct HolderView {
    pub(crate) name: String,
    pub(crate) userid: String,
    pub(crate) holds: String,
    pub(crate) href: String,
    /// Whether a hand-over is under way.
    pub(crate) open: bool,
    /// Whether nobody knows where they are: neither there nor told to have left.
    pub(crate) lost: bool,
}

/// A hand-over in the list.
pub(crate) struct JobView {
    pub(crate) href: String,
    pub(crate) giver: String,
    pub(crate) began: String,
    pub(crate) far: String,
    pub(crate) badge: (&'static str, String),
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/handover/people.html")]
pub(crate) struct PeoplePage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    pub(crate) summary: String,
    /// Whether those who left were read.
    pub(crate) read: String,
    pub(crate) still: Option<StillView>,
    pub(crate) left: Vec<HolderView>,
    pub(crate) present: Vec<HolderView>,
    pub(crate) more: String,
    pub(crate) q: String,
    pub(crate) jobs: Vec<JobView>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Look {
    #[serde(default)]
    q: String,
}

/// `GET /settings/wecom/{account}/handover`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let (l, console) = (seated.visit.lang, house.console());
    let holders = console.holders(&seated.actor, account).await?;
    let jobs = console.handovers(&seated.actor, account).await?;
    let zone = console.zone(seated.actor.org).await?;
    let title = l.pick("交接客户和群", "Hand over customers and groups");
    let frame = Frame::of(&house, &seated, Place::Settings, title).await?;
    let q: String = look.q.trim().chars().take(LETTERS_MAX).collect();
    Ok(shown(&PeoplePage::of((frame, account, q), (&holders, &jobs), (house.now(), &zone, l))))
}

impl PeoplePage {
    pub(super) fn of(
        (frame, id, q): (Frame, i64, String),
        (holders, jobs): (&Holders, &[HandoverSeen]),
        (now, zone, l): (Millis, &Zone, Lang),
    ) -> Self {
        let holds = |one: &&Holder| one.things() > 0;
        let left: Vec<&Holder> = holders.all.iter().filter(|one| one.left).filter(holds).collect();
        let wanted = q.to_lowercase();
        let fits = |one: &&Holder| {
            one.name.to_lowercase().contains(&wanted) || one.userid.to_lowercase().contains(&wanted)
        };
        let there = holders.all.iter().filter(|one| !one.left && (one.seen || one.codes > 0));
        let present: Vec<&Holder> = there.filter(holds).filter(fits).collect();
        let (read, still) = match &holders.left_read {
            LeftRead::At(at) => {
                let at = moment(*at, now, zone, l);
                (l.pick(format!("按 {at} 读到的算。"), format!("As it was read {at}.")), None)
            }
            LeftRead::Never => (
                l.pick(
                    "还没有读过离职成员的客户，点「重新读取」。",
                    "Customers of those who left were not read yet: press “Read again”.",
                )
                .to_owned(),
                None,
            ),
            LeftRead::Still(still) => (String::new(), Some(StillView::of(still, l))),
        };
        let over = present.len().saturating_sub(ROWS_MAX);
        let more = number(u64::try_from(over).unwrap_or(u64::MAX));
        Self {
            l,
            frame,
            id,
            summary: summary(&left, l),
            read,
            still,
            left: left.into_iter().map(|one| view(id, one, l)).collect(),
            present: present.into_iter().take(ROWS_MAX).map(|one| view(id, one, l)).collect(),
            more: if over == 0 {
                String::new()
            } else {
                l.pick(
                    format!("还有 {more} 人，用上面的框找。"),
                    format!("{more} more: look above."),
                )
            },
            q,
            jobs: jobs.iter().map(|job| job_view(id, job, (now, zone, l))).collect(),
        }
    }
}

fn summary(left: &[&Holder], l: Lang) -> String {
    let sum = |of: fn(&Holder) -> u32| left.iter().map(|one| u64::from(of(one))).sum::<u64>();
    if left.is_empty() {
        return l
            .pick(
                "没有离职的同事还留着客户、群或活码。",
                "Nobody who left still has customers, groups or live codes.",
            )
            .to_owned();
    }
    let holds = held(sum(|one| one.contacts), sum(|one| one.groups), sum(|one| one.codes), l);
    let people = u64::try_from(left.len()).unwrap_or(u64::MAX);
    let who = times(people, l, "位同事", ["person", "people"]);
    l.pick(
        format!("{who}离职了，名下还有 {holds}没有人接。"),
        format!("{who} left and still hold {holds}."),
    )
}

fn view(id: i64, one: &Holder, l: Lang) -> HolderView {
    let href = if let Some(open) = one.open {
        format!("/settings/wecom/{id}/handover/{open}")
    } else {
        let who = serde_urlencoded::to_string([("who", &one.userid)]).unwrap_or_default();
        format!("/settings/wecom/{id}/handover/new?{who}")
    };
    HolderView {
        name: one.name.clone(),
        userid: if one.name == one.userid { String::new() } else { one.userid.clone() },
        holds: held(one.contacts.into(), one.groups.into(), one.codes.into(), l),
        href,
        open: one.open.is_some(),
        lost: !one.left && !one.seen,
    }
}

fn job_view(id: i64, job: &HandoverSeen, (now, zone, l): (Millis, &Zone, Lang)) -> JobView {
    let sum = |of: fn(HandState) -> bool| {
        let own = job.counts.iter().filter(|((_, state), _)| of(*state));
        own.map(|(_, count)| u64::from(*count)).sum::<u64>()
    };
    let (all, done) = (sum(|_| true), sum(|state| state == HandState::Done));
    let stuck = sum(HandState::is_stuck);
    let badge = match (job.row.ended.is_some(), stuck) {
        (true, 0) => ("green", l.pick("已完成", "done").to_owned()),
        (true, stuck) => {
            ("orange", l.pick(format!("完成，{stuck} 项没成"), format!("done, {stuck} failed")))
        }
        (false, _) if !job.row.trouble.is_empty() => {
            ("red", l.pick("停住了", "stands still").to_owned())
        }
        (false, 0) => ("teal", l.pick("进行中", "under way").to_owned()),
        (false, stuck) => (
            "orange",
            l.pick(format!("进行中，{stuck} 项没成"), format!("under way, {stuck} failed")),
        ),
    };
    JobView {
        href: format!("/settings/wecom/{id}/handover/{}", job.row.handover),
        giver: job.giver.clone(),
        began: moment(job.row.made, now, zone, l),
        far: if all == 0 {
            l.pick("没有客户和群要转", "no customers or groups").to_owned()
        } else {
            l.pick(
                format!("{} / {} 已交接", number(done), number(all)),
                format!("{} of {} handed over", number(done), number(all)),
            )
        },
        badge,
    }
}
