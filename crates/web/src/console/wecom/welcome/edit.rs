//! Where a wording is written, with what customers will see beside it.

use app::console::{Denied, FieldError};
use app::wecom::{ChannelView, Preview, Welcomes, WordingForm};
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use engine::welcome::{Hours, Text};
use report::Lang;

use crate::console::wecom::company::title;
use crate::console::wecom::sees;
use crate::console::wecom::welcome::slots::{CardView, SlotView, cards, kinds, slots};
use crate::console::wecom::welcome::typed::{Act, Pairs, wording};
use crate::console::wecom::welcome::words::fault;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Channels that are named in a hint.
const HINTED: usize = 8;

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/welcome/edit.html")]
pub(crate) struct EditPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    /// Where the form is sent.
    pub(crate) action: String,
    /// Where the end of it is sent; none for a new one.
    pub(crate) removal: Option<String>,
    pub(crate) called: String,
    pub(crate) channels: String,
    /// Channels that may be typed: name (empty where the code is not ours) and `state`.
    pub(crate) known_channels: Vec<(String, String)>,
    pub(crate) channel: String,
    pub(crate) staff: Vec<(String, String, bool)>,
    pub(crate) hours: Vec<(&'static str, &'static str, bool)>,
    pub(crate) groups: Vec<(String, String, bool)>,
    pub(crate) text: String,
    pub(crate) variables: Vec<String>,
    pub(crate) slots: Vec<SlotView>,
    pub(crate) kinds: Vec<(&'static str, &'static str)>,
    pub(crate) may_add: bool,
    /// Faults by field.
    pub(crate) wrong: Vec<(&'static str, String)>,
    pub(crate) preview: PreviewPart,
}

/// What customers will see.
#[derive(Template)]
#[template(path = "console/wecom/welcome/preview.html")]
pub(crate) struct PreviewPart {
    pub(crate) l: Lang,
    /// With a nickname.
    pub(crate) named: String,
    /// Without one; empty when it is the same.
    pub(crate) nameless: String,
    pub(crate) left_out: String,
    pub(crate) cards: Vec<CardView>,
    /// The words cannot be read.
    pub(crate) is_unread: bool,
}

impl EditPage {
    /// What is wrong with a field.
    pub(crate) fn at(&self, field: &str) -> &str {
        let found = self.wrong.iter().find(|(own, _)| *own == field);
        found.map_or("", |(_, words)| words.as_str())
    }
}

/// `GET /settings/wecom/{account}/welcome/new`
pub(super) async fn new(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let form = WordingForm::default();
    let page = written((&house, &seated), (account, None), (&form, &[])).await?;
    Ok(shown(&page))
}

/// `GET /settings/wecom/{account}/welcome/{nth}`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path((account, nth)): Path<(i64, i64)>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let all = house.console().contact_welcomes(&seated.actor, account).await?;
    let found = all.wordings.into_iter().find(|one| one.id == nth).ok_or(Denied::Missing)?;
    let form = WordingForm::of(&found);
    let page = written((&house, &seated), (account, Some(nth)), (&form, &[])).await?;
    Ok(shown(&page))
}

