//! Cards on their way, and the end of those whose to-do is done.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chat::wecom::calls::staff::cards::{Button, ButtonCard, Card, Goal, NoticeCard, Quote, Title};
use chat::wecom::calls::staff::{CardChange, CardUpdate, Content, Message, Receivers, Sent};
use chat::wecom::{CallError, Next};
use domain::{Millis, OrgId, StaffId};
use store::{WecomCard, WecomCardEnd, WecomCardState, WecomId};

use crate::console::{Console, Denied, Look};
use crate::wecom::cards::{CARD_MS, CardFace, CardWords};
use crate::wecom::companies::Desk;

/// The platform drops what it had so many seconds ago or less (发送应用消息): so long a card that may
/// have gone out is sent again.
const SAME_WITHIN_S: u32 = 14_400;

/// After a refusal that may pass a card waits for so long.
const SOON_MS: i64 = Millis::MINUTE;
const LATER_MS: i64 = 10 * Millis::MINUTE;

/// A card can be changed for so long (`response_code`); an older page of the platform says a day.
const CHANGE_MS: i64 = 72 * Millis::HOUR;

/// Nobody whom the platform knows (81013).
const NOBODY_VALID: i64 = 81_013;

/// Letters kept of what the platform said.
const SAID_MAX: usize = 300;

impl Console {
    pub(super) async fn send_cards(&self, face: &CardFace) -> Result<(), Denied> {
        for card in self.store().due_wecom_cards(face.org, self.now()).await? {
            self.send_card(face, card).await?;
        }
        Ok(())
    }

    async fn send_card(&self, face: &CardFace, card: WecomCard) -> Result<(), Denied> {
        let (store, org, now) = (self.store(), face.org, self.now());
        let age = now.since(card.made);
        let (id, sending) = (card.id, card.state == WecomCardState::Sending);
        if sending && age >= i64::from(SAME_WITHIN_S) * 1_000 - LATER_MS {
            let end = self.card_end(WecomCardState::Unknown, "cut off while it was sent");
            return Ok(store.settle_wecom_card(org, id, end).await?);
        }
        let row = self.company_row(WecomId { org, account: card.account }).await?;
        let desk = self.desk(&row);
        let (Some(desk), Some(agent)) = (desk, row.access.agent) else { return Ok(()) };
        if !store.take_wecom_card(org, id, now).await? {
            return Ok(());
        }
        if age >= CARD_MS {
            let end = self.card_end(WecomCardState::Failed, "too late");
            return Ok(store.settle_wecom_card(org, id, end).await?);
        }
        let link = (face.link)(id, Millis(card.made.0 + CARD_MS));
        let rows = store.wecom_card_rows(org, id).await?;
        let words: CardWords = serde_json::from_str(&card.words).unwrap_or_default();
        let message = Message {
            agent,
            to: Receivers::Staff(vec![card.userid.clone()]),
            content: Content::Card(Box::new(drawn((org, id), words, (&link, rows.len())))),
            same_within_s: SAME_WITHIN_S,
        };
        let answer = desk.client.send(&message).await;
        desk.log.write(store, row.id, true).await;
        let (mut end, refused) = self.card_told(&card.userid, answer);
        if rows.len() != 1 {
            // A notice cannot be changed; its page says what is done.
            end.response.clear();
        }
        if refused {
            let why = (now, end.result.as_str());
            store.refuse_wecom_seat(org, (card.staff, &card.userid), why).await?;
        }
        Ok(store.settle_wecom_card(org, id, end).await?)
    }

    /// What became of a card, and whether no card can go to that person.
    fn card_told(&self, userid: &str, answer: Result<Sent, CallError>) -> (WecomCardEnd, bool) {
        let error = match answer {
            Ok(sent) => {
                let names = sent.invalid.iter().chain(&sent.unlicensed);
                if names.into_iter().any(|one| one.eq_ignore_ascii_case(userid)) {
                    return (self.card_end(WecomCardState::Failed, "invaliduser"), true);
                }
                let mut end = self.card_end(WecomCardState::Sent, &sent.msgid);
                end.response = sent.response_code.unwrap_or_default();
                return (end, false);
            }
            Err(error) => error,
        };
        let said: String = error.to_string().chars().take(SAID_MAX).collect();
        if error.code() == Some(NOBODY_VALID) {
            return (self.card_end(WecomCardState::Failed, &said), true);
        }
        let waits = |after| {
            let state =
                if error.may_be_done() { WecomCardState::Sending } else { WecomCardState::Waits };
            let mut end = self.card_end(state, &said);
            end.next = Millis(self.now().0 + after);
            (end, false)
        };
        match error.next() {
            Next::Soon => waits(SOON_MS),
            Next::Later | Next::Refresh | Next::Tell(_) => waits(LATER_MS),
            // What the platform refuses for good it refuses for the next card, too.
            Next::Drop | Next::Less => (self.card_end(WecomCardState::Failed, &said), true),
        }
    }

