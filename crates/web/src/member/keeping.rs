//! What keepers do: announce, pin, mute, remove, rename, rules, close, reopen.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use chat::web::{NOTICE_CHARS_MAX, TextError, text};
use domain::{EventWhat, IdentityId, Millis};
use report::Lang;
use serde::Deserialize;

use crate::door::{Visit, Wants};
use crate::house::House;
use crate::member::inside::class_of;
use crate::member::own::Keyed;
use crate::member::{Asked, Inside};
use crate::trouble::{Trouble, shown};
use crate::words::{name_wrong, text_wrong};

/// Longest silence that a page asks for, in minutes: a week.
const MINUTES_MAX: i64 = 7 * 24 * 60;

/// A field with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Field {
    pub(crate) text: String,
    pub(crate) wrong: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "member/keeping.html")]
pub(crate) struct Keeping {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) base: String,
    pub(crate) name: String,
    pub(crate) announcement: Field,
    pub(crate) title_field: Field,
    pub(crate) rules: Field,
    pub(crate) farewell: Field,
    pub(crate) closed: bool,
    pub(crate) done: Option<String>,
    pub(crate) keys: [i64; 4],
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Look {
    done: Option<String>,
}

/// A form with a text.
#[derive(Debug, Deserialize)]
pub(crate) struct Worded {
    key: i64,
    #[serde(default)]
    text: String,
}

/// A form with a name.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    key: i64,
    #[serde(default)]
    name: String,
}

/// A form about a pin.
#[derive(Debug, Deserialize)]
pub(crate) struct Pinning {
    key: i64,
    of: i64,
    on: u8,
}

/// A form about a person.
#[derive(Debug, Deserialize)]
pub(crate) struct About {
    key: i64,
    who: u32,
    /// Silent for so long; 0 takes it back.
    #[serde(default)]
    minutes: i64,
}

impl Keeping {
    fn of(house: &House, visit: &Visit, inside: &Inside) -> Self {
        let room = &inside.room;
        let field =
            |text: Option<&String>| Field { text: text.cloned().unwrap_or_default(), wrong: None };
        Self {
            l: visit.lang,
            title: room.name.clone(),
            base: inside.base(),
            name: room.name.clone(),
            announcement: field(room.announcement.as_ref().map(|(_, text, _)| text)),
            title_field: field(Some(&room.name)),
            rules: field(room.rules.as_ref().map(|(_, text)| text)),
            farewell: Field::default(),
            closed: room.closed.is_some(),
            done: None,
            keys: house.mint_many(),
        }
    }
}

/// `GET /g/{code}/keeping`
pub(crate) async fn page(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    visit.may_read(&house)?;
    let (inside, _) = Inside::keeper(&house, &visit, &code).await?;
    let mut page = Keeping::of(&house, &visit, &inside);
    page.done = look.done.map(|_| visit.lang.pick("已生效。", "Done.").to_owned());
    Ok(shown(&page))
}

/// `POST /g/{code}/announcement`
pub(crate) async fn announce(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Worded>,
) -> Result<Response, Trouble> {
    let what = notice(&form.text).map(|text| EventWhat::Announce { text });
    let field = |page: &mut Keeping, field| page.announcement = field;
    keep((&house, &visit, &code), (form.key, what), (&form.text, field)).await
}

/// `POST /g/{code}/rules`
pub(crate) async fn rules(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Worded>,
) -> Result<Response, Trouble> {
    let what = notice(&form.text).map(|text| EventWhat::Rules { text });
    let field = |page: &mut Keeping, field| page.rules = field;
    keep((&house, &visit, &code), (form.key, what), (&form.text, field)).await
}

/// `POST /g/{code}/closure`
pub(crate) async fn close(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Worded>,
) -> Result<Response, Trouble> {
    let what = notice(&form.text).map(|farewell| EventWhat::Close { farewell });
    let field = |page: &mut Keeping, field| page.farewell = field;
    keep((&house, &visit, &code), (form.key, what), (&form.text, field)).await
}

/// `POST /g/{code}/title`
pub(crate) async fn retitle(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Named>,
) -> Result<Response, Trouble> {
    let name = chat::web::title(&form.name).map_err(name_wrong);
    let what = name.map(|name| EventWhat::Retitle { name: name.into() });
    let field = |page: &mut Keeping, field| page.title_field = field;
    keep((&house, &visit, &code), (form.key, what), (&form.name, field)).await
}

/// `POST /g/{code}/reopening`
pub(crate) async fn reopen(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Keyed>,
) -> Result<Response, Trouble> {
    let field = |_: &mut Keeping, _| {};
    keep((&house, &visit, &code), (form.key, Ok(EventWhat::Reopen)), ("", field)).await
}

/// `POST /g/{code}/pins`
pub(crate) async fn pin(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Pinning>,
) -> Result<Response, Trouble> {
    let what = EventWhat::Pin { of: form.of, said: None, on: form.on != 0 };
    here((&house, &visit, &code), form.key, what).await
}

/// `POST /g/{code}/silences`
pub(crate) async fn mute(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<About>,
) -> Result<Response, Trouble> {
    if !(0..=MINUTES_MAX).contains(&form.minutes) {
        return Err(Trouble::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "minutes",
            ["禁言时长要在 0 到 7 天之间。", "A silence lasts between 0 and 7 days."],
        ));
    }
    let until = Millis(house.now().0 + form.minutes * Millis::MINUTE);
    let until = (form.minutes > 0).then_some(until);
    let what = EventWhat::Mute { who: IdentityId(form.who), until };
    here((&house, &visit, &code), form.key, what).await
}

/// `POST /g/{code}/removals`
pub(crate) async fn remove(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<About>,
) -> Result<Response, Trouble> {
    here((&house, &visit, &code), form.key, EventWhat::Remove { who: IdentityId(form.who) }).await
}

/// A notice may be empty: that takes it down.
fn notice(raw: &str) -> Result<Box<str>, Trouble> {
    match text(raw, NOTICE_CHARS_MAX) {
        Ok(text) => Ok(text.into()),
        Err(TextError::Empty) => Ok("".into()),
        Err(wrong) => Err(text_wrong(wrong)),
    }
}

/// An act on the chat page.
async fn here(
    (house, visit, code): (&House, &Visit, &str),
    key: i64,
    what: EventWhat,
) -> Result<Response, Trouble> {
    let (inside, me) = Inside::keeper(house, visit, code).await?;
    let asked = Asked { key, actor: me.who, class: class_of(&me, false), what };
    inside.act((house, visit), asked, &inside.base()).await
}

/// An act of the keeping page: when it is refused the form stands there again as it was typed.
async fn keep(
    (house, visit, code): (&House, &Visit, &str),
    (key, what): (i64, Result<EventWhat, Trouble>),
    (typed, field): (&str, impl FnOnce(&mut Keeping, Field)),
) -> Result<Response, Trouble> {
    let (inside, me) = Inside::keeper(house, visit, code).await?;
    let done = match what {
        Ok(what) => {
            let asked = Asked { key, actor: me.who, class: class_of(&me, false), what };
            let then = format!("{}/keeping?done=1", inside.base());
            inside.act((house, visit), asked, &then).await
        }
        Err(wrong) => Err(wrong),
    };
    match done {
        Err(trouble) if visit.wants == Wants::Page && trouble.cause.is_none() => {
            let mut page = Keeping::of(house, visit, &inside);
            let words = trouble.words(visit.lang).to_owned();
            field(&mut page, Field { text: typed.to_owned(), wrong: Some(words) });
            let mut response = shown(&page);
            *response.status_mut() = trouble.status;
            Ok(response)
        }
        done => done,
    }
}
