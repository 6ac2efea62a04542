//! Shared blocks of the organisation, and the hours of duty.

use app::console::{Denied, FieldError};
use app::wecom::{BLOCKS_MAX, Welcomes};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use engine::welcome::Duty;
use report::Lang;

use crate::console::Seated;
use crate::console::wecom::sees;
use crate::console::wecom::welcome::page::list;
use crate::console::wecom::welcome::typed::{Pairs, last};
use crate::console::wecom::welcome::words::fault;
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// The form of the hours of duty.
#[derive(Clone, Debug, Default)]
pub(crate) struct DutyView {
    /// Somebody is on duty at any hour.
    pub(crate) always: bool,
    /// Monday to Sunday.
    pub(crate) days: [bool; 7],
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) seen: i64,
    pub(crate) wrong: String,
    is_typed: bool,
}

/// The forms of shared blocks.
#[derive(Clone, Debug, Default)]
pub(crate) struct BlocksView {
    /// Name and text of those that there are.
    pub(crate) all: Vec<(String, String)>,
    pub(crate) may_add: bool,
    /// What was typed and is wrong: name and text.
    pub(crate) typed: (String, String),
    pub(crate) wrong_name: String,
    pub(crate) wrong_text: String,
}

impl DutyView {
    /// What was typed, or what is kept.
    pub(super) fn or(self, all: &Welcomes) -> Self {
        if self.is_typed {
            return self;
        }
        let weekdays = [true, true, true, true, true, false, false];
        let duty = all.duty.unwrap_or(Duty { days: weekdays, from: 540, to: 1_080 });
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        Self {
            always: all.duty.is_none(),
            days: duty.days,
            from: clock(duty.from),
            to: clock(duty.to),
            seen: all.duty_seen,
            wrong: String::new(),
            is_typed: false,
        }
    }

    /// The days with what they are called.
    pub(crate) fn week(&self, l: Lang) -> Vec<(usize, &'static str, bool)> {
        let names = l.pick(
            ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
            ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        );
        let days = names.into_iter().zip(self.days).enumerate();
        days.map(|(nth, (name, on))| (nth, name, on)).collect()
    }
}

impl BlocksView {
    /// What is kept, with what was typed.
    pub(super) fn or(self, all: &Welcomes) -> Self {
        let may_add = all.blocks.len() < BLOCKS_MAX;
        Self { all: all.blocks.clone(), may_add, ..self }
    }
}

/// `POST /settings/wecom/{account}/welcome/duty`
pub(super) async fn duty(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    house.console().company(&seated.actor, account).await?;
    let (l, always) = (seated.visit.lang, last(&pairs, "always") == "1");
    let mut days = [false; 7];
    for (name, value) in &pairs {
        let day = value.parse().ok().filter(|_| name == "day");
        if let Some(day) = day.and_then(|day: usize| days.get_mut(day)) {
            *day = true;
        }
    }
    let (from, to) = (last(&pairs, "from"), last(&pairs, "to"));
    let seen = last(&pairs, "seen").parse().unwrap_or(0);
    let done = match (always, minute(from), minute(to)) {
        (true, ..) => house.console().set_duty(&seated.actor, None, seen).await,
        (false, Some(from), Some(to)) => {
            let duty = Some(Duty { days, from, to });
            house.console().set_duty(&seated.actor, duty, seen).await
        }
        _ => Err(Denied::field("from", "not_a_time")),
    };
    let Err(denied) = done else { return Ok(back(account)) };
    let wrong = faults(denied)?;
    let first = wrong.first().map(|one| fault(one.field, one.code, ("", l)));
    let (from, to) = (from.to_owned(), to.to_owned());
    let wrong = first.unwrap_or_default();
    let view = DutyView { always, days, from, to, seen, wrong, is_typed: true };
    let page = list((&house, &seated), account, (view, BlocksView::default())).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&page)).into_response())
}

/// `POST /settings/wecom/{account}/welcome/blocks`
pub(super) async fn save(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    house.console().company(&seated.actor, account).await?;
    let (name, text) = (last(&pairs, "name"), last(&pairs, "text"));
    match house.console().set_block(&seated.actor, name, text).await {
        Ok(()) => Ok(back(account)),
        Err(denied) => refused((&house, &seated), (account, &pairs), denied).await,
    }
}

/// `POST /settings/wecom/{account}/welcome/blocks/removal`
pub(super) async fn remove(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    house.console().company(&seated.actor, account).await?;
    match house.console().remove_block(&seated.actor, last(&pairs, "name")).await {
        Ok(()) => {
            let to = format!("/settings/wecom/{account}/welcome?done=removed#blocks");
            Ok(Redirect::to(&to).into_response())
        }
        Err(denied) => refused((&house, &seated), (account, &pairs), denied).await,
    }
}

async fn refused(
    (house, seated): (&House, &Seated),
    (account, pairs): (i64, &Pairs),
    denied: Denied,
) -> Result<Response, Trouble> {
    let (wrong, l) = (faults(denied)?, seated.visit.lang);
    let of = |field: &str| {
        let found = wrong.iter().find(|one| one.field == field);
        found.map(|one| fault(one.field, one.code, ("", l))).unwrap_or_default()
    };
    let typed = (last(pairs, "name").to_owned(), last(pairs, "text").to_owned());
    let (wrong_name, wrong_text) = (of("name"), of("text"));
    let blocks = BlocksView { typed, wrong_name, wrong_text, ..BlocksView::default() };
    let page = list((house, seated), account, (DutyView::default(), blocks)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&page)).into_response())
}

fn faults(denied: Denied) -> Result<Vec<FieldError>, Trouble> {
    match denied {
        Denied::Wrong(wrong) => Ok(wrong),
        denied => Err(denied.into()),
    }
}

fn back(account: i64) -> Response {
    Redirect::to(&format!("/settings/wecom/{account}/welcome?done=saved")).into_response()
}

/// The minute of the day.
fn minute(clock: &str) -> Option<u16> {
    let (hour, minute) = clock.trim().split_once([':', '：'])?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}
