//! Messages of the app to staff (发送应用消息), and cards that change.

use std::collections::BTreeSet;

use domain::Millis;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::wecom::api::call::{Answer, Call};
use crate::wecom::api::{Route, post};
use crate::wecom::books::{Books, Message, Refused, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    post("message/send", Family::Messages, send),
    post("message/update_template_card", Family::Messages, update),
    post("message/recall", Family::Messages, recall),
];

const TEXT_BYTES: usize = 2_048;
const USERS_MAX: usize = 1_000;
const PARTIES_MAX: usize = 100;

#[derive(Deserialize)]
struct Send {
    #[serde(default)]
    touser: String,
    #[serde(default)]
    toparty: String,
    msgtype: String,
    agentid: i64,
    #[serde(default)]
    enable_duplicate_check: u8,
    duplicate_check_interval: Option<i64>,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

fn send(call: &mut Call<'_>) -> Answer {
    let asked: Send = call.asked()?;
    if asked.agentid != call.world.app.agent {
        return Err(refused(301_002, "not allow operate another agent with this accesstoken"));
    }
    let content = asked.rest.get(&asked.msgtype).cloned();
    let content = content.ok_or_else(|| refused(40_008, "invalid message type"))?;
    let content = checked(&call.world.books, &asked.msgtype, content, call.now)?;
    let (to, wrong) = receivers(&call.world.books, &asked)?;
    if to.is_empty() {
        return Err(refused(81_013, "user & party & tag all invalid"));
    }
    let kind = asked.msgtype.clone();
    let to = room(call, to);
    let again = said_again(call, &asked, &content, &to);
    let books = &mut call.world.books;
    let id = books.mint.id("msg");
    let card = kind == "template_card";
    let mut answer = json!({
        "invaliduser": wrong.join("|"), "invalidparty": "", "invalidtag": "",
        "unlicenseduser": "", "msgid": id,
    });
    if !again {
        books.messages.push(Message {
            id: id.clone(),
            at: call.now,
            to,
            kind,
            content,
            answered: std::collections::BTreeMap::new(),
            recalled: false,
        });
    }
    if card && let Some(fields) = answer.as_object_mut() {
        let code = books.card_code(&id, None, call.now);
        fields.insert("response_code".to_owned(), json!(code));
    }
    Ok(answer.into())
}

/// The same was sent a short while ago, and the caller wants it once.
fn said_again(call: &Call<'_>, asked: &Send, content: &Value, to: &[String]) -> bool {
    let within = asked.duplicate_check_interval.unwrap_or(1_800).clamp(0, 14_400) * 1_000;
    let mut late = call.world.books.messages.iter().rev();
    asked.enable_duplicate_check == 1
        && late
            .by_ref()
            .take_while(|one| call.now.since(one.at) < within)
            .any(|one| one.kind == asked.msgtype && one.content == *content && one.to == to)
}

/// Who gets it, and who is not there or not in range, in small letters as the platform says them.
fn receivers(books: &Books, asked: &Send) -> Result<(Vec<String>, Vec<String>), Refused> {
    let split = |text: &str| -> Vec<String> {
        text.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (users, parties) = (split(&asked.touser), split(&asked.toparty));
    if users.len() > USERS_MAX || parties.len() > PARTIES_MAX {
        return Err(refused(40_032, "invalid userid list size"));
    }
    let may = |id: &String| books.present(id).is_ok_and(|one| one.visible);
    let mut to: BTreeSet<String> = BTreeSet::new();
    let mut wrong = Vec::new();
    if asked.touser == "@all" {
        to.extend(books.staff.keys().filter(|id| may(id)).cloned());
        return Ok((to.into_iter().collect(), wrong));
    }
    for word in users {
        match books.staff.keys().find(|id| id.eq_ignore_ascii_case(&word)).filter(|id| may(id)) {
            Some(id) => _ = to.insert(id.clone()),
            None => wrong.push(word.to_lowercase()),
        }
    }
    for party in parties.iter().filter_map(|party| party.parse().ok()) {
        to.extend(books.staff_below(party).map(|(id, _)| id.clone()).filter(|id| may(id)));
    }
    Ok((to.into_iter().collect(), wrong))
}

/// Those who did not get too many of late: the others' are dropped in silence.
fn room(call: &mut Call<'_>, to: Vec<String>) -> Vec<String> {
    let (limits, now) = (call.world.limits, call.now);
    let usage = &mut call.world.usage;
    to.into_iter()
        .filter(|id| {
            let what = format!("message to {id}");
            let minute = usage.count(&what, limits.messages_minute, Millis::MINUTE, now);
            usage.count(&what, limits.messages_hour, Millis::HOUR, now) && minute
        })
        .collect()
}

fn word<'a>(of: &'a Value, name: &str) -> &'a str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The content as it is kept: a text is cut, all else is refused where it is too long.
fn checked(books: &Books, kind: &str, mut content: Value, now: Millis) -> Result<Value, Refused> {
    let fits = |of: &Value, name: &str, most: usize| word(of, name).len() <= most;
    let long = || refused(45_002, "content size out of limit");
    match kind {
        "text" => {
            let text = word(&content, "content");
            if text.is_empty() {
                return Err(refused(44_004, "empty content"));
            }
            let cut = text.char_indices().take_while(|(at, one)| at + one.len_utf8() <= TEXT_BYTES);
            let kept: String = cut.map(|(_, one)| one).collect();
            content = json!({"content": kept});
        }
        "markdown" if !fits(&content, "content", TEXT_BYTES) => return Err(long()),
        "markdown" => {}
        "textcard" => {
            let given =
                ["title", "description", "url"].iter().all(|name| !word(&content, name).is_empty());
            if !given {
                return Err(refused(40_058, "invalid Request Parameter: textcard"));
            }
            let fit = fits(&content, "title", 128) && fits(&content, "description", 512);
            if !fit || !fits(&content, "url", 2_048) {
                return Err(long());
            }
        }
        "template_card" => card(&content)?,
        "image" | "voice" | "video" | "file" => {
            books.medium(word(&content, "media_id"), now)?;
        }
        _ => return Err(refused(40_008, "invalid message type")),
    }
    Ok(content)
}

/// What a card must have.
fn card(card: &Value) -> Result<(), Refused> {
    let wrong = |what: &str| Err(refused(40_058, &format!("invalid Request Parameter: {what}")));
    let count = |name: &str| card.get(name).and_then(Value::as_array).map_or(0, Vec::len);
    let has = |name: &str| card.get(name).is_some();
    let titled = has("main_title") || !word(card, "sub_title_text").is_empty();
    let good = match word(card, "card_type") {
        "text_notice" => titled && has("card_action"),
        "news_notice" => {
            has("main_title") && has("card_action") && (has("card_image") || has("image_text_area"))
        }
        "button_interaction" => has("main_title") && (1..=6).contains(&count("button_list")),
        "vote_interaction" => has("checkbox") && has("submit_button"),
        "multiple_interaction" => (1..=3).contains(&count("select_list")) && has("submit_button"),
        _ => return wrong("card_type"),
    };
    let named = matches!(
        word(card, "card_type"),
        "button_interaction" | "vote_interaction" | "multiple_interaction"
    );
    let task = word(card, "task_id");
    let plain = |one: char| one.is_ascii_alphanumeric() || "_-@".contains(one);
    let named_well = task.len() <= 128 && task.chars().all(plain) && (!named || !task.is_empty());
    match (good, named_well) {
        (false, _) => wrong("template_card"),
        (_, false) => wrong("task_id"),
        _ if count("horizontal_content_list") > 6 || count("jump_list") > 3 => wrong("list"),
        _ => Ok(()),
    }
}

#[derive(Deserialize)]
struct Update {
    #[serde(default)]
    userids: Vec<String>,
    #[serde(default)]
    atall: u8,
    agentid: i64,
    response_code: String,
    button: Option<Value>,
    template_card: Option<Value>,
}

fn update(call: &mut Call<'_>) -> Answer {
    let asked: Update = call.asked()?;
    if asked.agentid != call.world.app.agent {
        return Err(refused(301_002, "not allow operate another agent with this accesstoken"));
    }
    let words = match (&asked.button, &asked.template_card) {
        (Some(button), _) => word(button, "replace_name").to_owned(),
        (None, Some(card)) => word(card, "replace_text").to_owned(),
        (None, None) => return Err(refused(40_063, "some parameters are empty")),
    };
    let books = &mut call.world.books;
    let all: Vec<String> = books.staff.keys().cloned().collect();
    let to = if asked.atall == 1 { &all } else { &asked.userids };
    books.change_card(&asked.response_code, &words, to, call.now)?;
    let wrong: Vec<&String> = asked.userids.iter().filter(|id| !all.contains(id)).collect();
    Ok(json!({"invaliduser": wrong}).into())
}

#[derive(Deserialize)]
struct Recall {
    msgid: String,
}

/// Within 24 h.
fn recall(call: &mut Call<'_>) -> Answer {
    let asked: Recall = call.asked()?;
    let now = call.now;
    let own = |one: &&mut Message| one.id == asked.msgid && now.since(one.at) < Millis::DAY;
    let found = call.world.books.messages.iter_mut().find(own);
    found.ok_or_else(|| refused(40_058, "invalid msgid"))?.recalled = true;
    Ok(json!({}).into())
}
