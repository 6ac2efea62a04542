//! Welcomes of groups (入群欢迎语素材): what staff want in the company's library, and keeping the
//! library in step with it.
//!
//! The interface fills the library and nothing more: which group uses what is picked by its owner
//! in the client. There is no list of what the library holds, so one that may have been added is
//! not added again by itself.
//!
//! Invariant: before anything is added it stands that it may be there.

use std::time::Duration;

use chat::wecom::calls::groups::{Notify, TEMPLATE_BYTES_MAX, Template};
use chat::wecom::{CallError, Lack, Next};
use domain::{Actor, May, Millis};
use engine::welcome::{Beside, Known, Slot, Text};
use serde_json::json;
use store::{GroupWelcomeRow, GroupWelcomeThere, MediumRow, WecomId, WordingChange};
use tokio::sync::watch;
use xxhash_rust::xxh3::xxh3_64;

use crate::console::{About, Console, Denied, FieldError};
use crate::error::Fault;
use crate::wecom::companies::Desk;
use crate::wecom::welcome::form::{fault, named};
use crate::wecom::welcome::wording::{By, GroupWording, attachment};

/// How often it is looked whether something is not in step.
const LOOK_MS: u64 = 30_000;
/// What may pass by itself is tried again after so long, times the tries.
const RETRY_MS: i64 = Millis::MINUTE;
/// At most so long it rests.
const REST_MS_MAX: i64 = Millis::HOUR;
/// Not tried again by itself.
const NEVER: Millis = Millis(i64::MAX);
/// What the platform puts the customer's name for (入群欢迎语素材管理).
const NICKNAME: &str = "%NICKNAME%";
/// The word where it is not known whether it was added.
const UNCLEAR: &str = "unclear";
/// The word while it is being added: whoever finds it later does not know whether it was.
const ADDING: &str = "adding";
/// An addition that was not answered by then never will be.
const ADDING_MS: i64 = Millis::MINUTE;
/// The library is full.
const FULL: i64 = 41_055;

/// Whom a new welcome of groups is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notified {
    /// Nobody.
    #[default]
    Nobody,
    /// Owners of groups, by the platform.
    Owners,
}

/// What staff type of a welcome of groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupWelcomeForm {
    /// What staff call it.
    pub name: String,
    /// The words.
    pub text: String,
    /// The one thing beside them.
    pub beside: Option<Beside>,
    /// Whom it is told when it is new.
    pub notified: Notified,
}

/// Whether the library is in step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupWelcomeState {
    /// It has what is wanted.
    InStep,
    /// It is about to be brought there.
    Waiting,
    /// It is not in step; the word of why and, when it is tried again by itself, from when on.
    /// Words: `unclear` (it may have been added), `full`, `refused`, `limit`, `network`,
    /// `permission`, `file`.
    Failed {
        /// Why.
        word: String,
        /// In the platform's words.
        said: String,
        /// Tried again by itself.
        next: Option<Millis>,
    },
}

/// A welcome of groups as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupWelcomeView {
    /// Its number.
    pub id: i64,
    /// What staff call it.
    pub name: String,
    /// What it says.
    pub wording: GroupWording,
    /// Whether the library has it.
    pub state: GroupWelcomeState,
    /// It is to be taken away.
    pub is_leaving: bool,
}

impl Console {
    /// The welcomes of groups of a company; one that was taken away stays until the library has
    /// lost it, too.
    pub async fn group_welcomes(
        &self,
        actor: &Actor,
        account: i64,
    ) -> Result<Vec<GroupWelcomeView>, Denied> {
        let id = self.welcomer(actor, account).await?;
        let rows = self.store().group_welcomes(id).await?;
        let known = self.known_now(id.org, None).await?;
        let now = self.now();
        Ok(rows.iter().filter(|row| !is_over(row)).map(|row| shown(row, &known, now)).collect())
    }

