//! What is behind a card: its to-dos, open or done, and completing them.
//!
//! Invariant: only what the card is about, only as the person to whom it was sent, with the role
//! and the groups that they have now.

use domain::{Actor, GroupId, May, Millis, OrgId};
use store::{AuditQuery, PutOff, WecomCard, WecomCardRow, WecomCardState};

use crate::console::{About, Closing, Console, Denied, Ended, Item, Look};
use crate::wecom::CARD_MS;

/// Lines of the audit log looked through to say who did something.
const LINES_MAX: u32 = 500;

/// The page behind a card.
#[derive(Debug)]
pub struct CardPage {
    /// Whose it is.
    pub name: String,
    /// What it is about.
    pub todos: Vec<CardTodo>,
}

/// Something to do.
#[derive(Debug)]
pub struct CardTodo {
    /// Word of its source, and its name there.
    pub name: (String, String),
    /// Open, or how it ended.
    pub state: TodoState,
}

/// Whether something is still to be done.
#[derive(Debug)]
pub enum TodoState {
    /// It is; and whether the phone can complete it.
    Open(Box<Item>, bool),
    /// Put off until then.
    PutOff(Millis),
    /// Done: by whom and when, where that is known.
    Done(Option<(String, Millis)>),
}

impl Console {
    /// What is behind a card. [`Denied::Missing`] when there is none, when it is too old, or when
    /// whose it is may not come in any more.
    pub async fn card_page(&self, org: OrgId, card: i64) -> Result<CardPage, Denied> {
        let (actor, _, rows) = self.behind_card(org, card).await?;
        let open = self.today_rows(&actor, &Look { limit: usize::MAX, ..Look::default() }).await?;
        let named = |row: &crate::console::Row| {
            rows.iter().any(|one| one.source == row.source && one.key == row.key)
        };
        let open = self.dressed(&actor, open.into_iter().filter(named).collect()).await?;
        let put_offs = self.store().put_offs(org).await?;
        let mut open: Vec<Option<Item>> = open.into_iter().map(Some).collect();
        let mut todos: Vec<CardTodo> = Vec::with_capacity(rows.len());
        for one in rows {
            if todos.iter().any(|todo| todo.name == (one.source.clone(), one.key.clone())) {
                continue;
            }
            let is_it = |item: &Option<Item>| {
                item.as_ref().is_some_and(|it| it.row.source == one.source && it.row.key == one.key)
            };
            let item = open.iter_mut().find(|item| is_it(item)).and_then(Option::take);
            let state = match item {
                Some(item) => {
                    let can = completes(&actor, &item.row.closing);
                    TodoState::Open(Box::new(item), can)
                }
                None => self.todo_ended(org, &one, &put_offs).await?,
            };
            todos.push(CardTodo { name: (one.source, one.key), state });
        }
        Ok(CardPage { name: actor.name, todos })
    }

    /// Calls something done that a card is about; [`Ended::Gone`] when somebody did already.
    pub async fn close_from_card(
        &self,
        org: OrgId,
        card: i64,
        (source, key): (&str, &str),
    ) -> Result<Ended, Denied> {
        let (actor, _, rows) = self.behind_card(org, card).await?;
        if !rows.iter().any(|row| row.source == source && row.key == key) {
            return Err(Denied::Missing);
        }
        let Some(row) = self.open_row(&actor, (source, key)).await? else {
            return Ok(Ended::Gone);
        };
        if !completes(&actor, &row.closing) {
            return Err(Denied::NotAllowed(May::Keep));
        }
        let told = serde_json::json!({ "card": card, "source": source, "key": key });
        let about = About { group: row.group, person: row.person, told };
        let acting = self.acting(&actor, May::Tend, "card.done", about)?;
        let ended = self.close_row(&actor, (source, key)).await?;
        if ended != Ended::Gone {
            self.store().note_act(acting).await?;
        }
        Ok(ended)
    }

    /// Whose a card is, and what it is about.
    async fn behind_card(
        &self,
        org: OrgId,
        card: i64,
    ) -> Result<(Actor, WecomCard, Vec<WecomCardRow>), Denied> {
        let card = self.store().wecom_card(org, card).await?.ok_or(Denied::Missing)?;
        let young = self.now().since(card.made) < CARD_MS;
        let went = card.state != WecomCardState::Failed;
        let actor = self.staff_actor(org, card.staff).await?.filter(|_| young && went);
        let rows = self.store().wecom_card_rows(org, card.id).await?;
        Ok((actor.ok_or(Denied::Missing)?, card, rows))
    }

    /// How something ended that is not on Today any more.
    async fn todo_ended(
        &self,
        org: OrgId,
        row: &WecomCardRow,
        put_offs: &[PutOff],
    ) -> Result<TodoState, Denied> {
        let put = put_offs.iter().find(|put| put.source == row.source && put.key == row.key);
        if let Some(put) = put {
            let later = put.until.filter(|until| *until > self.now());
            let acts = self.who_did(org, row).await?;
            return Ok(match (later, acts) {
                (Some(until), None) => TodoState::PutOff(until),
                (_, done) => TodoState::Done(done),
            });
        }
        Ok(TodoState::Done(self.who_did(org, row).await?))
    }

    /// Who called a row done or answered it last, by the audit log.
    async fn who_did(
        &self,
        org: OrgId,
        row: &WecomCardRow,
    ) -> Result<Option<(String, Millis)>, Denied> {
        let group = row.key.split(':').next().and_then(|group| group.parse().ok()).map(GroupId);
        let from = Some(Millis(self.now().0 - 2 * CARD_MS));
        let query = AuditQuery { group, from, limit: LINES_MAX, ..AuditQuery::default() };
        let lines = self.store().audit(org, query).await?;
        let is_it = |about: &str| {
            let about: serde_json::Value = serde_json::from_str(about).unwrap_or_default();
            let is = |name: &str, value: &str| {
                about.get(name).and_then(serde_json::Value::as_str) == Some(value)
            };
            is("source", &row.source) && is("key", &row.key)
        };
        let acts = ["today.done", "today.answered", "today.welcomed", "card.done"];
        let undone = ["today.undone", "today.put_off"];
        let about = lines.iter().filter(|line| is_it(&line.about));
        let last = about
            .into_iter()
            .find(|line| acts.contains(&line.act.as_str()) || undone.contains(&line.act.as_str()));
        let Some(line) = last.filter(|line| acts.contains(&line.act.as_str())) else {
            return Ok(None);
        };
        let staff = self.store().staff_titles(org).await?;
        let by = staff.into_iter().find(|one| one.staff == line.staff);
        Ok(by.map(|one| (one.name, line.at)))
    }
}

/// What failed is dropped for good: not by a tap on a phone.
fn completes(actor: &Actor, closing: &Closing) -> bool {
    actor.may(May::Tend) && !matches!(closing, Closing::Drop(_))
}
