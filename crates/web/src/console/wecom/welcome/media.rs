//! Files for welcomes: handed in, shown, kept uploaded.

use app::console::Denied;
use app::wecom::{MediaForm, MediumRow};
use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use report::Lang;

use crate::console::wecom::company::title;
use crate::console::wecom::sees;
use crate::console::wecom::welcome::page::{Done, notice};
use crate::console::wecom::welcome::slots::kind_word;
use crate::console::wecom::welcome::words::slot_fault;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{moment, number};

/// Bytes of a form with a file, at most: the largest file that the platform takes, and what stands
/// around it.
const FORM_MAX: usize = 21 * 1_024 * 1_024;

/// Whether files are sent to this address: they are counted while they are read.
pub(crate) fn is_media(path: &str) -> bool {
    path.strip_prefix("/settings/wecom/").is_some_and(|rest| rest.ends_with("/media"))
}

/// A file on the page.
pub(crate) struct FileView {
    pub(crate) label: String,
    pub(crate) about: String,
    /// Tone and words.
    pub(crate) state: (&'static str, String),
    pub(crate) said: String,
    /// Address of the picture; empty for others.
    pub(crate) picture: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/welcome/media.html")]
pub(crate) struct MediaPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    pub(crate) files: Vec<FileView>,
    pub(crate) wrong: &'static str,
}

/// `GET /settings/wecom/{account}/media`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let mut page = list((&house, &seated), account, "").await?;
    page.frame.notice = notice(&done.done, page.l);
    Ok(shown(&page))
}

/// `POST /settings/wecom/{account}/media`
pub(super) async fn receive(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    // Who may not, or a company that is not there, is told before anything is read.
    house.console().company(&seated.actor, account).await?;
    let l = seated.visit.lang;
    let media = match form {
        Ok(form) => file(form).await,
        Err(_) => Err("empty_file"),
    };
    let code = match media {
        Ok(media) => {
            let kept = house.console().keep_medium(&seated.actor, (account, "file"), media).await;
            match kept {
                Ok(_) => {
                    let to = format!("/settings/wecom/{account}/media?done=kept");
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(Denied::Wrong(wrong)) => wrong.first().map_or("empty_file", |one| one.code),
                Err(denied) => return Err(denied.into()),
            }
        }
        Err(code) => code,
    };
    let page = list((&house, &seated), account, slot_fault("file", code, l)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&page)).into_response())
}

/// `GET /settings/wecom/{account}/media/{nth}`
pub(super) async fn bytes(
    State(house): State<House>,
    seated: Seated,
    Path(key): Path<(i64, i64)>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let (form, bytes) = house.console().medium(&seated.actor, key).await?;
    // Anything but a picture is nothing to look at.
    let form =
        if form.starts_with("image/") { form } else { "application/octet-stream".to_owned() };
    let head = [(CONTENT_TYPE, form), (CACHE_CONTROL, "private, max-age=3600".to_owned())];
    Ok((head, bytes).into_response())
}

/// The file of the form; its kind by what it is.
async fn file(mut form: Multipart) -> Result<MediaForm, &'static str> {
    while let Some(mut field) = form.next_field().await.map_err(|_| "empty_file")? {
        let Some(name) = field.file_name().map(str::to_owned) else { continue };
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(|_| "empty_file")? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > FORM_MAX {
                return Err("too_big");
            }
        }
        let kind = match () {
            () if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xff\xd8\xff") => "image",
            () if bytes.get(4..8) == Some(b"ftyp") => "video",
            () => "file",
        };
        return Ok(MediaForm { kind, name, bytes });
    }
    Err("empty_file")
}

async fn list(
    (house, seated): (&House, &Seated),
    account: i64,
    wrong: &'static str,
) -> Result<MediaPage, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let company = console.company(&seated.actor, account).await?;
    let all = console.contact_welcomes(&seated.actor, account).await?;
    let zone = console.zone(seated.actor.org).await?;
    let title = format!("{} · {}", title(&company, l), l.pick("素材", "Files"));
    let when = |medium: &MediumRow| moment(medium.made, house.now(), &zone, l);
    let files = all.media.iter().rev().map(|one| view(one, account, (&when(one), l)));
    Ok(MediaPage {
        l,
        frame: Frame::of(house, seated, Place::Settings, &title).await?,
        id: account,
        files: files.collect(),
        wrong,
    })
}

pub(super) fn view(medium: &MediumRow, account: i64, (when, l): (&str, Lang)) -> FileView {
    let kind = kind_word(&medium.kind, l);
    let size = match medium.size {
        bytes if bytes < 1_024 => format!("{bytes} B"),
        bytes => format!("{} KB", number(bytes >> 10)),
    };
    let state = match (medium.media_at, medium.failure.is_empty()) {
        (_, false) => ("red", l.pick("上传失败，会再试", "not uploaded, tried again")),
        (Some(_), true) => ("green", l.pick("企业微信上有", "WeCom has it")),
        (None, true) => ("secondary", l.pick("用到时上传", "uploaded when it is used")),
    };
    let is_image = medium.kind == "image";
    let picture = format!("/settings/wecom/{account}/media/{}", medium.id);
    FileView {
        label: medium.name.clone(),
        about: format!("{kind} · {size} · {when}"),
        state: (state.0, state.1.to_owned()),
        said: medium.failure.clone(),
        picture: if is_image { picture } else { String::new() },
    }
}
