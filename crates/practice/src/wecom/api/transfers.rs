//! Hand-overs (在职继承, 离职继承).

use serde::Deserialize;
use serde_json::{Value, json};

use crate::wecom::api::call::{Answer, Call, seconds};
use crate::wecom::api::paging::{limit, page};
use crate::wecom::api::{Route, post};
use crate::wecom::books::{Books, Refused, TransferStatus, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    post("externalcontact/transfer_customer", Family::Transfers, |call| customers(call, false)),
    post("externalcontact/transfer_result", Family::Transfers, result),
    post("externalcontact/get_unassigned_list", Family::Transfers, unassigned),
    post("externalcontact/resigned/transfer_customer", Family::Transfers, |call| {
        customers(call, true)
    }),
    post("externalcontact/resigned/transfer_result", Family::Transfers, result),
    post("externalcontact/groupchat/transfer", Family::Transfers, |call| groups(call, true)),
    post("externalcontact/groupchat/onjob_transfer", Family::Transfers, |call| groups(call, false)),
];

/// Customers, or groups, of one call.
const MANY: usize = 100;
/// Characters of the words to the customer.
const WORDS_CHARS: usize = 200;

/// Somebody who may take over: there, opened, with the function, in range.
fn taker<'a>(books: &Books, staff: &'a str) -> Result<&'a str, Refused> {
    match books.present(staff) {
        Err(_) => Err(refused(60_111, "userid not found")),
        Ok(one) if !one.visible => Err(refused(50_002, "user out of range")),
        Ok(one) if !one.has_contact() => Err(refused(84_074, "no customer contact right")),
        Ok(one) if !one.active => Err(refused(41_054, "user not activated")),
        Ok(_) => Ok(staff),
    }
}

#[derive(Deserialize)]
struct Customers {
    handover_userid: String,
    takeover_userid: String,
    external_userid: Vec<String>,
    #[serde(default)]
    transfer_success_msg: String,
}

fn customers(call: &mut Call<'_>, left: bool) -> Answer {
    let asked: Customers = call.asked()?;
    let books = &mut call.world.books;
    let (from, to) = (&asked.handover_userid, &asked.takeover_userid);
    let old = books.staff.get(from).ok_or_else(|| refused(60_111, "userid not found"))?;
    match (left, old.left.is_some()) {
        (true, false) => return Err(refused(40_097, "user is not resigned")),
        (false, true) => return Err(refused(40_003, "invalid userid: resigned")),
        _ => {}
    }
    taker(books, to)?;
    let long = asked.transfer_success_msg.chars().count() > WORDS_CHARS;
    if long || from == to || !(1..=MANY).contains(&asked.external_userid.len()) {
        return Err(refused(40_058, "invalid Request Parameter"));
    }
    let mut rows: Vec<Value> = Vec::new();
    for id in &asked.external_userid {
        let code = books.transfer(from, to, id, call.now).map_or_else(|no| no.code, |()| 0);
        if let Some(taken) = books.transfers.last_mut().filter(|_| code == 0) {
            taken.words.clone_from(&asked.transfer_success_msg);
        }
        rows.push(json!({"external_userid": id, "errcode": code}));
    }
    Ok(json!({"customer": rows}).into())
}

#[derive(Deserialize)]
struct Pair {
    handover_userid: String,
    takeover_userid: String,
    #[serde(default)]
    cursor: String,
}

fn result(call: &mut Call<'_>) -> Answer {
    let asked: Pair = call.asked()?;
    let own = call.world.books.transfers.iter().enumerate().filter(|(_, one)| {
        one.handover == asked.handover_userid && one.takeover == asked.takeover_userid
    });
    let rows = own.map(|(at, one)| {
        let mut row = json!({"external_userid": one.customer, "status": one.status.number()});
        let timed = matches!(one.status, TransferStatus::Done | TransferStatus::Waiting);
        if let Some(fields) = row.as_object_mut().filter(|_| timed) {
            fields.insert("takeover_time".to_owned(), json!(seconds(one.at)));
        }
        (format!("{at:010}"), row)
    });
    let (rows, next) = page(rows, &asked.cursor, 1_000)?;
    Ok(json!({"customer": rows, "next_cursor": next}).into())
}

#[derive(Deserialize)]
struct Unassigned {
    #[serde(default)]
    page_id: usize,
    #[serde(default)]
    cursor: String,
    page_size: Option<i64>,
}

/// Customers of who left, those that are under way not among them; by cursor, or by page.
fn unassigned(call: &mut Call<'_>) -> Answer {
    let asked: Unassigned = call.asked()?;
    let most = limit(asked.page_size, 1_000, 1_000)?;
    let books = &call.world.books;
    let waits = |staff: &str, id: &str| {
        books.transfers.iter().any(|one| {
            one.handover == staff && one.customer == id && one.status == TransferStatus::Waiting
        })
    };
    let left = books.staff.iter().filter_map(|(id, one)| Some((id, one.left?)));
    let rows = left.flat_map(|(staff, left)| {
        let bonds = books.bonds.get(staff).into_iter().flatten();
        let open = bonds.filter(move |(id, bond)| bond.works() && !waits(staff, id));
        open.map(move |(id, _)| {
            let row = json!({
                "handover_userid": staff, "external_userid": id,
                "dimission_time": seconds(left),
            });
            (format!("{staff} {id}"), row)
        })
    });
    let skipped = if asked.cursor.is_empty() { asked.page_id.saturating_mul(most) } else { 0 };
    let (rows, next) = page(rows.skip(skipped), &asked.cursor, most)?;
    Ok(json!({"info": rows, "is_last": next.is_empty(), "next_cursor": next}).into())
}

#[derive(Deserialize)]
struct Groups {
    chat_id_list: Vec<String>,
    new_owner: String,
}

fn groups(call: &mut Call<'_>, left: bool) -> Answer {
    let asked: Groups = call.asked()?;
    let books = &mut call.world.books;
    taker(books, &asked.new_owner)?;
    if !(1..=MANY).contains(&asked.chat_id_list.len()) {
        return Err(refused(40_058, "invalid Request Parameter: chat_id_list"));
    }
    let mut failed: Vec<Value> = Vec::new();
    for chat in &asked.chat_id_list {
        if let Err(no) = books.transfer_group(chat, &asked.new_owner, left, call.now) {
            failed.push(json!({"chat_id": chat, "errcode": no.code, "errmsg": no.words}));
        }
    }
    Ok(json!({"failed_chat_list": failed}).into())
}
