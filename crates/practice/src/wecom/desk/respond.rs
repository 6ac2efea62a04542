//! Pages, and what follows a form: the page again, or why not.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::wecom::books::{Books, Happened};
use crate::wecom::desk::Desk;
use crate::wecom::desk::lang::Lang;
use crate::wecom::world::enter;
use domain::Millis;

#[derive(Template)]
#[template(path = "problem.html")]
struct Problem {
    lang: Lang,
    why: String,
    back: String,
}

/// A page.
pub(super) fn shown(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Says why something was not done.
pub(super) fn problem(lang: Lang, why: String, back: String) -> Response {
    (StatusCode::CONFLICT, shown(&Problem { lang, why, back })).into_response()
}

/// Something that is not there.
pub(super) fn missing(lang: Lang) -> Response {
    let why = lang.say("没有这一页", "There is no such page").to_owned();
    let page = Problem { lang, why, back: lang.to("") };
    (StatusCode::NOT_FOUND, shown(&page)).into_response()
}

impl Desk {
    /// Lets people do something, and goes to a page.
    pub(super) fn done(
        &self,
        lang: Lang,
        to: String,
        deed: impl FnOnce(&mut Books, Millis) -> Happened,
    ) -> Response {
        let mut world = enter(&self.shared);
        let now = world.due();
        match deed(&mut world.books, now) {
            Ok(events) => {
                world.tell(events, now);
                Redirect::to(&to).into_response()
            }
            Err(why) => problem(lang, lang.hindrance(why), to),
        }
    }

    /// Looks into the books.
    pub(super) fn read<T>(&self, look: impl FnOnce(&Books) -> T) -> T {
        let mut world = enter(&self.shared);
        world.due();
        look(&world.books)
    }
}