    /// Saves a welcome of groups, a new one without a number; its number. The library follows.
    pub async fn save_group_welcome(
        &self,
        actor: &Actor,
        (account, nth): (i64, Option<i64>),
        form: &GroupWelcomeForm,
    ) -> Result<i64, Denied> {
        let id = self.welcomer(actor, account).await?;
        let (name, wording) = self.checked_group_welcome(id, form).await?;
        let about = About { told: json!({ "name": name }), ..About::default() };
        let change = WordingChange { name, body: json!(wording).to_string() };
        let saved = if let Some(nth) = nth {
            let acting = self.acting(actor, May::Lead, "group_welcome.changed", about)?;
            let is_there = self.store().change_group_welcome((id, nth), change, acting).await?;
            is_there.then_some(nth).ok_or(Denied::Missing)?
        } else {
            let acting = self.acting(actor, May::Lead, "group_welcome.added", about)?;
            self.store().add_group_welcome(id, change, acting).await?
        };
        self.step_soon(id);
        Ok(saved)
    }

    /// Looks at a form as saving would; what the customer reads.
    pub async fn preview_group_welcome(
        &self,
        actor: &Actor,
        account: i64,
        form: &GroupWelcomeForm,
    ) -> Result<String, Denied> {
        let id = self.welcomer(actor, account).await?;
        let (_, wording) = self.checked_group_welcome(id, form).await?;
        let known = self.known_now(id.org, None).await?;
        Ok(words(&wording, &known))
    }

    /// Takes a welcome of groups away, from the library as well.
    pub async fn remove_group_welcome(
        &self,
        actor: &Actor,
        (account, nth): (i64, i64),
    ) -> Result<(), Denied> {
        let id = self.welcomer(actor, account).await?;
        let rows = self.store().group_welcomes(id).await?;
        let name = rows.iter().find(|row| row.id == nth).map(|row| row.name.clone());
        let told = json!({ "name": name.ok_or(Denied::Missing)? });
        let about = About { told, ..About::default() };
        let acting = self.acting(actor, May::Lead, "group_welcome.removed", about)?;
        if !self.store().remove_group_welcome((id, nth), acting).await? {
            return Err(Denied::Missing);
        }
        self.step_soon(id);
        Ok(())
    }

    /// Tries again what is not tried by itself.
    pub async fn retry_group_welcome(
        &self,
        actor: &Actor,
        (account, nth): (i64, i64),
    ) -> Result<(), Denied> {
        let id = self.welcomer(actor, account).await?;
        let rows = self.store().group_welcomes(id).await?;
        let row = rows.into_iter().find(|row| row.id == nth).ok_or(Denied::Missing)?;
        let there = GroupWelcomeThere { failure: String::new(), ..row.there };
        self.store().note_group_welcome((id, nth), &there, (0, self.now())).await?;
        self.step_soon(id);
        Ok(())
    }

    /// Keeps libraries in step, until the program stops.
    pub fn keep_group_welcomes(&self) {
        let console = self.clone();
        self.live().aside("the welcomes of groups", move |stop| {
            let console = console.clone();
            async move { console.step_in_time(stop).await }
        });
    }

