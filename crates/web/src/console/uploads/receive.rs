//! Files of a form, streamed to the disk: never in memory, never above the limit.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use axum::extract::multipart::Field;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use tokio::sync::mpsc;

use crate::console::Seated;
use crate::house::House;
use crate::trouble::Trouble;

/// Where files are sent to.
pub(crate) const UPLOADS: &str = "/uploads";

/// Pieces that wait for the disk.
const AHEAD: usize = 16;

/// Files of one upload, at most.
const FILES_MAX: usize = 200;

/// Bytes of a file's name, at most.
const NAME_MAX: usize = 120;

/// `POST /uploads`
pub(super) async fn receive(
    State(house): State<House>,
    seated: Seated,
    mut form: Multipart,
) -> Result<Response, Trouble> {
    let (id, folder) = house.console().begin_upload(&seated.actor).await?;
    match files(&mut form, &folder, house.settings().upload_bytes_max).await {
        Ok((files, format)) if !files.is_empty() => {
            house.console().recognise(&seated.actor, id, (files, format)).await?;
            Ok(Redirect::to(&format!("{UPLOADS}/{id}")).into_response())
        }
        got => {
            house.console().remove_upload(&seated.actor, id).await?;
            Err(got.err().unwrap_or_else(no_file))
        }
    }
}

/// Names of the files in the form, and the format that was chosen.
async fn files(
    form: &mut Multipart,
    folder: &Path,
    limit: u64,
) -> Result<(Vec<String>, String), Trouble> {
    let (mut names, mut format, mut left) = (Vec::new(), String::new(), limit);
    while let Some(field) = form.next_field().await.map_err(|_| broken())? {
        if field.name() == Some("format") {
            format = field.text().await.map_err(|_| broken())?;
            continue;
        }
        let Some(name) = field.file_name().map(safe).filter(|name| !name.is_empty()) else {
            continue;
        };
        if names.len() >= FILES_MAX {
            return Err(too_big(limit));
        }
        let place = free(folder, &name);
        left -= keep(field, &place, left).await?.ok_or_else(|| too_big(limit))?;
        let kept = place.file_name().map(|name| name.to_string_lossy().into_owned());
        names.extend(kept);
    }
    Ok((names, format))
}

/// Writes a file; how many bytes, or `None` when they are too many.
async fn keep(mut field: Field<'_>, place: &Path, most: u64) -> Result<Option<u64>, Trouble> {
    let (send, mut pieces) = mpsc::channel::<axum::body::Bytes>(AHEAD);
    let place = place.to_owned();
    let writing = tokio::task::spawn_blocking(move || {
        let mut file = File::create_new(place)?;
        while let Some(piece) = pieces.blocking_recv() {
            file.write_all(&piece)?;
        }
        file.flush()
    });
    let mut bytes = 0;
    while let Some(piece) = field.chunk().await.map_err(|_| broken())? {
        bytes += piece.len() as u64;
        if bytes > most {
            return Ok(None);
        }
        if send.send(piece).await.is_err() {
            break;
        }
    }
    drop(send);
    match writing.await {
        Ok(Ok(())) => Ok(Some(bytes)),
        Ok(Err(error)) => Err(app::Fault::Spool(error).into()),
        Err(error) => Err(Trouble::fault(error.to_string())),
    }
}

/// A name without folders and signs that a disk may not like.
fn safe(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut safe = String::new();
    for letter in last.chars() {
        let letter = if letter.is_control() || ":*?\"<>|".contains(letter) { '_' } else { letter };
        if safe.len() + letter.len_utf8() <= NAME_MAX {
            safe.push(letter);
        }
    }
    safe.trim_start_matches('.').trim().to_owned()
}

/// A place of this name that is not taken.
fn free(folder: &Path, name: &str) -> PathBuf {
    let mut place = folder.join(name);
    let mut n = 1;
    while place.exists() {
        n += 1;
        place = folder.join(format!("{n}-{name}"));
    }
    place
}

fn no_file() -> Trouble {
    Trouble::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "no_file",
        [
            "没有选文件。请返回选好聊天记录再上传。",
            "No file was chosen. Go back and choose an export.",
        ],
    )
}

fn broken() -> Trouble {
    Trouble::new(
        StatusCode::BAD_REQUEST,
        "upload_broken",
        [
            "上传中断了，什么都没有留下。请返回再传一次。",
            "The upload broke off and nothing was kept. Go back and send it again.",
        ],
    )
}

fn too_big(limit: u64) -> Trouble {
    let gib = limit >> 30;
    let size = if gib > 0 { format!("{gib} GiB") } else { format!("{} MiB", limit >> 20) };
    let say = [
        format!(
            "文件太大了（上限 {size}），什么都没有留下。可以分几次传，或在服务器上用 huoqun import 导入。"
        ),
        format!(
            "This is too big (the limit is {size}); nothing was kept. Send it in parts, or use huoqun import on the server."
        ),
    ];
    let status = StatusCode::PAYLOAD_TOO_LARGE;
    Trouble { say, ..Trouble::new(status, "too_big", ["", ""]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        let table = [
            ("../../etc/passwd", "passwd"),
            ("C:\\chats\\群聊.txt", "群聊.txt"),
            ("..", ""),
            (".hidden", "hidden"),
            ("a\u{0}b?.json", "a_b_.json"),
        ];
        for (name, kept) in table {
            assert_eq!(safe(name), kept, "{name}");
        }
        assert!(safe(&"长".repeat(300)).len() <= NAME_MAX);
    }
}
