//! Figures of groups and of staff (统计): whole days at UTC+8, yesterday and before.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::wecom::api::call::{Answer, Call, moment};
use crate::wecom::api::groups::{OWNERS_MAX, Owners};
use crate::wecom::api::paging::limit;
use crate::wecom::api::{Route, post};
use crate::wecom::books::{Behaviour, Figures, Refused, day_of, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    post("externalcontact/groupchat/statistic", Family::Contacts, by_owner),
    post("externalcontact/groupchat/statistic_group_by_day", Family::Contacts, by_day),
    post("externalcontact/get_user_behavior_data", Family::Contacts, of_staff),
];

/// Days that one call may ask for.
const SPAN: i64 = 30;
/// Days back that are kept.
const BACK: i64 = 180;

#[derive(Deserialize)]
struct Asked {
    day_begin_time: i64,
    day_end_time: Option<i64>,
    #[serde(default)]
    owner_filter: Owners,
    #[serde(default)]
    order_by: u8,
    #[serde(default)]
    order_asc: u8,
    #[serde(default)]
    offset: usize,
    limit: Option<i64>,
}

impl Asked {
    /// First and last day.
    fn days(&self, call: &Call<'_>) -> Result<(i64, i64), Refused> {
        let from = day_of(moment(self.day_begin_time));
        let to = self.day_end_time.map_or(from, |to| day_of(moment(to)));
        let today = day_of(call.now);
        let kept = from >= today - BACK && to < today;
        if from > to || to - from >= SPAN || !kept {
            return Err(refused(40_058, "invalid Request Parameter: day"));
        }
        if !(1..=OWNERS_MAX).contains(&self.owner_filter.userid_list.len()) {
            return Err(refused(40_058, "invalid Request Parameter: owner_filter"));
        }
        Ok((from, to))
    }
}

fn by_owner(call: &mut Call<'_>) -> Answer {
    let asked: Asked = call.asked()?;
    let (from, to) = asked.days(call)?;
    let most = limit(asked.limit, 500, 1_000)?;
    let books = &call.world.books;
    let of = |owner: &String| (owner.clone(), books.figures(std::slice::from_ref(owner), from, to));
    let mut rows: Vec<(String, Figures)> = asked.owner_filter.userid_list.iter().map(of).collect();
    rows.retain(|(_, figures)| *figures != Figures::default());
    let key = |figures: &Figures| match asked.order_by {
        2 => figures.chat_total,
        3 => figures.new_member_cnt,
        4 => figures.member_total,
        _ => figures.new_chat_cnt,
    };
    rows.sort_by_key(|(_, figures)| key(figures));
    if asked.order_asc == 0 {
        rows.reverse();
    }
    let total = rows.len();
    let page = rows.iter().skip(asked.offset).take(most);
    let items: Vec<Value> =
        page.map(|(owner, figures)| json!({"owner": owner, "data": figures})).collect();
    let next = (asked.offset + items.len()).min(total);
    Ok(json!({"total": total, "next_offset": next, "items": items}).into())
}

fn by_day(call: &mut Call<'_>) -> Answer {
    let asked: Asked = call.asked()?;
    let (from, to) = asked.days(call)?;
    let owners = &asked.owner_filter.userid_list;
    let items = (from..=to).map(|day| {
        let begins = day * 86_400 - 8 * 3_600;
        json!({"stat_time": begins, "data": call.world.books.figures(owners, day, day)})
    });
    Ok(json!({"items": items.collect::<Vec<_>>()}).into())
}

#[derive(Deserialize)]
struct OfStaff {
    #[serde(default)]
    userid: Vec<String>,
    start_time: i64,
    end_time: i64,
}

/// Sums over the members of staff that are asked for, a row for each day.
fn of_staff(call: &mut Call<'_>) -> Answer {
    let asked: OfStaff = call.asked()?;
    let (from, to) = (day_of(moment(asked.start_time)), day_of(moment(asked.end_time)));
    let today = day_of(call.now);
    if from > to || to - from >= SPAN || from < today - BACK || to >= today {
        return Err(refused(40_058, "invalid Request Parameter: time"));
    }
    if asked.userid.is_empty() || asked.userid.len() > OWNERS_MAX {
        return Err(refused(40_058, "invalid Request Parameter: userid"));
    }
    let books = &call.world.books;
    let rows = (from..=to).map(|day| {
        let sums = asked.userid.iter().map(|staff| books.behaviour(staff, day));
        let mut row = json!({ "stat_time": day * 86_400 - 8 * 3_600 });
        let sum = sums.fold(Behaviour::default(), Behaviour::and);
        if let (Some(fields), Ok(Value::Object(told))) =
            (row.as_object_mut(), serde_json::to_value(sum))
        {
            fields.extend(told);
        }
        row
    });
    Ok(json!({ "behavior_data": rows.collect::<Vec<_>>() }).into())
}