    async fn step_in_time(&self, mut stop: watch::Receiver<bool>) {
        let mut tick = tokio::time::interval(Duration::from_millis(LOOK_MS));
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                _ = tick.tick() => {}
            }
            for row in self.connected().await.unwrap_or_default() {
                // What cannot be read now is looked at the next time.
                let _ = self.step_company_now(row.id).await;
            }
        }
    }

    fn step_soon(&self, id: WecomId) {
        let console = self.clone();
        tokio::spawn(async move { console.step_company_now(id).await });
    }

    /// Brings a company's library into step, as far as that is possible now.
    pub async fn step_company_now(&self, id: WecomId) -> Result<(), Denied> {
        let rows = self.store().group_welcomes(id).await?;
        if rows.iter().all(is_over) {
            return Ok(());
        }
        let company = self.company_row(id).await?;
        let Some(desk) = self.desk(&company) else { return Ok(()) };
        let _turn = desk.stepping.lock().await;
        // Read again: whoever had the turn before may have done it.
        let rows = self.store().group_welcomes(id).await?;
        let known = self.known_now(id.org, None).await?;
        for row in rows {
            let made_of = made_of(&row, &known);
            let is_due = row.next <= self.now() && !may_be_there(&row);
            if is_due && !is_over(&row) && row.there.made_of != made_of {
                self.bring(&desk, &row, (&known, made_of)).await?;
            }
        }
        desk.log.write(self.store(), id, false).await;
        Ok(())
    }

    /// One call for one welcome, and what came of it.
    async fn bring(
        &self,
        desk: &Desk,
        row: &GroupWelcomeRow,
        (known, made_of): (&(Known, Vec<String>), String),
    ) -> Result<(), Fault> {
        let key = (desk.id, row.id);
        let there = row.there.clone();
        let done = if row.gone.is_some() {
            self.taken_out(desk, &there.template).await.map(|()| String::new())
        } else {
            match self.template(desk, row, known).await? {
                Err(error) => Err(error),
                Ok(None) => {
                    let failure = "file|".to_owned();
                    let tries = row.tries.saturating_add(1);
                    let there = GroupWelcomeThere { failure, ..there };
                    let next = Millis(self.now().0 + RETRY_MS);
                    return Ok(self.store().note_group_welcome(key, &there, (tries, next)).await?);
                }
                Ok(Some(template)) if there.template.is_empty() => {
                    // Should the program die now, it may be there.
                    let failure = format!("{ADDING}|");
                    let pending = GroupWelcomeThere { failure, ..there.clone() };
                    let until = Millis(self.now().0 + ADDING_MS);
                    self.store().note_group_welcome(key, &pending, (row.tries, until)).await?;
                    let tells = wording_of(row).tells;
                    let notify = if tells { Notify::Staff } else { Notify::Nobody };
                    desk.client.add_template(&template, notify).await
                }
                Ok(Some(template)) => {
                    let edited = desk.client.edit_template(&there.template, &template).await;
                    edited.map(|()| there.template.clone())
                }
            }
        };
        let (there, after) = match done {
            Ok(template) => {
                let failure = String::new();
                (GroupWelcomeThere { template, made_of, failure }, (0, self.now()))
            }
            Err(error) => self.not_in_step(row, &error),
        };
        Ok(self.store().note_group_welcome(key, &there, after).await?)
    }

    /// What the platform is to have; `None` while a file of it cannot be uploaded.
    async fn template(
        &self,
        desk: &Desk,
        row: &GroupWelcomeRow,
        known: &(Known, Vec<String>),
    ) -> Result<Result<Option<Template>, CallError>, Fault> {
        let wording = wording_of(row);
        let text = words(&wording, known);
        let Some(beside) = &wording.beside else {
            return Ok(Ok(Some(Template { text, attachment: None })));
        };
        let of = |media: &[MediumRow]| {
            media.iter().find(|medium| Some(medium.id) == beside.medium()).cloned()
        };
        let media = self.store().media(desk.id).await?;
        if let Some(medium) = of(&media) {
            // A picture by an address that does not end: the library is kept for long.
            if matches!(beside, Beside::Image { .. })
                && let Err(error) = self.address_of(desk, &medium).await
            {
                return Ok(Err(error));
            }
            if medium.media_at.is_none() {
                // The turn of uploads is another one.
                let _ = self.renew_media_now(desk.id).await;
            }
        }
        let media = self.store().media(desk.id).await?;
        let found = attachment(beside, &media, By::Address);
        let found = found.or_else(|| attachment(beside, &media, By::Id));
        Ok(Ok(found.map(|attachment| Template { text, attachment: Some(attachment) })))
    }

    /// Takes a welcome out of the library; one that is not there is out.
    async fn taken_out(&self, desk: &Desk, template: &str) -> Result<(), CallError> {
        match desk.client.delete_template(template).await {
            Err(error) if error.next() == Next::Drop => {
                match desk.client.template(template).await {
                    Err(again) if again.next() == Next::Drop => Ok(()),
                    _ => Err(error),
                }
            }
            other => other,
        }
    }

    /// Why it is not in step, and when to try again.
    fn not_in_step(
        &self,
        row: &GroupWelcomeRow,
        error: &CallError,
    ) -> (GroupWelcomeThere, (u32, Millis)) {
        let adding = row.gone.is_none() && row.there.template.is_empty();
        let tries = row.tries.saturating_add(1);
        let word = match (error.code(), error.next()) {
            _ if adding && error.may_be_done() => UNCLEAR,
            (Some(FULL), _) => "full",
            (_, Next::Later) => "limit",
            (_, Next::Soon) => "network",
            (_, Next::Tell(Lack::Permission | Lack::Withdrawn)) => "permission",
            (_, Next::Refresh | Next::Tell(_)) => "access",
            _ => "refused",
        };
        let is_passing = !matches!(word, UNCLEAR | "full" | "refused");
        let rest = RETRY_MS.saturating_mul(i64::from(tries)).min(REST_MS_MAX);
        let next = if is_passing { Millis(self.now().0 + rest) } else { NEVER };
        let failure = format!("{word}|{error}");
        (GroupWelcomeThere { failure, ..row.there.clone() }, (tries, next))
    }

    async fn checked_group_welcome(
        &self,
        id: WecomId,
        form: &GroupWelcomeForm,
    ) -> Result<(String, GroupWording), Denied> {
        let mut wrong = Vec::new();
        let name = named(&form.name);
        if let Err(code) = name {
            wrong.push(FieldError { field: "name", code });
        }
        let wording = GroupWording {
            text: form.text.replace("\r\n", "\n").trim().to_owned(),
            beside: form.beside.clone(),
            tells: form.notified == Notified::Owners,
        };
        let known = self.known_now(id.org, None).await?;
        if let Some(code) = text_fault(&wording, &known) {
            wrong.push(FieldError { field: "text", code });
        }
        let media = self.store().media(id).await?;
        if let Some(code) = wording.beside.as_ref().and_then(|one| fault(one, &media)) {
            wrong.push(FieldError { field: "b0", code });
        }
        match name {
            Ok(name) if wrong.is_empty() => Ok((name, wording)),
            _ => Err(Denied::Wrong(wrong)),
        }
    }
}

