//! The first page: what the admin page of the app shows, where callbacks go, and the time.

use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::Millis;
use serde::Deserialize;

use crate::wecom::desk::Desk;
use crate::wecom::desk::lang::{Lang, Moment};
use crate::wecom::desk::respond::{problem, shown};
use crate::wecom::practice;
use crate::wecom::setup::{App, Callback};
use crate::wecom::world::enter;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    lang: Lang,
    app: App,
    base: String,
    now: Moment,
    callback: Option<String>,
    /// A token and a key to use, when none are set.
    token: String,
    key: String,
    staff: usize,
    customers: usize,
    groups: usize,
    waiting: usize,
    sent: usize,
}

pub(super) async fn page(State(desk): State<Desk>, lang: Lang) -> Response {
    let mut world = enter(&desk.shared);
    let now = world.due();
    let books = &world.books;
    let there = books.groups.values().filter(|group| group.dismissed.is_none()).count();
    let mut dice = world.dice.clone();
    shown(&Home {
        lang,
        app: world.app.clone(),
        base: world.base.clone(),
        now: Moment(now),
        callback: world.post.to.as_ref().map(|to| to.url.clone()),
        token: dice.letters(24),
        key: dice.letters(43),
        staff: books.staff.values().filter(|one| one.left.is_none()).count(),
        customers: books.customers.len(),
        groups: there,
        waiting: world.post.waiting(),
        sent: world.post.sent.len(),
    })
}

#[derive(Deserialize)]
pub(super) struct Address {
    url: String,
    token: String,
    key: String,
}

pub(super) async fn set_callback(
    State(desk): State<Desk>,
    lang: Lang,
    Form(asked): Form<Address>,
) -> Response {
    let callback = Callback {
        url: asked.url.trim().to_owned(),
        token: asked.token.trim().to_owned(),
        key: asked.key.trim().to_owned(),
    };
    match practice::set_callback(desk.shared, desk.client, callback).await {
        Ok(()) => Redirect::to(&lang.to("")).into_response(),
        Err(why) => problem(lang, why.to_string(), lang.to("")),
    }
}

#[derive(Deserialize)]
pub(super) struct Time {
    minutes: i64,
}

/// Lets time pass, at most a year.
pub(super) async fn pass_time(
    State(desk): State<Desk>,
    lang: Lang,
    Form(asked): Form<Time>,
) -> Response {
    let mut world = enter(&desk.shared);
    world.clock.advance(asked.minutes.clamp(0, 525_600) * Millis::MINUTE);
    world.due();
    world.post.bell.notify_one();
    Redirect::to(&lang.to("")).into_response()
}
