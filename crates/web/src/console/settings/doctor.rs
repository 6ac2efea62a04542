//! `/doctor` and `/readyz`: whether everything is well.

use app::console::{Finding, Tone};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use report::Lang;

use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// A finding on the page.
pub(crate) struct FindingView {
    pub(crate) tone: &'static str,
    pub(crate) state: &'static str,
    pub(crate) title: &'static str,
    pub(crate) remedy: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/settings/doctor.html")]
pub(crate) struct DoctorPage {
    pub(crate) frame: Frame,
    pub(crate) findings: Vec<FindingView>,
}

/// `GET /doctor`
pub(super) async fn page(State(house): State<House>, seated: Seated) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let findings = house.console().examine(&seated.actor).await?;
    let findings = findings.iter().map(|finding| view(finding, l)).collect();
    let frame = Frame::of(&house, &seated, Place::Settings, l.pick("体检", "Doctor")).await?;
    Ok(shown(&DoctorPage { frame, findings }))
}

fn view(finding: &Finding, l: Lang) -> FindingView {
    let (tone, state) = match finding.tone {
        Tone::Well => ("green", l.pick("正常", "Well")),
        Tone::Look => ("orange", l.pick("留意", "Look")),
        Tone::Broken => ("red", l.pick("有问题", "Broken")),
    };
    FindingView { tone, state, title: finding.title(l), remedy: finding.remedy(l) }
}

/// `GET /readyz`: for whoever sends requests here.
pub(super) async fn ready(State(house): State<House>) -> (StatusCode, &'static str) {
    if *house.closing().borrow() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if house.console().is_ready(house.settings().org).await {
        (StatusCode::OK, "ok\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
    }
}
