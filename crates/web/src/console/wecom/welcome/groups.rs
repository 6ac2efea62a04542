//! The library of welcomes of groups (入群欢迎语素材), kept in step with what is wanted here.

use app::console::{Denied, FieldError};
use app::wecom::{GroupWelcomeForm, GroupWelcomeState, GroupWelcomeView, Notified, Welcomes};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Millis, Zone};
use engine::welcome::Beside;
use report::Lang;

use crate::console::wecom::company::title;
use crate::console::wecom::sees;
use crate::console::wecom::welcome::edit::{PreviewPart, unknown};
use crate::console::wecom::welcome::page::{Done, notice};
use crate::console::wecom::welcome::slots::{SlotView, cards, kind_word, kinds, slots};
use crate::console::wecom::welcome::typed::{Act, Pairs, group};
use crate::console::wecom::welcome::words::fault;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{hour_minute, number};

/// A welcome of groups in the list.
pub(crate) struct GroupRow {
    pub(crate) id: i64,
    pub(crate) label: String,
    pub(crate) start: String,
    pub(crate) beside: &'static str,
    /// Tone and words.
    pub(crate) state: (&'static str, &'static str),
    pub(crate) why: String,
    pub(crate) said: String,
    /// It is not tried again by itself.
    pub(crate) may_retry: bool,
    pub(crate) is_leaving: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/welcome/groups.html")]
pub(crate) struct GroupsPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    pub(crate) rows: Vec<GroupRow>,
    /// Owners who pick one in the client, with how many groups each has.
    pub(crate) owners: Vec<(String, String)>,
}

/// Where one is written.
#[derive(Template)]
#[template(path = "console/wecom/welcome/group.html")]
pub(crate) struct GroupPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    /// Where the form is sent.
    pub(crate) action: String,
    /// Where the end of it is sent; none for a new one.
    pub(crate) removal: Option<String>,
    pub(crate) called: String,
    pub(crate) text: String,
    pub(crate) tells: bool,
    pub(crate) slots: Vec<SlotView>,
    pub(crate) kinds: Vec<(&'static str, &'static str)>,
    pub(crate) wrong_name: String,
    pub(crate) wrong_text: String,
    pub(crate) preview: PreviewPart,
}

/// `GET /settings/wecom/{account}/group-welcome`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let (l, console) = (seated.visit.lang, house.console());
    let company = console.company(&seated.actor, account).await?;
    let rows = console.group_welcomes(&seated.actor, account).await?;
    let all = console.contact_welcomes(&seated.actor, account).await?;
    let zone = console.zone(seated.actor.org).await?;
    let title = format!("{} · {}", title(&company, l), l.pick("入群欢迎语", "Welcomes of groups"));
    let frame = Frame::of(&house, &seated, Place::Settings, &title).await?;
    let frame = frame.saying(notice(&done.done, l));
    Ok(shown(&GroupsPage {
        l,
        frame,
        id: account,
        rows: rows.iter().map(|one| row(one, (&zone, l))).collect(),
        owners: owners(&all),
    }))
}

/// `GET /settings/wecom/{account}/group-welcome/new`
pub(super) async fn new(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let form = GroupWelcomeForm { notified: Notified::Owners, ..GroupWelcomeForm::default() };
    Ok(shown(&written((&house, &seated), (account, None), (&form, &[])).await?))
}

/// `GET /settings/wecom/{account}/group-welcome/{nth}`
pub(super) async fn one(
    State(house): State<House>,
    seated: Seated,
    Path((account, nth)): Path<(i64, i64)>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let all = house.console().group_welcomes(&seated.actor, account).await?;
    let found = all.into_iter().find(|one| one.id == nth && !one.is_leaving);
    let found = found.ok_or(Denied::Missing)?;
    let form = GroupWelcomeForm {
        name: found.name,
        text: found.wording.text,
        beside: found.wording.beside,
        notified: if found.wording.tells { Notified::Owners } else { Notified::Nobody },
    };
    Ok(shown(&written((&house, &seated), (account, Some(nth)), (&form, &[])).await?))
}

