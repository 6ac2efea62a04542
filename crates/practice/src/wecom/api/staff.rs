//! Staff and departments (通讯录管理), and who has the customer-contact function.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::wecom::api::call::{Answer, Call, Reply};
use crate::wecom::api::paging::{limit, page};
use crate::wecom::api::{Route, get, post};
use crate::wecom::books::{Department, Staff, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    get("externalcontact/get_follow_user_list", Family::Contacts, |call| Ok(follow_users(call))),
    post("user/list_id", Family::Staff, ids),
    get("user/get", Family::Staff, one),
    get("user/simplelist", Family::Staff, simple),
    get("user/list", Family::Staff, whole),
    get("agent/get", Family::Base, agent),
    get("department/list", Family::Staff, |call| Ok(departments(call))),
    get("department/simplelist", Family::Staff, |call| Ok(department_ids(call))),
];

fn follow_users(call: &Call<'_>) -> Reply {
    let staff = call.world.books.staff.iter();
    let serving = staff.filter(|(_, one)| one.seen() && one.left.is_none());
    let ids: Vec<&String> = serving.map(|(id, _)| id).collect();
    json!({"follow_user": ids}).into()
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    cursor: String,
    limit: Option<i64>,
}

/// A row for each member of staff and department; at most 10,000 a page.
fn ids(call: &mut Call<'_>) -> Answer {
    let asked: Page = call.asked()?;
    let most = limit(asked.limit, 10_000, 10_000)?;
    let present = call.world.books.staff.iter().filter(|(_, one)| one.left.is_none());
    let rows = present.flat_map(|(id, one)| {
        one.departments
            .iter()
            .map(move |at| (format!("{id} {at:010}"), json!({"userid": id, "department": at})))
    });
    let (rows, next) = page(rows, &asked.cursor, most)?;
    Ok(json!({"dept_user": rows, "next_cursor": next}).into())
}

fn one(call: &mut Call<'_>) -> Answer {
    let id = call.word("userid");
    if id.is_empty() {
        return Err(refused(41_009, "missing userid"));
    }
    // Userids are the same in capital and small letters.
    let mut staff = call.world.books.staff.iter().filter(|(_, one)| one.left.is_none());
    let (id, staff) = staff
        .find(|(own, _)| own.eq_ignore_ascii_case(id))
        .ok_or_else(|| refused(60_111, "userid not found"))?;
    if !staff.visible {
        return Err(refused(60_011, "no privilege to access/modify contact/party/agent"));
    }
    Ok(card(id, staff).into())
}

fn card(id: &str, staff: &Staff) -> Value {
    json!({
        "userid": id, "name": staff.name, "department": staff.departments,
        "main_department": staff.departments.first().copied().unwrap_or(1),
        "status": if staff.active { 1 } else { 4 }, "enable": 1, "isleader": 0,
    })
}

fn simple(call: &mut Call<'_>) -> Answer {
    listed(call, |id, one| json!({"userid": id, "name": one.name, "department": one.departments}))
}

fn whole(call: &mut Call<'_>) -> Answer {
    listed(call, card)
}

/// The app itself; that of another app is nobody's business.
fn agent(call: &mut Call<'_>) -> Answer {
    let asked: i64 =
        call.word("agentid").parse().map_err(|_| refused(40_056, "invalid agentid"))?;
    if asked != call.world.app.agent {
        return Err(refused(301_002, "not allow operate another agent with this accesstoken"));
    }
    let visible = call.world.books.staff.iter().filter(|(_, one)| one.visible);
    let users: Vec<Value> = visible.map(|(id, _)| json!({"userid": id})).collect();
    Ok(json!({
        "agentid": asked, "name": "huoqun", "allow_userinfos": {"user": users},
        "allow_partys": {"partyid": []}, "close": 0, "redirect_domain": "",
    })
    .into())
}

/// `fetch_child=1` takes the departments below, too.
fn listed(call: &mut Call<'_>, row: fn(&str, &Staff) -> Value) -> Answer {
    let books = &call.world.books;
    let wrong = || refused(60_123, "invalid department id");
    let department: u32 = call.word("department_id").parse().map_err(|_| wrong())?;
    if !books.departments.contains_key(&department) {
        return Err(wrong());
    }
    let below = call.word("fetch_child") == "1";
    let inside = books.staff_below(department);
    let inside = inside.filter(|(_, one)| below || one.departments.contains(&department));
    let rows: Vec<Value> =
        inside.filter(|(_, one)| one.visible).map(|(id, one)| row(id, one)).collect();
    Ok(json!({"userlist": rows}).into())
}

fn departments(call: &Call<'_>) -> Reply {
    let rows = rows(
        call,
        |id, one| json!({"id": id, "name": one.name, "parentid": one.parent, "order": 100_000 - id}),
    );
    json!({"department": rows}).into()
}

fn department_ids(call: &Call<'_>) -> Reply {
    let rows =
        rows(call, |id, one| json!({"id": id, "parentid": one.parent, "order": 100_000 - id}));
    json!({"department_id": rows}).into()
}

fn rows(call: &Call<'_>, row: fn(u32, &Department) -> Value) -> Vec<Value> {
    call.world.books.departments.iter().map(|(id, one)| row(*id, one)).collect()
}
