//! `/doctor`: whether everything is well, and what to do where it is not.

use app::console::{Door, Finding, Tone};
use app::wecom::Company;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::May;
use report::Lang;

use crate::console::{Frame, Place, Seated};
use crate::door::Visit;
use crate::house::House;
use crate::machines::is_local;
use crate::trouble::{Trouble, shown};

/// A finding on the page.
pub(crate) struct FindingView {
    pub(crate) tone: &'static str,
    pub(crate) state: &'static str,
    pub(crate) title: &'static str,
    pub(crate) cause: String,
    pub(crate) remedy: &'static str,
    /// Where it is mended.
    pub(crate) page: Option<&'static str>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/settings/doctor.html")]
pub(crate) struct DoctorPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    /// Companies on WeCom, each with a list of its own: address and name.
    pub(crate) companies: Vec<(String, String)>,
    /// What is to be done comes first.
    pub(crate) findings: Vec<FindingView>,
}

/// `GET /doctor`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let door = door(&house, &seated.visit, &headers);
    let mut findings = house.console().examine(&seated.actor, door).await?;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.tone));
    let findings = findings.iter().map(|finding| view(finding, l)).collect();
    let companies = companies(&house, &seated).await?;
    let frame = Frame::of(&house, &seated, Place::Settings, l.pick("体检", "Doctor")).await?;
    Ok(shown(&DoctorPage { l, frame, companies, findings }))
}

/// Connected companies, for who may look at them.
async fn companies(house: &House, seated: &Seated) -> Result<Vec<(String, String)>, Trouble> {
    if !(seated.actor.may(May::Lead) && seated.actor.sees_all()) {
        return Ok(Vec::new());
    }
    let all = house.console().companies_of(&seated.actor).await?;
    let connected = all.into_iter().filter(|one| one.gone.is_none());
    let row = |one: Company| (format!("/settings/wecom/{}/doctor", one.id.account), one.corp);
    Ok(connected.map(row).collect())
}

fn door(house: &House, visit: &Visit, headers: &HeaderMap) -> Door {
    let settings = house.settings();
    Door {
        address: settings.address.clone(),
        behind_proxy: settings.behind_proxy,
        forwarded: Some(headers.contains_key("x-forwarded-for")),
        secure: visit.secure,
        local: is_local(&visit.host),
    }
}

fn view(finding: &Finding, l: Lang) -> FindingView {
    let (tone, state) = match finding.tone {
        Tone::Well => ("green", l.pick("正常", "Well")),
        Tone::Look => ("orange", l.pick("留意", "Look")),
        Tone::Broken => ("red", l.pick("有问题", "Broken")),
    };
    FindingView {
        tone,
        state,
        title: finding.title(l),
        cause: finding.cause(l),
        remedy: finding.remedy(l),
        page: finding.check.page().filter(|_| finding.tone != Tone::Well),
    }
}
