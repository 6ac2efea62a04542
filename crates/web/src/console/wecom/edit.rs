//! How a company is reached, changed; and the end of the connection.

use app::console::{Denied, FieldError};
use app::wecom::Company;
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::May;
use report::Lang;

use crate::console::wecom::company::title;
use crate::console::wecom::fields::{FieldsView, Typed};
use crate::console::wecom::sees;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/edit.html")]
pub(crate) struct EditPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    pub(crate) form: FieldsView,
    /// Where the platform tells what happens.
    pub(crate) callback: String,
    /// Where the end is sent to; none when it has ended.
    pub(crate) end: Option<String>,
}

/// `GET /settings/wecom/{account}/edit`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
) -> Result<Response, Trouble> {
    let company = owned(&house, &seated, account).await?;
    let page = edit((&house, &seated), &company, (&Typed::of(&company), &[])).await?;
    Ok(shown(&page))
}

/// `POST /settings/wecom/{account}/edit`
pub(super) async fn save(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response, Trouble> {
    let company = owned(&house, &seated, account).await?;
    match house.console().change_company(&seated.actor, account, &typed.form()).await {
        Ok(()) => {
            let to = format!("/settings/wecom/{account}?done=changed");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Denied::Wrong(wrong)) => {
            let page = edit((&house, &seated), &company, (&typed, &wrong)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&page)).into_response())
        }
        Err(denied) => Err(denied.into()),
    }
}

/// `POST /settings/wecom/{account}/disconnection`
pub(super) async fn disconnect(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
) -> Result<Redirect, Trouble> {
    sees(&seated)?;
    house.console().disconnect_company(&seated.actor, account).await?;
    Ok(Redirect::to("/settings/wecom?done=gone"))
}

/// A company that who asks may change.
async fn owned(house: &House, seated: &Seated, account: i64) -> Result<Company, Trouble> {
    sees(seated)?;
    if !seated.actor.may(May::Own) {
        return Err(Denied::NotAllowed(May::Own).into());
    }
    Ok(house.console().company(&seated.actor, account).await?)
}

async fn edit(
    (house, seated): (&House, &Seated),
    company: &Company,
    (typed, wrong): (&Typed, &[FieldError]),
) -> Result<EditPage, Trouble> {
    let (l, id) = (seated.visit.lang, company.id.account);
    Ok(EditPage {
        l,
        frame: Frame::of(house, seated, Place::Settings, &title(company, l)).await?,
        id,
        form: FieldsView::changing(typed, (wrong, company.kept), l),
        callback: format!("{}/hooks/wecom/{}", seated.visit.origin(house), company.hook),
        end: company.gone.is_none().then(|| format!("/settings/wecom/{id}/disconnection")),
    })
}
