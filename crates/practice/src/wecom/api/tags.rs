//! Tags of the company (企业客户标签): the library, and what is on a customer.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::wecom::api::call::{Answer, Call, seconds};
use crate::wecom::api::contacts::{bond, seen};
use crate::wecom::api::{Route, post};
use crate::wecom::books::{Tag, TagGroup, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    post("externalcontact/get_corp_tag_list", Family::Tags, list),
    post("externalcontact/add_corp_tag", Family::Tags, add),
    post("externalcontact/edit_corp_tag", Family::Tags, edit),
    post("externalcontact/del_corp_tag", Family::Tags, delete),
    post("externalcontact/mark_tag", Family::Tags, mark),
];

/// Characters of a name.
const NAME_CHARS: usize = 30;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ids {
    tag_id: Vec<String>,
    group_id: Vec<String>,
}

fn list(call: &mut Call<'_>) -> Answer {
    let Ids { tag_id, group_id } = call.asked()?;
    let all = tag_id.is_empty() && group_id.is_empty();
    let wanted = |id: &String, group: &TagGroup| match () {
        () if all => !group.head.deleted,
        () if !group_id.is_empty() => group_id.contains(id),
        () => group.tags.keys().any(|tag| tag_id.contains(tag)),
    };
    let only = |tag: &String| !group_id.is_empty() || tag_id.contains(tag);
    let found = call.world.books.tags.iter().filter(|(id, group)| wanted(id, group));
    let mut groups: Vec<(&String, &TagGroup)> = found.collect();
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.head.order));
    let rows = groups.into_iter().map(|(id, group)| {
        let kept = |(tag, one): &(&String, &Tag)| if all { !one.deleted } else { only(tag) };
        let mut tags: Vec<_> = group.tags.iter().filter(kept).collect();
        tags.sort_by_key(|(_, one)| std::cmp::Reverse(one.order));
        let tags: Vec<Value> = tags.into_iter().map(|(id, one)| row("", id, one, all)).collect();
        let mut whole = row("group_", id, &group.head, all);
        if let Some(fields) = whole.as_object_mut() {
            fields.insert("tag".to_owned(), json!(tags));
        }
        whole
    });
    Ok(json!({"tag_group": rows.collect::<Vec<_>>()}).into())
}

/// `deleted` is said only to who asked by id.
fn row(prefix: &str, id: &str, tag: &Tag, all: bool) -> Value {
    let (id_name, name_name) = (format!("{prefix}id"), format!("{prefix}name"));
    let mut row = json!({
        id_name: id, name_name: tag.name, "create_time": seconds(tag.created), "order": tag.order,
    });
    if let Some(fields) = row.as_object_mut().filter(|_| !all) {
        fields.insert("deleted".to_owned(), json!(tag.deleted));
    }
    row
}

#[derive(Deserialize)]
struct Add {
    #[serde(default)]
    group_id: String,
    #[serde(default)]
    group_name: String,
    #[serde(default)]
    order: u32,
    tag: Vec<NewTag>,
}

#[derive(Deserialize)]
struct NewTag {
    name: String,
    #[serde(default)]
    order: u32,
}