/// `POST /settings/wecom/{account}/group-welcome/new`
pub(super) async fn add(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Trouble> {
    sent((&house, &seated), (account, None), &pairs).await
}

/// `POST /settings/wecom/{account}/group-welcome/{nth}`
pub(super) async fn save(
    State(house): State<House>,
    seated: Seated,
    Path((account, nth)): Path<(i64, i64)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Trouble> {
    sent((&house, &seated), (account, Some(nth)), &pairs).await
}

/// `POST /settings/wecom/{account}/group-welcome/{nth}/removal`
pub(super) async fn remove(
    State(house): State<House>,
    seated: Seated,
    Path(key): Path<(i64, i64)>,
) -> Result<Redirect, Trouble> {
    sees(&seated)?;
    house.console().remove_group_welcome(&seated.actor, key).await?;
    Ok(Redirect::to(&format!("/settings/wecom/{}/group-welcome?done=removed", key.0)))
}

/// `POST /settings/wecom/{account}/group-welcome/{nth}/retry`
pub(super) async fn retry(
    State(house): State<House>,
    seated: Seated,
    Path(key): Path<(i64, i64)>,
) -> Result<Redirect, Trouble> {
    sees(&seated)?;
    house.console().retry_group_welcome(&seated.actor, key).await?;
    Ok(Redirect::to(&format!("/settings/wecom/{}/group-welcome?done=retried", key.0)))
}

async fn sent(
    (house, seated): (&House, &Seated),
    (account, nth): (i64, Option<i64>),
    pairs: &Pairs,
) -> Result<Response, Trouble> {
    sees(seated)?;
    let (form, act) = group(pairs);
    let console = house.console();
    let done = match act {
        Act::Shown => Ok(()),
        Act::Preview => {
            console.preview_group_welcome(&seated.actor, account, &form).await.map(drop)
        }
        Act::Save => match console.save_group_welcome(&seated.actor, (account, nth), &form).await {
            Ok(_) => {
                let to = format!("/settings/wecom/{account}/group-welcome?done=saved");
                return Ok(Redirect::to(&to).into_response());
            }
            Err(denied) => Err(denied),
        },
    };
    let wrong = match done {
        Ok(()) => Vec::new(),
        Err(Denied::Wrong(wrong)) => wrong,
        Err(denied) => return Err(denied.into()),
    };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = written((house, seated), (account, nth), (&form, &wrong)).await?;
    Ok((status, shown(&page)).into_response())
}

async fn written(
    (house, seated): (&House, &Seated),
    (account, nth): (i64, Option<i64>),
    (form, wrong): (&GroupWelcomeForm, &[FieldError]),
) -> Result<GroupPage, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let company = console.company(&seated.actor, account).await?;
    let all = console.contact_welcomes(&seated.actor, account).await?;
    // A form that is wrong has no preview; what is wrong is told beside its field.
    let words = console.preview_group_welcome(&seated.actor, account, form).await.ok();
    let title = format!("{} · {}", title(&company, l), l.pick("入群欢迎语", "Welcome of groups"));
    let frame = Frame::of(house, seated, Place::Settings, &title).await?;
    Ok(view((frame, account, nth), &all, (form, wrong), (words, l)))
}

pub(super) fn view(
    (frame, id, nth): (Frame, i64, Option<i64>),
    all: &Welcomes,
    (form, wrong): (&GroupWelcomeForm, &[FieldError]),
    (words, l): (Option<String>, Lang),
) -> GroupPage {
    let last = nth.map_or("new".to_owned(), |nth| nth.to_string());
    let unknown = unknown(&form.text, &all.blocks);
    let of = |field: &str| {
        let found = wrong.iter().find(|one| one.field == field);
        found.map(|one| fault(one.field, one.code, (&unknown, l))).unwrap_or_default()
    };
    let beside: Vec<Beside> = form.beside.iter().cloned().collect();
    let named = words.map(|words| words.replace("%NICKNAME%", l.pick("小雨", "Rain")));
    GroupPage {
        l,
        frame,
        id,
        action: format!("/settings/wecom/{id}/group-welcome/{last}"),
        removal: nth.map(|nth| format!("/settings/wecom/{id}/group-welcome/{nth}/removal")),
        called: form.name.clone(),
        text: form.text.clone(),
        tells: form.notified == Notified::Owners,
        slots: slots(&beside, &all.media, (wrong, l)),
        kinds: kinds(l).to_vec(),
        wrong_name: of("name"),
        wrong_text: of("text"),
        preview: PreviewPart {
            l,
            is_unread: named.is_none() && !form.text.is_empty(),
            named: named.unwrap_or_default(),
            nameless: String::new(),
            left_out: String::new(),
            cards: cards(&beside, &all.media, (id, l)),
        },
    }
}

pub(super) fn owners(all: &Welcomes) -> Vec<(String, String)> {
    all.owners.iter().map(|(name, groups)| (name.clone(), number(*groups as u64))).collect()
}

pub(super) fn row(view: &GroupWelcomeView, (zone, l): (&Zone, Lang)) -> GroupRow {
    let (state, why, said, may_retry) = match &view.state {
        GroupWelcomeState::InStep => {
            (("green", l.pick("已同步", "in step")), String::new(), String::new(), false)
        }
        GroupWelcomeState::Waiting => {
            (("teal", l.pick("正在同步", "on its way")), String::new(), String::new(), false)
        }
        GroupWelcomeState::Failed { word, said, next } => {
            let why = why(word, (*next, zone), l);
            (("red", l.pick("没同步", "not in step")), why, said.clone(), next.is_none())
        }
    };
    let beside = view.wording.beside.as_ref().map_or("", |one| kind_word(one.word(), l));
    let start: String = view.wording.text.replace('\n', " ").chars().take(60).collect();
    let (id, label, is_leaving) = (view.id, view.name.clone(), view.is_leaving);
    GroupRow { id, label, start, beside, state, why, said, may_retry, is_leaving }
}

/// Why it is not in step, and what is to be done.
fn why(word: &str, (next, zone): (Option<Millis>, &Zone), l: Lang) -> String {
    let words = match word {
        "unclear" => l.pick(
            "提交后没有收到回答，素材库里可能已经有了。请先到企业微信「入群欢迎语」里看一眼，没有再点「再试一次」。",
            "No answer came: the library may have it. Look there first; if it is not there, try again.",
        ),
        "full" => l.pick(
            "素材库已满（100 条）。请先在企业微信或这里删掉不用的，再试一次。",
            "The library is full (100): take something out first, then try again.",
        ),
        "file" => l.pick("附件还没传上去，会自己再试。", "Its file is not uploaded yet."),
        "limit" => l.pick("到了调用上限，会自己再试。", "The limit of calls was reached."),
        "network" => l.pick("连不上企业微信，会自己再试。", "WeCom is out of reach."),
        "permission" => l.pick(
            "应用没有接口权限：管理后台 → 客户联系 → API → 可调用接口的应用。",
            "The app may not call this: Customer Contact → API → Apps that may call.",
        ),
        "access" => l.pick("接入有问题，请看企业页。", "The access is wrong: see the company's page."),
        _ => l.pick("企业微信没有接受，请按原话修改。", "WeCom refused it: see its words."),
    };
    let again = next.map(|at| hour_minute(at, zone));
    let again = again.map(|at| l.pick(format!("下次：{at}"), format!(" Next try: {at}")));
    format!("{words}{}", again.unwrap_or_default())
}
