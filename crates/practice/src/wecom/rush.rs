//! Many who come at once, as after a live stream: new people over all groups that have room. Some
//! of them go again at once, some scan a code of staff, too; some go who were there long, some come
//! back who had gone.
//!
//! Invariant: nobody comes back in the second in which they went, as the platform counts seconds.

use domain::Millis;

use crate::dice::Dice;
use crate::wecom::books::{Books, Event, Group, Joining};
use crate::wecom::seed::{CHANNELS, somebody};

/// Of so many who come one scans a code of staff, one goes again at once, one was there long and
/// goes, one had gone.
const MEETS: usize = 3;
const GOES: usize = 5;
const WENT_LONG_AFTER: usize = 7;
const CAME_BACK: usize = 11;

/// So many people come, as far as there is room.
pub(crate) fn rush(books: &mut Books, dice: &mut Dice, people: u32, now: Millis) -> Vec<Event> {
    let open = books.groups.iter().filter(|(_, group)| group.status == 0 && group.takes(1));
    let chats: Vec<String> = open.map(|(chat, _)| chat.clone()).collect();
    let ways: Vec<String> = books.ways.keys().cloned().collect();
    let mut told = Vec::new();
    for (nth, chat) in (0..people as usize).zip(chats.iter().cycle()) {
        let back = nth.is_multiple_of(CAME_BACK).then(|| gone(books, chat, now)).flatten();
        let who = back.unwrap_or_else(|| books.add_customer(somebody(dice)));
        let channel = dice.pick(CHANNELS).map(|(state, ..)| (*state).to_owned());
        // A group that is full by now takes nobody.
        told.extend(books.join(chat, &[&who], &Joining::Scanned(channel), now).unwrap_or_default());
        if let Some(way) = dice.pick(&ways).filter(|_| nth.is_multiple_of(MEETS)) {
            // Who knows them already is not met again.
            told.extend(books.scan_way(way, &who, now).unwrap_or_default());
        }
        if nth.is_multiple_of(GOES) {
            told.extend(books.leave(chat, &[&who], now).unwrap_or_default());
        }
        let old = nth.is_multiple_of(WENT_LONG_AFTER).then(|| oldest(books, chat)).flatten();
        if let Some(old) = old {
            told.extend(books.leave(chat, &[&old], now).unwrap_or_default());
        }
    }
    told
}

/// Somebody who went from this group in an earlier second and is not in.
fn gone(books: &Books, chat: &str, now: Millis) -> Option<String> {
    let group = books.groups.get(chat)?;
    let earlier = |left: Millis| now.since(left) > 2_000;
    let stays = group.gone.iter().filter(|stay| earlier(stay.left) && !group.has(&stay.member.id));
    stays.map(|stay| stay.member.id.clone()).find(|id| is_settled(group, id, earlier))
}

/// All stays of somebody ended early enough.
fn is_settled(group: &Group, who: &str, earlier: impl Fn(Millis) -> bool) -> bool {
    group.gone.iter().filter(|stay| stay.member.id == who).all(|stay| earlier(stay.left))
}

/// The customer who is in this group for longest.
fn oldest(books: &Books, chat: &str) -> Option<String> {
    let group = books.groups.get(chat)?;
    let outside = group.members.iter().find(|one| books.customers.contains_key(&one.id))?;
    Some(outside.id.clone())
}
