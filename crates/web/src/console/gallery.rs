//! Every part of the look in all its states, in both themes side by side: for who builds pages.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{Redirect, Response};
use axum::routing::get;
use domain::May;
use report::Lang;

use crate::console::{Frame, Place, Seated, icons};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{duration, growth, number, short, times};

pub(crate) fn routes() -> Router<House> {
    Router::new().route("/gallery", get(gallery).post(again))
}

#[derive(Template)]
#[template(path = "console/look/gallery.html")]
struct GalleryPage {
    frame: Frame,
    l: Lang,
    icons: Vec<&'static str>,
}

impl GalleryPage {
    /// Tones of badges and their words.
    fn tones(&self) -> [(&'static str, &'static str); 8] {
        [
            ("green", self.l.pick("活跃", "Lively")),
            ("yellow", self.l.pick("转淡", "Fading")),
            ("orange", self.l.pick("有人没回", "Unanswered")),
            ("red", self.l.pick("沉寂", "Silent")),
            ("blue", self.l.pick("新群", "New")),
            ("purple", self.l.pick("主群", "Main group")),
            ("teal", self.l.pick("运营中", "Running")),
            ("secondary", self.l.pick("已归档", "Archived")),
        ]
    }

    fn tabs(&self) -> [(&'static str, &'static str, &'static str, bool); 4] {
        [
            ("#tabs", self.l.pick("消息", "Feed"), "", true),
            ("#tabs", self.l.pick("成员", "People"), "128", false),
            ("#tabs", self.l.pick("提问", "Questions"), "3", false),
            ("#tabs", self.l.pick("设置", "Settings"), "", false),
        ]
    }

    /// How numbers, shares and spans are written.
    fn written(&self) -> [String; 5] {
        [
            number(12_345),
            short(12_345, self.l),
            growth(106.2, 100.0),
            duration(7_500_000, self.l),
            times(1, self.l, "条消息", ["message", "messages"]),
        ]
    }

    fn options(&self) -> [(&'static str, &'static str, bool); 2] {
        [
            ("run", self.l.pick("跑步群", "Running group"), true),
            ("read", self.l.pick("读书群", "Reading group"), false),
        ]
    }
}

async fn gallery(State(house): State<House>, seated: Seated) -> Result<Response, Trouble> {
    if !seated.actor.may(May::Own) {
        return Err(Trouble::not_allowed(May::Own));
    }
    let l = seated.visit.lang;
    let title = l.pick("界面组件", "Parts of the look");
    let frame = Frame::of(&house, &seated, Place::Settings, title).await?;
    Ok(shown(&GalleryPage { frame, l, icons: icons::names().collect() }))
}

/// Forms of the gallery do nothing.
async fn again(_: Seated) -> Redirect {
    Redirect::to("/gallery")
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
        let page = GalleryPage { frame: Frame::sample(l), l, icons: vec!["plus"] };
        vec![("gallery", page.render().unwrap())]
    }
}
