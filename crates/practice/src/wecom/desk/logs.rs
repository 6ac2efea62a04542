//! What was called, what was told, and the whole truth as JSON.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};

use crate::wecom::desk::Desk;
use crate::wecom::desk::lang::{Lang, Moment};
use crate::wecom::desk::respond::shown;
use crate::wecom::post::{Sent, Took, letter};
use crate::wecom::world::{Called, enter};

/// Rows on a page, the latest.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "calls.html")]
struct CallsPage {
    lang: Lang,
    rows: Vec<(Moment, Called)>,
}

pub(super) async fn calls(State(desk): State<Desk>, lang: Lang) -> Response {
    let world = enter(&desk.shared);
    let timed = |one: &Called| (Moment(one.at), one.clone());
    let rows = world.calls.iter().rev().take(SHOWN).map(timed).collect();
    shown(&CallsPage { lang, rows })
}

#[derive(Template)]
#[template(path = "letters.html")]
struct LettersPage {
    lang: Lang,
    rows: Vec<Row>,
    waiting: usize,
}

struct Row {
    at: Moment,
    words: String,
    came: String,
}

pub(super) async fn letters(State(desk): State<Desk>, lang: Lang) -> Response {
    let world = enter(&desk.shared);
    let row = |sent: &Sent| Row {
        at: Moment(sent.at),
        words: letter(&world.app.corp, world.app.agent, &sent.event),
        came: came(lang, sent),
    };
    let rows = world.post.sent.iter().rev().take(SHOWN).map(row).collect();
    shown(&LettersPage { lang, rows, waiting: world.post.waiting() })
}

fn came(lang: Lang, sent: &Sent) -> String {
    match sent.tries.last() {
        None => lang.say("故意丢失", "lost on purpose").to_owned(),
        Some(Took::Answered(status, _)) => format!("HTTP {status}"),
        Some(Took::Failed(why)) => why.clone(),
    }
}

pub(super) async fn books(State(desk): State<Desk>) -> Response {
    let mut world = enter(&desk.shared);
    world.due();
    axum::Json(&world.books).into_response()
}