fn add(call: &mut Call<'_>) -> Answer {
    let asked: Add = call.asked()?;
    let books = &mut call.world.books;
    let given = !asked.group_id.is_empty();
    let own = |id: &String| books.tags.get(id).filter(|group| !group.head.deleted);
    if given && own(&asked.group_id).is_none() {
        return Err(refused(40_068, "invalid tag group id"));
    }
    let named = |name: &str| !name.is_empty() && name.chars().count() <= NAME_CHARS;
    let good = asked.tag.iter().all(|tag| named(&tag.name));
    if asked.tag.is_empty() || !good || !(given || named(&asked.group_name)) {
        return Err(refused(40_058, "invalid Request Parameter: tag name"));
    }
    let inside =
        if given { Some(&asked.group_id) } else { books.tag_group_named(&asked.group_name) };
    let inside = inside.cloned();
    let taken = inside.as_ref().and_then(|id| books.tags.get(id)).is_some_and(|group| {
        let same = |tag: &Tag| !tag.deleted && asked.tag.iter().any(|new| new.name == tag.name);
        group.tags.values().any(same)
    });
    if taken {
        return Err(refused(40_071, "tag name already exists"));
    }
    let mut group = inside.clone().unwrap_or_default();
    let mut made = BTreeSet::new();
    for new in &asked.tag {
        let tag = Tag {
            name: new.name.clone(),
            order: new.order,
            created: call.now,
            own: true,
            deleted: false,
        };
        let (inside, id) = books.put_tag(&group, &asked.group_name, tag);
        group = inside;
        made.insert(id);
    }
    let Some(whole) = books.tags.get_mut(&group) else { return Ok(json!({}).into()) };
    if inside.is_none() {
        whole.head.order = asked.order;
    }
    let tags = whole.tags.iter().filter(|(id, _)| made.contains(*id));
    let tags: Vec<Value> = tags.map(|(id, one)| row("", id, one, true)).collect();
    let mut answer = row("group_", &group, &whole.head, true);
    if let Some(fields) = answer.as_object_mut() {
        fields.insert("tag".to_owned(), json!(tags));
    }
    Ok(json!({"tag_group": answer}).into())
}

#[derive(Deserialize)]
struct Edit {
    id: String,
    name: Option<String>,
    order: Option<u32>,
}

fn edit(call: &mut Call<'_>) -> Answer {
    let asked: Edit = call.asked()?;
    let books = &mut call.world.books;
    let name = asked.name.filter(|name| !name.is_empty());
    let taken = name.as_ref().is_some_and(|name| {
        let same = |id: &String, tag: &Tag| *id != asked.id && !tag.deleted && tag.name == *name;
        if books.tags.contains_key(&asked.id) {
            return books.tags.iter().any(|(id, group)| same(id, &group.head));
        }
        let beside = books.tag(&asked.id).map(|(group, _)| group);
        beside.is_some_and(|group| group.tags.iter().any(|(id, tag)| same(id, tag)))
    });
    let tag = books.tag_mut(&asked.id).ok_or_else(|| refused(40_068, "invalid tag id"))?;
    if !tag.own {
        return Err(refused(81_011, "no privilege to the tag"));
    }
    if taken {
        return Err(refused(40_071, "tag name already exists"));
    }
    if name.as_ref().is_some_and(|name| name.chars().count() > NAME_CHARS) {
        return Err(refused(40_058, "invalid Request Parameter: tag name"));
    }
    tag.name = name.unwrap_or(std::mem::take(&mut tag.name));
    tag.order = asked.order.unwrap_or(tag.order);
    Ok(json!({}).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let Ids { tag_id, group_id } = call.asked()?;
    if tag_id.is_empty() && group_id.is_empty() {
        return Err(refused(40_063, "some parameters are empty"));
    }
    let books = &mut call.world.books;
    for id in tag_id.iter().chain(&group_id) {
        let tag = books.tag_mut(id).ok_or_else(|| refused(40_068, "invalid tag id"))?;
        if !tag.own {
            return Err(refused(81_011, "no privilege to the tag"));
        }
    }
    tag_id.iter().chain(&group_id).for_each(|id| books.take_tag(id));
    Ok(json!({}).into())
}

#[derive(Deserialize)]
struct Mark {
    userid: String,
    external_userid: String,
    #[serde(default)]
    add_tag: Vec<String>,
    #[serde(default)]
    remove_tag: Vec<String>,
}

fn mark(call: &mut Call<'_>) -> Answer {
    let asked: Mark = call.asked()?;
    let books = &mut call.world.books;
    let staff = seen(books, &asked.userid)?;
    bond(books, &staff, &asked.external_userid)?;
    if asked.add_tag.is_empty() && asked.remove_tag.is_empty() {
        return Err(refused(40_063, "some parameters are empty"));
    }
    let mut all = asked.add_tag.iter().chain(&asked.remove_tag);
    if !all.all(|id| books.tag(id).is_some()) {
        return Err(refused(40_068, "invalid tag id"));
    }
    if let Some(bond) = books.bond_mut(&staff, &asked.external_userid) {
        bond.tags.extend(asked.add_tag);
        bond.tags.retain(|tag| !asked.remove_tag.contains(tag));
    }
    Ok(json!({}).into())
}