    fn card_end(&self, state: WecomCardState, result: &str) -> WecomCardEnd {
        let (at, result) = (self.now(), result.to_owned());
        WecomCardEnd { state, response: String::new(), result, next: at, at }
    }

    /// Changes the cards whose to-do is done, wherever that was.
    pub(super) async fn end_cards(&self, face: &CardFace) -> Result<(), Denied> {
        let (store, org, now) = (self.store(), face.org, self.now());
        let cards = store.changeable_wecom_cards(org, Millis(now.0 - CHANGE_MS)).await?;
        let whose: BTreeSet<StaffId> = cards.iter().map(|card| card.staff).collect();
        let mut open: BTreeMap<StaffId, HashSet<(String, String)>> = BTreeMap::new();
        for staff in whose {
            open.insert(staff, self.open_names(org, staff).await?);
        }
        for card in cards {
            let rows = store.wecom_card_rows(org, card.id).await?;
            let of = open.get(&card.staff);
            let is_open = |row: &store::WecomCardRow| {
                of.is_some_and(|of| of.contains(&(row.source.clone(), row.key.clone())))
            };
            if !rows.iter().any(is_open) {
                self.end_card(org, &card).await?;
            }
        }
        Ok(())
    }

    async fn end_card(&self, org: OrgId, card: &WecomCard) -> Result<(), Denied> {
        let row = self.company_row(WecomId { org, account: card.account }).await?;
        let desk: Option<Desk> = self.desk(&row);
        let (Some(desk), Some(agent)) = (desk, row.access.agent) else { return Ok(()) };
        // It is good once: taken before the call, so that it is never used twice.
        if !self.store().spend_wecom_card(org, card.id, self.now()).await? {
            return Ok(());
        }
        let words: CardWords = serde_json::from_str(&card.words).unwrap_or_default();
        let update = CardUpdate {
            agent,
            response_code: card.response.clone(),
            staff: vec![card.userid.clone()],
            change: CardChange::Button(words.done),
        };
        // Where it fails the page behind the card says so.
        let _ = desk.client.update_card(&update).await;
        desk.log.write(self.store(), row.id, true).await;
        Ok(())
    }

    /// Names of the rows that somebody has on Today.
    async fn open_names(
        &self,
        org: OrgId,
        staff: StaffId,
    ) -> Result<HashSet<(String, String)>, Denied> {
        let Some(actor) = self.staff_actor(org, staff).await? else { return Ok(HashSet::new()) };
        let look = Look { limit: usize::MAX, ..Look::default() };
        let rows = self.today_rows(&actor, &look).await?;
        Ok(rows.into_iter().map(|row| (row.source.to_owned(), row.key)).collect())
    }
}

/// One to-do with a button, or a notice of several.
fn drawn((org, id): (OrgId, i64), words: CardWords, (link, todos): (&str, usize)) -> Card {
    let CardWords { title, desc, more, quote, button, done: _ } = words;
    let main_title = Title { title, desc };
    let quote = Some(quote).filter(|quote| !quote.is_empty());
    let quote_area = quote.map(|quote_text| Quote { title: String::new(), quote_text });
    let goal = Goal(link.to_owned());
    if todos != 1 {
        return Card::TextNotice(NoticeCard {
            main_title,
            sub_title_text: more,
            quote_area,
            card_action: goal,
            ..NoticeCard::default()
        });
    }
    let button = Button { text: button, style: 1, key: String::new(), to: Some(goal.clone()) };
    Card::ButtonInteraction(ButtonCard {
        main_title,
        sub_title_text: more,
        quote_area,
        task_id: format!("todo-{}-{id}", org.0),
        buttons: vec![button],
        card_action: Some(goal),
        ..ButtonCard::default()
    })
}
