//! Customer groups (客户群管理): which there are, and who is in one.

use domain::Millis;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::wecom::api::call::{Answer, Call, seconds};
use crate::wecom::api::paging::{limit, page};
use crate::wecom::api::{Route, post};
use crate::wecom::books::{Books, Group, Joining, Member, Refused, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    post("externalcontact/groupchat/list", Family::Groups, list),
    post("externalcontact/groupchat/get", Family::Groups, one),
];

/// With more people in range a list without owners is refused.
const RANGE_MAX: usize = 1_000;
/// Owners that may be asked for at once.
pub(super) const OWNERS_MAX: usize = 100;

#[derive(Deserialize)]
struct List {
    #[serde(default)]
    status_filter: u8,
    #[serde(default)]
    owner_filter: Owners,
    #[serde(default)]
    cursor: String,
    limit: i64,
}

/// Whose groups.
#[derive(Default, Deserialize)]
pub(super) struct Owners {
    #[serde(default)]
    pub(super) userid_list: Vec<String>,
}

fn list(call: &mut Call<'_>) -> Answer {
    let asked: List = call.asked()?;
    let most = limit(Some(asked.limit), 1, 1_000)?;
    let owners = &asked.owner_filter.userid_list;
    let books = &call.world.books;
    let range = books.staff.values().filter(|one| one.visible && one.left.is_none()).count();
    if owners.len() > OWNERS_MAX || (owners.is_empty() && range > RANGE_MAX) {
        return Err(refused(81_017, "too many userids, filter by owner"));
    }
    if asked.status_filter > 3 {
        return Err(refused(40_058, "invalid Request Parameter: status_filter"));
    }
    let fits = |group: &&Group| {
        group.dismissed.is_none()
            && in_range(books, group)
            && (owners.is_empty() || owners.contains(&group.owner))
            && (asked.status_filter == 0 || asked.status_filter == group.status)
    };
    let found = books.groups.iter().filter(|(_, group)| fits(group));
    let rows =
        found.map(|(id, group)| (id.clone(), json!({"chat_id": id, "status": group.status})));
    let (rows, next) = page(rows, &asked.cursor, most)?;
    Ok(json!({"group_chat_list": rows, "next_cursor": next}).into())
}

/// Whether the app may see a group: whether it may see the owner.
fn in_range(books: &Books, group: &Group) -> bool {
    books.staff.get(&group.owner).is_some_and(|owner| owner.visible)
}

#[derive(Deserialize)]
struct One {
    chat_id: String,
    #[serde(default)]
    need_name: u8,
}

fn one(call: &mut Call<'_>) -> Answer {
    let asked: One = call.asked()?;
    let books = &call.world.books;
    let group = found(books, &asked.chat_id)?;
    let named = asked.need_name == 1;
    let then = Millis(call.now.0 - call.world.faults.details_late_ms);
    let (members, version) = group.at(then);
    let members: Vec<Value> = members.into_iter().map(|member| row(books, member, named)).collect();
    let admins: Vec<Value> = group.admins.iter().map(|id| json!({"userid": id})).collect();
    let whole = json!({
        "chat_id": asked.chat_id, "name": group.name, "owner": group.owner,
        "create_time": seconds(group.created), "notice": group.notice,
        "member_list": members, "admin_list": admins, "member_version": version,
    });
    Ok(json!({"group_chat": whole}).into())
}

/// A group that a call may look at.
pub(super) fn found<'a>(books: &'a Books, chat: &str) -> Result<&'a Group, Refused> {
    let there = books.groups.get(chat).filter(|group| group.dismissed.is_none());
    let group = there.ok_or_else(|| refused(40_050, "invalid chat id"))?;
    if in_range(books, group) {
        return Ok(group);
    }
    Err(refused(60_011, "no privilege to access/modify contact/party/agent"))
}

fn row(books: &Books, member: &Member, named: bool) -> Value {
    let staff = books.staff.contains_key(&member.id);
    let mut row = json!({
        "userid": member.id, "type": if staff { 1 } else { 2 },
        "join_time": seconds(member.joined), "join_scene": member.by.scene(),
        "group_nickname": member.nickname,
    });
    let Some(fields) = row.as_object_mut() else { return row };
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    let unionid = books.customers.get(&member.id).and_then(|one| one.unionid.as_ref());
    if let Some(unionid) = unionid {
        put("unionid", json!(unionid));
    }
    match &member.by {
        Joining::Invited(Some(by)) | Joining::Link(Some(by)) => {
            put("invitor", json!({"userid": by}));
        }
        Joining::Scanned(Some(state)) => {
            put("state", json!(state));
        }
        _ => {}
    }
    if named {
        put("name", json!(books.name_of(&member.id)));
    }
    row
}
