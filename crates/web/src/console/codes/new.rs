//! A new code: which kind, then its form; and the same form for a code that is there.

use app::console::{Denied, FieldError};
use app::links::{CodeKind, PlacementView};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::May;
use report::Lang;
use serde::Deserialize;

use crate::console::codes::form::FormView;
use crate::console::codes::typed::{Fields, Typed};
use crate::console::codes::words;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// A kind to choose.
pub(crate) struct KindView {
    pub(crate) word: &'static str,
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Why it cannot be made now; empty when it can.
    pub(crate) lacks: &'static str,
    /// Where what it lacks is made.
    pub(crate) mend: &'static str,
}

/// Which kind.
#[derive(Template)]
#[template(path = "console/codes/kinds.html")]
pub(crate) struct KindsPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) kinds: Vec<KindView>,
}

/// The form.
#[derive(Template)]
#[template(path = "console/codes/form.html")]
pub(crate) struct FormPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    /// Where it is sent to, and where "cancel" leads.
    pub(crate) action: String,
    pub(crate) back: String,
    /// Kind and company can be chosen.
    pub(crate) is_new: bool,
    pub(crate) form: FormView,
}

/// Which kind was chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    kind: String,
}

/// `GET /codes/new`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    keeps(&seated)?;
    let Some(kind) = CodeKind::from_word(&asked.kind) else {
        return kinds(&house, &seated).await;
    };
    let mut typed = Typed::default();
    typed.form.skips_declining = true;
    typed.form.skips_verify = true;
    Ok(shown(&form((&house, &seated), (kind, &typed), &[], None).await?))
}

/// `POST /codes`
pub(super) async fn open(
    State(house): State<House>,
    seated: Seated,
    Form(fields): Form<Fields>,
) -> Result<Response, Trouble> {
    keeps(&seated)?;
    seated.visit.may_act(&house)?;
    let typed = Typed::read(&fields);
    let Some(kind) = CodeKind::from_word(&typed.form.kind) else {
        return kinds(&house, &seated).await;
    };
    if typed.finds {
        return Ok(shown(&form((&house, &seated), (kind, &typed), &[], None).await?));
    }
    match house.console().open_code(&seated.actor, &typed.form).await {
        Ok(id) => Ok(Redirect::to(&format!("/codes/{id}?done=opened")).into_response()),
        Err(Denied::Wrong(wrong)) => {
            let page = form((&house, &seated), (kind, &typed), &wrong, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&page)).into_response())
        }
        Err(denied) => Err(denied.into()),
    }
}

/// `GET /codes/{code}/edit`
pub(super) async fn edit(
    State(house): State<House>,
    seated: Seated,
    Path(code): Path<i64>,
) -> Result<Response, Trouble> {
    keeps(&seated)?;
    let view = house.console().code(&seated.actor, code).await?;
    let typed = Typed { form: view.form, ..Typed::default() };
    let there = Some((code, view.placements.as_slice()));
    Ok(shown(&form((&house, &seated), (view.line.kind, &typed), &[], there).await?))
}

/// `POST /codes/{code}/edit`
pub(super) async fn save(
    State(house): State<House>,
    seated: Seated,
    Path(code): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Trouble> {
    keeps(&seated)?;
    seated.visit.may_act(&house)?;
    let view = house.console().code(&seated.actor, code).await?;
    let kind = view.line.kind;
    let mut fields = fields;
    fields.retain(|(name, _)| name != "kind");
    fields.push(("kind".to_owned(), kind.word().to_owned()));
    let mut typed = Typed::read(&fields);
    typed.form.company.clone_from(&view.form.company);
    let there = Some((code, view.placements.as_slice()));
    if typed.finds {
        return Ok(shown(&form((&house, &seated), (kind, &typed), &[], there).await?));
    }
    match house.console().change_code(&seated.actor, code, &typed.form).await {
        Ok(()) => Ok(Redirect::to(&format!("/codes/{code}?done=changed")).into_response()),
        Err(Denied::Wrong(wrong)) => {
            let page = form((&house, &seated), (kind, &typed), &wrong, there).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&page)).into_response())
        }
        Err(denied) => Err(denied.into()),
    }
}

/// Refuses whoever may not keep.
pub(super) fn keeps(seated: &Seated) -> Result<(), Trouble> {
    if seated.actor.may(May::Keep) { Ok(()) } else { Err(Trouble::not_allowed(May::Keep)) }
}

async fn kinds(house: &House, seated: &Seated) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let choices = house.console().code_choices(&seated.actor).await?;
    let kind = |kind: CodeKind| {
        let (lacks, mend) = match kind {
            CodeKind::Groups | CodeKind::Staff if choices.companies.is_empty() => {
                (l.pick("先要连接企业微信。", "It needs a company on WeCom."), "/settings/wecom")
            }
            CodeKind::Rules if choices.codes.is_empty() => {
                (l.pick("先建好要引到的活码。", "It needs codes to lead to: make those first."), "")
            }
            _ => ("", ""),
        };
        let (word, name) = (kind.word(), words::kind(kind, l));
        KindView { word, name, about: words::kind_about(kind, l), lacks, mend }
    };
    let title = l.pick("新建活码", "New code");
    Ok(shown(&KindsPage {
        l,
        frame: Frame::of(house, seated, Place::Codes, title).await?,
        kinds: CodeKind::ALL.map(kind).into(),
    }))
}

async fn form(
    (house, seated): (&House, &Seated),
    (kind, typed): (CodeKind, &Typed),
    wrong: &[FieldError],
    there: Option<(i64, &[PlacementView])>,
) -> Result<FormPage, Trouble> {
    let l = seated.visit.lang;
    let mut choices = house.console().code_choices(&seated.actor).await?;
    // No code leads to itself.
    choices.codes.retain(|(id, ..)| there.is_none_or(|(own, _)| own != *id));
    let kind_name = words::kind(kind, l);
    let title = match there {
        None => l.pick(format!("新建{kind_name}"), format!("New: {}", kind_name.to_lowercase())),
        Some(_) => l.pick(format!("修改{kind_name}"), format!("Change: {}", typed.form.name)),
    };
    let back = there.map_or_else(|| "/codes".to_owned(), |(code, _)| format!("/codes/{code}"));
    let action =
        there.map_or_else(|| "/codes".to_owned(), |(code, _)| format!("/codes/{code}/edit"));
    let placements = there.map_or(&[] as &[PlacementView], |(_, placements)| placements);
    Ok(FormPage {
        l,
        frame: Frame::of(house, seated, Place::Codes, &title).await?,
        action,
        back,
        is_new: there.is_none(),
        form: FormView::of((kind, typed), &choices, placements, (wrong, l)),
    })
}