/// What is wrong with the words: the platform knows the nickname and nothing else of who comes.
fn text_fault(wording: &GroupWording, known: &(Known, Vec<String>)) -> Option<&'static str> {
    let Ok(text) = Text::read(&wording.text, &known.1) else { return Some("unknown_slot") };
    let strange = [Slot::Staff, Slot::Channel, Slot::Rules, Slot::Announcement];
    if strange.iter().any(|slot| text.has(slot)) {
        return Some("not_in_groups");
    }
    if wording.text.is_empty() && wording.beside.is_none() {
        return Some("missing");
    }
    (words(wording, known).len() > TEMPLATE_BYTES_MAX).then_some("too_long")
}

/// The words for the library.
fn words(wording: &GroupWording, known: &(Known, Vec<String>)) -> String {
    let text = Text::read(&wording.text, &known.1);
    let text = text.unwrap_or_else(|_| Text::words(&wording.text));
    let known = Known { nickname: NICKNAME.to_owned(), ..known.0.clone() };
    text.render(&known, usize::MAX).text
}

fn wording_of(row: &GroupWelcomeRow) -> GroupWording {
    serde_json::from_str(&row.body).unwrap_or_default()
}

/// What the library is to have of it, as one word; empty when it is to have nothing.
fn made_of(row: &GroupWelcomeRow, known: &(Known, Vec<String>)) -> String {
    if row.gone.is_some() {
        return String::new();
    }
    let wording = wording_of(row);
    let whole = json!([words(&wording, known), wording.beside]).to_string();
    format!("{:016x}", xxh3_64(whole.as_bytes()))
}

/// Whether it may have been added, so that it is not added again by itself.
fn may_be_there(row: &GroupWelcomeRow) -> bool {
    let word = row.there.failure.split_once('|').map(|(word, _)| word);
    matches!(word, Some(UNCLEAR | ADDING))
}

/// Whether it was taken away and the library has nothing of it.
fn is_over(row: &GroupWelcomeRow) -> bool {
    row.gone.is_some() && row.there.template.is_empty()
}

fn shown(row: &GroupWelcomeRow, known: &(Known, Vec<String>), now: Millis) -> GroupWelcomeView {
    let state = match row.there.failure.split_once('|') {
        _ if row.there.made_of == made_of(row, known) => GroupWelcomeState::InStep,
        Some((ADDING, _)) if now < row.next => GroupWelcomeState::Waiting,
        Some((ADDING, _)) => {
            let word = UNCLEAR.to_owned();
            GroupWelcomeState::Failed { word, said: String::new(), next: None }
        }
        Some((word, said)) => GroupWelcomeState::Failed {
            word: word.to_owned(),
            said: said.to_owned(),
            next: (row.next != NEVER).then_some(row.next),
        },
        None => GroupWelcomeState::Waiting,
    };
    GroupWelcomeView {
        id: row.id,
        name: row.name.clone(),
        wording: wording_of(row),
        state,
        is_leaving: row.gone.is_some(),
    }
}
