//! Live codes of groups (客户群「加入群聊」): there is no list of them, who loses an id loses a code.

use serde_json::json;

use crate::wecom::api::call::{Answer, Call};
use crate::wecom::api::groups::found;
use crate::wecom::api::ways::{Config, STATE_CHARS, bad_config, picture, room};
use crate::wecom::api::{Route, post};
use crate::wecom::books::{Books, JOIN_GROUPS_MAX, JoinForm, JoinWay, Refused, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    post("externalcontact/groupchat/add_join_way", Family::Groups, add),
    post("externalcontact/groupchat/get_join_way", Family::Groups, one),
    post("externalcontact/groupchat/update_join_way", Family::Groups, update),
    post("externalcontact/groupchat/del_join_way", Family::Groups, delete),
];

/// Characters of the beginning of names of new groups.
const BASE_NAME_CHARS: usize = 40;
/// Characters of a remark; more are cut.
const REMARK_CHARS: usize = 30;

/// A form that may be kept.
fn checked(books: &Books, mut form: JoinForm) -> Result<JoinForm, Refused> {
    let wrong = |what| Err(refused(40_058, &format!("invalid Request Parameter: {what}")));
    if !matches!(form.scene, 1 | 2) || form.auto_create_room > 1 {
        return wrong("scene or auto_create_room");
    }
    if form.state.chars().count() > STATE_CHARS {
        return wrong("state");
    }
    if form.room_base_name.chars().count() > BASE_NAME_CHARS {
        return wrong("room_base_name");
    }
    if form.chat_id_list.len() > JOIN_GROUPS_MAX {
        return Err(refused(41_091, "chat_id_list out of limit"));
    }
    if form.chat_id_list.is_empty() {
        return wrong("chat_id_list");
    }
    for chat in &form.chat_id_list {
        found(books, chat)?;
    }
    form.remark = form.remark.chars().take(REMARK_CHARS).collect();
    Ok(form)
}

fn add(call: &mut Call<'_>) -> Answer {
    let form: JoinForm = call.asked()?;
    let books = &mut call.world.books;
    room(books)?;
    let form = checked(books, form)?;
    let config = books.mint.hex();
    let way = JoinWay { form, made: Vec::new(), created: call.now };
    books.join_ways.insert(config.clone(), way);
    Ok(json!({"config_id": config}).into())
}

fn one(call: &mut Call<'_>) -> Answer {
    let asked: Config = call.asked()?;
    let config = asked.id()?;
    let way = call.world.books.join_ways.get(config).ok_or_else(bad_config)?;
    let mut row = json!(way.form);
    if let Some(fields) = row.as_object_mut() {
        fields.insert("config_id".to_owned(), json!(config));
        fields.insert("qr_code".to_owned(), json!(picture(&call.world.base, config)));
    }
    Ok(json!({"join_way": row}).into())
}

/// Everything is overwritten: what is left out goes back to where a new code begins.
fn update(call: &mut Call<'_>) -> Answer {
    let asked: Config = call.asked()?;
    let form: JoinForm = call.asked()?;
    let books = &mut call.world.books;
    let config = asked.id()?;
    books.join_ways.get(config).ok_or_else(bad_config)?;
    let form = checked(books, form)?;
    if let Some(way) = books.join_ways.get_mut(config) {
        way.form = form;
    }
    Ok(json!({}).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let asked: Config = call.asked()?;
    call.world.books.join_ways.remove(asked.id()?).ok_or_else(bad_config)?;
    Ok(json!({}).into())
}
