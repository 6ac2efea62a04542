//! How far a company was read, step by step.

use app::wecom::{Company, PullStep, StepState};
use askama::Template;
use domain::{Millis, Zone};
use report::Lang;

use crate::console::wecom::still::StillView;
use crate::words::{moment, number, times};

/// A step.
pub(crate) struct StepView {
    pub(crate) name: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) state: String,
    pub(crate) count: String,
    /// Done of all, while it is under way and all are known.
    pub(crate) meter: Option<(u32, u32)>,
}

/// The steps: a part of the page that asks again while something moves.
#[derive(Template)]
#[template(path = "console/wecom/steps.html")]
pub(crate) struct StepsPart {
    pub(crate) l: Lang,
    pub(crate) id: i64,
    pub(crate) goes_on: bool,
    pub(crate) steps: Vec<StepView>,
    pub(crate) still: Option<StillView>,
}

impl StepsPart {
    pub(super) fn of(company: &Company, scene: (Millis, &Zone, Lang)) -> Self {
        let l = scene.2;
        let (pulling, connected) = (company.pulling, company.gone.is_none());
        let still = company.steps.iter().find_map(|step| match &step.state {
            StepState::Still(still) if connected && !pulling => Some(StillView::of(still, l)),
            _ => None,
        });
        let steps = company.steps.iter().map(|step| step_view(step, pulling, scene)).collect();
        Self { l, id: company.id.account, goes_on: goes_on(company), steps, still }
    }
}

/// Whether it is being read, or is about to be.
pub(super) fn goes_on(company: &Company) -> bool {
    let waits = company.steps.iter().all(|step| step.state == StepState::Waiting);
    company.gone.is_none() && (company.pulling || waits)
}

/// How a company stands, in one line: tone and words.
pub(super) fn line(
    company: &Company,
    (now, zone, l): (Millis, &Zone, Lang),
) -> (&'static str, String) {
    if let Some(gone) = company.gone {
        let at = moment(gone, now, zone, l);
        return ("secondary", l.pick(format!("{at} 断开"), format!("disconnected {at}")));
    }
    let open = company.steps.iter().find(|step| !matches!(step.state, StepState::Done(_)));
    let Some(step) = open else {
        let ended = company.steps.iter().filter_map(|step| match step.state {
            StepState::Done(at) => Some(at),
            _ => None,
        });
        let at = moment(ended.max().unwrap_or(now), now, zone, l);
        return ("green", l.pick(format!("{at} 读完"), format!("read whole {at}")));
    };
    let name = name(step.word, l);
    match &step.state {
        StepState::Still(still) if !company.pulling => {
            let title = StillView::of(still, l).title;
            ("red", l.pick(format!("停在「{name}」：{title}"), format!("{name}: {title}")))
        }
        StepState::Waiting if !company.pulling => {
            ("secondary", l.pick("等待读取", "waits to be read").to_owned())
        }
        _ => {
            let count = count(step, l);
            let words =
                l.pick(format!("正在读：{name} {count}"), format!("being read: {name} {count}"));
            ("teal", words.trim_end().to_owned())
        }
    }
}

fn step_view(step: &PullStep, pulling: bool, (now, zone, l): (Millis, &Zone, Lang)) -> StepView {
    let (tone, state) = match &step.state {
        StepState::Waiting => ("secondary", l.pick("还没开始", "not begun").to_owned()),
        StepState::Done(at) => {
            let at = moment(*at, now, zone, l);
            ("green", l.pick(format!("{at} 读完"), format!("done {at}")))
        }
        StepState::Still(_) if !pulling => ("red", l.pick("停住了", "stands still").to_owned()),
        _ if pulling => ("teal", l.pick("正在读", "under way").to_owned()),
        // Cut off when the program stopped: it goes on where it stood.
        _ => ("orange", l.pick("等待继续", "waits to go on").to_owned()),
    };
    let is_open = matches!(step.state, StepState::UnderWay | StepState::Still(_));
    let meter = step.total.filter(|total| is_open && *total > 0);
    StepView {
        name: name(step.word, l),
        tone,
        state,
        count: count(step, l),
        meter: meter.map(|total| (step.done.min(total), total)),
    }
}

/// Done of all, where there is something to tell.
fn count(step: &PullStep, l: Lang) -> String {
    let (zh, en) = match step.word {
        "staff" => ("人", ["person", "people"]),
        "groups" | "members" => ("个群", ["group", "groups"]),
        _ => ("人次", ["contact", "contacts"]),
    };
    let far = |n: u32| times(n.into(), l, zh, en);
    match (step.done, step.total, &step.state) {
        (_, _, StepState::Waiting) | (0, None, _) => String::new(),
        (done, _, StepState::Done(_)) | (done, None, _) => far(done),
        (done, Some(total), _) => format!("{} / {}", number(done.into()), far(total)),
    }
}

fn name(word: &str, l: Lang) -> &'static str {
    match word {
        "staff" => l.pick("员工", "Staff"),
        "groups" => l.pick("客户群名单", "List of groups"),
        "members" => l.pick("群成员", "Members of groups"),
        _ => l.pick("客户", "Customers"),
    }
}