/// `POST /settings/wecom/{account}/welcome/new`
pub(super) async fn add(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Trouble> {
    sent((&house, &seated), (account, None), &pairs).await
}

/// `POST /settings/wecom/{account}/welcome/{nth}`
pub(super) async fn save(
    State(house): State<House>,
    seated: Seated,
    Path((account, nth)): Path<(i64, i64)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Trouble> {
    sent((&house, &seated), (account, Some(nth)), &pairs).await
}

async fn sent(
    (house, seated): (&House, &Seated),
    (account, nth): (i64, Option<i64>),
    pairs: &Pairs,
) -> Result<Response, Trouble> {
    sees(seated)?;
    let (form, act) = wording(pairs);
    let console = house.console();
    let done = match act {
        Act::Shown => Ok(()),
        Act::Preview => console.check_wording(&seated.actor, account, &form).await,
        Act::Save => match console.save_wording(&seated.actor, (account, nth), &form).await {
            Ok(_) => {
                let to = format!("/settings/wecom/{account}/welcome?done=saved");
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
    (form, wrong): (&WordingForm, &[FieldError]),
) -> Result<EditPage, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let company = console.company(&seated.actor, account).await?;
    let all = console.contact_welcomes(&seated.actor, account).await?;
    let preview = console.preview_wording(&seated.actor, account, form).await?;
    let what = l.pick("欢迎语", "Welcome");
    let title = format!("{} · {what}", title(&company, l));
    let frame = Frame::of(house, seated, Place::Settings, &title).await?;
    Ok(view((frame, account, nth), &all, (form, wrong), (preview, l)))
}

pub(super) fn view(
    (frame, id, nth): (Frame, i64, Option<i64>),
    all: &Welcomes,
    (form, wrong): (&WordingForm, &[FieldError]),
    (preview, l): (Option<Preview>, Lang),
) -> EditPage {
    let last = nth.map_or("new".to_owned(), |nth| nth.to_string());
    let unknown = unknown(&form.text, &all.blocks);
    let hours = [
        ("any", l.pick("任何时候", "at any hour"), form.hours == Hours::Any),
        ("on", l.pick("只在值班时间", "on duty only"), form.hours == Hours::OnDuty),
        ("off", l.pick("只在非值班时间", "off duty only"), form.hours == Hours::OffDuty),
    ];
    let own = |one: &(String, String)| (one.0.clone(), one.1.clone(), form.staff.contains(&one.0));
    let none = (String::new(), l.pick("不用", "none").to_owned(), form.group.is_none());
    let group =
        |(id, name): &(i64, String)| (id.to_string(), name.clone(), form.group == Some(*id));
    let fields = wrong.iter().filter(|one| !app::wecom::SLOTS.contains(&one.field));
    let said = |one: &FieldError| (one.field, fault(one.field, one.code, (&unknown, l)));
    EditPage {
        l,
        frame,
        id,
        action: format!("/settings/wecom/{id}/welcome/{last}"),
        removal: nth.map(|nth| format!("/settings/wecom/{id}/welcome/{nth}/removal")),
        called: form.name.clone(),
        channels: form.channels.clone(),
        known_channels: all.channels.iter().take(HINTED).map(channel).collect(),
        channel: form.channel.clone(),
        staff: all.staff.iter().map(own).collect(),
        hours: hours.to_vec(),
        groups: std::iter::once(none).chain(all.groups.iter().map(group)).collect(),
        text: form.text.clone(),
        variables: variables(&all.blocks, l),
        slots: slots(&form.beside, &all.media, (wrong, l)),
        kinds: kinds(l).to_vec(),
        may_add: form.beside.len() < app::wecom::BESIDE_MAX,
        wrong: fields.map(said).collect(),
        preview: part(preview, cards(&form.beside, &all.media, (id, l)), l),
    }
}

/// Name and `state` of a channel; no name where the code is not ours.
pub(super) fn channel(one: &ChannelView) -> (String, String) {
    (one.placement.clone().unwrap_or_default(), one.state.clone())
}

/// What can stand in the words.
pub(super) fn variables(blocks: &[(String, String)], l: Lang) -> Vec<String> {
    let own = l.pick(
        ["昵称", "员工", "渠道", "群规", "群公告"],
        ["nickname", "staff", "channel", "rules", "announcement"],
    );
    let names =
        own.into_iter().map(str::to_owned).chain(blocks.iter().map(|(name, _)| name.clone()));
    names.map(|name| format!("{{{name}}}")).collect()
}

/// The slot that stands for nothing.
pub(super) fn unknown(text: &str, blocks: &[(String, String)]) -> String {
    let names: Vec<String> = blocks.iter().map(|(name, _)| name.clone()).collect();
    Text::read(text, &names).err().map(|unknown| unknown.0).unwrap_or_default()
}

fn part(preview: Option<Preview>, cards: Vec<CardView>, l: Lang) -> PreviewPart {
    let is_unread = preview.is_none();
    let (named, nameless) = preview.map(|one| (one.named, one.nameless)).unwrap_or_default();
    let nameless_text = if named.text == nameless.text { String::new() } else { nameless.text };
    PreviewPart {
        l,
        named: named.text,
        nameless: nameless_text,
        left_out: named.left_out.join(l.pick("、", ", ")),
        cards,
        is_unread,
    }
}
