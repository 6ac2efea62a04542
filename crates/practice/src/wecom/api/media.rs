//! Pictures and files (素材管理): handed in, and given back.

use domain::Millis;
use serde_json::json;

use crate::wecom::api::call::{Answer, Call, Reply, Upload, seconds};
use crate::wecom::api::{Route, get, post};
use crate::wecom::books::{Medium, Refused, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    post("media/upload", Family::Media, upload),
    post("media/uploadimg", Family::Media, picture),
    get("media/get", Family::Media, fetch),
];

/// Every file is larger.
const BYTES_MIN: usize = 5;
const MB: usize = 1024 * 1024;

/// Size and kind as the platform's table has them.
///
/// Refused: 40005 kind of call, 40006 and 45001 size, 40123 no picture, 40004 no such sound,
/// 41090 no MP4.
fn check(kind: &str, file: &Upload, most: usize) -> Result<(), Refused> {
    if file.bytes.is_empty() {
        return Err(refused(44_001, "empty media data"));
    }
    if file.bytes.len() <= BYTES_MIN {
        return Err(refused(40_006, "invalid media size"));
    }
    if file.bytes.len() > most {
        return Err(refused(45_001, "media size out of limit"));
    }
    let begins = |magic: &[u8]| file.bytes.starts_with(magic);
    match kind {
        "image" if !(begins(b"\x89PNG") || begins(b"\xff\xd8\xff")) => {
            Err(refused(40_123, "not an image"))
        }
        "voice" if !begins(b"#!AMR") => Err(refused(40_004, "invalid media type")),
        "video" if file.bytes.get(4..8) != Some(b"ftyp") => Err(refused(41_090, "not MP4")),
        _ => Ok(()),
    }
}

fn file<'a>(call: &Call<'a>) -> Result<&'a Upload, Refused> {
    call.file.ok_or_else(|| refused(41_005, "missing media data"))
}

fn keep(call: &mut Call<'_>, kind: &str, file: &Upload) -> String {
    let books = &mut call.world.books;
    let id = books.mint.id("3");
    let (name, form) = (file.name.clone(), file.kind.clone());
    let (kind, bytes) = (kind.to_owned(), file.bytes.clone());
    books.media.insert(id.clone(), Medium { kind, name, form, bytes, at: call.now });
    id
}

fn upload(call: &mut Call<'_>) -> Answer {
    let kind = call.word("type").to_owned();
    let most = match kind.as_str() {
        "image" | "video" => 10 * MB,
        "voice" => 2 * MB,
        "file" => 20 * MB,
        _ => return Err(refused(40_005, "invalid type")),
    };
    let file = file(call)?;
    check(&kind, file, most)?;
    let id = keep(call, &kind, file);
    // Seconds as text: so the platform writes it here.
    let at = seconds(call.now).to_string();
    Ok(json!({"type": kind, "media_id": id, "created_at": at}).into())
}

fn picture(call: &mut Call<'_>) -> Answer {
    let file = file(call)?;
    check("image", file, 2 * MB)?;
    let most = call.world.limits.pictures_day;
    if !call.world.usage.count("pictures", most, Millis::DAY, call.now) {
        return Err(refused(45_009, "api freq out of limit"));
    }
    let id = keep(call, "picture", file);
    Ok(json!({"url": format!("{}/practice/pictures/{id}", call.world.base)}).into())
}

fn fetch(call: &mut Call<'_>) -> Answer {
    let books = &call.world.books;
    let found = books.medium(call.word("media_id"), call.now)?;
    Ok(Reply::File(found.name.clone(), found.form.clone(), found.bytes.clone()))
}
