//! The companies that are connected, and the form that connects one.

use app::console::{Denied, FieldError};
use app::wecom::{Company, Connected};
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{May, Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::wecom::fields::{FieldsView, Typed};
use crate::console::wecom::sees;
use crate::console::wecom::steps::line;
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::moment;

/// A company in the list.
pub(crate) struct CompanyRow {
    pub(crate) href: String,
    pub(crate) corp: String,
    pub(crate) since: String,
    /// How it stands: tone and words.
    pub(crate) state: (&'static str, String),
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/list.html")]
pub(crate) struct ListPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) companies: Vec<CompanyRow>,
    /// For owners.
    pub(crate) form: Option<FieldsView>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /settings/wecom`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let mut page = list(&house, &seated, (&Typed::default(), &[])).await?;
    page.frame.notice = match done.done.as_deref() {
        Some("before") => Some((
            "info",
            page.l.pick(
                "这家企业已经连接过了，没有重复连接。要换 Secret，请点进去「修改接入」。",
                "This company is connected already. To change its secret, open it and edit.",
            ),
        )),
        Some("gone") => Some((
            "success",
            page.l.pick(
                "已断开，不会再读取；已有的群、成员和记录都还在。",
                "Disconnected: nothing more is read. Groups, members and records stay.",
            ),
        )),
        _ => None,
    }
    .map(|(tone, words)| Notice { tone, words: words.to_owned(), undo: None });
    Ok(shown(&page))
}

/// `POST /settings/wecom`
pub(super) async fn connect(
    State(house): State<House>,
    seated: Seated,
    Form(typed): Form<Typed>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    match house.console().connect_company(&seated.actor, &typed.form()).await {
        Ok(Connected::Now(id)) => {
            let to = format!("/settings/wecom/{}?done=connected", id.account);
            Ok(Redirect::to(&to).into_response())
        }
        Ok(Connected::Before) => Ok(Redirect::to("/settings/wecom?done=before").into_response()),
        Err(Denied::Wrong(wrong)) => {
            let page = list(&house, &seated, (&typed, &wrong)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&page)).into_response())
        }
        Err(denied) => Err(denied.into()),
    }
}

async fn list(
    house: &House,
    seated: &Seated,
    (typed, wrong): (&Typed, &[FieldError]),
) -> Result<ListPage, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let companies = console.companies_of(&seated.actor).await?;
    let zone = console.zone(seated.actor.org).await?;
    let scene = (house.now(), &zone, l);
    let title = l.pick("企业微信", "WeCom");
    let form = seated.actor.may(May::Own).then(|| FieldsView::connecting(typed, wrong, l));
    Ok(ListPage {
        l,
        frame: Frame::of(house, seated, Place::Settings, title).await?,
        companies: companies.iter().map(|company| row(company, scene)).collect(),
        form,
    })
}

pub(super) fn row(company: &Company, (now, zone, l): (Millis, &Zone, Lang)) -> CompanyRow {
    CompanyRow {
        href: format!("/settings/wecom/{}", company.id.account),
        corp: company.corp.clone(),
        since: moment(company.made, now, zone, l),
        state: line(company, (now, zone, l)),
    }
}
