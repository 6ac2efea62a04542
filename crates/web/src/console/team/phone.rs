//! Who somebody of staff is on WeCom: to whom cards with to-dos go, and when not.

use app::console::Denied;
use app::wecom::{PhoneSeat, SeatForm};
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{May, StaffId};
use report::Lang;
use serde::Deserialize;

use crate::console::Seated;
use crate::console::team::staff::refused;
use crate::house::House;
use crate::trouble::Trouble;
use crate::words::moment;

/// The form on a colleague's page.
pub(crate) struct PhoneView {
    /// Value (`company:userid`), word, chosen.
    pub(crate) people: Vec<(String, String, bool)>,
    /// Somebody is chosen because the names are the same.
    pub(crate) suggested: bool,
    pub(crate) quiet_from: String,
    pub(crate) quiet_to: String,
    /// Why no card goes out now; each with what to do.
    pub(crate) hindrances: Vec<String>,
}

/// What was chosen.
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    who: String,
    #[serde(default)]
    quiet_from: String,
    #[serde(default)]
    quiet_to: String,
}

/// The form for a colleague; `None` where no company is connected or who looks sees none.
pub(super) async fn view(
    house: &House,
    seated: &Seated,
    staff: StaffId,
) -> Result<Option<PhoneView>, Trouble> {
    let (l, actor) = (seated.visit.lang, &seated.actor);
    if !actor.may(May::Lead) || !actor.sees_all() {
        return Ok(None);
    }
    let seat = house.console().phone_seat(actor, staff).await?;
    if seat.places.is_empty() {
        return Ok(None);
    }
    let refused = match seat.now.as_ref().and_then(|now| now.refused.as_ref()) {
        None => None,
        Some((at, said)) => {
            let zone = house.console().zone(actor.org).await?;
            let at = moment(*at, house.now(), &zone, l);
            Some(l.pick(
                format!(
                    "{at} 企业微信说 TA 收不到应用消息（{said}）。请把 TA 加进应用的可见范围，\
                     或者换成对的账号，再保存一次就会重新发。"
                ),
                format!(
                    "At {at} WeCom did not take a card for them ({said}). Put them into the app's \
                     visible range or choose the right account, then save again."
                ),
            ))
        }
    };
    Ok(Some(shown(&seat, (house.settings().address.is_some(), refused), l)))
}

pub(super) fn shown(
    seat: &PhoneSeat,
    (has_address, refused): (bool, Option<String>),
    l: Lang,
) -> PhoneView {
    let chosen = seat.now.as_ref().map(|now| (now.seat.account, now.seat.userid.clone()));
    let chosen = chosen.or_else(|| seat.suggested.clone());
    let several = seat.places.len() > 1;
    let mut people = Vec::new();
    for place in &seat.places {
        for (userid, name) in &place.people {
            let word = if name.is_empty() { userid.clone() } else { format!("{name} · {userid}") };
            let word = if several { format!("{word} · {}", place.corp) } else { word };
            let on = chosen.as_ref() == Some(&(place.account, userid.clone()));
            people.push((format!("{}:{userid}", place.account), word, on));
        }
    }
    let of = |account: i64| seat.places.iter().find(|place| place.account == account);
    let mut hindrances: Vec<String> = refused.into_iter().collect();
    let agentless = seat.now.as_ref().and_then(|now| of(now.seat.account));
    if let Some(place) = agentless.filter(|place| !place.has_agent) {
        hindrances.push(l.pick(
            format!("{} 还没填应用的 AgentId，卡片发不出去：在「修改接入」里补上。", place.corp),
            format!("{} has no AgentId yet: add it under “Change the access”.", place.corp),
        ));
    }
    if !has_address {
        hindrances.push(
            l.pick(
                "服务启动时没有说对外的网址（--public-url），卡片里放不了链接，所以不发。",
                "The program was not told its public address (--public-url): no link, so no card.",
            )
            .to_owned(),
        );
    }
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    PhoneView {
        people,
        suggested: seat.suggested.is_some(),
        quiet_from: time(seat.quiet.0),
        quiet_to: time(seat.quiet.1),
        hindrances,
    }
}

/// `POST /staff/{id}/phone`
pub(super) async fn save(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Trouble> {
    if seated.actor.may(May::Lead) && !seated.actor.sees_all() {
        return Err(Denied::NotAllowed(May::Own).into());
    }
    let who = chosen
        .who
        .split_once(':')
        .and_then(|(account, userid)| Some((account.parse().ok()?, userid.to_owned())));
    let form = SeatForm { who, quiet_from: chosen.quiet_from, quiet_to: chosen.quiet_to };
    match house.console().put_phone_seat(&seated.actor, StaffId(id), &form).await {
        Ok(()) => Ok(Redirect::to(&format!("/staff/{id}?done=changed")).into_response()),
        Err(no) => refused((&house, &seated), StaffId(id), no).await,
    }
}
