//! Welcomes (新客户欢迎语, 入群欢迎语素材).

use domain::Millis;
use serde_json::{Map, Value, json};

use crate::wecom::api::call::{Answer, Call};
use crate::wecom::api::{Route, post};
use crate::wecom::books::{Books, Refused, TEMPLATES_MAX, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    post("externalcontact/send_welcome_msg", Family::Contacts, send),
    post("externalcontact/group_welcome_template/add", Family::Contacts, add),
    post("externalcontact/group_welcome_template/edit", Family::Contacts, edit),
    post("externalcontact/group_welcome_template/get", Family::Contacts, one),
    post("externalcontact/group_welcome_template/del", Family::Contacts, delete),
];

const WELCOME_BYTES: usize = 4_000;
const TEMPLATE_BYTES: usize = 3_000;
const ATTACHMENTS_MAX: usize = 9;
/// What may stand beside a text, the first in this order that is given.
const BESIDE: &[&str] = &["image", "link", "miniprogram", "file", "video"];

fn word<'a>(of: &'a Value, name: &str) -> &'a str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn send(call: &mut Call<'_>) -> Answer {
    let asked: Value = call.asked()?;
    let code = word(&asked, "welcome_code");
    if code.is_empty() {
        return Err(refused(41_049, "missing welcome code"));
    }
    let text = asked.get("text").map_or("", |text| word(text, "content"));
    let none = Vec::new();
    let attachments = asked.get("attachments").and_then(Value::as_array).unwrap_or(&none);
    if text.len() > WELCOME_BYTES {
        return Err(refused(45_002, "content size out of limit"));
    }
    if attachments.len() > ATTACHMENTS_MAX {
        return Err(refused(41_064, "attachments count out of limit"));
    }
    if text.is_empty() && attachments.is_empty() {
        return Err(refused(40_063, "some parameters are empty"));
    }
    for one in attachments {
        let kind = word(one, "msgtype");
        let Some(inside) = one.get(kind).filter(|_| BESIDE.contains(&kind)) else {
            return Err(refused(41_065, "invalid attachment msgtype"));
        };
        check(&call.world.books, kind, inside, call.now)?;
    }
    let said = json!({"text": text, "attachments": attachments});
    call.world.books.welcome(code, said, call.now)?;
    Ok(json!({}).into())
}

/// One thing beside a text: its words in their limits, its files still there.
fn check(books: &Books, kind: &str, inside: &Value, now: Millis) -> Result<(), Refused> {
    let fits = |name, most: usize| word(inside, name).len() <= most;
    let given = |name| !word(inside, name).is_empty();
    let good = match kind {
        "link" => {
            given("title")
                && given("url")
                && fits("title", 128)
                && fits("desc", 512)
                && fits("url", 2_048)
                && fits("picurl", 2_048)
        }
        "miniprogram" => {
            ["title", "pic_media_id", "appid", "page"].iter().all(|name| given(name))
                && fits("title", 64)
        }
        "image" => given("media_id") || given("pic_url"),
        _ => given("media_id"),
    };
    if !good {
        return Err(refused(40_058, &format!("invalid Request Parameter: {kind}")));
    }
    for name in ["media_id", "pic_media_id"].into_iter().filter(|name| given(name)) {
        books.medium(word(inside, name), now)?;
    }
    let picture = kind == "image" && !given("media_id");
    let known = |address: &str| books.media.keys().any(|id| address.ends_with(id.as_str()));
    if picture && !known(word(inside, "pic_url")) {
        return Err(refused(40_007, "invalid pic_url, use media/uploadimg"));
    }
    Ok(())
}

/// A template: the text, and the first thing beside it.
fn template(books: &Books, asked: &Value, now: Millis) -> Result<Value, Refused> {
    let text = asked.get("text").map_or("", |text| word(text, "content"));
    if text.len() > TEMPLATE_BYTES {
        return Err(refused(45_002, "content size out of limit"));
    }
    let beside = BESIDE.iter().find_map(|kind| Some((*kind, asked.get(*kind)?)));
    let mut kept = Map::new();
    if !text.is_empty() {
        kept.insert("text".to_owned(), json!({"content": text}));
    }
    if let Some((kind, inside)) = beside {
        check(books, kind, inside, now)?;
        kept.insert(kind.to_owned(), inside.clone());
    }
    if kept.is_empty() {
        return Err(refused(40_063, "some parameters are empty"));
    }
    Ok(Value::Object(kept))
}

fn add(call: &mut Call<'_>) -> Answer {
    let asked: Value = call.asked()?;
    let books = &mut call.world.books;
    if books.welcomes.templates.len() >= TEMPLATES_MAX {
        return Err(refused(41_055, "group welcome template count out of limit"));
    }
    let kept = template(books, &asked, call.now)?;
    let id = books.mint.id("msg");
    books.welcomes.templates.insert(id.clone(), kept);
    Ok(json!({"template_id": id}).into())
}

/// The template that is meant.
fn named(call: &Call<'_>) -> Result<(Value, String), Refused> {
    let asked: Value = call.asked()?;
    let id = word(&asked, "template_id").to_owned();
    let there = call.world.books.welcomes.templates.contains_key(&id);
    there.then_some((asked, id)).ok_or_else(|| refused(40_058, "invalid template_id"))
}

fn edit(call: &mut Call<'_>) -> Answer {
    let (asked, id) = named(call)?;
    let kept = template(&call.world.books, &asked, call.now)?;
    call.world.books.welcomes.templates.insert(id, kept);
    Ok(json!({}).into())
}

fn one(call: &mut Call<'_>) -> Answer {
    let (_, id) = named(call)?;
    let kept = call.world.books.welcomes.templates.get(&id);
    Ok(kept.cloned().unwrap_or_default().into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let (_, id) = named(call)?;
    call.world.books.welcomes.templates.remove(&id);
    Ok(json!({}).into())
}
