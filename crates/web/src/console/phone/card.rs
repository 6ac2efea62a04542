//! The page behind a card: its to-dos, each with one large button.

use app::console::{Denied, Ended};
use app::wecom::{CardTodo, TodoState};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::phone::face::opened;
use crate::console::today::{done, kind, quote, says, source as source_word, tone};
use crate::door::{Theme, Visit};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{ago, moment};

/// A to-do.
pub(crate) struct TodoView {
    pub(crate) source: String,
    pub(crate) key: String,
    /// Tone and words of what it is; none where it is over.
    pub(crate) kind: Option<(&'static str, &'static str)>,
    pub(crate) group: String,
    pub(crate) since: String,
    pub(crate) quote: Option<String>,
    pub(crate) says: Vec<String>,
    /// Word on the button; none where the phone cannot complete it.
    pub(crate) done: Option<&'static str>,
    /// How it ended, or why it cannot be done here.
    pub(crate) state: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/phone/card.html")]
pub(crate) struct CardPageView {
    pub(crate) l: Lang,
    pub(crate) theme: Theme,
    pub(crate) token: String,
    pub(crate) name: String,
    pub(crate) todos: Vec<TodoView>,
    pub(crate) open: usize,
    /// What was done just now.
    pub(crate) said: Option<&'static str>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: String,
}

/// Which to-do.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    row_source: String,
    row_key: String,
}

/// `GET /m/{token}`: completes nothing, whoever follows the link.
pub(super) async fn page(
    State(house): State<House>,
    visit: Visit,
    Path(token): Path<String>,
    Query(did): Query<Done>,
) -> Result<Response, Trouble> {
    visit.may_read(&house)?;
    let card = card(&house, &visit, &token)?;
    let org = house.settings().org;
    let found = house.console().card_page(org, card).await;
    let found = found.map_err(|denied| over(&house, &visit, denied))?;
    let zone = house.console().zone(org).await?;
    let l = visit.lang;
    let scene = (house.now(), &zone, l);
    let todos: Vec<TodoView> = found.todos.iter().map(|todo| view(todo, scene)).collect();
    let said = match did.done.as_str() {
        "done" => Some(l.pick("已完成，「今日」里也办结了。", "Done, on Today as well.")),
        "sent" => Some(l.pick("已确认，正在发送。", "Confirmed: it is being sent.")),
        "gone" => Some(l.pick("这一条已经有人处理了。", "Somebody has seen to this one already.")),
        _ => None,
    };
    let open = todos.iter().filter(|todo| todo.kind.is_some()).count();
    let (name, theme) = (found.name, visit.theme);
    Ok(shown(&CardPageView { l, theme, token, name, todos, open, said }))
}

/// `POST /m/{token}/closures`
pub(super) async fn close(
    State(house): State<House>,
    visit: Visit,
    Path(token): Path<String>,
    Form(form): Form<Chosen>,
) -> Result<Response, Trouble> {
    visit.may_act(&house)?;
    let card = card(&house, &visit, &token)?;
    let row = (form.row_source.as_str(), form.row_key.as_str());
    let ended = house.console().close_from_card(house.settings().org, card, row).await;
    let word = match ended.map_err(|denied| over(&house, &visit, denied))? {
        Ended::Done { .. } => "done",
        Ended::Sent => "sent",
        Ended::Gone => "gone",
    };
    Ok(Redirect::to(&format!("/m/{token}?done={word}")).into_response())
}

/// The card of a link; guessing links is slow.
fn card(house: &House, visit: &Visit, token: &str) -> Result<i64, Trouble> {
    let org = house.settings().org;
    opened(house.seal(), org, (token, house.now()))
        .ok_or_else(|| over(house, visit, Denied::Missing))
}

/// A link that leads nowhere.
fn over(house: &House, visit: &Visit, denied: Denied) -> Trouble {
    if !matches!(denied, Denied::Missing) {
        return denied.into();
    }
    if let Err(after) = house.turnstile().address_tokens.take(&visit.address, house.now()) {
        return Trouble::too_fast(after);
    }
    Trouble::new(
        StatusCode::NOT_FOUND,
        "link_over",
        [
            "这个链接打不开了：卡片链接 24 小时内有效，只给收到卡片的人用。请登录后到「今日」处理。",
            "This link is over: it works for 24 hours, for whom the card was sent to. Log in and see \
             to it on Today.",
        ],
    )
}

pub(super) fn view(todo: &CardTodo, (now, zone, l): (Millis, &Zone, Lang)) -> TodoView {
    let (source, key) = todo.name.clone();
    let mut view = TodoView {
        source,
        key,
        kind: None,
        group: String::new(),
        since: String::new(),
        quote: None,
        says: Vec::new(),
        done: None,
        state: String::new(),
    };
    match &todo.state {
        TodoState::Open(item, can) => {
            let reason = &item.row.reason;
            view.kind = Some((tone(reason), kind(reason, l)));
            view.group = item.group.as_ref().map(|group| group.name.clone()).unwrap_or_default();
            view.since = ago(item.row.since, now, l);
            view.quote = quote(item);
            view.says = says(reason, item.sends, l);
            view.done = can.then(|| done(reason, item.sends, l));
            if !can {
                let say =
                    l.pick("这一条请登录后在「今日」里处理。", "Log in and see to it on Today.");
                say.clone_into(&mut view.state);
            }
        }
        TodoState::PutOff(until) => {
            let until = moment(*until, now, zone, l);
            let what = source_word(&todo.name.0, l);
            view.state = l.pick(
                format!("{what}：已推迟到 {until}"),
                format!("{what}: put off until {until}"),
            );
        }
        TodoState::Done(Some((by, at))) => {
            let at = ago(*at, now, l);
            let what = source_word(&todo.name.0, l);
            view.state = l.pick(
                format!("{what}：已由 {by} 处理 · {at}"),
                format!("{what}: done by {by} · {at}"),
            );
        }
        TodoState::Done(None) => {
            let what = source_word(&todo.name.0, l);
            view.state = l.pick(
                format!("{what}：已经不用处理了。"),
                format!("{what}: nothing is left to do."),
            );
        }
    }
    view
}
